"""The past of families, read from facts in the same few statements for one family or five hundred. Every fact comes with its `seq`, so
what was known at a moment is left to `domain.past.Known`: the tablet's facts can be worked out again from what is read once.
"""

import json
from collections.abc import Iterable
from typing import Any

from visitapp.domain.accounts import COMPARED
from visitapp.domain.measures import kept
from visitapp.domain.past import Past, PastFinding, PastVisit
from visitapp.store import same
from visitapp.store.derivation import Derivation, column
from visitapp.store.filed import NEVER_MOVED
from visitapp.store.life_events import ENDED
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx


def past(tx: Tx, families: Families, since: str, long_since: str) -> Past:
    """All that history may need of these families and of their confirmed earlier households. Findings, what was asked and what was said of
    things that can be contradicted are only of visits since a day, of findings before it just the codes, since an earlier one; the rest is
    of all time."""
    whole = with_earlier(families)
    return Past(
        earlier=tuple(earlier(tx, whole)),
        visits=by("household", visits(tx, whole, since)),
        findings=by("household", findings(tx, whole, since)),
        long_ago=by("household", long_ago(tx, whole, since, long_since)),
        members=by("household", members(tx, whole)),
        details=by("person", details(tx, whole)),
        events=by("household", events(tx, whole)),
        same=tuple(same.known(tx, whole)),
    )


def with_earlier(families: Families) -> Families:
    """The same families with the households that were ever confirmed to be their own past."""
    among = f"""WITH RECURSIVE reached (household) AS (
            SELECT h.id FROM household h WHERE h.id IN ({families.among})
            UNION SELECT e.earlier FROM reached r JOIN earlier_household e ON e.household = r.household)
        SELECT household FROM reached"""
    return Families(families.ids, among, families.params)


def earlier(tx: Tx, families: Families) -> list[Row]:
    """What was confirmed to be whose past, in order."""
    return tx.all(
        f"SELECT e.household, e.earlier, e.seq, {ENDED.format('e')} AS ended FROM earlier_household e"
        f" WHERE e.household IN ({families.among}) ORDER BY e.seq",
        **families.params,
    )


_READ = """r.occurred_on, s.seq AS kept, {read} AS read, {until} AS until, r.kind, r.outcome, r.child_seen, s.author, s.form,
       s.form_version, t.said, CASE WHEN r.occurred_on >= :since THEN t.asked END AS asked,
       CASE WHEN r.occurred_on >= :since THEN t.accounts END AS accounts, CASE WHEN t.said IS NULL THEN r.measures END AS measures"""
_OF_SUBMISSION = "JOIN submission s ON s.id = r.submission LEFT JOIN visit_said t ON t.submission = r.submission"


def visits(tx: Tx, families: Families, since: str) -> list[PastVisit]:
    """Every submission that could be read, in clinical order, in whose record it stood from one seq to another. What its measures say is
    derived; where that was not written yet, as in a database of an earlier version, it is worked out from the measures themselves."""
    rows = tx.all(
        f"SELECT r.submission, r.household, {_READ.format(read='r.seq', until='NULL')} FROM visit_reading r {_OF_SUBMISSION}"
        f" WHERE r.household IN ({families.among}) AND {NEVER_MOVED.format('r')}"
        f" UNION ALL SELECT r.submission, m.household, {_READ.format(read='m.from_seq', until='m.until_seq')} FROM visit_filed m"
        f" JOIN visit_reading r ON r.submission = m.submission {_OF_SUBMISSION} WHERE m.household IN ({families.among})"
        " ORDER BY 2, 3, 4",
        since=since, **families.params,
    )  # fmt: skip
    return [_visit(row) for row in rows]


def newest(tx: Tx, household: str, limit: int) -> list[PastVisit]:
    """The newest visits of one household, in clinical order, with what each said: as many however long its past is."""
    rows = tx.all(
        "SELECT v.submission, v.household, v.occurred_on, v.seq AS kept, v.seq AS read, NULL AS until, v.kind, v.outcome, v.child_seen,"
        " v.author, v.form, v.form_version, t.said, NULL AS asked, NULL AS accounts, CASE WHEN t.said IS NULL THEN r.measures END"
        " AS measures FROM visit v JOIN visit_reading r ON r.submission = v.submission"
        " LEFT JOIN visit_said t ON t.submission = v.submission"
        " WHERE v.household = :household ORDER BY v.occurred_on DESC, v.seq DESC LIMIT :limit",
        household=household, limit=limit,
    )  # fmt: skip
    return [_visit(row) for row in reversed(rows)]


_FOUND = """a.submission, a.seq AS judged, f.seq, f.code, f.area, f.state, f.level, f.person, f.under"""
_JUDGED = """JOIN assessment a ON a.submission = r.submission AND a.kind = 'today'
       LEFT JOIN finding f ON f.assessment = a.id AND f.state <> 'absent'"""


def findings(tx: Tx, families: Families, since: str) -> list[PastFinding]:
    """What visits since a day found or could not tell, by every judgement with what was known then."""
    return tx.all_as(
        PastFinding,
        f"SELECT r.household, {_FOUND} FROM visit_reading r {_JUDGED}"
        f" WHERE r.household IN ({families.among}) AND r.occurred_on >= :since AND {NEVER_MOVED.format('r')}"
        f" UNION ALL SELECT DISTINCT m.household, {_FOUND} FROM visit_filed m JOIN visit_reading r ON r.submission = m.submission {_JUDGED}"
        f" WHERE m.household IN ({families.among}) AND r.occurred_on >= :since",
        since=since, **families.params,
    )  # fmt: skip


_CODES = """JOIN assessment a ON a.submission = r.submission AND a.kind = 'today'
       JOIN finding f ON f.assessment = a.id AND f.state = 'present'"""
_LONG_AGO = "r.occurred_on >= :long_since AND r.occurred_on < :since"


def long_ago(tx: Tx, families: Families, since: str, long_since: str) -> list[Row]:
    """The codes of what visits before a day, and not before an earlier one, found by any judgement, and since when that is known. Of a
    visit that was entered in error, where it stands now."""
    return tx.all(
        f"SELECT r.household, f.code, min(f.seq) AS seq FROM visit_reading r {_CODES}"
        f" WHERE r.household IN ({families.among}) AND {_LONG_AGO} AND {NEVER_MOVED.format('r')} GROUP BY r.household, f.code"
        f" UNION ALL SELECT m.household, f.code, min(f.seq) AS seq FROM visit_filed m JOIN visit_reading r ON r.submission = m.submission"
        f" {_CODES} WHERE m.household IN ({families.among}) AND m.until_seq IS NULL AND {_LONG_AGO} GROUP BY m.household, f.code",
        since=since, long_since=long_since, **families.params,
    )  # fmt: skip


def members(tx: Tx, families: Families) -> list[Row]:
    """Who ever belonged, with the seq at which that ended (None: it has not)."""
    return tx.all(
        "SELECT m.household, m.person, m.role, m.seq, e.seq AS ended FROM membership m LEFT JOIN membership_end e ON e.membership = m.id"
        f" WHERE m.household IN ({families.among}) ORDER BY m.person, m.seq",
        **families.params,
    )


_EVERYBODY = """SELECT m.person FROM membership m WHERE m.household IN ({0}) UNION SELECT s.stands FROM membership m
    JOIN person_same s ON s.person = m.person WHERE m.household IN ({0})"""


def details(tx: Tx, families: Families) -> list[Row]:
    """What was ever known of the birth of everybody who ever belonged, and of those who stand for them, the newest first."""
    return tx.all(
        "SELECT d.person, d.seq, d.given_names, d.born_on, d.due_on, d.gestation_days, d.birth_weight_g"
        " FROM person_detail d WHERE d.person IN"
        f" ({_EVERYBODY.format(families.among)}) ORDER BY d.person, d.seq DESC",
        **families.params,
    )


def events(tx: Tx, families: Families) -> list[Row]:
    """What happened to people of the families."""
    return tx.all(
        f"SELECT e.household, e.person, e.kind, e.on_date, e.seq FROM life_event e WHERE e.household IN ({families.among}) ORDER BY e.seq",
        **families.params,
    )


def arranged_since(tx: Tx, families: Families, seq: int) -> bool:
    """Whether any other fact of these families than those of `past` was written after a seq, such as a plan or an agency: anything but that
    somebody read, that a visit was kept, and that it is being judged."""
    whole = with_earlier(families)
    found = tx.one(
        f"SELECT j.seq FROM journal j WHERE j.household IN ({whole.among}) AND j.seq > :seq AND substr(j.kind, 1, 5) <> 'read.'"
        " AND j.kind NOT IN ('submission', 'assess') LIMIT 1",
        seq=seq, **whole.params,
    )  # fmt: skip
    return found is not None


def by(key: str, rows: Iterable[Any]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row[key] if type(row) is dict else getattr(row, key), []).append(row)
    return grouped


def _visit(row: Row) -> PastVisit:
    if row["said"] is None:
        row |= kept(json.loads(row["measures"]), COMPARED)
    return PastVisit(
        row["submission"], row["household"], row["occurred_on"], row["kept"], row["read"], row["kind"], row["outcome"],
        row["child_seen"] == 1, row["author"], row["form"], row["form_version"], row["said"], row["asked"] or "", row["accounts"] or "",
        row["until"],
    )  # fmt: skip


def _refresh(tx: Tx, submission: str) -> None:
    tx.run("DELETE FROM visit_said WHERE submission = :submission", submission=submission)
    read = tx.one("SELECT measures FROM visit_reading WHERE submission = :submission", submission=submission)
    if read is not None:
        tx.insert("visit_said", [{"submission": submission, **kept(json.loads(read["measures"]), COMPARED)}])


VISIT_SAID = Derivation(
    tables=("visit_said",),
    after={"visit_reading": column("submission")},
    refresh=_refresh,
    every_key="SELECT submission AS key FROM visit_reading",
)

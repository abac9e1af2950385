"""What the course of a family over its visits is drawn from: the newest visits with what each said, found and left open. A bounded number
of rows by index, however long the family is known."""

import json
from collections.abc import Sequence

from visitapp.domain.measures import left_open
from visitapp.domain.past import BESIDE as BESIDE_KINDS
from visitapp.domain.past import PastFinding
from visitapp.store.derivation import Derivation, column
from visitapp.store.seen import BESIDE
from visitapp.store.tx import Row, Tx


def newest(tx: Tx, household: str, before: tuple[str, int], limit: int) -> list[Row]:
    """The visits of one household, completed or not, the newest first from before that key (day, seq). The caller has shown that the actor
    may see the family."""
    return tx.all(
        "SELECT v.submission, v.household, v.occurred_on, v.seq, v.form, v.form_version, v.kind, v.outcome, v.child_seen, v.author,"
        " v.assessment, v.at_least, v.could_be, t.said, o.open FROM visit v"
        " LEFT JOIN visit_said t ON t.submission = v.submission LEFT JOIN visit_open o ON o.submission = v.submission"
        f" WHERE v.household = :household AND (v.occurred_on, v.seq) < (:before, :before_seq) AND v.kind NOT IN {BESIDE}"
        " ORDER BY v.occurred_on DESC, v.seq DESC LIMIT :limit",
        household=household, before=before[0], before_seq=before[1], limit=limit,
    )  # fmt: skip


def findings(tx: Tx, household: str, assessments: Sequence[str]) -> list[PastFinding]:
    """What these judgements found or could not tell, as the past of that household: what could not be told once, of whomever it could not;
    of one that found nothing a row without a code."""
    values = {f"id{number}": id for number, id in enumerate(assessments)}
    return tx.all_as(
        PastFinding,
        "SELECT DISTINCT :household AS household, a.submission, 1 AS judged, CASE WHEN f.code IS NOT NULL THEN 1 END AS seq, f.code,"
        " f.area, f.state, f.level, CASE WHEN f.state = 'present' THEN f.person ELSE '' END AS person, f.under FROM assessment a"
        " LEFT JOIN finding f ON f.assessment = a.id AND f.state <> 'absent'"
        f" WHERE a.id IN ({', '.join(f':{name}' for name in values)})",
        household=household, **values,
    )  # fmt: skip


def _refresh(tx: Tx, submission: str) -> None:
    tx.run("DELETE FROM visit_open WHERE submission = :submission", submission=submission)
    read = tx.one("SELECT kind, measures FROM visit_reading WHERE submission = :submission", submission=submission)
    if read is not None and read["kind"] not in BESIDE_KINDS:
        open_ones = left_open(json.loads(read["measures"]))
        if open_ones:
            tx.insert("visit_open", [{"submission": submission, "open": json.dumps(open_ones, separators=(",", ":"))}])


VISIT_OPEN = Derivation(
    tables=("visit_open",),
    after={"visit_reading": column("submission")},
    refresh=_refresh,
    every_key="SELECT submission AS key FROM visit_reading",
)

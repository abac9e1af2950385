"""The visits of a family as lists read them: each submission that could be read, with its latest judgement, and its measures."""

import json

from visitapp.domain.measures import ASKED_BY_NAME
from visitapp.domain.past import BESIDE
from visitapp.store import same
from visitapp.store.derivation import Derivation, column
from visitapp.store.filed import HOME, STANDS
from visitapp.store.tx import Row, Tx

MEASURE = ("person", "measure", "value", "known")
"""The parts of a measure; a fifth, of what a form carries, is the day since when it stands."""


def visits(tx: Tx, household: str, limit: int = 20) -> list[Row]:
    """A family's visits, the newest first in clinical order."""
    return tx.all(
        "SELECT * FROM visit WHERE household = :household ORDER BY occurred_on DESC, seq DESC LIMIT :limit",
        household=household,
        limit=limit,
    )


def bodies(tx: Tx, household: str, limit: int) -> list[Row]:
    """What a family's visits said, as it was sealed, the newest first in clinical order."""
    return tx.all(
        "SELECT v.submission, v.form, v.form_version, s.body FROM visit v JOIN submission s ON s.id = v.submission"
        " WHERE v.household = :household ORDER BY v.occurred_on DESC, v.seq DESC LIMIT :limit",
        household=household, limit=limit,
    )  # fmt: skip


def _refresh_visit(tx: Tx, submission: str) -> None:
    tx.run("DELETE FROM visit WHERE submission = :submission", submission=submission)
    read = tx.one(
        f"SELECT r.submission, {HOME.format('r')} AS household, r.occurred_on, s.seq, s.form, s.form_version, r.kind, r.outcome,"
        " r.child_seen, s.author FROM visit_reading r JOIN submission s ON s.id = r.submission"
        f" WHERE r.submission = :submission AND {STANDS.format('r')}",
        submission=submission,
    )
    if read is not None:
        tx.insert("visit", [read | _latest_assessment(tx, submission)])


def _latest_assessment(tx: Tx, submission: str) -> Row:
    return tx.one(
        "SELECT id AS assessment, at_least, could_be, urgency FROM assessment"
        " WHERE submission = :submission AND kind = 'today' ORDER BY seq DESC LIMIT 1",
        submission=submission,
    ) or {"assessment": None, "at_least": None, "could_be": None, "urgency": None}


def _refresh_measures(tx: Tx, submission: str) -> None:
    for table in ("visit_measure", "visit_carried"):
        tx.run(f"DELETE FROM {table} WHERE submission = :submission", submission=submission)
    read = tx.one(
        f"SELECT {HOME.format('r')} AS household, r.occurred_on, r.kind, r.measures FROM visit_reading r"
        f" WHERE r.submission = :submission AND {STANDS.format('r')}",
        submission=submission,
    )
    if read is not None and read["kind"] not in BESIDE:  # what somebody else told us, or was added later, sees no child and is not carried
        of = {"submission": submission, "household": read["household"], "occurred_on": read["occurred_on"]}
        measures = same.standing_measures(tx, json.loads(read["measures"]))
        named = [(number, one) for number, one in enumerate(measures) if one[1] in ASKED_BY_NAME]
        tx.insert("visit_measure", [of | {"number": number} | dict(zip(MEASURE, one, strict=False)) for number, one in named])
        tx.insert("visit_carried", [of | {"person": person, "measures": json.dumps(those)} for person, those in _carried(measures).items()])


def _carried(measures: list[list[str]]) -> dict[str, list[list[str]]]:
    """What the visit's form carries to the next visit, by person."""
    found: dict[str, list[list[str]]] = {}
    for one in measures:
        if len(one) > len(MEASURE):
            found.setdefault(one[0], []).append(one[1:])
    return found


def judged_today(_tx: Tx, assessment: Row) -> tuple[str, ...]:
    """The visit whose standing judgement this may be; one made with the tablet's facts is a check and stands for nothing."""
    return (assessment["submission"],) if assessment["kind"] == "today" else ()


VISIT = Derivation(
    tables=("visit",),
    after={"visit_reading": column("submission"), "visit_error": column("submission"), "assessment": judged_today},
    refresh=_refresh_visit,
    every_key="SELECT submission AS key FROM visit_reading",
)
VISIT_MEASURE = Derivation(
    tables=("visit_measure", "visit_carried"),
    after={"visit_reading": column("submission"), "visit_error": column("submission"), **same.AFTER},
    refresh=_refresh_measures,
    every_key="SELECT submission AS key FROM visit_reading",
)

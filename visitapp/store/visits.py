"""The visits of a family as lists read them: each submission that could be read, with its latest judgement, and its measures."""

import json

from visitapp.store.derivation import Derivation, column
from visitapp.store.tx import Row, Tx


def visits(tx: Tx, household: str, limit: int = 20) -> list[Row]:
    """A family's visits, the newest first in clinical order."""
    return tx.all(
        "SELECT * FROM visit WHERE household = :household ORDER BY occurred_on DESC, seq DESC LIMIT :limit",
        household=household,
        limit=limit,
    )


def _refresh(tx: Tx, submission: str) -> None:
    for statement in ("DELETE FROM visit WHERE submission = :submission", "DELETE FROM visit_measure WHERE submission = :submission"):
        tx.run(statement, submission=submission)
    read = tx.one(
        "SELECT r.household, r.occurred_on, s.seq, s.form, s.form_version, r.kind, r.outcome, r.child_seen, s.author, r.measures"
        " FROM visit_reading r JOIN submission s ON s.id = r.submission WHERE r.submission = :submission",
        submission=submission,
    )
    if read is not None:
        measures = json.loads(read.pop("measures"))
        _write_visit(tx, submission, read, _latest_assessment(tx, submission))
        _write_measures(tx, submission, read, measures)


def _latest_assessment(tx: Tx, submission: str) -> Row:
    return tx.one(
        "SELECT id AS assessment, at_least, could_be, urgency FROM assessment"
        " WHERE submission = :submission AND kind = 'today' ORDER BY seq DESC LIMIT 1",
        submission=submission,
    ) or {"assessment": None, "at_least": None, "could_be": None, "urgency": None}


def _write_visit(tx: Tx, submission: str, read: Row, assessed: Row) -> None:
    tx.run(
        "INSERT INTO visit (submission, household, occurred_on, seq, form, form_version, kind, outcome, child_seen, author,"
        " at_least, could_be, urgency, assessment) VALUES (:submission, :household, :occurred_on, :seq, :form, :form_version, :kind,"
        " :outcome, :child_seen, :author, :at_least, :could_be, :urgency, :assessment)",
        submission=submission,
        **read,
        **assessed,
    )


def _write_measures(tx: Tx, submission: str, read: Row, measures: list[list[str]]) -> None:
    for number, (person, measure, value, known) in enumerate(measures):
        tx.run(
            "INSERT INTO visit_measure (submission, number, household, person, measure, value, known, occurred_on)"
            " VALUES (:submission, :number, :household, :person, :measure, :value, :known, :occurred_on)",
            submission=submission, number=number, household=read["household"], person=person, measure=measure,
            value=value, known=known, occurred_on=read["occurred_on"],
        )  # fmt: skip


VISIT = Derivation(
    tables=("visit", "visit_measure"),
    after={"visit_reading": column("submission"), "assessment": column("submission")},
    refresh=_refresh,
    every_key="SELECT submission AS key FROM visit_reading",
)

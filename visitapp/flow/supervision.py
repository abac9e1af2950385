"""What is decided in supervision for a family: it is part of the record, and is looked at again by its day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from visitapp.decide.due import end_of
from visitapp.domain.duties import DECISION_REVIEW
from visitapp.domain.moments import date_words, day_of
from visitapp.domain.reviews import decision_subject
from visitapp.flow import family_fields as schemas
from visitapp.flow import whose
from visitapp.problems import wrong
from visitapp.store import duties, households, supervision
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

TOLD = "Something was decided in supervision for a family that you look after."
NEWEST = 20
SHOWN = 120
"""How much of a decision stands in what is owed for it."""


class _Decision(schemas.Happened):
    what = schemas.words("Say what was decided.")
    why = schemas.words("Say why.")
    decided_by = schemas.words("Say who decided it, with the role.")
    on_date = schemas.day("Enter when it was decided.")
    review_on = schemas.day("Enter the day on which it is looked at again.")
    person = schemas.more()

    @schemas.rule
    def _after(self, said: dict[str, Any]) -> schemas.Found:
        if said["review_on"] and said["review_on"] <= said["today"]:
            yield "review_on", "Give a day that is still to come."


DECISION = _Decision()


def decide(w: Wired, actor: str, household: str, **said: Any) -> str:
    """A decision of supervision is kept; its id. Whoever records it owes that it is looked at again. `said`: what, why, decided_by,
    on_date, review_on, person (None: for the whole family). Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    decided = schemas.load(DECISION, said, today=day_of(at).isoformat())

    def write(tx: Tx) -> str:
        family = whose.act_for(tx, actor, household)
        if not whose.supervises(tx, actor, family):
            raise wrong("what", "A supervisor of the family's team records what supervision decided.")
        if decided["person"] and decided["person"] not in {one["person"] for one in households.members(tx, household)}:
            raise wrong("person", "Choose somebody of this family, or leave this out.")
        supervision.decide(tx, id=id, household=household, decided_on=decided.pop("on_date"), at=at, actor=actor, **decided)
        duties.owe(
            tx, subject=decision_subject(id), kind=DECISION_REVIEW, what=_owed(decided["what"], day_of(at)), at=at, actor=actor,
            household=household, owner_account=actor, due_at=end_of(date.fromisoformat(decided["review_on"])),
        )  # fmt: skip
        whose.tell_each(tx, [whose.practitioner(tx, household)], TOLD, household=household, at=at, actor=actor)
        return id

    return w.writer.submit(write)


def _owed(what: str, on: date) -> str:
    shown = what if len(what) <= SHOWN else f"{what[:SHOWN].rstrip()}…"
    return f"Look again at what supervision decided (recorded {date_words(on)}): {shown}"


def decisions(w: Wired, actor: str, household: str) -> list[Row]:
    """The newest decisions for a family; for pages whose reading is journalled already."""
    with w.engine.read() as tx:
        return supervision.decisions(tx, actor, household, NEWEST)

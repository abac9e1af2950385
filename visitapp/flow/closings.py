"""Ending our work with a family: asked for by whoever works with it, agreed by a supervisor who did not ask, and refused by the service
itself while anything is owed, planned or open. Nothing is deleted, and the next thing that is recorded opens it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain.duties import SECOND_OPINION, closing_subject
from visitapp.flow import clocks, losses, plans, second_person, whose
from visitapp.flow import family_schemas as schemas
from visitapp.problems import wrong
from visitapp.store import closings, duties
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

WHAT = "It is asked that our work with a family ends. It ends only when a second person agrees: agree, or do not and say why."
AGREED, REFUSED = "A second person agreed that our work ends.", "A second person did not agree that our work ends; the reason is there."


def ask(w: Wired, actor: str, household: str, *, reason: str) -> str:
    """Our work with a family is to end; the request's id. Raises Problem with a field, also while something is owed or agreed for it."""
    id, at = w.new_id(), w.clock()
    said = schemas.load(schemas.CLOSE_FAMILY, {"reason": reason})

    def write(tx: Tx) -> str:
        whose.act_for(tx, actor, household)
        losses.check_not_held(tx, household)
        _check_nothing_open(tx, household)
        closings.ask(tx, id=id, household=household, at=at, actor=actor, **said)
        owner = whose.supervisor(tx, household, but=actor)
        duties.owe(
            tx, subject=closing_subject(id), kind=SECOND_OPINION, what=WHAT, at=at, actor=actor, household=household, owner_account=owner,
            due_at=clocks.due(clocks.policy(w, tx, household), "second_opinion", at),
        )  # fmt: skip
        whose.tell_each(tx, [owner], WHAT, household=household, at=at, actor=actor)
        return id

    return w.writer.submit(write)


def _check_nothing_open(tx: Tx, household: str) -> None:
    if any(row["answered"] is None for row in closings.of(tx, household)):
        raise wrong("reason", "This was asked already and waits for a second person.")
    if closings.stands(tx, household):
        raise wrong("reason", "Our work with this family has ended already.")
    _check_ready(tx, household, "reason")


def _check_ready(tx: Tx, household: str, field: str, but: str = "") -> None:
    owed = [row["what"] for row in duties.of_household(tx, household) if row["subject"] != but]
    if owed:
        raise wrong(field, f"Something is still owed for this family, so our work cannot end: {owed[0]}")
    if any(one.plan.stands for one in plans.progress_of(tx, household)):
        raise wrong(field, "An agreed plan still stands, so our work cannot end. End the plan first, with those who agreed it.")
    if closings.planned(tx, household):
        raise wrong(field, "A visit is planned, so our work cannot end. Make it, or say why it will not be made.")


def _check(tx: Tx, row: Row) -> None:
    losses.check_not_held(tx, row["household"])
    _check_ready(tx, row["household"], "agrees", but=closing_subject(row["id"]))


ASKED = second_person.Asked(
    closings.closing, closings.answer, closing_subject, "Somebody else has to agree: you asked for it.", AGREED, REFUSED, _check
)


def answer(w: Wired, actor: str, closing: str, *, agrees: bool, reason: str = "") -> None:
    """The second person on ending our work. Raises Problem with a field."""
    second_person.answer(w, ASKED, actor, closing, agrees=agrees, reason=reason)

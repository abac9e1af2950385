"""Help that a family needs: needed, ordered, delivered, seen in use. It is owed until somebody saw it in use, or it is no longer needed and
why: a cot that was delivered and stands in its box helps no child. A bed for tonight is due the same day.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from visitapp.decide.due import end_of
from visitapp.domain import duties as owed
from visitapp.domain import helping as words
from visitapp.domain.moments import day_of
from visitapp.flow import clocks, whose
from visitapp.flow import family_schemas as schemas
from visitapp.problems import problem, wrong
from visitapp.store import duties, helping, households
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


def need(w: Wired, actor: str, household: str, **said: Any) -> str:
    """The family needs something; the id of the order. `said`: what (domain/helping.py), person, words, needed_on, tonight. Raises Problem
    with a field."""
    id, at = w.new_id(), w.clock()
    needed = schemas.load(schemas.NEED, said, today=day_of(at).isoformat())
    tonight, day = needed.pop("tonight"), date.fromisoformat(needed["needed_on"])
    needed["words"] = needed["words"] or ""

    def write(tx: Tx) -> str:
        whose.act_for(tx, actor, household)
        if needed["person"] and needed["person"] not in households.ever_members(tx, household):
            raise wrong("person", "Choose somebody of this family.")
        helping.need(tx, id=id, household=household, at=at, actor=actor, **needed)
        start = at if day == day_of(at) else end_of(day)
        policy = clocks.policy(w, tx, household)
        due = clocks.same_day(policy, "bed_tonight", start) if tonight else clocks.due(policy, "help_seen_in_use", start)
        _owe(tx, id, household, _what(needed, tonight=tonight), due, at, actor)
        return id

    return w.writer.submit(write)


def _what(order: dict[str, Any] | Row, *, tonight: bool = False) -> str:
    asked = f"{words.HELP[order['what']]}{', tonight' if tonight else ''}: see that it comes and is in use."
    return f"{asked} {order['words']}".strip()


def _owe(tx: Tx, order: str, household: str, what: str, due_at: str, at: str, actor: str) -> None:
    duties.owe(
        tx, subject=owed.help_subject(order), kind=owed.HELP, what=what, due_at=due_at, at=at, actor=actor, household=household,
        owner_account=whose.practitioner(tx, household, actor),
    )  # fmt: skip


def step(w: Wired, actor: str, order: str, *, step: str, on_date: str, words: str = "") -> None:
    """What happened to it: ordered, delivered, seen in use, or no longer needed and why. Raises Problem with a field."""
    at = w.clock()
    said = schemas.load(schemas.HELP_STEP, {"step": step, "on_date": on_date, "words": words}, today=day_of(at).isoformat())

    def write(tx: Tx) -> None:
        row = helping.order(tx, order)
        if row is None:
            raise problem("not_found")
        whose.act_for(tx, actor, row["household"])
        _take(w, tx, row, said, at, actor)

    w.writer.submit(write)


def _take(w: Wired, tx: Tx, order: Row, said: dict[str, Any], at: str, actor: str) -> None:
    before = [row["step"] for row in helping.steps(tx, order["id"])]
    if any(step in words.ENDS for step in before):
        raise wrong("step", "This has ended already. If it is needed again, say so anew.")
    helping.step(
        tx, order=order["id"], household=order["household"], step=said["step"], on_date=said["on_date"], words=said["words"] or "", at=at,
        actor=actor,
    )  # fmt: skip
    duty = duties.duty(tx, owed.help_subject(order["id"]))
    if said["step"] in words.ENDS and duty is not None:
        how = owed.DONE if said["step"] == words.SEEN_IN_USE else owed.NOT_NEEDED
        duties.close(tx, duty, how=how, evidence=said["words"] or f"{words.STEPS[said['step']]}.", at=at, actor=actor)
    elif said["step"] == words.DELIVERED and duty is not None and day_of(duty["due_at"]).isoformat() <= order["needed_on"]:
        # what was for tonight has come; that it is in use is still to be seen
        due = clocks.due(clocks.policy(w, tx, order["household"]), "help_seen_in_use", at)
        _owe(tx, order["id"], order["household"], _what(order), due, at, actor)

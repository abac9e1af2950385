"""The rungs of an agreed plan: called for when its trigger is met, and one after another when an action is declined. Each is owed by
somebody of ours within hours of the clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.decide import plans as decide
from visitapp.decide.triggers import Cause
from visitapp.domain import plans as words
from visitapp.domain.duties import PLAN_ACTION, action_subject, instead_subject
from visitapp.domain.moments import later
from visitapp.domain.plans import Plan
from visitapp.flow import clocks, whose
from visitapp.store import duties, households, life_events, plans
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

MET = "The moment that an agreed plan names has come. Its actions are owed by the hour, whatever a later visit finds."
NEXT = "An action of an agreed plan was asked for and declined. The next one is owed from now on."
INSTEAD = "The last action of an agreed plan was asked for and declined. Decide what is done instead."


def here(tx: Tx, household: str) -> str:
    """Where the family is recorded now."""
    return life_events.later(tx, household)[-1]


def meet(tx: Tx, plan: Plan, cause: Cause, *, id: str, at: str, actor: str) -> str:
    """The moment came: kept once for its cause, and the first actions are owed from now on. The id of this time."""
    now = here(tx, plan.household)
    if plans.meet(tx, id=id, plan=plan.id, household=now, cause=cause.cause, on_date=cause.on, why=cause.why, at=at, actor=actor) is None:
        return id
    owners = [call_for(tx, plan, id, now, number, at=at, actor=actor) for number in words.first_rungs(plan)]
    whose.tell_each(tx, [*owners, *whose.supervisors(tx, households.household(tx, now))], MET, household=now, at=at, actor=actor)
    return id


def call_for(tx: Tx, plan: Plan, met: str, household: str, number: int, *, at: str, actor: str) -> str | None:
    """An action is owed from now on; who of ours owes it."""
    action = plan.actions[number - 1]
    owner = whose.ours(tx, household, action.owner_account) or whose.practitioner(tx, household)
    duties.owe(
        tx, subject=action_subject(met, number), kind=PLAN_ACTION, what=decide.owed_words(plan, action), at=at, actor=actor,
        household=household, due_at=later(at, hours=action.hours), owner_account=owner,
        backup_account=whose.ours(tx, household, action.backup_account),
    )  # fmt: skip
    return owner


def declined(w: Wired, tx: Tx, duty: Row, *, at: str, actor: str) -> None:
    """An action was asked for and declined: the next rung is called for at once; after the last, a supervisor decides what is done."""
    _, met, number = duty["subject"].split(":")
    time = plans.met(tx, met)
    plan = plans.plan(tx, time.plan) if time else None
    if plan is None:
        return
    called = [n for n in range(1, len(plan.actions) + 1) if duties.ever_owed(tx, action_subject(met, n))]
    following = words.next_rung(plan, int(number), called)
    if following is not None:
        owner = call_for(tx, plan, met, duty["household"], following, at=at, actor=actor)
        whose.tell_each(tx, [owner], NEXT, household=duty["household"], at=at, actor=actor)
        return
    owner = whose.supervisor(tx, duty["household"])
    duties.owe(
        tx, subject=instead_subject(met), kind=PLAN_ACTION, what=decide.instead_words(plan), at=at, actor=actor,
        household=duty["household"], owner_account=owner, due_at=clocks.due(clocks.policy(w, tx, duty["household"]), "same_day", at),
    )  # fmt: skip
    whose.tell_each(tx, [owner], INSTEAD, household=duty["household"], at=at, actor=actor)

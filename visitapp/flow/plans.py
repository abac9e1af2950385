"""Agreed plans: agreed, ended, and watched. A trigger that is met opens its first actions in the transaction that learns of it, each owed
by name within hours of the clock. No later visit closes them (docs/decisions/0010).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visitapp.decide import plans as decide
from visitapp.decide.triggers import Cause, Child, Seen, met_by_days, met_by_visits
from visitapp.domain import plans as words
from visitapp.domain.moments import day_of
from visitapp.domain.outcomes import NEVER_COUNTED
from visitapp.domain.plans import Action, Plan
from visitapp.flow import family_schemas as schemas
from visitapp.flow import losses, rungs, whose
from visitapp.flow.page_faults import Parts
from visitapp.flow.refer import SERVICE
from visitapp.problems import problem, wrong
from visitapp.store import households, life_events, plans
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


def agree(w: Wired, actor: str, household: str, *, actions: Any, **said: Any) -> str:
    """A plan is agreed; its id. `said`: source, agreed_on, agreed_by, trigger_kind (domain/plans.py), trigger_words, trigger_count,
    trigger_days, review_on; each action: what, owner, owner_account, backup, backup_account, hours, after_declined. It is watched from the
    day on which it was agreed. Raises Problem with a field such as `actions.0.hours`."""
    id, at = w.new_id(), w.clock()
    parts, plan, ladder = Parts(), dict[str, Any](), tuple[Action, ...]()
    with parts.each():
        plan = schemas.load(schemas.PLAN, said, today=day_of(at).isoformat())
        _check_finding(w, plan["trigger_kind"])
    with parts.each():
        ladder = _ladder(actions)
    parts.check()

    def write(tx: Tx) -> str:
        whose.act_for(tx, actor, household)
        losses.check_not_held(tx, household)
        theirs = Parts()
        for number, rung in enumerate(ladder):
            for part in ("owner_account", "backup_account"):
                with theirs.each():
                    whose.check_ours(tx, household, f"actions.{number}.{part}", getattr(rung, part))
        theirs.check()
        plans.add(tx, id=id, household=household, actions=ladder, at=at, actor=actor, **plan)
        watch(w, tx, household, at)
        return id

    return w.writer.submit(write)


def _ladder(actions: Any) -> tuple[Action, ...]:
    found = schemas.load_each(schemas.ACTION, "actions", actions, most=schemas.MOST_ACTIONS)
    if not found:
        raise wrong("actions", "Say what is done then: at least one action.")
    if found[0]["after_declined"]:
        raise wrong("actions.0.after_declined", "The first action cannot wait for another to be declined.")
    return tuple(Action(**(one | {"owner": one["owner"] or "", "backup": one["backup"] or ""})) for one in found)


def _check_finding(w: Wired, trigger_kind: str) -> None:
    code = words.finding_code(trigger_kind)
    if code and not any(code in form.rules for form in w.catalogue.forms):
        raise wrong("trigger_kind", "No form finds this. Choose from the findings.")


def end(w: Wired, actor: str, plan: str, *, on_date: str, reason: str) -> None:
    """The plan is watched no longer. What it called for before stays owed. Raises Problem with a field."""
    at = w.clock()
    said = schemas.load(schemas.PLAN_END, {"on_date": on_date, "reason": reason}, today=day_of(at).isoformat())

    def write(tx: Tx) -> None:
        agreed = _seen_by(tx, actor, plan)
        losses.check_not_held(tx, agreed.household)
        if said["on_date"] < agreed.agreed_on:
            raise wrong("on_date", "This is before the plan was agreed.")
        watch(w, tx, agreed.household, at)
        if plans.end(tx, plan=plan, household=agreed.household, at=at, actor=actor, **said) is None:
            raise wrong("reason", "This plan has ended already.")

    w.writer.submit(write)


def say_met(w: Wired, actor: str, plan: str, *, on_date: str, why: str) -> str:
    """Somebody says that the moment came, whatever is watched for; the id of this time. Raises Problem with a field."""
    id, cause, at = w.new_id(), w.new_id(), w.clock()
    said = schemas.load(schemas.SAID_MET, {"on_date": on_date, "why": why}, today=day_of(at).isoformat())

    def write(tx: Tx) -> str:
        agreed = _seen_by(tx, actor, plan)
        if said["on_date"] < agreed.agreed_on or (agreed.ended_on and said["on_date"] > agreed.ended_on):
            raise wrong("on_date", "The plan did not stand on that day.")
        rungs.meet(tx, agreed, Cause(cause, said["on_date"], said["why"]), id=id, at=at, actor=actor)
        return id

    return w.writer.submit(write)


def _seen_by(tx: Tx, actor: str, plan: str) -> Plan:
    found = plans.plan(tx, plan)
    if found is None:
        raise problem("not_found")
    whose.act_for(tx, actor, rungs.here(tx, found.household))
    return found


# --- watching ----------------------------------------------------------------------------------------------------------------------


def watch(w: Wired, tx: Tx, household: str, at: str) -> list[str]:
    """Meet whatever the facts say was met and is not met yet; the ids of what was. Under the family's lock; again does nothing more.

    A family whose earlier households are confirmed is watched as one: a plan outlives a move. A record that is held after a loss is not
    watched: nobody sends the police to parents whose only child died."""
    family = Families.several(life_events.earlier(tx, rungs.here(tx, household)))
    agreed = plans.plans(tx, family)
    if not agreed or losses.held(tx, rungs.here(tx, household)):
        return []
    known = {(met.plan, met.cause) for met in plans.mets(tx, family)}
    found = [(plan, cause) for plan in agreed for cause in _causes(tx, family, plan, day_of(at).isoformat())]
    new = [(plan, cause) for plan, cause in found if (plan.id, cause.cause) not in known]
    return [rungs.meet(tx, plan, cause, id=w.new_id(), at=at, actor=SERVICE) for plan, cause in new]


def watch_the_clock(w: Wired) -> int:
    """Watch each family that has a plan which the passing of days can meet; how many triggers were met. For the worker's round."""
    at = w.clock()
    with w.engine.read() as tx:
        waiting = plans.by_the_clock(tx)
    met = 0
    for household in waiting:
        with w.engine.write() as tx:
            tx.lock_household(household)
            met += len(watch(w, tx, household, at))
    return met


def _causes(tx: Tx, family: Families, plan: Plan, today: str) -> list[Cause]:
    if plan.trigger_kind == words.CHILD_UNSEEN:
        return met_by_days(plan, _children(tx, family, today), today)
    code = words.finding_code(plan.trigger_kind)
    found = plans.found_since(tx, family, plan.agreed_on, code) if code else frozenset()
    return met_by_visits(plan, [_seen(row) for row in plans.visits_since(tx, family, plan.agreed_on)], found)


def _seen(row: Row) -> Seen:
    counts = row["kind"] == "visit_not_completed" and row["outcome"] not in NEVER_COUNTED
    return Seen(row["submission"], row["occurred_on"], row["seq"], row["outcome"], counts)


def _children(tx: Tx, family: Families, today: str) -> list[Child]:
    """Every child who is born and belongs to the family now, and when each was last seen awake."""
    here = [one for one in households.members(tx, family.ids[0]) if one["role"] == "child" and one["born_on"] and one["born_on"] <= today]
    seen = plans.seen_awake(tx, family)
    return [Child(max(one["born_on"], one["from_on"]), *seen.get(one["person"], (None, None))) for one in here]


# --- what a plan has come to ---------------------------------------------------------------------------------------------------------


def progress_of(tx: Tx, household: str, seq: int = plans.LAST) -> list[decide.Progress]:
    """What each plan of a family has come to, those of its confirmed earlier households among them. Not scoped."""
    family = Families.several(life_events.earlier(tx, household, seq))
    return decide.progress(plans.plans(tx, family, seq), plans.mets(tx, family, seq), plans.steps(tx, family, seq))


def progress_of_each(tx: Tx, families: Families, seq: int = plans.LAST) -> dict[str, list[decide.Progress]]:
    """The same for several families at once, household -> plans, in the same few statements; without earlier households."""
    each: dict[str, list[decide.Progress]] = {}
    for one in decide.progress(plans.plans(tx, families, seq), plans.mets(tx, families, seq), plans.steps(tx, families, seq)):
        each.setdefault(one.plan.household, []).append(one)
    return each

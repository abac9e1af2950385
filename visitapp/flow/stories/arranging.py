"""What a story agrees, arranges and ends for a family: plans, duties, agencies, meetings, help and the agreed level, each through the
function that a screen would call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from visitapp.decide.plans import Rung
from visitapp.domain.plans import OPEN
from visitapp.flow import agreed_level, duties, helping, life_events, plans, together
from visitapp.problems import wrong
from visitapp.store import duties as owed
from visitapp.store import life_events as happened
from visitapp.store.tx import Row

if TYPE_CHECKING:
    from visitapp.flow.stories.acts import Doing

Do = Callable[["Doing"], str | None]


def _plan(doing: Doing) -> str:
    return plans.agree(doing.teller.w, doing.actor, doing.household, **doing.said)


def _plan_ended(doing: Doing) -> None:
    said = doing.said
    plans.end(doing.teller.w, doing.actor, said["plan"], on_date=said["on_date"], reason=said["reason"])


def _trigger_said(doing: Doing) -> str:
    said = doing.said
    return plans.say_met(doing.teller.w, doing.actor, said["plan"], on_date=said["on_date"], why=said["why"])


def _plan_action(doing: Doing) -> None:
    said = doing.said
    rung = _rung(doing, said["plan"], said["action"])
    duties.close(doing.teller.w, doing.actor, rung.subject, **_ending(said))


def _rung(doing: Doing, plan: str, action: str) -> Rung:
    """The action that is owed now: by its number, or by its words; of several times that the trigger was met, the first."""
    with doing.teller.w.engine.read() as tx:
        found = [one for one in plans.progress_of(tx, doing.household) if one.plan.id == plan]
    if not found:
        raise wrong("plan", "There is no such plan for this family.")
    rungs = [rung for time in found[0].times for rung in (*time.rungs, *([time.instead] if time.instead else []))]
    named = [rung for rung in rungs if str(rung.number) == action or action.casefold() in rung.what.casefold()]
    for rung in named:
        if rung.state == OPEN and rung.subject:
            return rung
    state = "was not called for, because the trigger was not met" if not rungs else "is not owed now"
    raise wrong("action", f"Action {action} of this plan {state}.")


def _duty_done(doing: Doing) -> None:
    said = doing.said
    duties.close(doing.teller.w, doing.actor, _duty(doing, said["duty"], said["person"])["subject"], **_ending(said))


def _duty(doing: Doing, what: str, person: str | None) -> Row:
    """The duty that is open: by its kind, by the finding that called for it, or by words of it."""
    with doing.teller.w.engine.read() as tx:
        open_ones = [row for one in happened.earlier(tx, doing.household) for row in owed.of_household(tx, one)]
    fitting = [
        row for row in open_ones
        if (what in (row["kind"], row["finding"]) or what.casefold() in row["what"].casefold())
        and (person is None or person in row["subject"])
    ]  # fmt: skip
    if not fitting:
        there = "; ".join(f"{row['finding'] or row['kind']} ({row['what']})" for row in open_ones) or "nothing"
        raise wrong("duty", f"No duty '{what}' is open then. Open is: {there}.")
    return fitting[0]


def _ending(said: Mapping[str, Any]) -> dict[str, Any]:
    return {part: said[part] for part in ("how", "evidence", "reference")}


def _agency(doing: Doing) -> str:
    return together.involve(doing.teller.w, doing.actor, doing.household, **doing.said)


def _agency_told(doing: Doing) -> None:
    said = doing.said
    together.tell_agency(doing.teller.w, doing.actor, said.pop("agency"), **said)


def _agency_closed(doing: Doing) -> None:
    said = doing.said
    together.close_agency(doing.teller.w, doing.actor, said.pop("agency"), **said)


def _lead(doing: Doing) -> None:
    together.name_lead(doing.teller.w, doing.actor, doing.household, **doing.said)


def _meeting(doing: Doing) -> str:
    return together.meet(doing.teller.w, doing.actor, doing.household, **doing.said)


def _help(doing: Doing) -> str:
    return helping.need(doing.teller.w, doing.actor, doing.household, **doing.said)


def _help_step(doing: Doing) -> None:
    said = doing.said
    helping.step(doing.teller.w, doing.actor, said.pop("order"), **said)


def _level(doing: Doing) -> str:
    return agreed_level.agree(doing.teller.w, doing.actor, doing.household, **doing.said)


def _level_answer(doing: Doing) -> None:
    said = doing.said
    agreed_level.answer(doing.teller.w, doing.actor, said["agreed"], agrees=said["agrees"], reason=said["reason"])


def _home_from_hospital(doing: Doing) -> None:
    said, on = doing.said, doing.day.isoformat()
    life_events.home_from_hospital(
        doing.teller.w, doing.actor, said["person"], household=doing.household, on_date=on, words=said["words"]
    )  # fmt: skip


def _into_hospital(doing: Doing) -> None:
    said, on = doing.said, doing.day.isoformat()
    life_events.into_hospital(doing.teller.w, doing.actor, said["person"], household=doing.household, on_date=on, words=said["words"])


def _same_family(doing: Doing) -> None:
    said = doing.said
    life_events.same_family(doing.teller.w, doing.actor, doing.household, earlier=said["earlier"], why=said["why"])


ARRANGING: Mapping[str, Do] = MappingProxyType(
    {
        "plan": _plan,
        "plan_ended": _plan_ended,
        "plan_action": _plan_action,
        "trigger_said": _trigger_said,
        "duty_done": _duty_done,
        "agency": _agency,
        "agency_told": _agency_told,
        "agency_closed": _agency_closed,
        "lead": _lead,
        "meeting": _meeting,
        "help": _help,
        "help_step": _help_step,
        "level": _level,
        "level_answer": _level_answer,
        "home_from_hospital": _home_from_hospital,
        "into_hospital": _into_hospital,
        "same_family": _same_family,
    }
)

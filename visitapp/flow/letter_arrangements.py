"""What a letter says of the arrangements around a family: agreed plans and what came of them, who else works with it and was told,
meetings, help, and the level that people agreed. Everything up to now, because the reader acts now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from visitapp.decide.plans import Progress, Rung, trigger
from visitapp.domain import agencies, helping
from visitapp.domain.moments import moment_words
from visitapp.domain.plans import OPEN, SOURCES, STATES
from visitapp.letter import facts as f
from visitapp.letter.sentences import day
from visitapp.store.tx import Row

if TYPE_CHECKING:
    from visitapp.flow.arrangements import Arrangements
    from visitapp.formlang import Levels


def arrangements(found: Arrangements, names: dict[str, str], levels: Levels) -> dict[str, Any]:
    """The parts of `LetterFacts` that stand here, by name. `names` is person id -> given names."""
    return {
        "plans": tuple(_plan(one) for one in found.plans if one.plan.stands or one.met),
        "agencies": tuple(_agency(row) for row in found.agencies),
        "lead": f"{found.lead['name']}, since {day(found.lead['from_on'])}" if found.lead else "",
        "meetings": tuple(f.VisitLine(row["on_date"], _decided(row)) for row in found.meetings),
        "help_orders": tuple(_help(row, names) for row in found.help),
        "agreed_level": _level(found.level, levels) if found.level else "",
    }


def _plan(one: Progress) -> f.AgreedPlan:
    plan = one.plan
    actions = [_action(rung, time.on) for time in one.times for rung in (*time.wanted, *((time.instead,) if time.instead else ()))]
    waiting = [
        f.PlanAction(action.what, action.owner, "waits for that moment", f"then within {action.hours} hours") for action in plan.actions
    ]
    return f.AgreedPlan(
        SOURCES.get(plan.source, plan.source), plan.agreed_on, plan.agreed_by, trigger(plan), one.counted, one.not_done > 0,
        tuple(actions or waiting), plan.ended_on, shareable=True,
    )  # fmt: skip


def _action(rung: Rung, met_on: str) -> f.PlanAction:
    state, colon, but = (STATES[rung.state][:1].lower() + STATES[rung.state][1:]).partition(":")
    closed = f" on {moment_words(rung.closed_at)}" if rung.closed_at else ""
    reference = f" (reference {rung.reference})" if rung.reference else ""
    due = f"due by {moment_words(rung.due_at)}" if rung.state == OPEN and rung.due_at else ""
    called = "" if due or closed else f"called for on {day(met_on)}"
    return f.PlanAction(rung.what, rung.owner or rung.owed_by, f"{state}{closed}{reference}{colon}{but}", due or called)


def _agency(row: Row) -> f.Agency:
    return f.Agency(row["name"], agencies.KINDS.get(row["kind"], ""), _told(row), _closed(row), shareable=True)


def _told(row: Row) -> str:
    if row["told_how"] is None:
        return ""
    said = f"{agencies.HOWS[row['told_how']].lower()} on {day(row['told_on'])}"
    words = f": {row['told_words']}" if row["told_words"] else ""
    return f"{said}{words}" if row["told_how"] != agencies.TOLD else f"{said}, no reply recorded{words}"


def _closed(row: Row) -> str:
    if row["closed_on"] is None:
        return ""
    left = len(json.loads(row["unresolved"]))
    still = f"; {left} of our findings stood then" if left else ""
    return f"closed on {day(row['closed_on'])}: {row['closed_why']}{still}"


def _decided(row: Row) -> str:
    decided = [f"{one['what']} ({one['owner']}, by {day(one['due_on'])})" for one in json.loads(row["decisions"])]
    return f"{row['attended']}. Decided: {'; '.join(decided) or 'nothing is recorded'}"


def _help(row: Row, names: dict[str, str]) -> f.HelpOrder:
    what = row["words"] if row["what"] == "other" and row["words"] else helping.HELP.get(row["what"], "")
    whom = names.get(row["person"] or "", "")
    if row["step"] is None:
        return f.HelpOrder(what, f"needed since {day(row['needed_on'])}, not ordered", whom, shareable=True)
    unseen = "" if row["step"] in helping.ENDS else ", not seen in use"
    return f.HelpOrder(what, f"{helping.STEPS[row['step']].lower()} on {day(row['step_on'])}{unseen}", whom, shareable=True)


def _level(row: Row, levels: Levels) -> str:
    return f"Level {row['level']} ({levels.words(row['level']).local}), agreed on {moment_words(row['at'])}"

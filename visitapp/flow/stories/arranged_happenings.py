"""What is said in a story of plans, duties, agencies, help and the agreed level, as the flow functions take it."""

from __future__ import annotations

from typing import Any

from visitapp.domain import agencies, duties, helping, plans
from visitapp.flow.stories.happening import AS_SAID, Looking
from visitapp.flow.stories.looking import Spot, nearest
from visitapp.flow.together import WRITTEN_TO

AN_ACTIONS_HOURS = 24
"""Within how many hours an action of a plan is due, where a story does not say."""


def plan(look: Looking) -> dict[str, Any]:
    spot, review = look.spot, look.spot.day("review_on")
    return {
        "source": spot.text("source", "safety"),
        "agreed_on": look.on.isoformat(),
        "agreed_by": spot.text("agreed_by", "The parents and the team"),
        **_trigger(look),
        "actions": [_action(look, each) for each in spot.each("then")],
        "review_on": review.isoformat() if review else None,
    }


TRIGGER = ("kind", "count", "days", "words")
ACTION = ("what", "owner", "backup", "hours", "after_declined")


def _trigger(look: Looking) -> dict[str, Any]:
    spot = look.spot.at("if") if isinstance(look.spot.mapping.get("if"), dict) else look.spot
    if spot is not look.spot:
        spot.keys(TRIGGER, ("kind",), what="of what a plan waits for")
    kind = spot.text("kind" if spot is not look.spot else "if")
    known = [*plans.TRIGGERS, *(f"{plans.FINDING}{code}" for code in look.names.codes)]
    if kind and kind not in known:
        near = nearest(kind, [*plans.TRIGGERS] if ":" not in kind else known)
        look.spot.fault(f"'{kind}' is nothing that a plan can wait for.{near}", "if")
    return {
        "trigger_kind": kind,
        "trigger_words": spot.text("words", plans.TRIGGERS.get(kind, f"A visit finds {plans.finding_code(kind)}")),
        "trigger_count": spot.whole("count"),
        "trigger_days": spot.whole("days"),
    }


def _action(look: Looking, spot: Spot) -> dict[str, Any]:
    if isinstance(spot.raw, str):
        name, account = look.owner(look.spot)
        return {"what": spot.raw, "owner": name, "owner_account": account, "hours": AN_ACTIONS_HOURS}
    spot.keys(ACTION, ("what",), what="of an action")
    owner, backup = look.owner(spot), look.owner(spot, "backup")
    hours = spot.whole("hours")
    return {
        "what": spot.text("what"), "owner": owner[0], "owner_account": owner[1], "backup": backup[0], "backup_account": backup[1],
        "hours": AN_ACTIONS_HOURS if hours is None else hours, "after_declined": spot.flag("after_declined"),
    }  # fmt: skip


def _ending(look: Looking) -> dict[str, Any]:
    spot = look.spot
    how = spot.word("how", duties.BY_A_PERSON, duties.DONE)
    return {"how": how, "evidence": spot.text("evidence"), "reference": spot.text("reference")}


def plan_action(look: Looking) -> dict[str, Any]:
    action = look.spot.text("action", "1")
    return {"plan": look.made("plan", "plan"), "action": action, **_ending(look)}


def duty_done(look: Looking) -> dict[str, Any]:
    person = look.person("person") if look.spot.has("person") else None
    return {"duty": look.spot.text("duty"), "person": person, **_ending(look)}


def trigger_said(look: Looking) -> dict[str, Any]:
    return {"plan": look.made("plan", "plan"), "on_date": look.on.isoformat(), "why": look.spot.text("why", AS_SAID)}


def plan_ended(look: Looking) -> dict[str, Any]:
    return {"plan": look.made("plan", "plan"), "on_date": look.on.isoformat(), "reason": look.spot.text("reason", AS_SAID)}


def agency(look: Looking) -> dict[str, Any]:
    kind = look.spot.word("kind", agencies.KINDS)
    return {
        "kind": kind, "name": look.spot.text("name", agencies.KINDS.get(kind, "")), "contact": look.spot.text("contact"),
        "knows": look.spot.text("knows"), "from_on": look.on.isoformat(), **{name: look.spot.text(name) for name in WRITTEN_TO},
    }  # fmt: skip


def agency_told(look: Looking) -> dict[str, Any]:
    how = look.spot.word("how", agencies.HOWS, agencies.TOLD)
    return {"agency": look.made("agency", "agency"), "how": how, "on_date": look.on.isoformat(), "words": look.spot.text("words")}


def agency_closed(look: Looking) -> dict[str, Any]:
    return {
        "agency": look.made("agency", "agency"), "on_date": look.on.isoformat(), "reason": look.spot.text("reason", AS_SAID),
        "unresolved": list(look.spot.words("unresolved", look.names.codes)),
    }  # fmt: skip


def lead(look: Looking) -> dict[str, Any]:
    name, account = look.owner(look.spot, "name")
    agency = look.made("agency", "agency") if look.spot.has("agency") else None
    return {"name": name, "account": account, "agency": agency, "from_on": look.on.isoformat()}


TWO = 2
"""How many agencies were at a meeting, our own among them, where a story does not say."""
DECISION = ("what", "owner", "due")


def meeting(look: Looking) -> dict[str, Any]:
    decisions = []
    for each in look.spot.each("decisions"):
        each.keys(DECISION, ("what", "due"), what="of a decision")
        name, account = look.owner(each)
        due = each.day("due")
        decisions.append({"what": each.text("what"), "owner": name, "owner_account": account, "due_on": due.isoformat() if due else None})
    attended = ", ".join(look.spot.words("attended"))
    return {
        "on_date": look.on.isoformat(), "attended": attended or AS_SAID, "agencies": look.spot.whole("agencies") or TWO,
        "decisions": decisions,
    }  # fmt: skip


def help(look: Looking) -> dict[str, Any]:
    spot = look.spot
    return {
        "what": spot.word("what", helping.HELP), "person": look.person("person"), "words": spot.text("words"),
        "needed_on": look.on.isoformat(), "tonight": spot.flag("tonight"),
    }  # fmt: skip


def help_step(look: Looking) -> dict[str, Any]:
    step = look.spot.word("step", helping.STEPS)
    return {"order": look.made("help", "help"), "step": step, "on_date": look.on.isoformat(), "words": look.spot.text("words")}


def level(look: Looking) -> dict[str, Any]:
    return {"level": look.spot.whole("level"), "reason": look.spot.text("reason", AS_SAID)}


def level_answer(look: Looking) -> dict[str, Any]:
    reason = look.spot.text("reason", AS_SAID)
    return {"agreed": look.made("level", "level"), "agrees": look.spot.flag("agrees", True), "reason": reason}

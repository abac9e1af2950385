"""What can happen in a story, and what may be said of each thing: one table, from the word of an event to how it is read. `acts.ACTS` says
what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from visitapp.domain import agencies, duties, helping, plans
from visitapp.domain.findings import DESTINATIONS, URGENCIES
from visitapp.domain.roles import MEMBERS
from visitapp.flow import refer, reply
from visitapp.flow.people_schemas import VISITING
from visitapp.flow.stories.days import instant_of
from visitapp.flow.stories.families import POSTCODE
from visitapp.flow.stories.looking import Spot, nearest
from visitapp.flow.stories.model import Key
from visitapp.flow.stories.persons import CALLED
from visitapp.flow.stories.services import Services

AS_SAID = "As the story says."
AN_ACTIONS_HOURS = 24
"""Within how many hours an action of a plan is due, where a story does not say."""


@dataclass
class Names:
    """What a story names and may refer to. `made` is kind -> the keys of what events before this one made, in order."""

    services: Services
    areas: tuple[str, ...]
    people: frozenset[str]
    households: frozenset[str]
    codes: frozenset[str]
    made: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Looking:
    """One event being read, on its day."""

    spot: Spot
    names: Names
    on: date
    practitioner: str  # of the family, by user name

    def person(self, key: str) -> Key | None:
        return self._key("person", key, self.names.people)

    def household(self, key: str) -> Key | None:
        return self._key("household", key, self.names.households)

    def account(self, key: str, roles: tuple[str, ...] = ()) -> Key | None:
        known = [one.username for one in self.names.services.accounts if not roles or one.role in roles]
        return self._key("account", key, known)

    def _key(self, kind: str, key: str, known: Any) -> Key | None:
        name = self.spot.text(key)
        if name and name not in known:
            what = {"person": "Nobody in this story", "household": "No household of this story", "account": "No account"}[kind]
            self.spot.fault(f"{what} is called '{name}'.{nearest(name, known)}", key)
        return Key(kind, name) if name in known else None

    def made(self, kind: str, key: str) -> Key | None:
        """What an earlier event made: by its key, or the only one, or the newest."""
        known, name = self.names.made.get(kind, []), self.spot.text(key)
        if not known:
            self.spot.fault(f"No event before this one has '{kind}'.", *([key] if name else []))
        elif name and name not in known:
            self.spot.fault(f"No '{kind}' before this one is called '{name}'.{nearest(name, known)}", key)
        return Key(kind, name or known[-1]) if known and (not name or name in known) else None

    def owner(self, spot: Spot, key: str = "owner") -> tuple[str, Key | None]:
        """Somebody in words, or by user name with their account; nobody named is the family's practitioner."""
        name = spot.text(key) or (self.practitioner if key == "owner" else "")
        account = next((one for one in self.names.services.accounts if one.username == name), None)
        return (account.name, Key("account", name)) if account else (name, None)


Read = Callable[[Looking], dict[str, Any]]


@dataclass(frozen=True)
class Happening:
    """`short` is what one plain value says; `fields` are the words that may be said of it; `names` is the word whose value it can be called
    by later, where the story gives it no key."""

    read: Read
    fields: tuple[str, ...] = ()
    short: str | None = None
    required: tuple[str, ...] = ()
    makes: bool = False
    named_by: str | None = None


# --- referrals ----------------------------------------------------------------------------------------------------------------------


def _send(look: Looking) -> dict[str, Any]:
    spot = look.spot
    told, why = spot.flag("parents_told", True), spot.words("not_told_why", refer.NOT_TOLD)
    phoned, asked_by = spot.clock("phoned_at"), spot.day("asked_by")
    return {
        "asked_for": spot.text("asked_for", "Please read this and tell us what you will do."),
        "asked_by_on": asked_by.isoformat() if asked_by else None,
        "parents_told": "yes" if told else "no",
        "parents_said": spot.text("parents_said"),
        "not_told_why": why if told or why else ("raises_risk",),
        "not_told_detail": spot.text("not_told_detail"),
        "phoned_who": spot.text("phoned", "The duty desk" if phoned else ""),
        "phoned_at": instant_of(look.on, phoned.isoformat("minutes")) if phoned else None,
        "where_child_is": spot.text("where_child_is"),
        "meanwhile": spot.text("meanwhile"),
        "of_level": spot.whole("level"),
    }


def _reason(look: Looking) -> dict[str, Any]:
    return {"reason": look.spot.text("reason", AS_SAID), "of_level": look.spot.whole("level")}


def _decide(look: Looking) -> dict[str, Any]:
    return {
        "outcome": look.spot.word("outcome", reply.OUTCOMES),
        "reason": look.spot.text("reason", AS_SAID),
        "next_step": look.spot.text("next_step"),
        "of_level": look.spot.whole("level"),
    }


def _refer(look: Looking) -> dict[str, Any]:
    places = tuple(code for code in DESTINATIONS if code != "none")
    return {
        "destination": look.spot.word("destination", places, "social_care"),
        "urgency": look.spot.word("urgency", URGENCIES, "this_week"),
        "reason": look.spot.text("reason", AS_SAID),
    }


# --- the family ---------------------------------------------------------------------------------------------------------------------


def _planned(look: Looking) -> dict[str, Any]:
    day = look.spot.day("for")
    return {"what": look.spot.text("what", "Visit"), "on_date": (day or look.on).isoformat()}


def _move(look: Looking) -> dict[str, Any]:
    spot = look.spot
    return {
        "address": spot.text("address"),
        "postcode": spot.text("postcode", POSTCODE),
        "area": spot.word("area", look.names.areas, look.names.areas[0]),
    }


def _practitioner(look: Looking) -> dict[str, Any]:
    return {"account": look.account("account", VISITING)}


def _joins(look: Looking) -> dict[str, Any]:
    role = look.spot.word("role", (*MEMBERS, *CALLED))
    return {"person": look.person("person"), "role": CALLED.get(role, role)}


def _leaves(look: Looking) -> dict[str, Any]:
    return {"person": look.person("person"), "reason": look.spot.text("reason", AS_SAID)}


def _birth(look: Looking) -> dict[str, Any]:
    return {"person": look.person("person")}


def _hospital(look: Looking) -> dict[str, Any]:
    return {"person": look.person("person"), "words": look.spot.text("words")}


def _same_family(look: Looking) -> dict[str, Any]:
    return {"earlier": look.household("earlier"), "why": look.spot.text("why", AS_SAID)}


# --- plans and duties ---------------------------------------------------------------------------------------------------------------


def _plan(look: Looking) -> dict[str, Any]:
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


def _plan_action(look: Looking) -> dict[str, Any]:
    action = look.spot.text("action", "1")
    return {"plan": look.made("plan", "plan"), "action": action, **_ending(look)}


def _duty_done(look: Looking) -> dict[str, Any]:
    person = look.person("person") if look.spot.has("person") else None
    return {"duty": look.spot.text("duty"), "person": person, **_ending(look)}


def _trigger_said(look: Looking) -> dict[str, Any]:
    return {"plan": look.made("plan", "plan"), "on_date": look.on.isoformat(), "why": look.spot.text("why", AS_SAID)}


def _plan_ended(look: Looking) -> dict[str, Any]:
    return {"plan": look.made("plan", "plan"), "on_date": look.on.isoformat(), "reason": look.spot.text("reason", AS_SAID)}


# --- others who help ----------------------------------------------------------------------------------------------------------------


def _agency(look: Looking) -> dict[str, Any]:
    kind = look.spot.word("kind", agencies.KINDS)
    return {
        "kind": kind, "name": look.spot.text("name", agencies.KINDS.get(kind, "")), "contact": look.spot.text("contact"),
        "knows": look.spot.text("knows"), "from_on": look.on.isoformat(),
    }  # fmt: skip


def _agency_told(look: Looking) -> dict[str, Any]:
    how = look.spot.word("how", agencies.HOWS, agencies.TOLD)
    return {"agency": look.made("agency", "agency"), "how": how, "on_date": look.on.isoformat(), "words": look.spot.text("words")}


def _agency_closed(look: Looking) -> dict[str, Any]:
    return {
        "agency": look.made("agency", "agency"), "on_date": look.on.isoformat(), "reason": look.spot.text("reason", AS_SAID),
        "unresolved": list(look.spot.words("unresolved", look.names.codes)),
    }  # fmt: skip


def _lead(look: Looking) -> dict[str, Any]:
    name, account = look.owner(look.spot, "name")
    agency = look.made("agency", "agency") if look.spot.has("agency") else None
    return {"name": name, "account": account, "agency": agency, "from_on": look.on.isoformat()}


TWO = 2
"""How many agencies were at a meeting, our own among them, where a story does not say."""
DECISION = ("what", "owner", "due")


def _meeting(look: Looking) -> dict[str, Any]:
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


def _help(look: Looking) -> dict[str, Any]:
    spot = look.spot
    return {
        "what": spot.word("what", helping.HELP), "person": look.person("person"), "words": spot.text("words"),
        "needed_on": look.on.isoformat(), "tonight": spot.flag("tonight"),
    }  # fmt: skip


def _help_step(look: Looking) -> dict[str, Any]:
    step = look.spot.word("step", helping.STEPS)
    return {"order": look.made("help", "help"), "step": step, "on_date": look.on.isoformat(), "words": look.spot.text("words")}


def _level(look: Looking) -> dict[str, Any]:
    return {"level": look.spot.whole("level"), "reason": look.spot.text("reason", AS_SAID)}


def _level_answer(look: Looking) -> dict[str, Any]:
    reason = look.spot.text("reason", AS_SAID)
    return {"agreed": look.made("level", "level"), "agrees": look.spot.flag("agrees", True), "reason": reason}


_ENDING = ("how", "evidence", "reference")
HAPPENINGS: Mapping[str, Happening] = MappingProxyType(
    {
        "send": Happening(
            _send, ("asked_for", "asked_by", "parents_told", "parents_said", "not_told_why", "not_told_detail", "phoned", "phoned_at",
                    "where_child_is", "meanwhile", "level"), "asked_for",
        ),
        "withdraw": Happening(_reason, ("reason", "level"), "reason"),
        "acknowledge": Happening(lambda look: {"of_level": look.spot.whole("level")}, ("level",), "level"),
        "decide": Happening(_decide, ("outcome", "reason", "next_step", "level"), "outcome", ("outcome",)),
        "refer": Happening(_refer, ("destination", "urgency", "reason"), "reason"),
        "planned": Happening(_planned, ("what", "for"), "what"),
        "move": Happening(_move, ("address", "postcode", "area"), "address", ("address",)),
        "practitioner": Happening(_practitioner, ("account",), "account", ("account",)),
        "joins": Happening(_joins, ("person", "role"), "person", ("person",)),
        "leaves": Happening(_leaves, ("person", "reason"), "person", ("person",)),
        "birth": Happening(_birth, ("person", "gestation", "birth_weight"), "person", ("person",)),
        "home_from_hospital": Happening(_hospital, ("person", "words"), "person", ("person",)),
        "into_hospital": Happening(_hospital, ("person", "words"), "person", ("person",)),
        "same_family": Happening(_same_family, ("earlier", "why"), "earlier", ("earlier",)),
        "plan": Happening(_plan, ("source", "agreed_by", "if", "count", "days", "words", "then", "review_on"), None, ("if", "then"), True),
        "plan_action": Happening(_plan_action, ("plan", "action", *_ENDING), "how"),
        "plan_ended": Happening(_plan_ended, ("plan", "reason"), "plan"),
        "trigger_said": Happening(_trigger_said, ("plan", "why"), "why"),
        "duty_done": Happening(_duty_done, ("duty", "person", *_ENDING), "duty", ("duty",)),
        "agency": Happening(_agency, ("kind", "name", "contact", "knows"), "kind", ("kind",), True, "kind"),
        "agency_told": Happening(_agency_told, ("agency", "how", "words"), "agency"),
        "agency_closed": Happening(_agency_closed, ("agency", "reason", "unresolved"), "agency"),
        "lead": Happening(_lead, ("name", "agency"), "name", ("name",)),
        "meeting": Happening(_meeting, ("attended", "agencies", "decisions"), "attended"),
        "help": Happening(_help, ("what", "person", "words", "tonight"), "what", ("what",), True, "what"),
        "help_step": Happening(_help_step, ("help", "step", "words"), "step", ("step",)),
        "level": Happening(_level, ("level", "reason"), "level", ("level",), True),
        "level_answer": Happening(_level_answer, ("level", "agrees", "reason"), "agrees"),
    }
)  # fmt: skip

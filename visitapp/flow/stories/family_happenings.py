"""What is said in a story of referrals and of the family itself, as the flow functions take it."""

from __future__ import annotations

from typing import Any

from visitapp.domain.findings import DESTINATIONS, URGENCIES
from visitapp.domain.replies import CHOICES
from visitapp.domain.roles import MEMBERS
from visitapp.flow.completion import NOT_TOLD
from visitapp.flow.people_schemas import VISITING
from visitapp.flow.stories.days import instant_of
from visitapp.flow.stories.families import POSTCODE
from visitapp.flow.stories.happening import AS_SAID, Looking
from visitapp.flow.stories.persons import CALLED
from visitapp.flow.stories.replying import ACCOUNT, WAYS


def send(look: Looking) -> dict[str, Any]:
    spot = look.spot
    told, why = spot.flag("parents_told", True), spot.words("not_told_why", NOT_TOLD)
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
        "agreement": "yes" if told else "not_asked",
        "agreed_by": spot.text("agreed_by", AS_SAID if told else ""),
        "why_not_early_help": spot.text("why_not_early_help", AS_SAID),
        "where_child_is": spot.text("where_child_is"),
        "meanwhile": spot.text("meanwhile"),
        "of_level": spot.whole("level"),
    }


def reason(look: Looking) -> dict[str, Any]:
    return {"reason": look.spot.text("reason", AS_SAID), "of_level": look.spot.whole("level")}


def acknowledge(look: Looking) -> dict[str, Any]:
    return _answered(look)


def decide(look: Looking) -> dict[str, Any]:
    spot, day = look.spot, look.spot.day("next_on")
    return _answered(look) | {
        "outcome": spot.word("outcome", CHOICES),
        "reason": spot.text("reason", AS_SAID),
        "next_step": spot.text("next_step"),
        "next_on": day.isoformat() if day else None,
        "contact": spot.text("contact"),
    }


def not_for_us(look: Looking) -> dict[str, Any]:
    return _answered(look) | {"reason": look.spot.text("reason", AS_SAID), "whose": look.spot.text("whose")}


def send_on(look: Looking) -> dict[str, Any]:
    teams = tuple(one.key for one in look.names.services.receiving)
    return {"team": look.spot.word("team", teams), "why": look.spot.text("why"), "of_level": look.spot.whole("level")}


def _answered(look: Looking) -> dict[str, Any]:
    """How an answer came, and who gave it where that was no account."""
    return {
        "via": look.spot.word("via", WAYS, ACCOUNT),
        "said_by": look.spot.text("said_by", AS_SAID),
        "said_role": look.spot.text("said_role", AS_SAID),
        "of_level": look.spot.whole("level"),
    }


def by_hand(look: Looking) -> dict[str, Any]:
    places = tuple(code for code in DESTINATIONS if code != "none")
    return {
        "destination": look.spot.word("destination", places, "social_care"),
        "urgency": look.spot.word("urgency", URGENCIES, "this_week"),
        "reason": look.spot.text("reason", AS_SAID),
    }


def planned(look: Looking) -> dict[str, Any]:
    day = look.spot.day("for")
    return {"what": look.spot.text("what", "Visit"), "on_date": (day or look.on).isoformat()}


def move(look: Looking) -> dict[str, Any]:
    spot = look.spot
    return {
        "address": spot.text("address"),
        "postcode": spot.text("postcode", POSTCODE),
        "area": spot.word("area", look.names.areas, look.names.areas[0]),
    }


def practitioner(look: Looking) -> dict[str, Any]:
    return {"account": look.account("account", VISITING)}


def joins(look: Looking) -> dict[str, Any]:
    role = look.spot.word("role", (*MEMBERS, *CALLED))
    return {"person": look.person("person"), "role": CALLED.get(role, role)}


def leaves(look: Looking) -> dict[str, Any]:
    return {"person": look.person("person"), "reason": look.spot.text("reason", AS_SAID)}


def birth(look: Looking) -> dict[str, Any]:
    return {"person": look.person("person")}


def hospital(look: Looking) -> dict[str, Any]:
    return {"person": look.person("person"), "words": look.spot.text("words")}


def same_family(look: Looking) -> dict[str, Any]:
    return {"earlier": look.household("earlier"), "why": look.spot.text("why", AS_SAID)}

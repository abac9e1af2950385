"""Where a visit should go in one council area. Routing uses what is at least so, never what could be: what cannot be told is asked."""

from collections.abc import Collection
from typing import Any

from visitapp.decide.visit import mapping
from visitapp.domain.findings import Destination, Level
from visitapp.formlang.model import Form, Routes

OPEN_TO = "family.open_to"
"""The measure of who works with a family under a plan."""


def route(level: Level, urgency: str, routes: Routes, open_to: Collection[str] = ()) -> Destination:
    """The first rule of the area's routes that applies; its last rule always does. `open_to` is what the family is open to already: an open
    case goes to its worker."""
    for rule in routes.rules:
        if level.at_least >= rule.level and urgency in rule.urgency and (not rule.open_to or set(rule.open_to) & set(open_to)):
            return Destination(rule.go, routes.destinations[rule.go].words, (rule.reason, *_unsure(level)))
    raise ValueError("routes whose last rule does not take what is left are refused when they are loaded")


def open_to(form: Form, body: dict[str, Any], facts: dict[str, Any]) -> frozenset[str]:
    """What a family is open to by what was known before and by what this visit says. A "nobody" heard today closes no case of another
    agency: that is theirs, and is recorded as their closing."""
    asked = (question.id for section in form.sections for question in section.questions if question.measure == OPEN_TO)
    today = [mapping(mapping(body.get("answers")).get(id)).get("value") for id in asked]
    before = mapping(facts.get("history")).get("open_to")
    return frozenset(code for code in (*today, *(before if isinstance(before, list) else ())) if isinstance(code, str))


def _unsure(level: Level) -> tuple[str, ...]:
    if level.could_be < 3 or level.could_be == level.at_least:
        return ()
    return (f"Some things could not be told, and with them it could be level {level.could_be}.",)

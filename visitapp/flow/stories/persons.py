"""The people of a story: who they are and when they were born. What a story does not say is the ordinary thing, and nothing that would
change a judgement is made up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from visitapp.domain import roles
from visitapp.domain.ages import TERM_DAYS
from visitapp.flow.stories.looking import Spot, as_whole, nearest
from visitapp.flow.stories.model import Person

PERSON = (
    "given", "family", "role", "born", "due", "age", "gestation", "birth_weight", "birth_order", "phone", "language", "interpreter",
)  # fmt: skip
CALLED = {"baby": "child", "twin": "child", "sibling": "child", "brother": "child", "sister": "child", "son": "child", "daughter": "child"}
"""Keys and roles that say as much as one of the roles."""
GROWN_DAYS = 18 * 365
SHORTEST, LONGEST = 140, 320
"""The length of a pregnancy in days."""
DAYS_A_YEAR = 365.25
SURNAME = "Story"
_WEEKS = re.compile(r"([0-9]{2})(?:\+([0-6])| weeks(?: and ([0-6]) days?)?)")


@dataclass(frozen=True)
class Born:
    """A birth that an event of the story tells."""

    on: date
    gestation_days: int | None = None
    birth_weight_g: int | None = None


@dataclass(frozen=True)
class Times:
    """What the rest of the story says of time: the day it begins, the day it ends, and the births it tells."""

    begins: date
    today: date
    births: Mapping[str, Born]
    joining: frozenset[str] = frozenset()  # who joins a household by an event


@dataclass(frozen=True)
class Said:
    """A person with the role that the story gives them, None where it gives none."""

    person: Person
    role: str | None


def people_of(spot: Spot, times: Times) -> dict[str, Said]:
    """Everybody of the story, by key."""
    if not isinstance(spot.raw, dict) or not spot.raw:
        spot.fault("'people' names everybody by a short key, such as 'ava: {role: child, born: 2026-09-20}'.")
        return {}
    found = {key: _person(spot.at(key), key, times) for key in spot.mapping}
    for key, said in found.items():
        if said.role is None:
            spot.fault(f"Say who '{key}' is, with 'role'.{nearest('', roles.MEMBERS)}", key)
    name = next((one.person.family for one in found.values() if one.person.family), SURNAME)
    return {key: Said(replace(one.person, family=one.person.family or name), one.role) for key, one in found.items()}


def _person(spot: Spot, key: str, times: Times) -> Said:
    if isinstance(spot.raw, str):
        return Said(Person(key=key, given=spot.raw, family="", born_on=None), _role(spot, key, None, times))
    if spot.raw is None:
        return Said(Person(key=key, given=key.capitalize(), family=""), _role(spot, key, None, times))
    spot.keys(PERSON, what="of a person")
    told = times.births.get(key)
    born, due, gestation = spot.day("born"), spot.day("due"), days_of_gestation(spot, "gestation")
    if born and born > times.today:
        spot.fault("The date of birth is after 'today'. For a baby not born yet, give 'due' instead.", "born")
    if told:
        born, gestation = told.on, told.gestation_days or gestation
    if born is None and spot.has("age"):
        born = _born_by_age(spot, times.today)
    if born and due and gestation is None:
        gestation = _gestation(spot, born, due)
    person = Person(
        key=key, given=spot.text("given") or key.capitalize(), family=spot.text("family"), born_on=born, due_on=due,
        gestation_days=gestation, birth_weight_g=(told.birth_weight_g if told else None) or grams(spot, "birth_weight"),
        birth_order=spot.whole("birth_order"), phone=spot.text("phone") or None, language=spot.text("language") or None,
        interpreter=spot.flag("interpreter") if spot.has("interpreter") else None,
    )  # fmt: skip
    return Said(person, _role(spot, key, person, times))


def _gestation(spot: Spot, born: date, due: date) -> int | None:
    """The length of a pregnancy by the day on which it was due."""
    days = TERM_DAYS - (due - born).days
    if SHORTEST <= days <= LONGEST:
        return days
    spot.fault(f"Born on {born} and due on {due} do not go together: that would be a pregnancy of {days // 7} weeks.", "due")
    return None


def _role(spot: Spot, key: str, person: Person | None, times: Times) -> str | None:
    said = spot.text("role") if spot.has("role") else ""
    if said:
        if CALLED.get(said, said) not in roles.MEMBERS:
            spot.fault(f"'{said}' is no role.{nearest(said, roles.MEMBERS)}", "role")
        return CALLED.get(said, said)
    by_key = CALLED.get(key.rstrip("0123456789_"), key.rstrip("0123456789_"))
    if by_key in roles.MEMBERS:
        return by_key
    young = person and person.born_on and (times.today - person.born_on).days < GROWN_DAYS
    return "child" if person and (young or (person.due_on and not person.born_on)) else None


def _born_by_age(spot: Spot, today: date) -> date | None:
    years = as_whole(spot.mapping.get("age"))
    if years is None or years > 120:
        spot.fault("'age' is in whole years, as of 'today'. For a child give 'born' instead.", "age")
        return None
    return today - timedelta(days=round((years + 0.5) * DAYS_A_YEAR))


def days_of_gestation(spot: Spot, key: str) -> int | None:
    """The length of a pregnancy: `35+1`, `35 weeks`, or days."""
    raw = spot.mapping.get(key)
    if raw is None:
        return None
    found, days = _WEEKS.fullmatch(str(raw)), as_whole(raw)
    if found:
        days = int(found[1]) * 7 + int(found[2] or found[3] or 0)
    elif days is not None and days < 60:
        days *= 7
    if days is None or not SHORTEST <= days <= LONGEST:
        spot.fault(f"'{key}' is the length of the pregnancy, written 35+1 (weeks and days), and not '{raw}'.", key)
        return None
    return days


def grams(spot: Spot, key: str) -> int | None:
    """A weight at birth: `2400`, or `2.4 kg`."""
    raw = spot.mapping.get(key)
    if raw is None:
        return None
    kilos = re.fullmatch(r"([0-9](?:\.[0-9]+)?)(?: ?kg)?", str(raw))
    weight = as_whole(raw) if as_whole(raw) and int(str(raw)) > 9 else round(float(kilos[1]) * 1000) if kilos else None
    if weight is None or not 200 <= weight <= 8000:
        spot.fault(f"'{key}' is in grams, such as 2400, and not '{raw}'.", key)
        return None
    return weight

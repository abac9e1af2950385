"""The people and households of a story: who they are, where they live and with whom, from when to when. What a story does not say is the
ordinary thing, and nothing that would change a judgement is made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from visitapp.domain import roles
from visitapp.domain.ages import TERM_DAYS
from visitapp.flow.people_schemas import VISITING
from visitapp.flow.stories.looking import Spot, as_day, as_whole, nearest
from visitapp.flow.stories.model import Home, Household, Member, Person
from visitapp.flow.stories.services import Services

PERSON = (
    "given", "family", "role", "born", "due", "age", "gestation", "birth_weight", "phone", "language", "interpreter",
)  # fmt: skip
HOUSEHOLD = ("name", "members", "address", "addresses", "postcode", "area", "practitioner", "since", "parental_responsibility")
ADDRESS = ("address", "postcode", "area", "from")
MEMBER = ("person", "role", "from", "to")
CALLED = {"baby": "child", "twin": "child", "sibling": "child", "brother": "child", "sister": "child", "son": "child", "daughter": "child"}
"""Keys and roles that say as much as one of the roles."""
GROWN_DAYS = 18 * 365
SHORTEST, LONGEST = 140, 320
"""The length of a pregnancy in days."""
DAYS_A_YEAR = 365.25
AREA, POSTCODE, SURNAME = "eastmoor", "EM1 1AA", "Story"
KNOWN_BEFORE_DUE = timedelta(days=210)
"""How long before the due date somebody is known of where a story says nothing else: about ten weeks into a pregnancy."""
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
        phone=spot.text("phone") or None, language=spot.text("language") or None,
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


# --- households ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Living:
    """Reads households; `people` is everybody of the story."""

    services: Services
    areas: Iterable[str]
    people: Mapping[str, Said]
    times: Times

    def read(self, top: Spot) -> tuple[Household, ...]:
        """The households of a story: those it names, or one of everybody."""
        if top.has("household") and top.has("households"):
            top.fault("A story has 'household' for one, or 'households' for several, and not both.", "household")
        if top.has("households"):
            return self._several(top.at("households"))
        if top.has("household"):
            return (self._household(top.at("household"), "home"),)
        return (self._nothing_said(),)

    def _several(self, spot: Spot) -> tuple[Household, ...]:
        if isinstance(spot.raw, dict) and spot.raw:
            return tuple(self._household(spot.at(key), key) for key in spot.mapping)
        spot.fault("'households' names each by a short key, such as 'first: {members: [ada, ava]}'.")
        return (self._nothing_said(),)

    def _nothing_said(self) -> Household:
        return self._made("home", members=self._everybody(), homes=(self._home(None, AREA),))

    def _everybody(self) -> tuple[Member, ...]:
        return tuple(Member(person=key, role=self._role_of(key, None)) for key in self.people if key not in self.times.joining)

    def _household(self, spot: Spot, key: str) -> Household:
        spot.keys(HOUSEHOLD, what="of a household")
        since, area = spot.day("since"), spot.word("area", tuple(self.areas), AREA)
        homes = self._homes(spot, area, since)
        visiting = [one.username for one in self.services.accounts if one.role in VISITING]
        return self._made(
            key, name=spot.text("name"), members=self._members(spot), homes=homes, since=since,
            practitioner=spot.word("practitioner", visiting), holders=self._holders(spot),
        )  # fmt: skip

    def _made(
        self, key: str, *, members: tuple[Member, ...], homes: tuple[Home, ...], name: str = "", since: date | None = None,
        practitioner: str = "", holders: Mapping[str, str] | None = None,
    ) -> Household:  # fmt: skip
        days = [*(one.from_on for one in members if one.from_on), *(one.from_on for one in homes[1:])]
        first = since or min([self.times.begins, *days])
        somebody = practitioner or self.services.somebody(VISITING, homes[0].area) or ""
        began = replace(homes[0], from_on=min(homes[0].from_on, first))
        return Household(
            key=key, name=name or self._name(members), practitioner=somebody, since=first, homes=(began, *homes[1:]),
            members=tuple(self._unborn(one, first) for one in members), holders=holders or {},
        )  # fmt: skip

    def _unborn(self, member: Member, since: date) -> Member:
        """Whoever has a due date is known before birth: from when the family is, or from early in the pregnancy."""
        person = self.people[member.person].person
        if member.from_on or person.due_on is None:
            return member
        return replace(member, from_on=max(since, person.due_on - KNOWN_BEFORE_DUE))

    def _name(self, members: tuple[Member, ...]) -> str:
        return next((self.people[one.person].person.family for one in members if one.person in self.people), SURNAME)

    def _homes(self, spot: Spot, area: str, since: date | None) -> tuple[Home, ...]:
        if not spot.has("addresses"):
            return (self._home(spot.text("address") or None, area, spot.text("postcode"), since),)
        homes = []
        for one in spot.each("addresses"):
            one.keys(ADDRESS, ("address",), what="of an address")
            homes.append(self._home(one.text("address"), one.word("area", tuple(self.areas), area), one.text("postcode"), one.day("from")))
        return tuple(sorted(homes, key=lambda home: home.from_on)) or (self._home(None, area),)

    def _home(self, address: str | None, area: str, postcode: str = "", from_on: date | None = None) -> Home:
        return Home(address=address or "1 Story Street", postcode=postcode or POSTCODE, area=area, from_on=from_on or self.times.begins)

    def _members(self, spot: Spot) -> tuple[Member, ...]:
        if not spot.has("members"):
            return self._everybody()
        at = spot.at("members")
        if isinstance(at.raw, dict):
            return tuple(one for key in at.mapping if (one := self._member(at.at(key), key)))
        return tuple(one for each in spot.each("members") if (one := self._listed(each)))

    def _listed(self, spot: Spot) -> Member | None:
        if isinstance(spot.raw, str):
            return self._member(spot, spot.raw, said={})
        if isinstance(spot.raw, dict) and len(spot.raw) == 1 and "person" not in spot.raw:
            key = next(iter(spot.raw))
            return self._member(spot.at(key), key)
        return self._member(spot, spot.text("person"))

    def _member(self, spot: Spot, key: str, said: dict[str, Any] | None = None) -> Member | None:
        if key not in self.people:
            spot.fault(f"Nobody in this story is called '{key}'.{nearest(key, self.people)}")
            return None
        if said is None and spot.raw is not None and as_day(spot.raw) is None:
            spot.keys(MEMBER, what="of a member")
            return Member(person=key, role=self._role_of(key, spot), from_on=spot.day("from"), to_on=spot.day("to"))
        return Member(person=key, role=self._role_of(key, None), from_on=as_day(spot.raw))

    def _role_of(self, key: str, spot: Spot | None) -> str:
        here = spot.word("role", (*roles.MEMBERS, *CALLED)) if spot else ""
        return CALLED.get(here, here) or self.people[key].role or "other_adult"

    def _holders(self, spot: Spot) -> dict[str, str]:
        at = spot.at("parental_responsibility") if spot.has("parental_responsibility") else None
        if at is None:
            return {}
        if isinstance(at.raw, dict):
            found = {key: at.text(key, "As said") for key in at.mapping}
        else:
            found = dict.fromkeys(spot.words("parental_responsibility"), "As said")
        for key in found:
            if key not in self.people:
                at.fault(f"Nobody in this story is called '{key}'.{nearest(key, self.people)}")
        return {key: basis for key, basis in found.items() if key in self.people}

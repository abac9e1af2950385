"""The households of a story: who lives together and where, from when to when, and who visits them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from visitapp.domain import roles
from visitapp.flow.people_schemas import VISITING
from visitapp.flow.stories.looking import Spot, as_day, nearest
from visitapp.flow.stories.model import Home, Household, Member
from visitapp.flow.stories.persons import CALLED, SURNAME, Said, Times
from visitapp.flow.stories.services import Services

HOUSEHOLD = ("name", "members", "address", "addresses", "postcode", "area", "practitioner", "since", "parental_responsibility")
ADDRESS = ("address", "postcode", "area", "from")
MEMBER = ("person", "role", "from", "to")
AREA, POSTCODE = "eastmoor", "EM1 1AA"
KNOWN_BEFORE_DUE = timedelta(days=210)
"""How long before the due date somebody is known of where a story says nothing else: about ten weeks into a pregnancy."""


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

"""Who belongs to which household of a story on a day: its members, those who joined by an event, and not those who left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from visitapp.domain.roles import ADULTS
from visitapp.flow.stories.model import Household, Member, Person


@dataclass
class Belonging:
    people: Mapping[str, Person]
    households: tuple[Household, ...]
    came: dict[str, list[Member]] = field(default_factory=dict)  # who joined a household by an event
    left: dict[tuple[str, str], date] = field(default_factory=dict)

    def home(self, household: str) -> Household:
        return next(one for one in self.households if one.key == household)

    def joins(self, household: str, person: str, role: str, day: date) -> None:
        self.came.setdefault(household, []).append(Member(person=person, role=role, from_on=day))

    def leaves(self, household: str, person: str, day: date) -> None:
        self.left[household, person] = day

    def on(self, household: str, day: date) -> Mapping[str, Mapping[str, bool]]:
        """Who belongs on a day, as rows of an ordinary visit: child and adult -> key -> whether they are born."""
        found: dict[str, dict[str, bool]] = {"child": {}, "adult": {}}
        for member in (*self.home(household).members, *self.came.get(household, ())):
            person = self.people[member.person]
            gone = member.to_on or self.left.get((household, member.person))
            if (member.from_on or person.born_on or date.min) > day or (gone is not None and gone <= day):
                continue
            grown = member.role in ADULTS
            born = person.born_on <= day if person.born_on else person.due_on is None
            found["adult" if grown else "child"][member.person] = grown or born
        return found

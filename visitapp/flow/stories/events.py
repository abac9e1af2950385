"""The events of a story: each on its day, with the time, the family and whoever did it, and one word for what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from visitapp.domain.answers import HOW_KNOWN
from visitapp.domain.moments import later
from visitapp.flow.people_schemas import VISITING
from visitapp.flow.stories.belonging import Belonging
from visitapp.flow.stories.days import instant_of
from visitapp.flow.stories.expect import Expecting
from visitapp.flow.stories.happening import Happening, Looking, Names
from visitapp.flow.stories.happenings import HAPPENINGS
from visitapp.flow.stories.looking import Spot, as_day, nearest
from visitapp.flow.stories.model import Act, Event, Household, Person, Visit
from visitapp.flow.stories.saying import ALWAYS, VISITS, inside, kinds_of
from visitapp.flow.stories.visit_said import answers_of, begins_ordinary, call_of, form_of
from visitapp.formlang import Catalogue

OF_A_VISIT = ("answers", "ordinary", "known", "form_version", "minutes", "sent_on", "calls")
FIRST = time(10, 0)
"""When the first thing of a day happens, where the story does not say."""
AFTER_A_CALL = 10
"""Minutes after a telephone call in which it is written down, where the story gives only the time of the call."""
MINUTES, WAITED = 50, 5
"""How long a visit takes, and how long after it the tablet is on a network again, where the story does not say."""


@dataclass
class Reading:
    """Reads events in the order of time; what one makes, a later one can name."""

    catalogue: Catalogue
    names: Names
    people: Mapping[str, Person]
    households: tuple[Household, ...]
    today: date
    busy: dict[date, str] = field(default_factory=dict)  # until when a day is taken

    def __post_init__(self) -> None:
        self.belonging = Belonging(self.people, self.households)

    def read(self, spots: Iterable[Spot]) -> tuple[Event, ...]:
        events = [event for spot in in_order(spots) if (event := self._event(spot)) is not None]
        return tuple(sorted(events, key=lambda event: event.at))

    def _event(self, spot: Spot) -> Event | None:
        kinds, day = kinds_of(spot), spot.day("on")
        if len(kinds) != 1:
            self._what(spot, kinds)
            return None
        if day is None:
            if not spot.has("on"):
                spot.fault("Say when this was, with 'on: 2026-11-22'.")
            return None
        if day > self.today:
            spot.fault(f"This is after 'today', {self.today}.", "on")
        return self._visit(spot, kinds[0], day) if kinds[0] in VISITS else self._act(spot, kinds[0], day)

    def _what(self, spot: Spot, kinds: list[str]) -> None:
        known = (*VISITS, *HAPPENINGS)
        if len(kinds) > 1:
            spot.fault(f"One event is one thing: this says {' and '.join(kinds)}. Write two events.", kinds[1])
            return
        strange = [key for key in spot.mapping if key not in (*ALWAYS, *OF_A_VISIT)]
        near = nearest(strange[0], known) if strange else ""
        spot.fault(f"Say what happened, such as 'visit: home_visit'.{near}", *strange[:1])

    def _household(self, spot: Spot) -> str:
        keys = [one.key for one in self.households]
        name = spot.word("household", keys, keys[0])
        if len(keys) > 1 and not spot.has("household"):
            spot.fault(f"There are several households: say which, with 'household: {keys[0]}'.")
        return name

    # --- when -------------------------------------------------------------------------------------------------------------------

    def _at(self, spot: Spot, day: date) -> str:
        """At the time that the story gives, else at ten, or once what came before on that day is over."""
        said = spot.clock("at")
        if said:
            return instant_of(day, said.isoformat("minutes"))
        return max(instant_of(day, FIRST.isoformat("minutes")), self.busy.get(day, ""))

    def _takes(self, day: date, until: str) -> None:
        self.busy[day] = max(self.busy.get(day, ""), later(until, minutes=5))

    # --- visits -----------------------------------------------------------------------------------------------------------------

    def _visit(self, spot: Spot, kind: str, day: date) -> Visit | None:
        spot.keys((*ALWAYS, *OF_A_VISIT, kind), what=f"of an event with '{kind}'")
        form, household = form_of(spot, kind, self.catalogue), self._household(spot)
        if form is None:
            return None
        at = self._at(spot, day)
        finished = later(at, minutes=spot.whole("minutes") or MINUTES)
        sent_on = spot.day("sent_on")
        sent = instant_of(sent_on, "12:00") if sent_on and sent_on > day else later(finished, minutes=WAITED)
        self._takes(day, sent if sent_on is None else finished)
        answers, said = answers_of(spot, kind, form, self.names.people, self.belonging.on(household, day))
        visiting = [one.username for one in self.names.services.accounts if one.role in VISITING]
        return Visit(
            at=at, household=household, by=spot.word("by", visiting), line=spot.line, expect=self._expect(spot, set(form.rules)),
            form=form.name, version=form.version, answers=answers, finished=finished, sent=sent,
            how=spot.word("known", HOW_KNOWN, "seen"), said=said, ordinary=begins_ordinary(spot, kind),
            calls=tuple(call_of(one, MINUTES) for one in spot.each("calls")),
        )  # fmt: skip

    # --- everything else --------------------------------------------------------------------------------------------------------

    def _act(self, spot: Spot, kind: str, day: date) -> Act | None:
        happening, household, at = HAPPENINGS[kind], self._household(spot), self._at(spot, day)
        inner = inside(spot, kind, happening)
        faults = len(spot.document.faults)
        said = happening.read(Looking(inner, self.names, day, self.belonging.home(household).practitioner))
        for field_ in happening.required:
            if not inner.has(field_) and len(spot.document.faults) == faults:
                spot.fault(f"'{field_}' is missing of '{kind}'.", kind)
        key = self._made(spot, inner, kind, happening)
        if said.get("phoned_at") and not spot.has("at"):
            at = max(at, later(said["phoned_at"], minutes=AFTER_A_CALL))
        self._takes(day, at)
        self._belongs(kind, household, said, day)
        accounts = [one.username for one in self.names.services.accounts]
        return Act(
            at=at, household=household, by=spot.word("by", accounts), line=spot.line, kind=kind, said=said, key=key,
            expect=self._expect(spot, self.names.codes),
        )  # fmt: skip

    def _made(self, spot: Spot, inner: Spot, kind: str, happening: Happening) -> str:
        """What later events call the thing that this one makes."""
        if not happening.makes:
            return ""
        made = self.names.made.setdefault(kind, [])
        key = inner.text("key") or (inner.text(happening.named_by) if happening.named_by else "") or f"{kind} {len(made) + 1}"
        if key in made:
            if inner.has("key"):
                spot.fault(f"Another '{kind}' is called '{key}' already.", kind)
            key = f"{key} {len(made) + 1}"
        made.append(key)
        return key

    def _belongs(self, kind: str, household: str, said: Mapping[str, Any], day: date) -> None:
        if kind == "joins" and said["person"]:
            self.belonging.joins(household, said["person"].name, said["role"], day)
        if kind == "leaves" and said["person"]:
            self.belonging.leaves(household, said["person"].name, day)

    def _expect(self, spot: Spot, codes: Iterable[str]) -> Any:
        return Expecting(set(codes), self.names.people, self.names.codes).read(spot.at("expect")) if spot.has("expect") else ()


def in_order(spots: Iterable[Spot]) -> list[Spot]:
    """By day, and on one day as they are written."""
    return sorted((spot for spot in spots if isinstance(spot.raw, dict)), key=lambda spot: as_day(spot.mapping.get("on")) or date.min)

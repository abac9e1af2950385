"""The events of a story: each on its day, with the time, the family and whoever did it, and one word for what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from visitapp.domain.answers import HOW_KNOWN
from visitapp.domain.moments import later
from visitapp.domain.roles import ADULTS
from visitapp.flow.people_schemas import VISITING
from visitapp.flow.stories.answering import Answering
from visitapp.flow.stories.days import instant_of
from visitapp.flow.stories.expect import Expecting
from visitapp.flow.stories.happening import Happening, Looking, Names
from visitapp.flow.stories.happenings import HAPPENINGS
from visitapp.flow.stories.looking import Spot, as_day, nearest
from visitapp.flow.stories.model import Act, Answers, Call, Event, Household, Member, Person, Visit
from visitapp.flow.stories.ordinary import has_ordinary, merged, ordinary, unanswered
from visitapp.formlang import Catalogue, Form, Question
from visitapp.formlang.reading import Where

FORMS = {
    "not_completed": "not_let_in",
    "information": "information_received",
    "antenatal": "antenatal",
    "sleep_review": "safer_sleep_review",
}
"""Words for the forms that are written most often; every other form is `visit: its name`."""
VISITS = ("visit", *FORMS)
ALWAYS = ("on", "at", "by", "household", "expect", "note")
OF_A_VISIT = ("answers", "ordinary", "known", "form_version", "minutes", "sent_on", "calls")
CALL = ("after", "who", "number", "reached", "spoke_to", "said")
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
    came: dict[str, list[Member]] = field(default_factory=dict)  # who joined a household by an event
    left: dict[tuple[str, str], date] = field(default_factory=dict)

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

    def _home(self, household: str) -> Household:
        return next(one for one in self.households if one.key == household)

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
        form, household = self._form(spot, kind), self._household(spot)
        if form is None:
            return None
        at = self._at(spot, day)
        finished = later(at, minutes=spot.whole("minutes") or MINUTES)
        sent_on = spot.day("sent_on")
        sent = instant_of(sent_on, "12:00") if sent_on and sent_on > day else later(finished, minutes=WAITED)
        self._takes(day, sent if sent_on is None else finished)
        visiting = [one.username for one in self.names.services.accounts if one.role in VISITING]
        return Visit(
            at=at, household=household, by=spot.word("by", visiting), line=spot.line, expect=self._expect(spot, set(form.rules)),
            form=form.name, version=form.version, answers=self._answers(spot, kind, form, household, day), finished=finished, sent=sent,
            how=spot.word("known", HOW_KNOWN, "seen"), calls=tuple(self._call(one) for one in spot.each("calls")),
        )  # fmt: skip

    def _form(self, spot: Spot, kind: str) -> Form | None:
        names = {form.name for form in self.catalogue.forms}
        name = FORMS.get(kind) or spot.text("visit", "home_visit")
        if name not in names:
            spot.fault(f"There is no form '{name}'.{nearest(name, names)}", kind)
            return None
        version = spot.whole("form_version")
        versions = {form.version: form for form in self.catalogue.forms if form.name == name}
        if version is not None and version not in versions:
            spot.fault(f"There is no version {version} of {name}.{nearest('', map(str, versions))}", "form_version")
            return None
        return versions[version or max(versions)]

    def _answers(self, spot: Spot, kind: str, form: Form, household: str, day: date) -> Answers:
        reading = Answering(form, self.names.people)
        said = reading.read(spot.at("answers")) if spot.mapping.get("answers") is not None else {}
        if kind != "visit":
            said |= self._short(spot, kind, form, reading)
        begins = spot.flag("ordinary") or spot.mapping.get(kind) == "ordinary"
        if begins and not has_ordinary(form):
            spot.fault(f"{form.name}-{form.version} does not say what is ordinary: write its answers.", "ordinary")
        base = (ordinary if begins else unanswered)(form, self._family(household, day))
        return merged(base, said, [question for section in form.sections for question in section.questions])

    def _short(self, spot: Spot, kind: str, form: Form, reading: Answering) -> Answers:
        """What stands beside the word of a form: its answers, or the answer to its first question."""
        at = spot.at(kind)
        if at.raw is None or at.raw == "ordinary":
            return {}
        return reading.read(at) if isinstance(at.raw, dict) else reading.one(at, _first(form))

    def _family(self, household: str, day: date) -> Mapping[str, Mapping[str, bool]]:
        """Who belongs on a day, as rows of an ordinary visit: child and adult -> key -> whether they are born."""
        found: dict[str, dict[str, bool]] = {"child": {}, "adult": {}}
        for member in (*self._home(household).members, *self.came.get(household, ())):
            person = self.people[member.person]
            gone = member.to_on or self.left.get((household, member.person))
            if (member.from_on or person.born_on or date.min) > day or (gone is not None and gone <= day):
                continue
            grown = member.role in ADULTS
            born = person.born_on <= day if person.born_on else person.due_on is None
            found["adult" if grown else "child"][member.person] = grown or born
        return found

    def _call(self, spot: Spot) -> Call:
        spot.keys(CALL, ("who",), what="of a telephone call")
        reached, after = spot.flag("reached", True), spot.whole("after")
        return Call(
            after=MINUTES if after is None else after, who=spot.text("who"), number=spot.text("number", "01632 960199"), reached=reached,
            spoke_to=spot.text("spoke_to"), said=spot.text("said"),
        )  # fmt: skip

    # --- everything else --------------------------------------------------------------------------------------------------------

    def _act(self, spot: Spot, kind: str, day: date) -> Act | None:
        happening, household, at = HAPPENINGS[kind], self._household(spot), self._at(spot, day)
        inner = _inside(spot, kind, happening)
        faults = len(spot.document.faults)
        said = happening.read(Looking(inner, self.names, day, self._home(household).practitioner))
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
            self.came.setdefault(household, []).append(Member(person=said["person"].name, role=said["role"], from_on=day))
        if kind == "leaves" and said["person"]:
            self.left[household, said["person"].name] = day

    def _expect(self, spot: Spot, codes: Iterable[str]) -> Any:
        return Expecting(set(codes), self.names.people).read(spot.at("expect")) if spot.has("expect") else ()


def in_order(spots: Iterable[Spot]) -> list[Spot]:
    """By day, and on one day as they are written."""
    return sorted((spot for spot in spots if isinstance(spot.raw, dict)), key=lambda spot: as_day(spot.mapping.get("on")) or date.min)


def kinds_of(spot: Spot) -> list[str]:
    """The words that say what happened. A word that another one has for a field of its own (the plan of an action) says no more than
    that."""
    words = [key for key in spot.mapping if key in VISITS or key in HAPPENINGS]
    whole = [one for one in words if one in HAPPENINGS and all(other in HAPPENINGS[one].fields for other in words if other != one)]
    return whole[:1] or words


def _first(form: Form) -> Question:
    """What a form asks first, which is what happened."""
    return next(question for section in form.sections for question in section.questions if question.kind == "choice")


def _inside(spot: Spot, kind: str, happening: Happening) -> Spot:
    """Where an event says what it says: under its word; and where that has one plain value, beside it too."""
    raw = spot.mapping[kind]
    if isinstance(raw, dict):
        spot.keys((*ALWAYS, kind), what=f"beside '{kind}', which says everything under it")
        return spot.at(kind).keys((*happening.fields, *(("key",) if happening.makes else ())), what=f"of '{kind}'")
    beside = (*happening.fields, *(("key",) if happening.makes else ()))
    spot.keys((*ALWAYS, kind, *beside), what=f"of an event with '{kind}'")
    if raw is not None and happening.short is None:
        spot.fault(f"'{kind}' is said with {', '.join(happening.required)}, one a line under it.", kind)
    inner = {happening.short: raw} if raw is not None and happening.short else {}
    for name in beside:
        if name in spot.mapping and name != kind:
            inner[name] = spot.mapping[name]
            _same_lines(spot, (name,), (kind, name))
    spot.mapping[kind] = inner
    return spot.at(kind)


def _same_lines(spot: Spot, there: Where, here: Where) -> None:
    lines, deep = spot.document.lines, len(spot.where) + len(there)
    for where, line in list(lines.items()):
        if where[:deep] == (*spot.where, *there):
            lines[(*spot.where, *here, *where[deep:])] = line

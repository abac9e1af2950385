"""The demonstration's families, counted backwards from the day that is to look like today, as every story is told: on days of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from visitapp.domain.moments import later
from visitapp.domain.roles import ADULTS
from visitapp.domain.working_days import add_working_days, is_working_day
from visitapp.flow.demonstration import story
from visitapp.flow.stories import model
from visitapp.flow.stories.answers import InDays
from visitapp.flow.stories.days import instant_of
from visitapp.flow.stories.ordinary import merged, ordinary
from visitapp.formlang import Catalogue


def person_key(family: story.Family, key: str) -> str:
    """Keys are a family's own, and every person of a telling has another."""
    return f"{family.name}/{key}"


def people_of(today: date, family: story.Family) -> dict[str, model.Person]:
    return {person_key(family, one.key): _person(today, family, one) for one in family.people}


def _person(today: date, family: story.Family, person: story.Person) -> model.Person:
    return model.Person(
        key=person_key(family, person.key),
        given=person.given,
        family=person.family or family.name,
        born_on=_born(today, person),
        due_on=today + timedelta(days=person.due) if person.due is not None else None,
        gestation_days=person.gestation_days,
        birth_weight_g=person.birth_weight_g,
        birth_order=person.birth_order,
        phone=person.phone,
        language=person.language,
        interpreter=person.interpreter,
    )


def _born(today: date, person: story.Person) -> date | None:
    if person.born is not None:
        return today - timedelta(days=person.born)
    return today - timedelta(days=person.years * 365 + 7 * len(person.given)) if person.years is not None else None


def household_of(today: date, family: story.Family) -> model.Household:
    since = today - timedelta(days=family.since)
    return model.Household(
        key=family.name,
        name=family.name,
        practitioner=family.practitioner,
        since=since,
        homes=(model.Home(address=family.address, postcode=family.postcode, area=family.area, from_on=since),),
        members=tuple(_member(today, family, one) for one in family.people),
        holders={person_key(family, key): basis for key, basis in family.holders.items()},
    )


def _member(today: date, family: story.Family, person: story.Person) -> model.Member:
    """Before birth only when the story says since when."""
    known = today - timedelta(days=person.recorded) if person.recorded is not None else None
    return model.Member(person=person_key(family, person.key), role=person.role, from_on=known)


def events_of(today: date, family: story.Family, catalogue: Catalogue) -> Iterator[model.Event]:
    """Everything that happened, in the order of the story, and last what stands planned."""
    day = today - timedelta(days=family.since)
    for event in family.events:
        day = day_of_story(today, event, day)
        yield _event(today, family, event, day, catalogue)
    for planned in family.planned:
        said = {"what": planned.what, "on_date": planned_day(today, planned.ahead).isoformat()}
        yield model.Act(at=instant_of(day, "17:20"), household=family.name, kind="planned", said=said)


def day_of_story(today: date, when: story.When, before: date) -> date:
    """The day of an event; `before` is the day of the one before it, which `later=0` shares even when it is no working day."""
    if when.later is not None:
        return add_working_days(before, when.later) if when.later else before
    assert when.ago is not None
    day = today - timedelta(days=when.ago)
    while not when.exact and not is_working_day(day):
        day -= timedelta(days=1)
    return day


def planned_day(today: date, ahead: int) -> date:
    """Today itself, or the first working day from so many days ahead on."""
    return add_working_days(today + timedelta(days=ahead), 0) if ahead else today


def _event(today: date, family: story.Family, event: story.Event, day: date, catalogue: Catalogue) -> model.Event:
    at = instant_of(day, event.at)
    if isinstance(event, story.Visit):
        finished, form = later(at, minutes=event.minutes), catalogue.current(event.form)
        questions = [question for section in form.sections for question in section.questions]
        return model.Visit(
            at=at, household=family.name, by=event.by, form=event.form, finished=finished, sent=later(finished, minutes=event.waited),
            calls=event.calls, on_screen=True, answers=merged(ordinary(form, _there(today, family, day)), event.answers, questions),
            photographs=event.photographs, agreed_by=event.agreed_by,
        )  # fmt: skip
    if isinstance(event, story.Arranged):
        days = dict.fromkeys(DAYS.get(event.kind, ()), day.isoformat())
        said = {name: _known(family, value, day) for name, value in event.said.items()} | days
        key = f"{family.name}/{event.key}" if event.key else ""
        return model.Act(at=at, household=family.name, by=event.by, kind=event.kind, said=said, key=key)
    kind, said = _said(family, event, day)
    return model.Act(at=at, household=family.name, by=event.by, kind=kind, said=said | {"of_level": event.level})


DAYS = {
    "plan": ("agreed_on",),
    "help": ("needed_on",),
    "help_step": ("on_date",),
    "agency": ("from_on",),
    "agency_told": ("on_date",),
    "agency_closed": ("on_date",),
    "lead": ("from_on",),
    "meeting": ("on_date",),
    "disagreement_said": ("on_date",),
    "debrief": ("on_date",),
    "risk": ("from_on",),
}
"""What each arrangement calls the day on which it was made."""


def _known(family: story.Family, value: object, day: date) -> object:
    """What a story says, with the days and the names of the telling."""
    if isinstance(value, Mapping):
        return {name: _known(family, inner, day) for name, inner in value.items()}
    if isinstance(value, list):
        return [_known(family, inner, day) for inner in value]
    if isinstance(value, story.Of):
        return model.Key("person", person_key(family, value.person))
    if isinstance(value, story.Made):
        return model.Key(value.kind, f"{family.name}/{value.key}")
    if isinstance(value, story.Account):
        return model.Key("account", value.username)
    return (day + timedelta(days=value.days)).isoformat() if isinstance(value, InDays) else value


def _there(today: date, family: story.Family, day: date) -> dict[str, dict[str, bool]]:
    """Who belonged on a day, with whether they were born."""
    found: dict[str, dict[str, bool]] = {"child": {}, "adult": {}}
    for person in family.people:
        born, known = _born(today, person), person.recorded is not None and today - timedelta(days=person.recorded) <= day
        if person.role in ADULTS or known or (born is not None and born <= day):
            found["adult" if person.role in ADULTS else "child"][person.key] = person.role in ADULTS or (born is not None and born <= day)
    return found


def _said(family: story.Family, event: story.Event, day: date) -> tuple[str, dict[str, object]]:
    if isinstance(event, story.Send):
        return "send", _completion(family, event, day)
    if isinstance(event, story.Withdraw):
        return "withdraw", {"reason": event.reason}
    if isinstance(event, story.SendOn):
        return "send_on", {"team": event.team, "why": event.why}
    assert isinstance(event, story.Answered)
    way = {"via": event.via, "said_by": event.said_by, "said_role": event.said_role}
    if isinstance(event, story.Decide):
        following = (day + timedelta(days=event.next_in)).isoformat() if event.next_in is not None else None
        said = {"outcome": event.outcome, "reason": event.reason, "next_step": event.next_step}
        return "decide", {**way, **said, "next_on": following, "contact": event.contact}
    if isinstance(event, story.NotForUs):
        return "not_for_us", {**way, "reason": event.reason, "whose": event.whose}
    return "acknowledge", {**way}


def _completion(family: story.Family, sent: story.Send, day: date) -> dict[str, object]:
    """What the practitioner said when they sent it."""
    return {
        "asked_for": sent.asked_for,
        "asked_by_on": (day + timedelta(days=sent.asked_by)).isoformat() if sent.asked_by is not None else None,
        "parents_told": "yes" if sent.parents_told == "yes" else "no",
        "parents_said": sent.parents_said,
        "not_told_why": sent.not_told_why,
        "not_told_detail": sent.not_told_detail,
        "phoned_who": sent.phoned_who,
        "phoned_at": instant_of(day, sent.phoned) if sent.phoned else None,
        "tonight": [
            {"person": model.Key("person", person_key(family, who)), "where": where, "with_whom": beside}
            for who, where, beside in sent.tonight
        ],
        "where_child_is": sent.where_child_is,
        "meanwhile": sent.meanwhile,
        "agreement": "yes" if sent.agreed_by else "",
        "agreed_by": sent.agreed_by,
        "why_not_early_help": sent.why_not_early_help,
        "safe_number": sent.safe_number,
        "safe_times": sent.safe_times,
    }

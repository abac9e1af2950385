"""What a story is once it has been read: people, households and events, each on its own day. A story file and the demonstration's families
both come down to these, and `teller` does what they say.

People, households, things that were made (a plan, an agency, an order for help) and accounts are named by keys; the teller knows their ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from visitapp.flow.stories.pictures import Photo
    from visitapp.flow.stories.wanted import Expect

Answers = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """Somebody or something that the story names: `kind` is person, household, account, or what was made (plan, agency, help, level)."""

    kind: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody of a story. Who is born after being known was recorded before birth, as the same person."""

    key: str
    given: str
    family: str
    born_on: date | None = None
    due_on: date | None = None
    gestation_days: int | None = None
    birth_weight_g: int | None = None
    birth_order: int | None = None
    phone: str | None = None
    language: str | None = None
    interpreter: bool | None = None
    numbered: bool = True  # has an NHS number once born


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody belongs to a household from a day; None is from when the household is known, or from birth."""

    person: str
    role: str
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Home:
    address: str
    postcode: str
    area: str
    from_on: date


@dataclass(frozen=True, kw_only=True)
class Household:
    """`since` is when the service first knew them; `holders` who holds parental responsibility, and by what right."""

    key: str
    name: str
    practitioner: str
    since: date
    homes: tuple[Home, ...]
    members: tuple[Member, ...]
    holders: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened at an instant, done by an account (empty: whoever it falls to); `line` is where the story says so."""

    at: str
    household: str
    by: str = ""
    line: int = 0
    expect: Expect = ()


@dataclass(frozen=True, kw_only=True)
class Call:
    """A telephone call made from a visit, minutes after it began."""

    after: int
    who: str
    number: str
    reached: bool
    spoke_to: str = ""
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Visit(Event):
    """What was written on a tablet, finished and sent at their own instants. `answers` are as `answers.Writer` takes them; `how` is the way
    in which they are known where they do not say; `said` are those of them that the story itself gives, which `uncovering` lets be asked;
    `on_screen` keeps only what the tablet would have shown; an `ordinary` one confirms what stands; `photographs` of the place follow it,
    agreed to by the person of that name. No version: the newest."""

    form: str
    answers: Answers
    finished: str
    sent: str
    version: int | None = None
    how: str = "seen"
    said: Answers = field(default_factory=dict)
    on_screen: bool = False
    ordinary: bool = False
    calls: tuple[Call, ...] = ()
    photographs: tuple[Photo, ...] = ()
    agreed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Act(Event):
    """Anything else that somebody did: `kind` is a key of `acts.ACTS`, `said` what it is given, `key` what the story calls what it made."""

    kind: str
    said: Mapping[str, Any]
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Story:
    """A whole story. `ends` is the instant of `today` at which its last expectation is asked."""

    title: str
    file: str
    today: date
    ends: str
    people: Mapping[str, Person]
    households: tuple[Household, ...]
    events: tuple[Event, ...]
    expect: Expect = ()

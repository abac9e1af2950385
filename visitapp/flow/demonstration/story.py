"""What a family's story is written in: who they are and what happened, counted backwards from the day it is to look like today.

`ago` is days before that day, moved back to a working day unless `exact`; `later` is working days after what stands before it in the same
story, for answers that somebody else gives. Times are on the clock in England.
"""

from dataclasses import dataclass, field
from typing import Any

from visitapp.flow.stories.model import Call
from visitapp.flow.stories.pictures import Photo

__all__ = ["Call"]

Answers = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody of a family. `born` and `recorded` are days ago, `due` days ahead, `years` the age of an adult. A child with `recorded` was
    known before birth, as the same person, from that day on."""

    key: str
    given: str
    role: str
    family: str = ""  # empty: the family's own name
    born: int | None = None
    years: int | None = None
    due: int | None = None
    recorded: int | None = None
    gestation_days: int | None = None
    birth_weight_g: int | None = None
    birth_order: int | None = None
    phone: str | None = None
    language: str | None = None
    interpreter: bool | None = None


@dataclass(frozen=True, kw_only=True)
class When:
    """A day and a time. Exactly one of `ago` and `later` is given; `level` says which referral, when several are open."""

    at: str
    ago: int | None = None
    later: int | None = None
    exact: bool = False
    level: int | None = None


@dataclass(frozen=True, kw_only=True)
class Visit(When):
    """A visit and what was written of it; sent `waited` minutes after it was finished, when the tablet was back on a network."""

    by: str
    answers: Answers
    form: str = "home_visit"
    minutes: int = 50
    waited: int = 25
    calls: tuple[Call, ...] = ()
    photographs: tuple[Photo, ...] = ()
    agreed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Send(When):
    """The practitioner completes the family's proposed referral and sends it. `asked_by` is days after; `phoned` a time of that day."""

    by: str
    asked_for: str
    asked_by: int | None = None
    parents_told: str = "yes"
    parents_said: str = ""
    not_told_why: tuple[str, ...] = ()
    not_told_detail: str = ""
    phoned_who: str = ""
    phoned: str | None = None
    tonight: tuple[tuple[str, str, str], ...] = ()  # (person, where, with whom)
    where_child_is: str = ""
    meanwhile: str = ""
    agreed_by: str = ""
    why_not_early_help: str = ""
    safe_number: str = ""
    safe_times: str = ""


@dataclass(frozen=True, kw_only=True)
class Withdraw(When):
    by: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Answered(When):
    """An answer of the receiving team: from the account `by`, by phone to the account `by`, or by the link in the message (`via`)."""

    by: str = ""
    via: str = "account"
    said_by: str = ""
    said_role: str = ""


@dataclass(frozen=True, kw_only=True)
class Acknowledge(Answered):
    pass


@dataclass(frozen=True, kw_only=True)
class Decide(Answered):
    """`next_in` is days until the next step."""

    outcome: str
    reason: str
    next_step: str
    next_in: int | None = None
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class NotForUs(Answered):
    reason: str
    whose: str = ""


@dataclass(frozen=True, kw_only=True)
class SendOn(When):
    """The practitioner sends what was given back to another team, by its key."""

    by: str
    team: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Arranged(When):
    """Something that was agreed, arranged or ended for the family: `kind` and `said` as in `stories.acts.ACTS`, its day filled in. People,
    accounts and what was made before are named by `Of`, `Account` and `Made`; `InDays` is a day counted from this one."""

    by: str
    kind: str
    said: dict[str, Any]
    key: str = ""


@dataclass(frozen=True)
class Of:
    """Somebody of the family, by key."""

    person: str


@dataclass(frozen=True)
class Account:
    """Somebody of the service, by user name."""

    username: str


@dataclass(frozen=True)
class Made:
    """What an earlier event made, by the key it was given."""

    kind: str
    key: str


Event = Visit | Send | Withdraw | Acknowledge | Decide | NotForUs | SendOn | Arranged


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A visit that stands planned, days ahead (0: today), moved on to a working day."""

    ahead: int
    what: str


@dataclass(frozen=True, kw_only=True)
class Family:
    """A household with its story. `since` is the day, that many ago, on which the service first knew them."""

    name: str
    address: str
    postcode: str
    practitioner: str
    since: int
    people: tuple[Person, ...]
    events: tuple[Event, ...] = ()
    planned: tuple[Planned, ...] = ()
    area: str = "eastmoor"
    holders: dict[str, str] = field(default_factory=dict)  # who holds parental responsibility, and by what right

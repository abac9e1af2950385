"""A family's past as it is kept: everything that was ever learnt, each with its `seq`, so that what was known at one moment is a matter of
leaving out what came later. Nothing here reads a clock or a database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from visitapp.domain import measures
from visitapp.domain.losses import KINDS as LOSSES
from visitapp.domain.measures import Account, Asked, Said
from visitapp.domain.same import in_text, in_the_end

Row = dict[str, Any]

LAST = 2**62
"""Later than any seq."""

VISIT, ANTENATAL, NOT_COMPLETED, INFORMATION, ADDITION = "visit", "antenatal", "visit_not_completed", "information", "addition"
MADE = (VISIT, ANTENATAL)
"""Kinds of form that are a visit made."""
BESIDE = (INFORMATION, ADDITION)
"""Kinds that are neither a visit made nor one not completed: what was received from somebody else, and what was added to a visit later."""


@dataclass(frozen=True)
class PastVisit:
    """One submission that could be read. `kept` is its own seq, which places it among others of its day; `read` is the seq of what was read
    out of it, since when it was known, and `until` that from which it stood in this record no more, because it was entered in error. What
    its measures say is read out of the text kept of it when it is asked for: most of a long past never is."""

    submission: str
    household: str
    on: str
    kept: int
    read: int
    kind: str
    outcome: str | None
    child_seen: bool
    author: str
    form: str
    form_version: int
    kept_said: str = ""
    kept_asked: str = ""
    kept_accounts: str = ""
    until: int | None = None

    @cached_property
    def said(self) -> Said:
        return measures.said_of(self.kept_said)

    @property
    def past(self) -> tuple[str, ...]:
        """What the visit said of the family's past: nothing at nearly all of them, and then the rest need not be read."""
        return self.said.past or () if measures.tells_of_past(self.kept_said) else ()

    @cached_property
    def asked(self) -> Asked:
        return measures.asked_of(self.kept_asked)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        return measures.accounts_of(self.kept_accounts)

    @property
    def made(self) -> bool:
        return self.kind in MADE

    def read_as(self, stands: Mapping[str, str]) -> "PastVisit":
        """The same with the standing entry in place of each who is read as another."""
        said, asked, accounts = (in_text(text, stands) for text in (self.kept_said, self.kept_asked, self.kept_accounts))
        if (said, asked, accounts) == (self.kept_said, self.kept_asked, self.kept_accounts):
            return self
        return replace(self, kept_said=said, kept_asked=asked, kept_accounts=accounts)


class PastFinding(NamedTuple):
    """What one judgement of a visit found or could not tell, with its own seq and the judgement's (`judged`). One that found nothing has no
    code and no seq: it takes the place of an earlier one."""

    household: str
    submission: str
    judged: int
    seq: int | None
    code: str | None
    area: str
    state: str
    level: int
    person: str
    under: str


@dataclass(frozen=True)
class Moment:
    """When somebody looks back: on a day, knowing facts up to `seq`. `excluding` is the visit being judged, which is no part of its own
    past, and `before` its seq: of the visits of that day only those that were kept before it are past, so that of two that arrive together
    only one follows the other. `naming` are people of whom that visit speaks, and who belong no more."""

    on: str
    seq: int = LAST
    excluding: str = ""
    before: int = LAST
    naming: frozenset[str] = frozenset()

    def days_ago(self, days: int) -> str:
        """The day so many days before."""
        return (date.fromisoformat(self.on) - timedelta(days=days)).isoformat()

    def days_since(self, on: str) -> int:
        return (date.fromisoformat(self.on) - date.fromisoformat(on)).days

    def precedes(self, visit: PastVisit) -> bool:
        """Whether the visit was past and known: clinical order is (date, seq)."""
        if visit.read > self.seq or visit.submission == self.excluding or (visit.until is not None and visit.until <= self.seq):
            return False
        return visit.on < self.on or (visit.on == self.on and visit.kept < self.before)


@dataclass(frozen=True)
class Past:
    """All that is kept of some households: one family and its confirmed earlier households, or many such. Rows are by household, those of
    `details` by person; `earlier` are the confirmations (household, earlier, seq), `same` what was said of two entries of one person
    (person, stands, seq, ended)."""

    earlier: tuple[Row, ...] = ()
    visits: Mapping[str, list[PastVisit]] = field(default_factory=dict)
    findings: Mapping[str, list[PastFinding]] = field(default_factory=dict)
    long_ago: Mapping[str, list[Row]] = field(default_factory=dict)
    members: Mapping[str, list[Row]] = field(default_factory=dict)
    details: Mapping[str, list[Row]] = field(default_factory=dict)
    events: Mapping[str, list[Row]] = field(default_factory=dict)
    same: tuple[Row, ...] = ()

    def at(self, family: str, moment: Moment) -> "Known":
        return Known(self, family, moment)

    @property
    def newest(self) -> int:
        """The highest `seq` of anything in it: whoever knew that much knew all of it."""
        visits = (max(one.read, one.until or 0) for those in self.visits.values() for one in those)
        found = (one.seq or one.judged for those in self.findings.values() for one in those)
        ended = (row["ended"] or 0 for those in self.members.values() for row in those)
        over = (row["ended"] or 0 for row in self.same)
        rows = (self.earlier, self.same, *self.long_ago.values(), *self.members.values(), *self.details.values(), *self.events.values())
        return max((0, *visits, *found, *ended, *over, *(row["seq"] for those in rows for row in those)))


@dataclass(frozen=True)
class Known:
    """What was known of one family at a moment."""

    past: Past
    family: str
    moment: Moment

    @cached_property
    def households(self) -> tuple[str, ...]:
        """The family's household and every earlier one that somebody had confirmed to be its own past, and theirs in turn."""
        found = [self.family]
        for here in found:
            found += [
                row["earlier"]
                for row in self.past.earlier
                if row["household"] == here and row["seq"] <= self.moment.seq and row["earlier"] not in found and _held(row, self.moment)
            ]
        return tuple(found)

    @cached_property
    def visits(self) -> tuple[PastVisit, ...]:
        """The visits before this moment in clinical order, oldest first, completed or not, and information received."""
        found = [one for id in self.households for one in self.past.visits.get(id, ()) if self.moment.precedes(one)]
        found = [one.read_as(self.same) for one in found] if self.same else found
        return tuple(sorted(found, key=lambda one: (one.on, one.kept)) if len(self.households) > 1 else found)

    def since(self, days: int) -> tuple[PastVisit, ...]:
        """Those of the last so many days."""
        first = self.moment.days_ago(days)
        return tuple(one for one in self.visits if one.on >= first)

    @cached_property
    def findings(self) -> Mapping[str, list[PastFinding]]:
        """What each of those visits found or could not tell, by submission, by its newest judgement of that moment."""
        known = [one for id in self.households for one in self.past.findings.get(id, ()) if one.judged <= self.moment.seq]
        standing: dict[str, int] = {}
        for one in known:
            if one.judged > standing.get(one.submission, 0):
                standing[one.submission] = one.judged
        found: dict[str, list[PastFinding]] = {id: [] for id in standing}
        for one in known:
            if one.judged == standing[one.submission] and one.seq is not None and one.seq <= self.moment.seq:
                found[one.submission].append(one._replace(person=self.who(one.person)) if self.same else one)
        return found

    @cached_property
    def found_long_ago(self) -> frozenset[str]:
        """The codes of what was found longer ago than findings are kept one by one."""
        rows = [row for id in self.households for row in self.past.long_ago.get(id, ())]
        return frozenset(row["code"] for row in rows if row["seq"] <= self.moment.seq)

    @cached_property
    def people(self) -> Mapping[str, Row]:
        """Who belonged, by id, with role and what was known of their birth; with them those whom the visit names: what it found of a child
        stands wherever the child was recorded since. Of one who died nothing is found any more."""
        events = self.past.events.get(self.family, ())
        lost = {self.who(row["person"]) for row in events if row["kind"] in LOSSES and row["seq"] <= self.moment.seq}
        named = self.moment.naming - lost
        every = [(self.who(row["person"]), row) for row in self._members((self.family,))]
        rows = [(who, row) for who, row in every if row["ended"] is None or row["ended"] > self.moment.seq or who in named]
        return {who: {"role": row["role"], **detail} for who, row in rows if (detail := self.detail(who)) is not None}

    @cached_property
    def children_ever(self) -> frozenset[str]:
        """Children who belong or belonged to the family, in earlier households too."""
        return frozenset(self.who(row["person"]) for row in self._members(self.households) if row["role"] == "child")

    def who(self, person: str) -> str:
        """Who stood for an entry then: itself, but where a person was recorded twice."""
        return self.same.get(person, person)

    @cached_property
    def same(self) -> Mapping[str, str]:
        """The entries of the family that were read as another then -> the other."""
        held = {row["person"]: row["stands"] for row in self.past.same if row["seq"] <= self.moment.seq and _held(row, self.moment)}
        ours = {row["person"] for row in self._members(self.households)} if held else set()
        return {person: stands for person, stands in in_the_end(held).items() if person in ours}

    def detail(self, person: str) -> Row | None:
        """The newest of what was known of a person."""
        return next((row for row in self.past.details.get(person, ()) if row["seq"] <= self.moment.seq), None)

    @cached_property
    def events(self) -> tuple[Row, ...]:
        """What had happened to people of the family, in order: as we recorded it, and as others told us, known since they did."""
        rows = [row for id in self.households for row in self.past.events.get(id, ()) if row["seq"] <= self.moment.seq]
        rows += [row for visit in self.visits if visit.kind == INFORMATION for row in _stays(visit)]
        rows = [row | {"person": self.who(row["person"])} for row in rows] if self.same else rows
        before = [row for row in rows if row["on_date"] <= self.moment.on]
        return tuple(sorted(before, key=lambda row: (row["on_date"], row["seq"])))

    def _members(self, households: Iterable[str]) -> list[Row]:
        return [row for id in households for row in self.past.members.get(id, ()) if row["seq"] <= self.moment.seq]


def _held(joined: Row, moment: Moment) -> bool:
    """Whether a confirmation was not known to be an error then."""
    return joined.get("ended") is None or bool(joined["ended"] > moment.seq)


def _stays(visit: PastVisit) -> list[Row]:
    """That a child went into hospital or came home, as one piece of information says it; of no day, on the day on which we were told."""
    return [
        {"household": visit.household, "person": one.person, "kind": STAYS[one.what], "on_date": one.on or visit.on, "seq": visit.read}
        for one in visit.said.stays
    ]


STAYS = {"home": "home_from_hospital", "admitted": "into_hospital"}
"""What information received says of a hospital, and the life event that it is."""

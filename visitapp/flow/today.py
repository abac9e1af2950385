"""The list of today: one line a family, each saying why it is there and what ends that, the gravest first. Its numbers are counted from the
same rows as the lists behind them, so that they cannot differ.

A reason that waits for somebody is still counted, and stands in its number's list; only the first list leaves out a family of which every
reason waits, until the first of them is back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from visitapp.decide.today import Unseen
from visitapp.domain import today as kinds
from visitapp.domain.moments import day_of, later
from visitapp.flow import cover
from visitapp.store import accounts
from visitapp.store import today as store
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

PAGE = 20
Key = tuple[int, str, str]
"""Where a family stands in the list: how grave, since when, and its id."""
BEGINNING: Key = (0, "", "")


@dataclass(frozen=True)
class Why:
    """One reason. `late`: it is past the time that it had. `waits`: somebody put it off, and the time has not come."""

    row: Row
    kind: kinds.Kind
    late: bool
    waits: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.row["kind"], self.row["subject"]

    @property
    def link(self) -> str:
        """Where what ends it is done."""
        return self.kind.link.format(household=self.row["household"], about=self.row["about"])


@dataclass(frozen=True)
class Line:
    """A family with every reason that it has, the gravest first."""

    household: str
    family: str
    practitioner: str
    reasons: tuple[Why, ...]

    @cached_property
    def now(self) -> tuple[Why, ...]:
        """Those that do not wait."""
        return tuple(one for one in self.reasons if not one.waits)

    @property
    def marked_alike(self) -> bool:
        """Whether what somebody said of it, such as whose it is, is the same of each reason."""
        return (
            len({tuple(one.row[part] for part in ("assigned_to", "assigned_at", "waits_for", "waits_until")) for one in self.reasons}) == 1
        )

    @cached_property
    def key(self) -> Key:
        """By its gravest reason that does not wait; where every one does, by the gravest."""
        first = (self.now or self.reasons)[0]
        return first.kind.grave, first.row["since"], self.household


SHOWN: dict[str, Callable[[Line], bool]] = {
    "": lambda line: bool(line.now),
    "danger": lambda line: any(one.kind.grave == kinds.DANGER for one in line.reasons),
    "overdue": lambda line: any(one.late for one in line.reasons),
    "nobodys": lambda line: any(one.kind.grave == kinds.NOBODYS for one in line.reasons),
    "waiting": lambda line: not line.now,
}
"""The lists: the first one, the three behind the numbers, and the families of which every reason waits."""


@dataclass(frozen=True)
class Today:
    """A page of one of the lists, how many families each of them has, and the key of the next page. `at` is the time of all of it; `aside`
    how many visits are set aside that name no family of the team."""

    lines: tuple[Line, ...]
    counts: dict[str, int]
    at: str
    after: Key | None
    aside: int


def today(w: Wired, actor: str, show: str = "", after: Key = BEGINNING) -> Today:
    """The families of the actor's team that are on a list of `SHOWN`, from after a key. The reading of each that is shown is journalled."""
    at = w.clock()
    with w.engine.read() as tx:
        everything, aside = list(_by_family(read(w, tx, actor, at))), store.aside_elsewhere(tx, actor)
    counts = {name: sum(map(wanted, everything)) for name, wanted in SHOWN.items()}
    here = sorted((line for line in everything if SHOWN[show](line)), key=lambda line: line.key)
    rest = [line for line in here if line.key > after]
    shown = tuple(rest[:PAGE])
    _noted(w, actor, at, [line.household for line in shown])
    return Today(shown, counts, at, shown[-1].key if len(rest) > PAGE else None, aside)


def of_family(w: Wired, actor: str, household: str) -> Line | None:
    """What stands for one family now, None where nothing does or it is not the actor's to see. The reading is journalled."""
    at = w.clock()
    found = next((line for line in _lines(w, actor, at) if line.household == household), None)
    if found:
        _noted(w, actor, at, [household])
    return found


@dataclass(frozen=True)
class Assigned:
    """A page of what was assigned to somebody, of how many families in all, and the key of the next page."""

    lines: tuple[Line, ...]
    many: int
    after: Key | None


def assigned(w: Wired, actor: str, after: Key = BEGINNING) -> Assigned:
    """What was assigned to the actor and still stands, the gravest first, from after a key. The reading of each family that is shown is
    journalled."""
    at = w.clock()
    with w.engine.read() as tx:
        everything = read(w, tx, actor, at) if store.ever_assigned(tx, actor) else []
    theirs = sorted(_by_family(one for one in everything if one.row["assigned_to"] == actor), key=lambda line: line.key)
    rest = [line for line in theirs if line.key > after]
    shown = tuple(rest[:PAGE])
    _noted(w, actor, at, [line.household for line in shown])
    return Assigned(shown, len(theirs), shown[-1].key if len(rest) > PAGE else None)


def _lines(w: Wired, actor: str, at: str) -> list[Line]:
    with w.engine.read() as tx:
        rows = read(w, tx, actor, at)
    return list(_by_family(rows))


def read(w: Wired, tx: Tx, actor: str, at: str) -> list[Why]:
    """Every reason of the actor's team at an instant, the gravest first."""
    asking = accounts.account(tx, actor)
    here = cover.of(w, tx, asking["team"] if asking else None, at)
    away = tuple(account for account in here.away if here.present(account) is None) if here else ()
    unsent_before = later(at, hours=-w.catalogue.policy.number("unsent_on_tablet"))
    return _shown(w, store.reasons(tx, actor, at, day_of(at).isoformat(), unsent_before, store.Accounts.of(away)), at)


def _shown(w: Wired, rows: Iterable[Row], at: str) -> list[Why]:
    """Without the babies whom the policy's limits do not find unseen for too long."""
    found = []
    limits, day = Unseen.of(w.catalogue.policy), day_of(at).isoformat()
    for row in rows:
        due = row["due_at"]
        if row["band"]:
            last = limits.last_day(row["band"], row["from_at"], _seen_on(row))
            if last is None or last >= day:
                continue
            due = last
        kind = kinds.words(row["kind"])
        found.append(Why(row | {"due_at": due}, kind, kind.late or bool(due and due < at), row["waits_until"] > at))
    return found


def _seen_on(row: Row) -> str:
    return str(row["since"]) if row["kind"] == "unseen" else ""


def _by_family(reasons: Iterable[Why]) -> Iterable[Line]:
    """Sorted by family, each family's reasons stay in their order."""
    by_id = sorted(reasons, key=lambda one: str(one.row["household"]))
    for household, each in groupby(by_id, key=lambda one: str(one.row["household"])):
        theirs = tuple(each)
        first = theirs[0].row
        yield Line(household, first["family"], first["practitioner_name"] or "", theirs)


def _noted(w: Wired, actor: str, at: str, households: list[str]) -> None:
    if households:
        w.writer.submit(lambda tx: [tx.journal("read.today", at=at, actor=actor, household=one) for one in households])

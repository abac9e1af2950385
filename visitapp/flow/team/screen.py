"""What a supervisor opens and takes away: the figures of their team, the families behind one of them, and both as tables. Who reads which
family is journalled before anything is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.flow.team import caseload, contacts, disagreed, left_open, neglect, not_completed, places, replies
from visitapp.flow.team.facts import Facts
from visitapp.flow.team.figures import Cell, Item, Section

if TYPE_CHECKING:
    from visitapp.store.tx import Row
    from visitapp.wiring import Wired

SECTIONS: dict[str, Callable[[Facts], Section]] = {
    "caseload": caseload.section,
    "visits": not_completed.section,
    "contacts": contacts.section,
    "places": places.section,
    "neglect": neglect.section,
    "replies": replies.section,
    "disagreed": disagreed.section,
    "left": left_open.section,
}
"""In the order of the screen."""
FIRST: tuple[tuple[str, str, str], ...] = (
    ("contacts", "overdue.all", "Mandated contacts overdue"),
    ("visits", "counted", "Visits not completed"),
    ("visits", "nothing_recorded", "Planned visits with nothing recorded"),
    ("places", "seen", "Sleep places seen"),
    ("neglect", "not_referred", "Neglect found and not referred"),
    ("replies", "unanswered.all", "Referrals without an answer"),
    ("left", "not_asked.all", "Answers “not asked”"),
)
"""What stands at the head of the screen: part, figure, and what it is called there."""
PAGE = 25


@dataclass(frozen=True)
class Figures:
    """`team` is None for a supervisor who is in none. Figures of a time are `since` a day up to today; `at` is when they were counted."""

    team: Row | None
    sections: tuple[Section, ...]
    families: tuple[Row, ...]
    since: str
    today: str
    at: str
    percentage_from: int

    @property
    def first(self) -> tuple[tuple[str, str, Cell], ...]:
        """The figures at the head: part, words, figure. One that counted nothing and has no row is left out."""
        parts = {section.id: section for section in self.sections}
        found = ((part, words, parts[part].cell(key)) for part, key, words in FIRST if part in parts)
        return tuple((part, words, cell) for part, words, cell in found if cell is not None)


@dataclass(frozen=True)
class Behind:
    """A page of the families behind one figure, each with what was counted in it; `after` is the last of it when there are more."""

    section: Section
    cell: Cell
    lines: tuple[tuple[Row, tuple[Item, ...]], ...]
    after: str | None
    since: str
    at: str


def figures(w: Wired, actor: str, days: int, part: str = "") -> Figures:
    """Every figure of the team, or those of one part. That they were looked at is journalled; no family is named by them."""
    found = _figures(w, actor, days, part)
    w.writer.submit(lambda tx: tx.journal("read.team", at=found.at, actor=actor, detail=str(days)))
    return found


def figures_taken_away(w: Wired, actor: str, days: int) -> Figures:
    """The same for a file that leaves the service, with every family of the team journalled as read: its figures are made of them."""
    found = _figures(w, actor, days)
    _noted(w, actor, "read.team_export", found.at, str(days), (row["household"] for row in found.families))
    return found


def _figures(w: Wired, actor: str, days: int, part: str = "") -> Figures:
    at = w.clock()
    with w.engine.read() as tx:
        facts = Facts(w, tx, actor, at, days)
        sections = tuple(section(facts) for id, section in SECTIONS.items() if part in ("", id))
        few = facts.policy.number("percentage_from")
        return Figures(facts.team, sections, tuple(facts.families), facts.since, facts.today, at, few)


def behind(w: Wired, actor: str, section: str, figure: str, days: int, after: str = "") -> Behind | None:
    """A page of the families behind a figure in the order of their names, each journalled as read; None where there is no such figure."""
    found = _behind(w, actor, section, figure, days)
    if found is None:
        return None
    start = next((number + 1 for number, (row, _) in enumerate(found.lines) if row["household"] == after), 0)
    shown = found.lines[start : start + PAGE]
    _noted(w, actor, "read.team_families", found.at, f"{section}:{figure}", (row["household"] for row, _ in shown))
    more = shown[-1][0]["household"] if start + PAGE < len(found.lines) else None
    return Behind(found.section, found.cell, shown, more, found.since, found.at)


def taken_away(w: Wired, actor: str, section: str, figure: str, days: int) -> Behind | None:
    """All the families behind a figure, each journalled as read: for a file that leaves the service."""
    found = _behind(w, actor, section, figure, days)
    if found is not None:
        _noted(w, actor, "read.team_export", found.at, f"{section}:{figure}", (row["household"] for row, _ in found.lines))
    return found


def _behind(w: Wired, actor: str, section: str, figure: str, days: int) -> Behind | None:
    if section not in SECTIONS:
        return None
    at = w.clock()
    with w.engine.read() as tx:
        facts = Facts(w, tx, actor, at, days, figure)
        whole = SECTIONS[section](facts)
        cell = whole.cell(figure)
        if cell is None:
            return None
        lines = tuple((row, _in_order(cell.items[row["household"]])) for row in facts.families if row["household"] in cell.families)
        return Behind(whole, cell, lines, None, facts.since, at)


def _in_order(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda one: (one.on, one.words)))


def _noted(w: Wired, actor: str, kind: str, at: str, detail: str, households: Iterable[str]) -> None:
    each = tuple(households)
    w.writer.submit(lambda tx: [tx.journal(kind, at=at, actor=actor, household=one, detail=detail) for one in each])

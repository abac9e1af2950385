"""A parent's request for a copy of the record as somebody who works on it reads it: its entries, what was decided of each, what is left."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import record_requests as words
from visitapp.flow import record_entries
from visitapp.flow import record_request_rules as rules
from visitapp.flow.record_asker import Asker, asker
from visitapp.flow.record_items import Entry, Item, decided
from visitapp.problems import problem
from visitapp.store import households, life_events, papers, people, photographs, record_requests
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from visitapp.wiring import Wired

PAGE = 20
MOST_SHOWN = 20
NEWEST = ("9999", 0)


@dataclass(frozen=True)
class Request:
    """A request as it stands. `may_check`: the actor is another than those who worked on it; `left`: entries that nobody went through;
    `read`: entries that the actor read as they would be given."""

    row: Row
    family: Row
    name: str
    state: str
    due_on: str
    events: tuple[Row, ...]
    answer: dict[str, Any]
    done: int
    many: int
    read: int
    may_check: bool
    paper: Row | None

    @property
    def left(self) -> int:
        return self.many - self.done


@dataclass(frozen=True)
class Page:
    """Entries of a request, newest first, each with whether somebody went through it; `before` is the key of the next page, and `asking`
    what the proposals rest on."""

    entries: tuple[tuple[Entry, bool], ...]
    before: tuple[str, int] | None
    asking: Asker

    @property
    def plain(self) -> list[Entry]:
        """Those that may be passed together."""
        return [entry for entry, done in self.entries if entry.plain and not done]

    @property
    def shown_as(self) -> str:
        return fingerprint(self.plain)


def fingerprint(entries: Iterable[Entry]) -> str:
    """What stands for all that these entries hold."""
    return hashlib.sha256("".join(f"{one.seq}:{one.shown_as} " for one in entries).encode()).hexdigest()[:32]


def of_family(w: Wired, actor: str, household: str) -> list[dict[str, Any]] | None:
    """The family's requests for who may work on them, each with its state; None for anybody else."""
    with w.engine.read() as tx:
        if not rules.may_work(tx, actor, household):
            return None
        rows = record_requests.of_household(tx, household, MOST_SHOWN)
        return [row | {"state": words.STATES[rules.state(record_requests.events(tx, row["id"]))]} for row in rows]


def adults(w: Wired, actor: str, household: str) -> dict[str, str] | None:
    """Who may ask: the adults of the family, by person; None where the actor may not work on requests. The reading is journalled."""
    with w.engine.read() as tx:
        if not rules.may_work(tx, actor, household):
            return None
        members = households.members(tx, household)
    at = w.clock()
    w.writer.submit(lambda tx: tx.journal("read.request", at=at, actor=actor, household=household))
    return {one["person"]: f"{one['given_names']} {one['family_name']}".strip() for one in members if one["role"] != "child"}


def one(w: Wired, actor: str, id: str) -> Request:
    """One request. Raises Problem not_found. The reading is journalled."""
    with w.engine.read() as tx:
        found = request(w, tx, actor, id)
    _noted(w, actor, found.row)
    return found


def page(w: Wired, actor: str, id: str, before: tuple[str, int] = NEWEST) -> Page:
    """Entries from before that key; the people of the family stand on the first page."""
    with w.engine.read() as tx:
        return page_of(w, tx, actor, rules.there(tx, actor, id), before)


def page_of(w: Wired, tx: Tx, actor: str, row: Row, before: tuple[str, int]) -> Page:
    asking = asker(w, tx, row["household"], row["person"])
    lines = record_entries.lines(tx, actor, row, before, PAGE + 1)
    found = record_entries.entries(w, tx, asking, row, lines[:PAGE])
    marks = record_requests.marks(tx, row["id"])
    if before == NEWEST:
        found.insert(0, record_entries.people(tx, asking, row["household"]))
    last = (lines[PAGE - 1]["happened"], lines[PAGE - 1]["seq"]) if len(lines) > PAGE else None
    return Page(tuple((entry, entry.seq in marks) for entry in found), last, asking)


def entry(w: Wired, actor: str, id: str, seq: int) -> tuple[Entry, Mapping[str, Any], list[Row]]:
    """One entry, what was decided of its items, and who went through it and when. Raises Problem not_found."""
    with w.engine.read() as tx:
        row = rules.there(tx, actor, id)
        found = entry_of(w, tx, row, seq)
        passed = [one | {"marks": json.loads(one["marks"])} for one in record_requests.passed(tx, id, seq)]
    _noted(w, actor, row)
    return found, passed[-1]["marks"] if passed else {}, passed


def photograph(w: Wired, actor: str, id: str, seq: int, picture: str) -> bytes:
    """One photograph of an entry. Raises Problem not_found; the look is journalled before it is shown."""
    with w.engine.read() as tx:
        row = rules.there(tx, actor, id)
        found = entry_of(w, tx, row, seq)
        here = any(item.picture == picture for item in found.items)
        bytes = photographs.picture(tx, found.submission, picture) if here else None
    if bytes is None:
        raise problem("not_found")
    at, detail = w.clock(), f"{found.submission} {picture}"
    w.writer.submit(lambda tx: tx.journal("read.photograph", at=at, actor=actor, household=row["household"], detail=detail))
    return bytes


def next_left(w: Wired, actor: str, id: str) -> int | None:
    """The newest entry that nobody went through yet."""
    with w.engine.read() as tx:
        return _next(tx, rules.there(tx, actor, id))


def taken_out(w: Wired, actor: str, id: str) -> list[tuple[Entry, list[tuple[Item, dict[str, Any]]]]]:
    """For the second person: every entry of which something is taken out, or stays though it was proposed to be, with what was decided."""
    with w.engine.read() as tx:
        row = rules.there(tx, actor, id)
        marks = record_requests.marks(tx, id)
        found = every_entry(w, tx, actor, row)
    _noted(w, actor, row)
    each = [(one, [(item, decided(item, marks.get(one.seq, {}))) for item in one.items]) for one in found]
    each = [(one, [(item, mark) for item, mark in items if item.why or mark["does"] != words.SHOWN]) for one, items in each]
    return [(one, items) for one, items in each if items]


def request(w: Wired, tx: Tx, actor: str, id: str) -> Request:
    row = rules.there(tx, actor, id)
    family = households.household(tx, row["household"])
    assert family is not None
    events = record_requests.events(tx, id)
    person = people.person(tx, row["person"])
    name = f"{person['given_names']} {person['family_name']}".strip() if person else "A parent"
    done, read = len(record_requests.marks(tx, id)), len(record_requests.checked(tx, id, actor))
    many = record_requests.lines(tx, row, every(tx, row)) + 1  # the people are an entry too
    return Request(
        row=row, family=family, name=name, state=rules.state(events), due_on=rules.due_on(w, tx, row).isoformat(), events=tuple(events),
        answer=rules.answer_of(events), done=min(done, many), many=many, read=min(read, many), may_check=rules.is_second(tx, actor, row),
        paper=papers.of_request(tx, row["household"], id),
    )  # fmt: skip


def left(tx: Tx, row: Row) -> bool:
    """Whether there is an entry that nobody went through."""
    return _next(tx, row) is not None


def _next(tx: Tx, row: Row) -> int | None:
    if record_entries.PEOPLE not in record_requests.marks(tx, row["id"]):
        return record_entries.PEOPLE
    return record_requests.next_line(tx, row, every(tx, row))


def every(tx: Tx, row: Row) -> Families:
    """The family's household and its confirmed earlier ones."""
    return Families.several(life_events.earlier(tx, row["household"]))


def _noted(w: Wired, actor: str, row: Row) -> None:
    at = w.clock()
    w.writer.submit(lambda tx: tx.journal("read.request", at=at, actor=actor, household=row["household"], detail=row["id"]))


def entry_of(w: Wired, tx: Tx, row: Row, seq: int) -> Entry:
    asking = asker(w, tx, row["household"], row["person"])
    if seq == record_entries.PEOPLE:
        return record_entries.people(tx, asking, row["household"])
    line = record_entries.line(tx, row, seq)
    found = record_entries.entries(w, tx, asking, row, [line]) if line else []
    if not found:
        raise problem("not_found")
    return found[0]


def every_entry(w: Wired, tx: Tx, actor: str, row: Row) -> list[Entry]:
    """Every entry, the people first and then the oldest first."""
    asking = asker(w, tx, row["household"], row["person"])
    lines = list(record_entries.every_line(tx, actor, row))
    parts = [lines[start : start + record_entries.AT_ONCE] for start in range(0, len(lines), record_entries.AT_ONCE)]
    found = [one for part in parts for one in record_entries.entries(w, tx, asking, row, part)]
    return [record_entries.people(tx, asking, row["household"]), *sorted(found, key=lambda one: (one.on, one.seq))]

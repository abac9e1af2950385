"""Referrals as the two sides see them: what each still owes, since when, and what has been answered."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from visitapp.domain import referrals
from visitapp.look.reading import Desk, each_noted, noted
from visitapp.look.recipients import Recipient, of_referral
from visitapp.store import assessments, inbox, referral_calls, returned
from visitapp.store.tx import Row, Tx

PAGE = 25
OURS, WAITING, FRESH, TAKEN = "ours", "waiting", "fresh", "taken"
PARTS = {"team": (OURS, WAITING), "received": (FRESH, TAKEN)}
"""The lists of open referrals on each side: what the practitioner is to do and what waits for an answer; what is to be acknowledged and
what is to be decided."""
SOONEST = ("tonight", "this_week", "routine")
NEWEST = 2**62
TO_COMPLETE = (referrals.PROPOSED, referrals.RETURNED)
"""States in which the practitioner is to say what is asked for, or where else it goes."""


@dataclass(frozen=True)
class Referral:
    """A referral with what happened to it in order, and what is owed for it. `state` is computed from the events."""

    row: Row
    events: tuple[Row, ...]
    duties: tuple[Row, ...]

    @property
    def state(self) -> str:
        return referrals.state_of(event["event"] for event in self.events) or referrals.PROPOSED

    @property
    def words(self) -> str:
        """As those who refer read it: that it became graver is theirs to tell."""
        return referrals.words_of(event["event"] for event in self.events)

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked last, with everything that the practitioner said then."""
        found: dict[str, Any] = {}
        for row in self.events:
            found |= row["said"] if row["event"] in referrals.ASKING else {}
        return found

    @property
    def due_at(self) -> str | None:
        return self.duties[0]["due_at"] if self.duties else None

    def when(self, event: str) -> str | None:
        """The instant of the last such event."""
        return next((row["at"] for row in reversed(self.events) if row["event"] == event), None)

    def said(self, event: str) -> dict[str, Any]:
        """What was written with the last such event."""
        return next((row["said"] for row in reversed(self.events) if row["event"] == event), {})


@dataclass(frozen=True)
class Part:
    """One list of a page: as many as fit, the most urgent first; how many there are in all; and the key of its next page."""

    referrals: tuple[Referral, ...] = ()
    many: int = 0
    after: str | None = None


@dataclass(frozen=True)
class Worklist:
    """Open referrals by what is to happen to them next, and a page of closed ones; `before` is the key of the next page of those."""

    parts: dict[str, Part]
    closed: tuple[Referral, ...]
    before: int | None


@dataclass(frozen=True)
class Opened:
    """A referral with its evidence."""

    referral: Referral
    assessment: Row
    reasons: tuple[str, ...]
    findings: tuple[Row, ...]
    calls: tuple[Row, ...]
    recipients: tuple[Recipient, ...]
    returned: tuple[Row, ...]
    team: Row | None
    letter: Row | None = field(repr=False)


def worklist(desk: Desk, side: str, actor: str, before: int = NEWEST, part: str = "", after: str = "") -> Worklist:
    """`side` is "team" for those who referred and "received" for the team referred to. `part` with `after` is the next page of one list;
    ValueError where there is no such list or key."""
    if part and part not in PARTS[side]:
        raise ValueError("There is no such list.")
    behind = _key(after) if after else None
    with desk.engine.read() as tx:
        each = {name: sorted(rows, key=_order) for name, rows in _by_part(tx, side, actor).items() if part in ("", name)}
        parts = {name: _page(tx, side, actor, rows, behind) for name, rows in each.items()}
        closed = [] if part else inbox.closed_ones(tx, side, actor, before, PAGE + 1)
        shown = tuple(gathered(tx, closed[:PAGE]))
    open_ones = [one for page in parts.values() for one in page.referrals]
    each_noted(desk, actor, "read.referrals", sorted({one.row["household"] for one in (*open_ones, *shown)}))
    return Worklist(parts, shown, shown[-1].row["seq"] if len(closed) > PAGE else None)


def _by_part(tx: Tx, side: str, actor: str) -> dict[str, list[Row]]:
    """The open referrals of each list, in short. What is raised and not told is no news to those who have the referral."""
    rows = inbox.open_ones(tx, side, actor)
    happened: dict[str, list[str]] = defaultdict(list)
    for event in inbox.steps(tx, [row["id"] for row in rows]) if rows else []:
        happened[event["referral"]].append(event["event"])
    found: dict[str, list[Row]] = {name: [] for name in PARTS[side]}
    for row in rows:
        state = referrals.state_of(happened[row["id"]])
        if side == "team":
            found[OURS if state in TO_COMPLETE or referrals.is_untold(happened[row["id"]]) else WAITING].append(row)
        elif state not in TO_COMPLETE:
            found[TAKEN if state == referrals.ACKNOWLEDGED else FRESH].append(row)
    return found


def _page(tx: Tx, side: str, actor: str, rows: list[Row], behind: tuple[int, str, int] | None) -> Part:
    left = [row for row in rows if behind is None or _order(row) > behind]
    here = left[:PAGE]
    place = {row["id"]: number for number, row in enumerate(here)}
    found = sorted(inbox.these(tx, side, actor, list(place)), key=lambda row: place[row["id"]]) if here else []
    return Part(tuple(gathered(tx, found)), len(rows), "~".join(map(str, _order(here[-1]))) if len(left) > PAGE else None)


def _order(row: Row) -> tuple[int, str, int]:
    return SOONEST.index(row["urgency"]), row["due_at"] or "9999", row["seq"]


def _key(text: str) -> tuple[int, str, int]:
    urgency, due_at, seq = text.split("~")
    return int(urgency), due_at, int(seq)


def gathered(tx: Tx, rows: list[Row]) -> list[Referral]:
    """Referrals with their events and duties: two statements, however many. The caller has shown that the actor may see them."""
    ids = [row["id"] for row in rows]
    events: dict[str, list[Row]] = defaultdict(list)
    for event in inbox.events(tx, ids) if ids else []:
        events[event["referral"]].append({**event, "said": json.loads(event["detail"]) if event["detail"] else {}})
    duties: dict[str, list[Row]] = defaultdict(list)
    for duty in inbox.duties(tx, ids) if ids else []:
        duties[duty["referral"]].append(duty)
    return [Referral(row, tuple(events[row["id"]]), tuple(duties[row["id"]])) for row in rows]


def opened(desk: Desk, side: str, actor: str, referral: str) -> Opened | None:
    """One referral, or None when it is not there or not this actor's to see."""
    with desk.engine.read() as tx:
        row = inbox.one(tx, side, actor, referral)
        if row is None:
            return None
        judged = inbox.assessment(tx, row["assessment"]) or {}
        found = Opened(
            gathered(tx, [row])[0],
            judged,
            tuple(json.loads(judged.get("reasons") or "[]")),
            tuple(inbox.findings(tx, row["assessment"])),
            (*assessments.calls(tx, row["submission"]), *_calls(tx, referral)),
            of_referral(tx, referral),
            tuple(returned.of_referral(tx, referral)),
            inbox.receiving_team(tx, row["receiving_team"]) if row["receiving_team"] else None,
            inbox.letter(tx, referral),
        )
    noted(desk, actor, "read.referral", row["household"], referral)
    return found


def _calls(tx: Tx, referral: str) -> list[Row]:
    """The calls about it as those of its visit are given."""
    return [call | {"who": call["whom"], "said": call["agreed"]} for call in referral_calls.of(tx, referral)]


def letter(desk: Desk, side: str, actor: str, referral: str) -> bytes | None:
    """The letter's bytes as sent."""
    with desk.engine.read() as tx:
        row = inbox.one(tx, side, actor, referral)
        found = inbox.letter(tx, referral) if row else None
    if row is None or found is None:
        return None
    noted(desk, actor, "read.letter", row["household"], referral)
    return bytes(found["bytes"])

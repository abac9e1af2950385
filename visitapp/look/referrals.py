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
MOST_OPEN = 200
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
    def ours(self) -> bool:
        """Whether the practitioner is to say what is asked for, or where else it goes, or that it became graver."""
        return self.state in TO_COMPLETE or referrals.is_untold(event["event"] for event in self.events)

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
class Worklist:
    """Open referrals by who owes the next step, and a page of closed ones; `before` is the key of the next page of those."""

    to_complete: tuple[Referral, ...]
    waiting: tuple[Referral, ...]
    closed: tuple[Referral, ...]
    before: int | None
    more_open: bool


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


def worklist(desk: Desk, side: str, actor: str, before: int = NEWEST) -> Worklist:
    """`side` is "team" for those who referred and "received" for the team referred to."""
    with desk.engine.read() as tx:
        opened = gathered(tx, side, actor, inbox.open_ones(tx, side, actor, MOST_OPEN + 1))
        closed = gathered(tx, side, actor, list(reversed(inbox.closed_ones(tx, side, actor, before, PAGE + 1))))
    shown = tuple(reversed(closed))[:PAGE]
    each_noted(desk, actor, "read.referrals", sorted({one.row["household"] for one in (*opened, *shown)}))
    opened.sort(key=lambda one: (SOONEST.index(one.row["urgency"]), one.due_at or "9999", one.row["seq"]))
    return Worklist(
        tuple(one for one in opened if one.ours),
        tuple(one for one in opened if not one.ours),
        shown,
        shown[-1].row["seq"] if len(closed) > PAGE else None,
        len(opened) > MOST_OPEN,
    )


def gathered(tx: Tx, side: str, actor: str, rows: list[Row]) -> list[Referral]:
    """Rows in order of seq -> referrals with their events and duties: two statements, however many."""
    if not rows:
        return []
    first, last = rows[0]["seq"], rows[-1]["seq"]
    events: dict[str, list[Row]] = defaultdict(list)
    for event in inbox.events(tx, side, actor, first, last):
        events[event["referral"]].append({**event, "said": json.loads(event["detail"]) if event["detail"] else {}})
    duties: dict[str, list[Row]] = defaultdict(list)
    for duty in inbox.duties(tx, side, actor, first, last):
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
            gathered(tx, side, actor, [row])[0],
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

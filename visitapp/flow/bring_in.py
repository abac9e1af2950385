"""Visits that come in a file instead of over the network: the encrypted copy that a tablet saved because it could not send. Each goes
through the same `receive` as from a tablet, one at a time, so that one bad visit never stops the others and a tablet that comes back
later gets the first receipt. Who brought it in is in the journal before anything of it is kept.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import envelope as envelopes
from visitapp.domain.outside import Unreadable
from visitapp.flow import receive
from visitapp.flow.aside import REASONS
from visitapp.flow.devices import Sender
from visitapp.flow.people import SYSTEM
from visitapp.problems import wrong
from visitapp.store import submissions

if TYPE_CHECKING:
    from visitapp.domain.envelope import Envelope
    from visitapp.wiring import Wired

log = logging.getLogger("visitapp.flow")

MOST = 2_000
"""Visits in one file: a year of one practitioner's work."""

KEPT = ("kept", "here_already", "set_aside")
NOT_A_FILE = "This is not a file of waiting visits, or it cannot be read. Nothing was kept or changed. Save a new copy on the tablet."
NEW_COPY = "The visit is still on the tablet: save a new copy there and bring that in."
WORDS: dict[str, str] = {
    "kept": "Kept as number {seq}. It is assessed like any other visit.",
    "here_already": "Was here already, as number {seq}. Nothing was added.",
    "set_aside": "Set aside, for somebody to look at. {reason}",
    "envelope_unreadable": f"Not kept: it cannot be read, because the file was cut off or changed. {NEW_COPY}",
    "seal_unreadable": f"Not kept: its seal does not open. The file was changed, or the visit was sealed for another service. {NEW_COPY}",
    "hash_wrong": f"Not kept: what is in it is not what was sealed. {NEW_COPY}",
    "not_the_author": "Not kept: somebody else recorded it. Its author can bring it in here, signed in; or an administrator, with the "
    "command visitapp bring-in.",
    "id_taken": "Not kept: another visit has its number. It is still on the tablet: tell your supervisor.",
    "too_large": "Not kept: it is larger than a tablet may send. An administrator can bring it in, with the command visitapp bring-in.",
    "fault": "Not kept: something went wrong on our side, and it has been recorded. Bring the same file in again: nothing is kept twice.",
}
"""What became of a visit, by outcome or by the code of its problem."""


@dataclass(frozen=True)
class Brought:
    """One visit of a file, its `place` counted from 1. `id` and `sealed_at` are empty where the outside cannot be read, and where it is
    not for whoever brings it in to know whose it is."""

    place: int
    outcome: str
    words: str
    id: str = ""
    sealed_at: str = ""

    @property
    def kept(self) -> bool:
        return self.outcome in KEPT


@dataclass(frozen=True)
class Copy:
    """The visits of a file as they would have been sent. Not `whole`: it was cut off or changed, and there may have been more."""

    payloads: tuple[bytes, ...]
    whole: bool


def copy_in(file: bytes) -> Copy:
    """Read a tablet's file. A tablet puts each visit on a line of its own, so that one which is cut off costs only what is behind the cut.
    Raises Problem."""
    try:
        said = json.loads(file)
    except (ValueError, RecursionError):
        lines = [line.strip().rstrip(b",") for line in file.splitlines()]
        copy = Copy(tuple(line for line in lines if line.startswith(b'{"envelope"')), whole=False)
    else:
        copy = Copy(tuple(json.dumps(one).encode() for one in _visits(said)), whole=True)
    if not copy.payloads:
        raise wrong("file", NOT_A_FILE)
    if len(copy.payloads) > MOST:
        raise wrong("file", f"There are more than {MOST} visits in this file. Save smaller copies on the tablet. Nothing was kept.")
    return copy


def _visits(said: Any) -> list[Any]:
    if not isinstance(said, dict):
        return []
    visits = said.get("visits", [said] if "envelope" in said else [])
    return visits if isinstance(visits, list) else []


def own(w: Wired, account: str, copy: Copy, largest: int) -> list[Brought]:
    """What the signed-in account brings in: its own visits only, none of more than `largest` bytes."""
    return list(_each(w, copy, account, largest, ""))


def anybodys(w: Wired, copy: Copy, operator: str) -> Iterator[Brought]:
    """What an administrator brings in at the machine, of any author and any size; `operator` is who that is there."""
    return _each(w, copy, None, None, f" by {operator}")


def _each(w: Wired, copy: Copy, account: str | None, largest: int | None, note: str) -> Iterator[Brought]:
    for place, payload in enumerate(copy.payloads, 1):
        outside = _outside(payload)
        _journal(w, account or SYSTEM, f"{outside.id if outside else 'unreadable'}{note}")
        author = account or (outside.author if outside else "")
        outcome, words = ("too_large", {}) if largest and len(payload) > largest else _received(w, Sender(author), payload, outside)
        known = (outside.id, outside.sealed_at) if outside and outside.author == author else ()
        yield Brought(place, outcome, WORDS[outcome].format(**words), *known)


def _outside(payload: bytes) -> Envelope | None:
    try:
        return envelopes.parse(envelopes.parse_wire(payload).envelope)
    except Unreadable:
        return None


def _journal(w: Wired, actor: str, detail: str) -> None:
    at = w.clock()
    w.writer.submit(lambda tx: tx.journal("visit.brought_in", at=at, actor=actor, detail=detail))


def _received(w: Wired, sender: Sender, payload: bytes, outside: Envelope | None) -> tuple[str, dict[str, Any]]:
    """What became of it and what fills its words. A fault of ours with one visit must not hide what became of the others."""
    try:
        received = receive.receive(w, sender, payload)
        reason = _why_aside(w, outside) if outside else None
    except Exception as fault:
        log.error("a visit from a file: %s", type(fault).__name__)
        return "fault", {}
    code = received.body["problem"]["code"] if received.status >= 400 else ""
    if code == "id_differs" or (reason and not code):
        return "set_aside", {"reason": REASONS[reason or "id_differs"]}
    if code:
        return code, {}
    return ("kept" if received.status == 201 else "here_already"), {"seq": received.body["seq"]}


def _why_aside(w: Wired, outside: Envelope) -> str | None:
    """Why these bytes are set aside and not settled, or None."""
    with w.engine.read() as tx:
        return next((one["reason"] for one in submissions.quarantined(tx, outside.id) if one["sha256"] == outside.sha256), None)

"""Who a referral's letters are for. Written when the practitioner sends: exactly one receiver, who must answer, and any number of copies.
A referral that was sent before there were recipients has its receiving team as the only one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visitapp.store import outbox, recipients, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

WRITE = "write_letter"
"""The step that writes a letter."""
IN_PERSON = "by_hand"
"""The transport of what somebody hands over and then says so."""
FIRST = 1
"""The number of the referral itself; its updates and corrections follow."""


@dataclass(frozen=True)
class Recipient:
    """One who gets a letter of a referral. `id` is None for the receiving team of a referral of before there were recipients."""

    place: str
    document: str
    name: str
    address: str
    transport: str
    reasons: tuple[str, ...]
    receiving_team: str | None = None
    phone: str = ""
    number: int = FIRST
    id: str | None = None
    instead_of: str | None = None
    answers: bool = False

    @property
    def must_answer(self) -> bool:
        """Whether the referral is with its receiver once this one has the letter: of the referral itself, or of an update that asks for it
        again."""
        return self.place == recipients.RECEIVER and (self.number == FIRST or self.answers)


def record(w: Wired, tx: Tx, referral: Row, chosen: tuple[Recipient, ...], *, at: str, actor: str) -> None:
    """Keep who the letters are for, the receiver first, and ask for the letters. Under the household's lock."""
    for one in chosen:
        recipients.add(
            tx, id=w.new_id(), referral=referral["id"], household=referral["record"], place=one.place, document=one.document,
            number=one.number, receiving_team=one.receiving_team, name=one.name, address=one.address, phone=one.phone,
            transport=one.transport, reasons=one.reasons, instead_of=one.instead_of, answers=one.answers, at=at, actor=actor,
        )  # fmt: skip
    want_letters(tx, referral, chosen, at)


def want_letters(tx: Tx, referral: Row, chosen: tuple[Recipient, ...], at: str) -> None:
    """Ask for the letters that these recipients need: one for each kind of document and number, each written by itself, so that one that
    cannot be written holds up no other."""
    for document, number in dict.fromkeys((one.document, one.number) for one in chosen):
        first = number == FIRST and any(one.must_answer for one in chosen if (one.document, one.number) == (document, number))
        key = referral["id"] if first else written_as(referral["id"], document, number)
        outbox.put(tx, WRITE, key, due_at=at, household=referral["household"])


def written_as(referral: str, document: str, number: int) -> str:
    """The key of the step that writes a letter. The letter that asks its receiver to act goes by the referral's own id."""
    return f"{referral}/{document}/{number}"


def receiver(w: Wired, tx: Tx, referral: Row, most: int = 2**31) -> Recipient:
    """Who must answer a referral, of whatever age, by a letter whose number is at most that."""
    row = recipients.receiver(tx, referral["id"], most)
    return of_row(row) if row else _team(w, tx, referral, ())


def of_letter(w: Wired, tx: Tx, referral: Row, document: str, number: int, round: int) -> tuple[Recipient, ...]:
    """Whom one letter is for, as it stands."""
    rows = recipients.of_letter(tx, referral["id"], document, number, round)
    return tuple(of_row(row) for row in rows) or (_team(w, tx, referral, ()),)


def of_row(row: Row) -> Recipient:
    return Recipient(
        row["place"], row["document"], row["name"], row["address"], row["transport"], tuple(json.loads(row["reasons"])),
        row["receiving_team"], row["phone"], row["number"], row["id"], row["instead_of"], bool(row["answers"]),
    )  # fmt: skip


def of_team(w: Wired, tx: Tx, referral: Row, team: str, reasons: tuple[str, ...]) -> Recipient:
    """A team of the directory as the one who must answer from now on."""
    before = recipients.receiver(tx, referral["id"])
    to = _team(w, tx, referral | {"receiving_team": team}, reasons)
    return replace(to, document=before["document"]) if before else to


def document_for(referral: Row) -> str:
    """The kind of document (`domain/documents.py`) that asks its receiver to act."""
    return "early_help" if referral["destination"] == "early_help" else "referral"


def way_to(w: Wired, team: Row | None) -> tuple[str, str]:
    """How a team takes letters, and its address on that way: the name of its own form where it takes only that."""
    if team is None:
        return w.transports[0].name, ""
    way = team["transport"] or w.transports[0].name
    return way, {"mesh": team["mailbox"], "portal": team["portal"]}.get(way, team["email"]) or ""


def _team(w: Wired, tx: Tx, referral: Row, reasons: tuple[str, ...]) -> Recipient:
    team = teams.receiving_team(tx, referral["receiving_team"]) if referral["receiving_team"] else None
    way, address = way_to(w, team)
    return Recipient(
        recipients.RECEIVER, document_for(referral), team["name"] if team else "", address, way, reasons,
        team["id"] if team else None, team["phone"] if team else "",
    )  # fmt: skip

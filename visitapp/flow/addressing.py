"""Where something more goes to somebody who had a letter: by the directory as it is today, and not by the address that was good when the
referral was sent. An entry that nobody checked in time, or an address outside the assured domains, gets nothing more by post.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visitapp.decide.recipients import refusal
from visitapp.domain.moments import day_of
from visitapp.flow.candidates import team as candidate
from visitapp.flow.kept_visit import routes_of
from visitapp.flow.recipients import IN_PERSON, Recipient
from visitapp.store import teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

MOVED = "The directory has another address for them than when the referral was sent, so it goes there."
BY_HAND = "Nothing can be mailed to them now: {why} It is written, and handed over by hand."


def as_now(w: Wired, tx: Tx, referral: Row, to: Recipient, at: str) -> Recipient:
    """A recipient with the address that is good today and the sentence that says what changed; to be handed over by hand where none is."""
    if to.transport == IN_PERSON:
        return to
    routes, today = routes_of(w, tx, referral["household"]), day_of(at)
    entry = _entry(tx, to)
    if entry is None:
        refused = refusal(routes, to.address, today, demonstration=w.settings.demonstration)
        return by_hand(to, refused) if refused else to
    now = candidate(w, tx, entry, routes, "day")
    if now.refused:
        return by_hand(to, now.refused)
    if (now.address.casefold(), now.transport) == (to.address.casefold(), to.transport):
        return to
    return replace(to, address=now.address, transport=now.transport, reasons=(*to.reasons, MOVED))


def by_hand(to: Recipient, why: str) -> Recipient:
    return replace(to, address="", transport=IN_PERSON, reasons=(*to.reasons, BY_HAND.format(why=why)))


def _entry(tx: Tx, to: Recipient) -> Row | None:
    """The entry of the directory that a letter went to, as it is today: a family's own worker is answered for by a team, and is none."""
    known = teams.by_address(tx, to.address)
    own = [one for one in known if one["id"] == to.receiving_team] or [one for one in known if one["name"] == to.name]
    return teams.receiving_team(tx, own[-1]["id"]) if own else None

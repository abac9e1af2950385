"""Answering from the message that a letter came in. The message carries a link (`answer_link`); opening it shows nothing and changes
nothing, so that a scanner of mail is harmless. Whoever opens it asks for a code, which goes to the address in the directory and to no
other; with the code the letter can be read and answered in that browser for an hour. A link that does not work is answered like one that
does, so that nothing can be learnt by trying.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.domain.moments import later
from visitapp.domain.replies import LINK, Reply, Speaker
from visitapp.flow import notify, reply
from visitapp.flow.answer_link import hash_of, works
from visitapp.flow.letters import reference
from visitapp.flow.reply_schemas import checked, who_said
from visitapp.flow.sign_in import WINDOW_SECONDS, mark, text, too_many
from visitapp.problems import problem, wrong
from visitapp.store import answer_links, referrals, sessions
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

CODE_MINUTES = 10
TRIES = 5
CODES_AT_ONCE = 3
"""Codes that may be asked for with one link while one is good: nobody's mailbox is filled."""
WRONG_A_DAY = 50
"""Tries with one link that did not fit in a day, whoever made them: after it the link rests, and the team answers by phone or an account.
Six digits would else be found in a few weeks by whoever the message was forwarded to."""
OPEN_MINUTES = 60
REST_SECONDS = 60 * 60
FORGOTTEN_AFTER_HOURS = 24
NO_FIT = "This code does not fit, was used, or has run out. Type it again, or have a new one sent."


@dataclass(frozen=True)
class Opened:
    """What a link opens in a browser that gave the code: a referral, as one recipient of it."""

    referral: str
    household: str
    recipient: str
    letter: str
    team: str

    @property
    def actor(self) -> str:
        """Who reads and answers, in the journal."""
        return f"recipient:{self.recipient}"


def ask_code(w: Wired, token: str, browser: str, address: str) -> str:
    """Have a code sent to the directory's address, if the link works; what the browser is to keep, whether it does or not. Raises Problem
    too_many_requests when too much was tried from this network address."""
    at, key, kept = w.clock(), hash_of(token), browser or text(w.random_bytes(32))
    since = later(at, minutes=-CODE_MINUTES)

    def write(tx: Tx) -> None:
        _slow_down(w, tx, key, address, at)
        link = works(w, tx, token, at)
        _note(w, tx, key, address, at, succeeded=link is not None)
        if link and answer_links.asked_since(tx, key, since) < CODES_AT_ONCE:
            answer_links.ask(tx, browser_hash=hash_of(kept), token_hash=key, message=_send_code(w, tx, link, at), at=at, since=since)

    w.writer.submit(write)
    return kept


def enter_code(w: Wired, token: str, browser: str, code: str, address: str) -> str:
    """Open the link with the code; what the browser is to keep from now on. Raises Problem, `code` where it does not fit."""
    at, key, kept = w.clock(), hash_of(token), text(w.random_bytes(32))
    typed = re.sub(r"\s", "", code)

    def write(tx: Tx) -> bool:
        _slow_down(w, tx, key, address, at)
        visit = answer_links.visit(tx, hash_of(browser), key) if browser else None
        fits = _fits(w, tx, visit, typed, at) and works(w, tx, token, at) is not None
        _note(w, tx, key, address, at, succeeded=fits)
        if fits:
            answer_links.open_until(
                tx, browser_hash=hash_of(browser), token_hash=key, until=later(at, minutes=OPEN_MINUTES), renamed=hash_of(kept)
            )
        return fits

    if not w.writer.submit(write):
        raise wrong("code", NO_FIT)
    return kept


def opened(w: Wired, token: str, browser: str) -> Opened | None:
    """What the link opens in this browser now; None where no code was given here, or the link works no more."""
    if not browser:
        return None
    with w.engine.read() as tx:
        return _opened(w, tx, token, browser, w.clock())


def answer(w: Wired, token: str, browser: str, given: Reply, speaker: Speaker) -> None:
    """Keep an answer. Raises Problem: not_found where nothing is open here, state_wrong, or with a field."""
    at = w.clock()
    by, said = who_said(speaker, at), checked(given)

    def write(tx: Tx) -> None:
        found = _opened(w, tx, token, browser, at)
        row = referrals.referral(tx, found.referral) if found else None
        if found is None or row is None:
            raise problem("not_found")
        tx.lock_household(row["household"])
        reply.keep(w, tx, row, said, {"via": LINK} | by | {"recipient": found.recipient}, at=at, actor=found.actor)

    w.writer.submit(write)


def forget_ended(w: Wired) -> None:
    """Let go of browsers that asked for a code long ago."""
    before = later(w.clock(), hours=-FORGOTTEN_AFTER_HOURS)
    with w.engine.write() as tx:
        answer_links.forget_before(tx, before)


def _opened(w: Wired, tx: Tx, token: str, browser: str, at: str) -> Opened | None:
    visit = answer_links.visit(tx, hash_of(browser), hash_of(token)) if browser else None
    if visit is None or not visit["opened_until"] or visit["opened_until"] <= at:
        return None
    link = works(w, tx, token, at)
    return Opened(link["referral"], link["household"], link["recipient"], link["letter"], link["name"]) if link else None


def _send_code(w: Wired, tx: Tx, link: Row, at: str) -> str:
    """The e-mail that carries the code is asked for, to where the message with the link went; its id, from which the code is made and not
    kept. That address came from the directory, and an address that was corrected since has a link of its own."""
    until = later(at, minutes=CODE_MINUTES)
    return notify.ask(
        w, tx, "answer_code", to_address=link["address"], reference=reference(link["referral"]), time=until,
        until=until, at=at, actor=f"recipient:{link['recipient']}", household=link["household"], referral=link["referral"],
    )  # fmt: skip


def _fits(w: Wired, tx: Tx, visit: Row | None, code: str, at: str) -> bool:
    """Whether a code fits what this browser asked for. Each try counts, also one that comes too late."""
    if visit is None or not visit["message"]:
        return False
    tries = answer_links.tried(tx, visit["browser_hash"], visit["token_hash"])
    in_time = at < later(visit["asked_at"], minutes=CODE_MINUTES) and tries <= TRIES
    return in_time and hmac.compare_digest(notify.one_time_code(w, visit["message"]).encode(), code.encode())


def _slow_down(w: Wired, tx: Tx, key: str, address: str, at: str) -> None:
    since = later(at, seconds=-WINDOW_SECONDS)
    refused = sessions.refusals_since(tx, username_hash=mark(w, "link", key), address_hash=mark(w, "address", address), since=since)
    if too_many(refused):
        raise problem("too_many_requests", seconds=WINDOW_SECONDS)
    today = sessions.refusals_since(
        tx, username_hash=mark(w, "link", key), address_hash=mark(w, "address", address), since=later(at, hours=-24)
    )
    if today["by_username"] >= WRONG_A_DAY:
        raise problem("too_many_requests", seconds=REST_SECONDS)


def _note(w: Wired, tx: Tx, key: str, address: str, at: str, *, succeeded: bool) -> None:
    sessions.note_attempt(
        tx, username_hash=mark(w, "link", key), address_hash=mark(w, "address", address), at=at, succeeded=succeeded
    )  # fmt: skip

"""Signing in and out. A session is a random token in a cookie; what is kept of it is its hash, who it is for, and when it was used.

Guessing is slowed, and nobody is ever locked out: refusals are counted over one minute, for the address, and for the account where the
address has refusals of its own, so that somebody elsewhere cannot keep a practitioner from signing in.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain.moments import later
from visitapp.flow.people_schemas import DEMONSTRATION_PASSWORD
from visitapp.problems import problem
from visitapp.store import accounts, sessions

if TYPE_CHECKING:
    from visitapp.store.tx import Tx
    from visitapp.wiring import Wired

REFUSALS_OF_ACCOUNT = 5
REFUSALS_OF_ADDRESS = 20
WINDOW_SECONDS = 60
FORGOTTEN_AFTER_DAYS = 7  # attempts are looked back on by people too, when somebody asks who tried

SEEN_EVERY_MINUTES = 1
LONGEST_PASSWORD = 1_000  # characters; more is not a password but a load


@dataclass(frozen=True)
class AccountNow:
    """Who is signed in, as the account stands now."""

    id: str
    username: str
    name: str
    role: str
    team: str | None
    receiving_team: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True)
class SignedIn:
    """`token` goes into the cookie and is kept nowhere else."""

    account: AccountNow
    token: str


def sign_in(w: Wired, username: str, password: str, address: str) -> SignedIn:
    """A new session. Raises Problem sign_in_wrong, or sign_in_slow after several refusals."""
    at = w.clock()
    marks = {"username_hash": mark(w, "name", username.strip().casefold()), "address_hash": mark(w, "address", address)}
    with w.engine.read() as tx:
        refused = sessions.refusals_since(tx, **marks, since=later(at, seconds=-WINDOW_SECONDS))
        row = accounts.account_by_username(tx, username.strip().casefold())
        kept = accounts.secret_hash(tx, row["account"]) if row else None
    if too_many(refused):
        raise problem("sign_in_slow", seconds=WINDOW_SECONDS)
    fits = len(password) <= LONGEST_PASSWORD and w.hasher.fits(kept, password) and not _published(w, password)
    fits = fits and row is not None and row["ended_on"] is None
    token = text(w.random_bytes(32))

    def write(tx: Tx) -> None:
        sessions.note_attempt(tx, **marks, at=at, succeeded=fits)
        if fits and row:
            sessions.open_session(tx, token_hash=_hash(token), account=row["account"], at=at)
            tx.journal("signed_in", at=at, actor=row["account"])

    w.writer.submit(write)
    if not fits or row is None:
        raise problem("sign_in_wrong", "username")
    return SignedIn(account_now(row), token)


def account_of_session(w: Wired, token: str) -> AccountNow | None:
    """Whose session it is, or None when it is nobody's, was idle too long or is too old."""
    if not token:
        return None
    at, key = w.clock(), _hash(token)
    known: AccountNow | None = w.recent.get(key, at)
    if known is not None:
        return known
    with w.engine.read() as tx:
        row = sessions.session(tx, key)
    if row is None or row["ended_on"] or _ended(w, row, at):
        return None
    if row["seen_at"] < later(at, minutes=-SEEN_EVERY_MINUTES):
        w.writer.submit(lambda tx: sessions.session_seen(tx, key, at))
    account = account_now(row)
    w.recent.keep(key, account, at)
    return account


def sign_out(w: Wired, token: str) -> None:
    """End the session. Signing out never deletes anything that was recorded."""
    w.writer.submit(lambda tx: sessions.close_session(tx, _hash(token)))
    w.recent.forget()


def account_now(row: dict[str, Any]) -> AccountNow:
    return AccountNow(row["account"], *(row[part] for part in ("username", "name", "role", "team", "receiving_team", "phone", "email")))


def _published(w: Wired, password: str) -> bool:
    """Whether this is the demonstration's password outside the demonstration, where it opens nothing whatever database is behind it."""
    return password == DEMONSTRATION_PASSWORD and not w.settings.demonstration


def _ended(w: Wired, row: dict[str, Any], at: str) -> bool:
    idle = row["seen_at"] < later(at, hours=-w.settings.session_idle_hours)
    return idle or row["created_at"] < later(at, hours=-w.settings.session_absolute_hours)


def too_many(refused: dict[str, Any]) -> bool:
    """Whether whoever tries is to wait: what `sessions.refusals_since` counted over the last `WINDOW_SECONDS`."""
    by_account = refused["by_username"] >= REFUSALS_OF_ACCOUNT and refused["by_address"] > 0
    return by_account or refused["by_address"] >= REFUSALS_OF_ADDRESS


def mark(w: Wired, kind: str, what: str) -> str:
    """A name or address under the service's secret: attempts are counted, and the table tells nobody who tried."""
    return hmac.new(w.settings.secret, f"{kind}:{what}".encode(), hashlib.sha256).hexdigest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def text(value: bytes) -> str:
    """A secret as a cookie carries it."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def forget_attempts(w: Wired) -> None:
    """Let go of attempts that slow nobody down any more, so that the table does not grow for ever."""
    before = later(w.clock(), days=-FORGOTTEN_AFTER_DAYS)
    with w.engine.write() as tx:
        sessions.forget_attempts_before(tx, before)

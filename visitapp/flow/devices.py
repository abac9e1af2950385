"""Tablets. A registered tablet has a credential of its own that can deliver visits, read their receipts and hand over drafts, and nothing
else: so a waiting visit goes out while the tablet is locked, and a lost tablet is revoked without locking anybody out.

Each also has a recovery secret, which the service can make again but does not keep: one half of what opens the tablet's own store when
its passphrase is forgotten (docs/security.md).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from visitapp.problems import problem, wrong
from visitapp.store import sessions

if TYPE_CHECKING:
    from visitapp.store.tx import Row, Tx
    from visitapp.wiring import Wired

SCHEME = "Device "
LONGEST_LABEL = 80


@dataclass(frozen=True)
class NewDevice:
    """What a tablet is given once: `secret` is kept here only as a hash, `recovery` not at all."""

    device: str
    secret: str
    recovery: str


@dataclass(frozen=True)
class Sender:
    """Who delivers a visit: the account, and the tablet when its own credential was used."""

    account: str
    device: str | None = None


def register(w: Wired, account: str, label: str) -> NewDevice:
    """A tablet for the signed-in account. Raises Problem on a label that is missing or too long."""
    if not label.strip() or len(label) > LONGEST_LABEL:
        raise wrong("label", f"Give this tablet a name of up to {LONGEST_LABEL} letters, such as the number on its back.")
    device, secret, at = w.new_id(), _text(w.random_bytes(32)), w.clock()

    def write(tx: Tx) -> None:
        sessions.add_device(tx, id=device, account=account, label=label, secret_hash=_hash(secret), at=at)
        tx.journal("device.registered", at=at, actor=account, detail=device)

    w.writer.submit(write)
    return NewDevice(device, secret, _recovery(w, account, device))


def authenticate(w: Wired, header: str) -> Sender | None:
    """Who an `Authorization: Device <id>:<secret>` header speaks for, or None."""
    device, separator, secret = header.removeprefix(SCHEME).partition(":")
    if not header.startswith(SCHEME) or not separator or not secret:
        return None
    at, key = w.clock(), _hash(header)
    known: Sender | None = w.recent.get(key, at)
    if known is not None:
        return known
    row = _own(w, device, secret)
    if row is None or row["revoked_at"]:
        return None
    sender = Sender(row["account"], device)
    w.recent.keep(key, sender, at)
    return sender


def is_revoked(w: Wired, header: str) -> bool:
    """Whether the header is the right one of a tablet that was taken out of use. One that is not known says nothing: a service put back
    from an old copy must close no tablet."""
    device, _, secret = header.removeprefix(SCHEME).partition(":")
    row = _own(w, device, secret) if header.startswith(SCHEME) else None
    return row is not None and row["revoked_at"] is not None


def _own(w: Wired, device: str, secret: str) -> Row | None:
    with w.engine.read() as tx:
        row = sessions.device(tx, device)
    return row if row and hmac.compare_digest(row["secret_hash"], _hash(secret)) else None


def revoke(w: Wired, actor: str, device: str) -> None:
    """The tablet was lost or handed in: it delivers no more, opens nothing once it has heard of it, and its account has to sign in again,
    for it may be signed in on it. What it holds is still on it."""
    at = w.clock()

    def write(tx: Tx) -> None:
        row = sessions.device(tx, device)
        if row and sessions.revoke_device(tx, device, at):
            sessions.close_sessions_of(tx, row["account"])
            tx.journal("device.revoked", at=at, actor=actor, detail=device)

    w.writer.submit(write)
    w.recent.forget()


def restore(w: Wired, actor: str, device: str) -> None:
    """The tablet was found: it delivers and opens again. Only whoever can revoke can undo it, never somebody who holds the tablet."""
    at = w.clock()

    def write(tx: Tx) -> None:
        if sessions.restore_device(tx, device):
            tx.journal("device.restored", at=at, actor=actor, detail=device)

    w.writer.submit(write)


def own(w: Wired, account: str, device: str) -> str:
    """The device in whose name a signed-in practitioner asks. Raises Problem not_found where it is not theirs, or device_revoked."""
    with w.engine.read() as tx:
        row = sessions.device(tx, device)
    if row is None or row["account"] != account:
        raise problem("not_found")
    if row["revoked_at"]:
        raise problem("device_revoked")
    return device


def recovery(w: Wired, account: str, device: str) -> str:
    """The service's half of the second wrap, for its own account only. Raises Problem not_found, or device_revoked."""
    own(w, account, device)
    at = w.clock()
    w.writer.submit(lambda tx: tx.journal("device.recovery", at=at, actor=account, detail=device))
    return _recovery(w, account, device)


def _recovery(w: Wired, account: str, device: str) -> str:
    derived = HKDF(hashes.SHA256(), 32, salt=bytes(32), info=f"visitapp recovery v1 {account} {device}".encode()).derive(w.settings.secret)
    return _text(derived)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

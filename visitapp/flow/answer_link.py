"""The link by which a recipient answers from the message that a letter came in. It holds 128 bits, is kept as a hash, and belongs to one
recipient of one referral. It works until the referral is answered for good, given back, or older than the policy allows.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING

from visitapp.domain import referrals as states
from visitapp.domain.moments import later
from visitapp.flow.clocks import policy
from visitapp.flow.refer import SERVICE
from visitapp.store import answer_links, recipients, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

WITHOUT_TEXT = ("mesh", "portal")
"""Ways out by which no text travels, so that there is no link: their receivers answer by an account or by phone."""
TOKEN = re.compile(r"[0-9a-f]{32}")


def carried(transport: str) -> bool:
    """Whether a link travels by this way out."""
    return transport not in WITHOUT_TEXT


def make(w: Wired, letter: Row, recipient: str) -> str:
    """The address of the link for the message that hands a letter to a recipient; kept as a hash. Every attempt carries the same one, so
    that a second copy of the message is the first."""
    at, token = w.clock(), token_of(w, letter["id"], recipient)
    with w.engine.write() as tx:
        row = referrals.referral(tx, letter["referral"])
        assert row is not None
        answer_links.add(
            tx, token_hash=hash_of(token), referral=row["id"], household=row["household"], recipient=recipient, letter=letter["id"],
            at=at, actor=SERVICE,
        )  # fmt: skip
    return f"{w.settings.origin}/answer/{token}"


def token_of(w: Wired, letter: str, recipient: str) -> str:
    """The 128 bits of a link, as 32 digits: only the service's own secret makes them."""
    return hmac.new(w.settings.secret, f"answer link {letter} {recipient}".encode(), hashlib.sha256).hexdigest()[:32]


def works(w: Wired, tx: Tx, token: str, at: str) -> Row | None:
    """The link, while it works: its referral waits for an answer by this recipient, and it is not too old."""
    link = answer_links.link(tx, hash_of(token)) if TOKEN.fullmatch(token) else None
    if link is None or not link["stands"] or link["place"] != recipients.RECEIVER:
        return None
    waits = referrals.state(tx, link["referral"]) in states.ANSWERABLE and referrals.round_of(tx, link["referral"]) == link["round"]
    ends = later(link["at"], days=policy(w, tx, link["household"]).number("answer_link"))
    return link if waits and at < ends else None


def hash_of(secret: str) -> str:
    """What is kept of a token, and of what a browser holds."""
    return hashlib.sha256(secret.encode()).hexdigest()

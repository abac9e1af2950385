"""What anybody who holds a letter may know of it: whether it is the letter as it was sent, and whether a later one takes its place. Nothing
here is about a person, and an unknown code is answered like one that cannot be a code.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.domain import check_codes
from visitapp.domain.moments import day_of, later
from visitapp.flow.letters import reference
from visitapp.problems import problem
from visitapp.store import letter_files

if TYPE_CHECKING:
    from visitapp.wiring import Wired

LOOK_UPS = 30  # of one address in one window, known codes with unknown ones
WINDOW_SECONDS = 60
FORGOTTEN_AFTER_DAYS = 1


@dataclass(frozen=True)
class Checked:
    """`superseded_at` is when a later update or correction of the same referral was written, if one was."""

    code: str
    reference: str
    written_at: str
    pages: int
    sha256: str
    superseded_at: str | None


def look_up(w: Wired, words: str, address: str) -> Checked | None:
    """The letter with that code, or None. Raises Problem too_many_requests when one address looks up many; each look-up counts alike."""
    at, mark = w.clock(), _mark(w, address)
    code = check_codes.typed(words)
    with w.engine.read() as tx:
        before = letter_files.looked_up_since(tx, address_hash=mark, since=later(at, seconds=-WINDOW_SECONDS))
        row = letter_files.by_code(tx, code or "")
    if before >= LOOK_UPS:
        raise problem("too_many_requests", seconds=WINDOW_SECONDS)
    w.writer.submit(lambda tx: letter_files.note_look_up(tx, address_hash=mark, at=at))
    if row is None or code is None:
        return None
    return Checked(code, reference(row["referral"]), row["at"], row["pages"], row["sha256"], row["superseded_at"])


def certificates(w: Wired) -> str:
    """Every certificate that ever signed a letter, as one PEM file: what a program that checks signatures is given to trust."""
    with w.engine.read() as tx:
        return "".join(f"# {row['fingerprint']}, first letter {day_of(row['at'])}\n{row['pem']}" for row in letter_files.certificates(tx))


def forget_look_ups(w: Wired) -> None:
    """Let go of look-ups that slow nobody down any more."""
    before = later(w.clock(), days=-FORGOTTEN_AFTER_DAYS)
    with w.engine.write() as tx:
        letter_files.forget_look_ups_before(tx, before)


def _mark(w: Wired, address: str) -> str:
    """An address under the service's secret: look-ups are counted, and the table tells nobody who looked."""
    return hmac.new(w.settings.secret, f"check:{address}".encode(), hashlib.sha256).hexdigest()

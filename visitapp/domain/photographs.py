"""Photographs of a place: what a visit's body says of them, and what a tablet says of one before it sends its pieces.

A photograph is sealed for the service as a visit is, and its ciphertext is cut into pieces, each named by its SHA-256. What is outside is
authenticated with it, so a photograph cannot be moved to another visit or another author.
"""

import re
from dataclasses import dataclass
from typing import Any

from visitapp.domain.moments import is_instant
from visitapp.domain.outside import SHA256, UUID, Unreadable, bytes_in, is_id, is_shaped, matching, object_in

INFO = b"visitapp sealed photograph v1"
PIECE = 16_384
"""Bytes of a piece: under a second of a slow connection, which is what a cut costs (`python -m tests.bench backlog` has others)."""
MOST_PIECES = 256
MOST = 40
"""Photographs of a visit."""

PLACES: dict[str, str] = {
    "where_baby_sleeps": "Where the baby sleeps",
    "bedroom": "Bedroom",
    "living_room": "Living room",
    "kitchen": "Kitchen",
    "bathroom": "Bathroom or toilet",
    "stairs": "Stairs or hall",
    "outside": "Outside the home",
    "elsewhere": "Somewhere else",
}
"""Which place a photograph shows, as the tablet offers it: code -> words."""

_KEY = re.compile(r"[0-9a-f]{1,64}")


@dataclass(frozen=True)
class Taken:
    """One photograph as its visit lists it. `sha256` is of the picture itself; `lost` when the tablet could not read it any more."""

    id: str
    sha256: str
    place: str
    caption: str
    taken_at: str
    lost: bool


@dataclass(frozen=True)
class Listed:
    """What a visit says of its photographs: who agreed to them and when, and each in the order in which it was taken."""

    agreed_by: str
    agreed_at: str
    taken: tuple[Taken, ...]


@dataclass(frozen=True)
class Coming:
    """A photograph that a tablet is about to send: its seal without the ciphertext, and the names of the pieces of that, in order."""

    envelope: str
    epk: bytes
    iv: bytes
    pieces: tuple[str, ...]
    photograph: str
    visit: str
    author: str
    device: str
    sha256: str
    key: str


def listed(body: object) -> Listed | None:
    """What a visit's body says of photographs, or None when it says nothing. Safe on a body of any shape: what cannot be read is left out
    here, and was noted by the schema."""
    said = body.get("photographs") if isinstance(body, dict) else None
    if not isinstance(said, dict):
        return None
    consent = said.get("consent")
    agreed = consent if isinstance(consent, dict) and consent.get("agreed") is True else {}
    taken = said.get("taken")
    return Listed(
        _text(agreed.get("who")),
        _moment(agreed.get("at")),
        tuple(found for one in (taken if isinstance(taken, list) else ()) if (found := _taken(one))),
    )


def _taken(said: Any) -> Taken | None:
    if not isinstance(said, dict) or not is_id(said.get("id")) or not is_shaped(said.get("sha256"), SHA256):
        return None
    words = {part: _text(said.get(part)) for part in ("place", "caption")}
    return Taken(said["id"], said["sha256"], taken_at=_moment(said.get("taken_at")), lost=said.get("lost") is True, **words)


def parse_coming(payload: bytes) -> Coming:
    """What a tablet says of a photograph it is about to send; raises Unreadable."""
    said = object_in(payload, "photograph")
    envelope, pieces = said.get("envelope"), said.get("pieces")
    if not isinstance(envelope, str):
        raise Unreadable("envelope")
    if not isinstance(pieces, list) or not pieces or not all(is_shaped(one, SHA256) for one in pieces) or len(set(pieces)) != len(pieces):
        raise Unreadable("pieces")
    outside = object_in(envelope, "envelope")
    if outside.get("v") != 1:
        raise Unreadable("v")
    shapes = {"photograph": UUID, "visit": UUID, "author": UUID, "device": UUID, "sha256": SHA256, "key": _KEY}
    named = {part: matching(outside, part, shape) for part, shape in shapes.items()}
    return Coming(envelope, bytes_in(said, "epk", 65), bytes_in(said, "iv", 12), tuple(pieces), **named)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _moment(value: Any) -> str:
    return value if isinstance(value, str) and is_instant(value) else ""

"""One revision of an unfinished visit as it travels between its author's devices: what stands on the outside of it, and whether it has the
shape of one. Its inside is encrypted for the author's own devices, and nobody here can read it.
"""

import re
from dataclasses import dataclass
from typing import Any

from visitapp.domain.moments import is_instant
from visitapp.domain.outside import Unreadable, is_id, object_in

VERSION = 1
MOST_PARENTS = 20
LARGEST = 1_500_000
"""Characters of the encrypted part: a megabyte of draft in base64url, and what encrypting adds."""

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_PARTS = {"v", "draft", "revision", "parents", "device", "at", "wrap", "iv", "data"}
_WRAP = {"salt", "rounds", "iv", "data"}


@dataclass(frozen=True)
class Revision:
    """The outside of a revision. `parents` are those that it takes the place of, `device` is the id of the tablet or computer that made it,
    `at` when its newest answer was kept there, by that device's clock."""

    draft: str
    revision: str
    parents: tuple[str, ...]
    device: str
    at: str


def parse(payload: bytes) -> Revision:
    """The revision these bytes carry; raises Unreadable naming the first part that is wrong. What is not a part of a revision is refused,
    so that nothing can be handed to the service in clear by mistake."""
    said = object_in(payload, "revision")
    _exactly(said, _PARTS, "revision")
    if said["v"] != VERSION or said["v"] is True:
        raise Unreadable("v")
    for part in ("draft", "revision", "device"):
        if not is_id(said[part]):
            raise Unreadable(part)
    parents = said["parents"]
    if not isinstance(parents, list) or len(parents) > MOST_PARENTS or not all(map(is_id, parents)) or said["revision"] in parents:
        raise Unreadable("parents")
    if not is_instant(said["at"]):
        raise Unreadable("at")
    _wrapped(said["wrap"])
    _encoded(said["iv"], "iv", 16)
    _encoded(said["data"], "data", LARGEST)
    return Revision(said["draft"], said["revision"], tuple(dict.fromkeys(parents)), said["device"], said["at"])


def _wrapped(said: Any) -> None:
    _exactly(said, _WRAP, "wrap")
    if type(said["rounds"]) is not int or not 1 <= said["rounds"] <= 100_000_000:
        raise Unreadable("rounds")
    for part in ("salt", "iv", "data"):
        _encoded(said[part], f"wrap.{part}", 64)


def _exactly(said: Any, parts: set[str], what: str) -> None:
    if not isinstance(said, dict) or set(said) != parts:
        raise Unreadable(what)


def _encoded(value: Any, part: str, longest: int) -> None:
    if not isinstance(value, str) or len(value) > longest or not _BASE64URL.fullmatch(value):
        raise Unreadable(part)

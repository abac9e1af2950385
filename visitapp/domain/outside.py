"""Reading what stands on the outside of something that was sent, part by part: whatever is not as it should be is one error, which names
the part and never its contents."""

import base64
import binascii
import json
import re
from typing import Any

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SHA256 = re.compile(r"[0-9a-f]{64}")


class Unreadable(ValueError):
    """It cannot be read; the message names the part, never its contents."""


def object_in(text: str | bytes, part: str) -> dict[str, Any]:
    """The JSON object that this text is."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Unreadable(part) from fault
    if not isinstance(value, dict):
        raise Unreadable(part)
    return value


def is_shaped(value: object, shape: re.Pattern[str]) -> bool:
    return isinstance(value, str) and shape.fullmatch(value) is not None


def is_id(value: object) -> bool:
    """Whether this is shaped as an id that a tablet gives."""
    return is_shaped(value, UUID)


def matching(said: dict[str, Any], part: str, shape: re.Pattern[str]) -> str:
    """A part that is text of this shape."""
    if not is_shaped(said.get(part), shape):
        raise Unreadable(part)
    return str(said[part])


def bytes_in(said: dict[str, Any], part: str, length: int | None) -> bytes:
    """The bytes of a part written in base64url; so many where a length is given."""
    value = said.get(part)
    if not isinstance(value, str) or not value.isascii():
        raise Unreadable(part)
    try:
        found = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Unreadable(part) from fault
    if length is not None and len(found) != length:
        raise Unreadable(part)
    return found

"""Reads one e-mail that came back to the mailbox letters are sent from (RFC 3464 for delivery status notifications). Whatever it is, it is
read, in little time: an e-mail that is not understood is one that a person must look at, and none holds up those behind it. Anybody can
write one, so its headings are taken as they stand: the library's parsers of their structure recurse, and take the square of their length.
"""

import email
import hashlib
import re
from collections.abc import Iterator
from email.message import Message
from email.policy import compat32
from typing import Any

from visitapp.deliver.returns import Return, ReturnKind

LONGEST = 200_000  # bytes read of one e-mail: a notification stands at its beginning
ACTIONS: dict[str, ReturnKind] = {"failed": "refused", "delayed": "delayed"}


def read(content: bytes, domain: str) -> Return:
    """What an e-mail says. `domain` is what stands behind the @ of our Message-IDs: ids of others are not ours."""
    id = id_of(content)
    try:
        return _understood(id, email.message_from_bytes(content[:LONGEST], policy=compat32), domain)
    except Exception:  # whatever the library stumbles over, as parts within parts without end
        return Return(id, "message", None, "An e-mail that cannot be read")


def id_of(content: bytes) -> str:
    """What an e-mail goes by: its bytes' own SHA-256, the same each time it is read."""
    return hashlib.sha256(content).hexdigest()


def _understood(id: str, mail: Message, domain: str) -> Return:
    ours = re.compile(rf"<([A-Za-z0-9-]{{1,80}})@{re.escape(domain)}>", re.IGNORECASE)
    found = next((match[1] for text in _naming(mail) if (match := ours.search(text))), None)
    status = _status(mail)
    if status is not None:
        kind, proof = status
        return Return(id, kind, found, proof)
    if _automatic(mail):
        return Return(id, "automatic", found, "An automatic answer")
    return Return(id, "message", found, "An e-mail that is no delivery report")


def _naming(mail: Message) -> Iterator[str]:
    """Where a returned e-mail names the one it is about, the surest first."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            yield from (_heading(one, "Message-ID") for one in (inner if isinstance(inner, list) else []))
        elif part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers"):
            yield from re.findall(r"(?im)^message-id:\s*(.+)$", _text(part))
    yield _heading(mail, "In-Reply-To")
    yield _heading(mail, "References")
    yield from (_text(part) for part in mail.walk() if part.get_content_type() == "text/plain")


def _status(mail: Message) -> tuple[ReturnKind, str] | None:
    """The kind and the server's words of a delivery status notification; None when it is none, or tells of no failure and no delay."""
    for part in mail.walk():
        groups = part.get_payload() if part.get_content_type() == "message/delivery-status" else None
        for group in groups if isinstance(groups, list) else []:
            kind = ACTIONS.get(_heading(group, "Action").split(" ")[0].lower())
            if kind:
                return kind, _one_line(f"{_heading(group, 'Status')} {_heading(group, 'Diagnostic-Code')}") or _heading(group, "Action")
    return None


def _automatic(mail: Message) -> bool:
    submitted = _heading(mail, "Auto-Submitted").lower()
    return (submitted not in ("", "no") and not submitted.startswith("auto-generated")) or "X-Autoreply" in mail or "X-Autorespond" in mail


def _heading(mail: Message | Any, name: str) -> str:
    """A heading as text, whatever is in it: what cannot be read is empty."""
    try:
        return _one_line(str(mail.get(name) or ""))
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):  # the library's parsers of broken headings
        return ""


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def _one_line(words: str) -> str:
    """Without what no database takes (NUL, half a character) and what turns a line around on the screen."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())[:400]

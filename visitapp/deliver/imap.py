"""What came back to the mailbox that letters are sent from, read over IMAP from a server whose certificate is verified. Nothing is deleted
and nothing is marked as seen: what was kept gets a keyword of ours, and what a person must read also gets a flag. Some servers keep no
keywords, and say so or not: what was kept is remembered here too, so that what is behind it is read all the same.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from visitapp.deliver.bounces import LONGEST, read
from visitapp.deliver.returns import Return

SECONDS = 30.0
KEPT = "VisitappKept"
AT_MOST = 50
NAME = re.compile(r"[A-Za-z0-9 ._/-]+")


class ImapReturns:
    """`imaps://user:password@host:993/INBOX`. `context` must verify certificates and names; `domain` is what stands behind the @ of our
    Message-IDs. Raises ValueError for an address or context that could not be used safely."""

    name = "imap"

    def __init__(self, url: str, context: ssl.SSLContext, domain: str, *, seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        self._mailbox = unquote(parts.path.strip("/")) or "INBOX"
        if parts.scheme != "imaps" or not parts.hostname or not parts.username or not NAME.fullmatch(self._mailbox):
            raise ValueError("The bounce address must look like imaps://user:password@host:993/INBOX")
        if context.verify_mode is not ssl.CERT_REQUIRED or not context.check_hostname:
            raise ValueError("Bounces are read only from a server whose certificate and name are verified.")
        self._host, self._port = parts.hostname, parts.port or 993
        self._user, self._password = unquote(parts.username), unquote(parts.password or "")
        self._context, self._domain, self._seconds = context, domain, seconds
        self._lies: dict[str, str] = {}  # id of what came back -> its number in the mailbox, as last read
        self._kept: set[str] = set()  # numbers of what was kept since this program began
        self._numbered: list[Any] = []  # the server's word for which numbering it is

    def waiting(self) -> list[Return]:
        with self._opened() as server:
            if (numbered := server.response("UIDVALIDITY")[1]) != self._numbered:
                self._kept, self._numbered = set(), numbered
            numbers = [one.decode() for one in (_ok(server.uid("SEARCH", f"UNKEYWORD {KEPT}"))[0] or b"").split()]
            found = {number: self._fetched(server, number) for number in [one for one in numbers if one not in self._kept][:AT_MOST]}
        self._lies = {back.id: number for number, back in found.items()}
        return list(found.values())

    def done(self, back: Return) -> None:
        number = self._lies.get(back.id)
        if number is None:
            return
        self._kept.add(number)
        flags = f"({KEPT} \\Flagged)" if back.kind == "message" or back.letter is None else f"({KEPT})"
        with self._opened() as server:
            _ok(server.uid("STORE", number, "+FLAGS", flags))

    def _fetched(self, server: imaplib.IMAP4, number: str) -> Return:
        parts = _ok(server.uid("FETCH", number, f"(BODY.PEEK[]<0.{LONGEST}>)"))
        return read(next((part[1] for part in parts if isinstance(part, tuple)), b""), self._domain)

    @contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        """The mailbox, signed in to and chosen. Every fault of it is an OSError."""
        try:
            server = imaplib.IMAP4_SSL(self._host, self._port, ssl_context=self._context, timeout=self._seconds)
            try:
                _ok(server.login(self._user, self._password))
                _ok(server.select(f'"{self._mailbox}"'))
                yield server
            finally:
                _leave(server)
        except imaplib.IMAP4.error as fault:
            raise OSError(f"The mail server said: {type(fault).__name__}") from fault


def _ok(answer: tuple[str, list[Any]]) -> list[Any]:
    if answer[0] != "OK":
        raise OSError(f"The mail server answered {answer[0]}")
    return answer[1]


def _leave(server: imaplib.IMAP4) -> None:
    """Say goodbye if anybody still listens."""
    try:
        server.logout()
    except (OSError, imaplib.IMAP4.error):
        server.shutdown()

"""The mail server that letters and notices are handed to. Encrypted to a server whose certificate is verified, or not at all. What the
server said decides the outcome; a connection lost once the text was on its way is *unknown*, never *sent*.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from visitapp.deliver import Outcome
from visitapp.domain.directory import is_one_address

SECONDS = 30.0
# What a server says when the fault is the way and not the letter: encryption or sign-in wanted. Mending it lets the letter through.
FAULTS_OF_THE_WAY = frozenset((530, 534, 535, 538))
WIRE = SMTP.clone(cte_type="7bit")


class MailServer:
    """`smtp://user:password@host:587?from=letters@trust.example` (STARTTLS, always) or `smtps://…:465` (TLS from the start).

    `context` must verify certificates and names. `clock` gives the instant for the Date line; without it the server writes that line.
    Raises ValueError for an address or context that could not be used safely: at the start, not at the first message.
    """

    def __init__(self, url: str, context: ssl.SSLContext, *, clock: Callable[[], str] | None = None, seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("The mail address must look like smtp://user:password@host:587?from=sender or smtps://…")
        if context.verify_mode is not ssl.CERT_REQUIRED or not context.check_hostname:
            raise ValueError("Messages go only to a server whose certificate and name are verified.")
        self._implicit = parts.scheme == "smtps"
        self._host, self._port = parts.hostname, parts.port or (465 if self._implicit else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = parse_qs(parts.query).get("from", [self._user])[0]
        if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", self._sender):
            raise ValueError("The mail address must say who sends: add ?from=letters@your.organisation")
        self._context, self._clock, self._seconds = context, clock, seconds

    @property
    def domain(self) -> str:
        """What stands behind the @ of the sender: every Message-ID ends in it."""
        return self._sender.rpartition("@")[2]

    def message_id(self, id: str) -> str:
        """The Message-ID of whatever has this id, the same on every attempt, so that a second copy is known for the first."""
        return f"<{re.sub(r'[^A-Za-z0-9-]+', '-', id)}@{self.domain}>"

    def headed(self, *, id: str, to: str, subject: str) -> EmailMessage:
        """A message with its headings and no text yet. Raises ValueError for what cannot stand in a heading."""
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = self._sender, to, subject
        mail["Message-ID"] = self.message_id(id)
        if self._clock:
            mail["Date"] = format_datetime(datetime.fromisoformat(self._clock().replace("Z", "+00:00")))
        return mail

    def hand_over(self, write: Callable[[], EmailMessage], to: str) -> Outcome:
        """Write a message and give it to the server, for one address."""
        if not is_one_address(to.strip()):
            return Outcome("refused", "The address is not one e-mail address and nothing else.")
        try:
            wire = write().as_bytes(policy=WIRE)
        except (ValueError, UnicodeError, LookupError):
            return Outcome("refused", "The address or a heading cannot be written as e-mail.")
        try:
            server = self._connected()
        except (OSError, ValueError) as fault:  # everything smtplib and ssl raise on the way is an OSError
            return Outcome("try_again", _said(fault))
        try:
            return self._handed_over(server, to, wire)
        finally:
            _leave(server)

    def _connected(self) -> smtplib.SMTP:
        if self._implicit:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=self._seconds, context=self._context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=self._seconds)
        try:
            if not self._implicit:
                server.starttls(context=self._context)
            if self._user:
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _handed_over(self, server: smtplib.SMTP, to: str, wire: bytes) -> Outcome:
        try:
            server.ehlo_or_helo_if_needed()
            for reply in (server.mail(self._sender), server.rcpt(to)):
                if reply[0] not in (250, 251):
                    return _outcome(*reply)
        except (OSError, ValueError) as fault:
            return Outcome("try_again", _said(fault))
        try:
            return _outcome(*server.data(wire))
        except smtplib.SMTPDataError as fault:  # refused before a byte of the text was sent
            return _outcome(fault.smtp_code, fault.smtp_error)
        except OSError as fault:
            return Outcome("unknown", f"The connection was lost while the text was handed over: {_said(fault)}")


def _outcome(code: int, words: bytes | str) -> Outcome:
    proof = _one_line(f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}")
    if 200 <= code < 300:
        return Outcome("sent", proof)
    if 400 <= code < 500 or code in FAULTS_OF_THE_WAY:
        return Outcome("try_again", proof)
    return Outcome("refused" if 500 <= code < 600 else "unknown", proof)


def _said(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        return _outcome(fault.smtp_code, fault.smtp_error).proof
    if isinstance(fault, ssl.SSLCertVerificationError):
        return _one_line(f"The server’s certificate was not accepted: {fault.verify_message}")
    return _one_line(f"{type(fault).__name__}: {fault}")


def _one_line(words: str) -> str:
    return " ".join(words.split())[:200]


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye if anybody still listens: by now the outcome is known."""
    try:
        server.quit()
    except OSError:
        server.close()

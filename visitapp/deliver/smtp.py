"""Secure e-mail as the way out for a letter. Every attempt carries the same Message-ID and the same bytes but for the Date line, so the
other side can recognise a second copy; where an earlier attempt may have been taken, the copy says so in a heading and in its text.
"""

import ssl
from collections.abc import Callable
from email.message import EmailMessage

from visitapp.deliver import PERHAPS_TWICE, Message, Outcome
from visitapp.deliver.mail_server import SECONDS, MailServer


class SmtpTransport:
    """A letter as an attachment to one address. `url`, `context` and `clock` are those of `MailServer`."""

    name = "smtp"

    def __init__(self, url: str, context: ssl.SSLContext, *, clock: Callable[[], str] | None = None, seconds: float = SECONDS) -> None:
        self._server = MailServer(url, context, clock=clock, seconds=seconds)

    def send(self, message: Message) -> Outcome:
        return self._server.hand_over(lambda: self._written(message), message.to)

    def _written(self, message: Message) -> EmailMessage:
        mail = self._server.headed(id=message.letter_id, to=message.to, subject=message.subject)
        if message.again:
            mail["X-Possible-Duplicate"] = "yes"
        mail.set_content(message.text + PERHAPS_TWICE if message.again else message.text)
        mail.add_attachment(message.pdf, maintype="application", subtype="pdf", filename=message.filename)
        if message.bundle is not None:
            mail.add_attachment(message.bundle, maintype="application", subtype="fhir+json", filename=message.bundle_name)
        mail.set_boundary(f"=_{message.letter_id}")  # instead of a random one: the same letter is the same bytes
        return mail

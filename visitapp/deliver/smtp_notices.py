"""Short messages by e-mail, over the same mail server as letters."""

import ssl
from collections.abc import Callable
from email.message import EmailMessage

from visitapp.deliver import Outcome
from visitapp.deliver.mail_server import SECONDS, MailServer
from visitapp.deliver.notices import Notice


class SmtpNotices:
    """Marked as written by a program so that nobody's out-of-office answers it. `url`, `context` and `clock` are those of
    `MailServer`."""

    name = "smtp"

    def __init__(self, url: str, context: ssl.SSLContext, *, clock: Callable[[], str] | None = None, seconds: float = SECONDS) -> None:
        self._server = MailServer(url, context, clock=clock, seconds=seconds)

    def send(self, notice: Notice) -> Outcome:
        return self._server.hand_over(lambda: self._written(notice), notice.to)

    def _written(self, notice: Notice) -> EmailMessage:
        mail = self._server.headed(id=notice.id, to=notice.to, subject=notice.subject)
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(notice.text)
        return mail

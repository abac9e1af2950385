"""E-mails as they come back to the mailbox that letters are sent from."""

from email.message import EmailMessage, Message

DOMAIN = "visits.example"
LETTER = "6f1c2d3e-0000-4000-8000-000000000001"


def bounce(letter: str = LETTER, *, action: str = "failed", names: str = "message", domain: str = DOMAIN) -> bytes:
    """A delivery status notification as RFC 3464 has it. `names`: where the letter is named, in the returned `message`, in its `headers`,
    in the bounce's own `reply` heading, in the `text`, or nowhere."""
    id = f"<{letter}@{domain}>"
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "MAILER-DAEMON@mx.example", f"letters@{domain}", "Undelivered Mail Returned to Sender"
    if names == "reply":
        mail["In-Reply-To"] = id
    mail.set_content(f"Could not be delivered.{f' Message-ID: {id}' if names == 'text' else ''}\n")
    mail.make_mixed()
    report = Message()
    report["Content-Type"] = "message/delivery-status"
    report.set_payload([_group(("Reporting-MTA", "dns; mx.example")), _group(
        ("Final-Recipient", "rfc822; desk@eastmoor.example"), ("Action", action), ("Status", "5.1.1"),
        ("Diagnostic-Code", "smtp; 550 5.1.1 No such mailbox"),
    )])  # fmt: skip
    mail.attach(report)
    returned = EmailMessage()
    returned["Message-ID"], returned["Subject"] = id, "OFFICIAL-SENSITIVE: referral letter from a visiting service"
    returned.set_content("A referral letter is attached.\n")
    if names == "message":
        mail.add_attachment(returned)
    if names == "headers":
        mail.add_attachment(f"Message-ID: {id}\nSubject: x\n", subtype="rfc822-headers")
    mail.replace_header("Content-Type", f'multipart/report; report-type=delivery-status; boundary="{mail.get_boundary() or "b"}"')
    return mail.as_bytes()


def _group(*headings: tuple[str, str]) -> Message:
    group = Message()
    for name, value in headings:
        group[name] = value
    return group


def answer(*, of: str | None = LETTER, automatic: bool = False, said: str = "This is not for our team.") -> bytes:
    """What a person, or an out-of-office, writes back."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "desk@eastmoor.example", "Re: OFFICIAL-SENSITIVE: referral letter"
    if of:
        mail["In-Reply-To"] = f"<{of}@{DOMAIN}>"
    if automatic:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(said)
    return mail.as_bytes()

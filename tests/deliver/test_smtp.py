"""Handing letters to a real mail server that takes them, refuses them, breaks off, or is not who it says it is."""

import email
import ssl
from dataclasses import replace
from email.policy import default
from urllib.parse import quote

import pytest

from tests.deliver.mail_server import PASSWORD, USER, Mailbox, serving
from visitapp.deliver import PERHAPS_TWICE, SUBJECT, Outcome, covering_message
from visitapp.deliver.smtp import SmtpTransport

LETTER = covering_message(
    letter_id="6f1c2d3e-0000-4000-8000-000000000001",
    reference="EM-2026-0117",
    to="front-door@eastmoor.example",
    pdf=b"%PDF-1.4 \x00\xff a letter about Ava Marsh",
)


def transport(box, certificates, *, scheme="smtp", password=PASSWORD, host="127.0.0.1", context=None, **more):
    url = f"{scheme}://{quote(USER, safe='')}:{quote(password, safe='')}@{host}:{box.port}"
    return SmtpTransport(url, context or certificates.client_context(), seconds=5, **more)


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_letter_arrives_whole_and_encrypted(certificates, scheme):
    with serving(Mailbox(), certificates, implicit=scheme == "smtps") as box:
        outcome = transport(box, certificates, scheme=scheme, clock=lambda: "2026-11-22T12:05:00.000Z").send(LETTER)
    assert outcome == Outcome("sent", "250 Queued as 4711")
    assert box.encrypted == [True]
    mail = email.message_from_bytes(box.received[0], policy=default)
    assert mail["Subject"] == SUBJECT
    assert mail["To"] == "front-door@eastmoor.example"
    assert mail["From"] == USER
    assert mail["Date"] == "Sun, 22 Nov 2026 12:05:00 +0000"
    attached = next(mail.iter_attachments())
    assert (attached.get_content_type(), attached.get_filename()) == ("application/pdf", "referral-EM-2026-0117.pdf")
    assert attached.get_content() == LETTER.pdf


def test_the_letter_for_machines_is_attached_behind_it(certificates):
    with serving(Mailbox(), certificates) as box:
        transport(box, certificates).send(replace(LETTER, bundle=b'{"resourceType":"Bundle"}'))
    letter, bundle = email.message_from_bytes(box.received[0], policy=default).iter_attachments()
    assert letter.get_content() == LETTER.pdf
    assert (bundle.get_content_type(), bundle.get_filename()) == ("application/fhir+json", "referral-EM-2026-0117.fhir.json")
    assert bundle.get_content() == b'{"resourceType":"Bundle"}'


def test_two_attempts_carry_the_same_message_id_and_the_same_bytes(certificates):
    with serving(Mailbox(), certificates) as box:
        way = transport(box, certificates)
        assert [way.send(LETTER).kind, way.send(LETTER).kind] == ["sent", "sent"]
    assert box.received[0] == box.received[1]
    assert email.message_from_bytes(box.received[0])["Message-ID"] == f"<{LETTER.letter_id}@eastmoor.example>"


def test_a_copy_that_may_be_the_second_says_so_under_the_same_message_id(certificates):
    with serving(Mailbox(), certificates) as box:
        way = transport(box, certificates)
        way.send(LETTER)
        way.send(replace(LETTER, again=True))
    first, second = (email.message_from_bytes(content, policy=default) for content in box.received)
    assert second["Message-ID"] == first["Message-ID"]
    assert second["X-Possible-Duplicate"] == "yes"
    assert "X-Possible-Duplicate" not in first
    texts = [mail.get_body(("plain",)).get_content() for mail in (first, second)]
    assert [PERHAPS_TWICE.split()[0:8] == text.split()[-len(PERHAPS_TWICE.split()) :][0:8] for text in texts] == [False, True]
    assert next(second.iter_attachments()).get_content() == LETTER.pdf


def test_nobody_is_named_outside_the_letter():
    letter = covering_message(letter_id="1", reference="Ava Marsh/../<x>\r\nBcc: a@b.example", to="t@eastmoor.example", pdf=b"")
    assert letter.filename == "referral-Ava-Marsh-x-Bcc-a-b-example.pdf"
    assert letter.subject == SUBJECT
    assert "\n" not in letter.subject
    assert LETTER.text.count("EM-2026-0117") == 1
    assert "Marsh" not in LETTER.subject + LETTER.text + LETTER.filename


@pytest.mark.parametrize(
    ("answers", "kind", "proof"),
    [
        ({"on_sender": "451 Try later"}, "try_again", "451 Try later"),
        ({"on_sender": "550 Not from you"}, "refused", "550 Not from you"),
        ({"on_sender": "530 Authentication required"}, "try_again", "530 Authentication required"),
        ({"on_recipient": "450 Mailbox busy"}, "try_again", "450 Mailbox busy"),
        ({"on_recipient": "550 No such mailbox"}, "refused", "550 No such mailbox"),
        ({"on_recipient": "251 Will forward"}, "sent", "250 Queued as 4711"),
        ({"on_letter": "452 Disk full"}, "try_again", "452 Disk full"),
        ({"on_letter": "552 Too large"}, "refused", "552 Too large"),
    ],
)
def test_what_the_server_says_decides(certificates, answers, kind, proof):
    with serving(Mailbox(**answers), certificates) as box:
        assert transport(box, certificates).send(LETTER) == Outcome(kind, proof)


@pytest.mark.parametrize(("dropped", "kind"), [("on_sender", "try_again"), ("on_recipient", "try_again"), ("on_letter", "unknown")])
def test_a_connection_lost_once_the_letter_is_on_its_way_leaves_it_unknown(certificates, dropped, kind):
    with serving(Mailbox(**{dropped: None}), certificates) as box:
        outcome = transport(box, certificates).send(LETTER)
    assert outcome.kind == kind
    assert bool(box.received) == (kind == "unknown")


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_nothing_is_handed_to_a_server_with_a_certificate_nobody_vouches_for(certificates, scheme):
    with serving(Mailbox(), certificates, implicit=scheme == "smtps") as box:
        outcome = transport(box, certificates, scheme=scheme, context=ssl.create_default_context()).send(LETTER)
    assert outcome.kind == "try_again"
    assert "certificate was not accepted" in outcome.proof
    assert not box.received


def test_nothing_is_handed_to_a_server_with_another_name(certificates):
    with serving(Mailbox(), certificates) as box:
        outcome = transport(box, certificates, host="localhost").send(LETTER)
    assert outcome.kind == "try_again"
    assert "certificate was not accepted" in outcome.proof
    assert not box.received


def test_nothing_is_handed_over_in_clear_text(certificates):
    with serving(Mailbox(), certificates, plain=True) as box:
        outcome = transport(box, certificates).send(LETTER)
    assert outcome.kind == "try_again"
    assert "STARTTLS" in outcome.proof
    assert not box.received


def test_a_wrong_password_is_a_fault_of_the_way_and_is_not_in_the_proof(certificates):
    with serving(Mailbox(), certificates) as box:
        outcome = transport(box, certificates, password="wrong-secret").send(LETTER)
    assert outcome.kind == "try_again"
    assert outcome.proof.startswith("535")
    assert "wrong-secret" not in outcome.proof


def test_a_server_that_is_not_there_is_tried_again(certificates):
    with serving(Mailbox(), certificates) as box:
        way = transport(box, certificates)
    assert way.send(LETTER).kind == "try_again"


def test_an_address_that_cannot_be_written_is_refused(certificates):
    with serving(Mailbox(), certificates) as box:
        assert transport(box, certificates).send(replace(LETTER, to="a@b.example\r\nBcc: c@d.example")).kind == "refused"
    assert not box.received


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "smtp://mail.example", "smtp://mail.example?from=nobody"])
def test_an_address_that_cannot_work_stops_the_start(url):
    with pytest.raises(ValueError, match="mail address"):
        SmtpTransport(url, ssl.create_default_context())


def test_a_context_that_does_not_verify_stops_the_start():
    context = ssl.create_default_context()
    context.check_hostname = False
    with pytest.raises(ValueError, match="verified"):
        SmtpTransport("smtp://mail.example?from=a@b.example", context)

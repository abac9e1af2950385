"""A notice by e-mail, over verified TLS; and as a text file where there is no mail server."""

import email
import ssl
import stat
from dataclasses import replace
from email.policy import default
from urllib.parse import quote

from tests.deliver.mail_server import PASSWORD, USER, Mailbox, serving
from visitapp.deliver import Outcome
from visitapp.deliver.notices import FolderNotices, Notice
from visitapp.deliver.smtp_notices import SmtpNotices

NOTICE = Notice("6f1c2d3e-0000-4000-8000-000000000001", "hv@visits.example", "A letter was refused", "Referral R-6F1C2D3E: please phone.\n")


def way(box, certificates, context=None):
    url = f"smtp://{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@127.0.0.1:{box.port}"
    return SmtpNotices(url, context or certificates.client_context(), seconds=5, clock=lambda: "2026-11-22T12:05:00.000Z")


def test_a_notice_arrives_encrypted_and_a_second_copy_is_known_for_the_first(certificates):
    with serving(Mailbox(), certificates) as box:
        outcomes = [way(box, certificates).send(NOTICE) for _ in range(2)]
    assert outcomes == [Outcome("sent", "250 Queued as 4711")] * 2
    assert box.received[0] == box.received[1]
    assert box.encrypted == [True, True]
    mail = email.message_from_bytes(box.received[0], policy=default)
    assert (mail["To"], mail["Subject"], mail["Auto-Submitted"]) == (NOTICE.to, NOTICE.subject, "auto-generated")
    assert mail["Message-ID"] == f"<{NOTICE.id}@eastmoor.example>"
    assert mail.get_content().replace("\r\n", "\n") == NOTICE.text


def test_nothing_is_handed_to_a_server_nobody_vouches_for_and_what_it_says_decides(certificates):
    with serving(Mailbox(on_recipient="550 No such mailbox"), certificates) as box:
        assert way(box, certificates, ssl.create_default_context()).send(NOTICE).kind == "try_again"
        assert way(box, certificates).send(NOTICE) == Outcome("refused", "550 No such mailbox")
        assert way(box, certificates).send(replace(NOTICE, to="a@b.example\r\nBcc: c@d.example")).kind == "refused"
    assert not box.received


def test_without_a_mail_server_it_is_a_text_file_once(tmp_path):
    way = FolderNotices(tmp_path / "letters" / "notices")
    assert [way.send(NOTICE) for _ in range(2)] == [Outcome("sent", f"{NOTICE.id}.txt")] * 2
    [file] = (tmp_path / "letters" / "notices").iterdir()
    assert file.read_text() == f"To: {NOTICE.to}\nSubject: {NOTICE.subject}\n\n{NOTICE.text}"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_tried_again(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert FolderNotices(tmp_path / "file" / "notices").send(NOTICE).kind == "try_again"

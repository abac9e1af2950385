"""What comes back to the mailbox that letters are sent from is read, whatever it is, and lies there until it was kept."""

import random
import time

import pytest

from tests.deliver.returned import DOMAIN, LETTER, answer, bounce
from visitapp.deliver.bounce_folder import BounceFolder
from visitapp.deliver.bounces import read


@pytest.mark.parametrize("names", ["message", "headers", "reply", "text"])
def test_a_bounce_is_matched_to_its_letter_wherever_it_names_it(names):
    back = read(bounce(names=names), DOMAIN)
    assert (back.kind, back.letter) == ("refused", LETTER)
    assert back.proof == "5.1.1 smtp; 550 5.1.1 No such mailbox"


def test_a_bounce_of_nobodys_letter_is_one_that_a_person_must_look_at():
    assert read(bounce(names="nowhere"), DOMAIN).letter is None
    assert read(bounce(domain="elsewhere.example"), DOMAIN).letter is None


@pytest.mark.parametrize(
    ("action", "kind"), [("failed", "refused"), ("delayed", "delayed"), ("relayed", "message"), ("Failed (gave up)", "refused")]
)
def test_what_the_notification_says_became_of_it_decides(action, kind):
    assert read(bounce(action=action), DOMAIN).kind == kind


def test_an_out_of_office_and_a_persons_answer_are_told_apart_and_nothing_they_wrote_is_kept():
    said = "Ava Marsh is known to us."
    assert read(answer(automatic=True, said=said), DOMAIN).kind == "automatic"
    back = read(answer(said=said), DOMAIN)
    assert (back.kind, back.letter) == ("message", LETTER)
    assert "Marsh" not in repr(back)
    assert read(answer(of=None), DOMAIN).letter is None


HOSTILE = [
    b"", b"\x00\xff", b"Content-Type: multipart/report", b"Message-ID: <", b"In-Reply-To: \xff\xfe<>\r\n\r\n", b"x" * 3_000_000,
    b"Content-Type: message/delivery-status\n\nAction: failed\nStatus: \xf0\x9f\x99\x82\n", "Subject: \u202eہے 🙂 <b>\n\n".encode(),
    b"Content-Type: message/rfc822\n\n" * 40,
    b'Content-Type: multipart/mixed; boundary="a"\n\n--a\nContent-Type: text/plain; charset=nonsense\n\n\xff\n',
]  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_it_is_it_is_read(content):
    assert read(content, DOMAIN).kind in ("message", "refused")


SLOW = [
    b"References: " + b"a " * 90_000, b"Content-Type: multipart/report" + b"; a=b" * 39_000, b"Content-Type: text/plain " + b"(" * 5_000,
    b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3_000)),
    b"Content-Type: message/rfc822\n\n" * 3_000, b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 24_000,
]  # fmt: skip


@pytest.mark.parametrize("content", SLOW, ids=range(len(SLOW)))
def test_no_e_mail_holds_up_those_behind_it(content):
    """Each of these took up to minutes, or could not be read at all; it is measured in the time of this process, whoever else works."""
    began = time.process_time()
    assert read(content, DOMAIN).kind == "message"
    assert time.process_time() - began < 5


def test_a_servers_words_are_one_line_that_can_be_kept():
    words = read(bounce().replace(b"550 5.1.1", b"550\x00 \xff\xe2\x80\xae 5.1.1"), DOMAIN).proof
    assert words.isprintable()
    assert "No such mailbox" in words


def test_a_bounce_broken_anywhere_is_still_read():
    chance, whole = random.Random(5), bounce()
    for _ in range(200):
        broken = bytearray(whole)
        for _ in range(chance.randrange(1, 30)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        read(bytes(broken[: chance.randrange(len(broken))]), DOMAIN)


@pytest.mark.parametrize("maildir", [True, False])
def test_a_folder_is_read_until_each_was_kept_and_what_a_person_must_read_lies_apart(tmp_path, maildir):
    lies = tmp_path / "new" if maildir else tmp_path
    lies.mkdir(exist_ok=True)
    (lies / "one.eml").write_bytes(bounce())
    (lies / "two.eml").write_bytes(answer())
    (lies / ".hidden").write_bytes(b"half written")
    folder = BounceFolder(tmp_path, DOMAIN)
    first = folder.waiting()
    assert folder.waiting() == first
    assert [back.kind for back in first] == ["refused", "message"]
    for back in first:
        folder.done(back)
    assert folder.waiting() == []
    assert [path.name for path in (tmp_path / "read").iterdir()] == ["one.eml"]
    assert [path.name for path in (tmp_path / "aside").iterdir()] == ["two.eml"]
    folder.done(first[0])  # once more, by a worker that died in between


def test_a_folder_that_is_not_there_says_so(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        BounceFolder(tmp_path / "nowhere", DOMAIN).waiting()

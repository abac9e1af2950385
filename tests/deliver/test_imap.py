"""The mailbox that letters are sent from, read over IMAP with TLS: nothing is deleted, read twice, or read from whom nobody vouches for."""

import ssl
from urllib.parse import quote

import pytest

from tests.deliver.imap_server import Inbox, serving
from tests.deliver.mail_server import PASSWORD, USER
from tests.deliver.returned import DOMAIN, LETTER, answer, bounce
from visitapp.deliver.imap import KEPT, ImapReturns


def mailbox(inbox, certificates, *, password=PASSWORD, context=None):
    url = f"imaps://{quote(USER, safe='')}:{quote(password, safe='')}@127.0.0.1:{inbox.port}/INBOX"
    return ImapReturns(url, context or certificates.client_context(), DOMAIN, seconds=5)


def test_what_came_back_is_read_until_it_was_kept_and_what_a_person_must_read_is_flagged(certificates):
    with serving(Inbox([bounce(), answer()]), certificates) as inbox:
        ours = mailbox(inbox, certificates)
        first = ours.waiting()
        assert [(back.kind, back.letter) for back in first] == [("refused", LETTER), ("message", LETTER)]
        assert ours.waiting() == first
        for back in first:
            ours.done(back)
        assert ours.waiting() == []
        ours.done(first[0])  # no longer waiting
    assert inbox.flags == {1: {KEPT}, 2: {KEPT, "\\Flagged"}}


def test_a_mailbox_that_cannot_be_read_or_marked_says_so(certificates):
    with serving(Inbox([bounce()], keywords=False), certificates) as inbox:
        with pytest.raises(OSError, match="mail server"):
            mailbox(inbox, certificates, password="wrong").waiting()
        ours = mailbox(inbox, certificates)
        [back] = ours.waiting()
        with pytest.raises(OSError, match="mail server"):
            ours.done(back)
        inbox.messages.append(answer())
        assert [one.kind for one in ours.waiting()] == ["message"], "what is behind it is read all the same"
        with pytest.raises(ssl.SSLCertVerificationError):
            mailbox(inbox, certificates, context=ssl.create_default_context()).waiting()
    with pytest.raises(OSError, match="refused"):
        ours.waiting()


@pytest.mark.parametrize("url", ["imap://a:b@mail.example", "imaps://mail.example", "imaps://", "imaps://a:b@mail.example/IN%22BOX"])
def test_an_address_that_cannot_be_used_safely_stops_the_start(url):
    with pytest.raises(ValueError, match="bounce address"):
        ImapReturns(url, ssl.create_default_context(), DOMAIN)


def test_a_context_that_does_not_verify_stops_the_start():
    context = ssl.create_default_context()
    context.check_hostname = False
    with pytest.raises(ValueError, match="verified"):
        ImapReturns("imaps://a:b@mail.example", context, DOMAIN)

"""Letters over MESH, end to end against the NHS's own sandbox of it."""

import json
import socket
import ssl
import threading
import urllib.request
import uuid
from dataclasses import replace

import pytest

from tests.deliver.sandbox import box
from visitapp.deliver import SUBJECT, covering_message
from visitapp.deliver.mesh import MeshReturns, MeshTransport, opened

PDF = b"%PDF-1.4 \x00\xff a letter about Ava Marsh" * 100


def letter(**changes):
    made = covering_message(letter_id=str(uuid.uuid4()), reference="R-6F1C2D3E", to="X26ABC2", pdf=PDF)
    return replace(made, **changes)


@pytest.fixture(scope="module")
def mesh(mesh_url, certificates):
    return box(mesh_url, authority=certificates.authority)


@pytest.fixture(scope="module")
def theirs(mesh):
    return replace(mesh, mailbox="X26ABC2")


def lying(mailbox):
    with opened(mailbox) as client:
        return client.list_messages()


def admin(mesh, certificates, path, **said):
    request = urllib.request.Request(
        f"{mesh.url}/messageexchange/admin/{path}", json.dumps(said).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    context = ssl.create_default_context(cafile=str(certificates.authority))
    with urllib.request.urlopen(request, context=context) as answer:
        return answer.read()


def test_a_letter_arrives_to_the_byte_under_its_own_id_and_is_followed_until_it_is_collected(mesh, theirs):
    way, sent = MeshTransport(mesh), letter()
    outcome = way.send(sent)
    assert (outcome.kind, way.track(sent.letter_id, outcome.proof)) == ("sent", None)
    with opened(theirs) as client:
        id = next(id for id in client.list_messages() if id in outcome.proof)
        with client.retrieve_message(id) as got:  # which takes it out of the mailbox
            assert got.read() == PDF
            assert (got.workflow_id, got.filename, got.subject, got.local_id, got.sender) == (
                "VISITAPP_REFERRAL", "referral-R-6F1C2D3E.pdf", SUBJECT, sent.letter_id, "X26ABC1",
            )  # fmt: skip
    collected = way.track(sent.letter_id, outcome.proof)
    assert (collected.kind, id in collected.proof) == ("collected", True)


def test_an_attempt_that_may_have_been_taken_is_settled_by_asking_and_not_sent_again(mesh, theirs):
    way, sent = MeshTransport(mesh), letter()
    first = way.send(sent)
    there = len(lying(theirs))
    again = way.send(replace(sent, again=True))
    assert (again.kind, again.proof) == ("sent", first.proof)
    assert len(lying(theirs)) == there


def test_an_attempt_that_was_not_taken_is_sent(mesh, theirs):
    there = len(lying(theirs))
    assert MeshTransport(mesh).send(letter(again=True)).kind == "sent"
    assert len(lying(theirs)) == there + 1


def test_the_letter_for_machines_goes_first_as_a_message_of_its_own_and_once(mesh, theirs):
    way, sent = MeshTransport(mesh), letter(bundle=b'{"resourceType": "Bundle"}')
    there = len(lying(theirs))
    assert [way.send(sent).kind, way.send(replace(sent, again=True)).kind] == ["sent", "sent"]
    with opened(theirs) as client:
        got = [client.retrieve_message(id) for id in client.list_messages()[there:]]
        assert [(one.local_id, one.filename) for one in got] == [
            (f"{sent.letter_id}-fhir", "referral-R-6F1C2D3E.fhir.json"), (sent.letter_id, "referral-R-6F1C2D3E.pdf"),
        ]  # fmt: skip
        assert got[0].read() == sent.bundle
        assert got[1].read() == PDF


def test_two_of_the_same_id_are_known_for_sent(mesh):
    way, sent = MeshTransport(mesh), letter()
    way.send(sent)
    way.send(sent)
    assert way.send(replace(sent, again=True)).kind == "sent"


def test_a_mailbox_that_is_not_there_is_refused_in_the_servers_own_words(mesh):
    outcome = MeshTransport(mesh).send(letter(to="X26NONE9"))
    assert outcome.kind == "refused"
    assert "12" in outcome.proof


def test_a_wrong_password_is_a_fault_of_the_way(mesh):
    way = MeshTransport(replace(mesh, password="wrong-secret"))
    assert [way.send(letter()).kind, way.send(letter(again=True)).kind] == ["try_again"] * 2
    assert "secret" not in repr(way) + way.send(letter()).proof
    assert way.track("any", "") is None


@pytest.mark.parametrize("mailbox", ["X26ABC2\r\nMex-To: X26ABC3", "\u202eہے", "<b>", "🙂", "x" * 10_000, ""])
def test_what_is_no_mailbox_is_refused_before_anything_is_sent(mailbox):
    nobody = box("https://nobody.invalid")
    assert MeshTransport(nobody).send(letter(to=mailbox)).kind == "refused"


def test_nothing_goes_to_a_server_nobody_vouches_for_or_that_is_not_there(mesh):
    assert MeshTransport(replace(mesh, authority=None)).send(letter()).kind == "try_again"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = f"https://127.0.0.1:{probe.getsockname()[1]}"
        assert MeshTransport(replace(mesh, url=nobody)).send(letter()).kind == "try_again"


def test_a_connection_lost_while_the_letter_is_handed_over_leaves_it_unknown():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def hang_up():
            connection, _ = listening.accept()
            connection.recv(100)
            connection.close()

        threading.Thread(target=hang_up, daemon=True).start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        assert MeshTransport(box(url)).send(letter()).kind == "unknown"


def test_what_could_not_be_delivered_is_reported_and_the_report_taken_out(mesh, certificates):
    sent, back = letter(), MeshReturns(mesh)
    MeshTransport(mesh).send(sent)
    admin(mesh, certificates, "report", mailbox_id="X26ABC1", code="14", description="Not collected", workflow_id="VISITAPP_REFERRAL",
          local_id=sent.letter_id)  # fmt: skip
    [report] = back.waiting()
    assert (report.kind, report.letter) == ("refused", sent.letter_id)
    assert report.proof == "MESH report 14 Message not collected by recipient after 5 days"
    assert back.waiting() == [report]  # until it was kept
    back.done(report)
    assert back.waiting() == []


def test_a_report_of_the_letter_for_machines_is_one_of_the_letter(mesh, certificates):
    admin(mesh, certificates, "report", mailbox_id="X26ABC1", code="14", description="x", workflow_id="w", local_id="some-letter-fhir")
    back = MeshReturns(mesh)
    [report] = back.waiting()
    assert report.letter == "some-letter"
    back.done(report)


def test_a_letter_that_mesh_gave_up_is_refused_when_it_is_followed(mesh, certificates):
    way, sent = MeshTransport(mesh), letter()
    id = way.send(sent).proof.split()[2].rstrip(",")
    admin(mesh, certificates, f"message/{id}/event", status="error", code="14", event="SEND", description="Not collected")
    followed = way.track(sent.letter_id, "")
    assert followed.kind == "refused"
    assert way.send(replace(sent, again=True)).kind == "refused"


def test_what_somebody_sends_us_stays_in_the_mailbox_for_a_person(mesh, theirs):
    back = MeshReturns(mesh)
    MeshTransport(theirs).send(letter(to="X26ABC1"))
    [message] = back.waiting()
    assert (message.kind, message.letter) == ("message", None)
    back.done(message)
    assert back.waiting() == []
    assert message.id in lying(mesh)


def test_a_message_that_is_gone_holds_up_none_behind_it(mesh, theirs, monkeypatch):
    from mesh_client import MeshClient

    MeshTransport(theirs).send(letter(to="X26ABC1"))
    there = lying(mesh)
    monkeypatch.setattr(MeshClient, "list_messages", lambda _self: ["20261127000000000000_GONE", *there])
    assert [back.id for back in MeshReturns(mesh).waiting()] == there


def test_a_mailbox_that_cannot_be_read_says_so(mesh):
    with pytest.raises(OSError, match="403"):
        MeshReturns(replace(mesh, password="wrong")).waiting()

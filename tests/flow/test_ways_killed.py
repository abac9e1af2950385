"""The worker is killed at each seam of handing a letter over, with each real way out, and started again: the letter arrives, nothing is
silent, and a second copy is known for the first."""

import email
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.policy import default
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.deliver.mail_server import PASSWORD, USER, Mailbox, serving
from tests.deliver.sandbox import box
from tests.flow import world as worlds
from tests.flow.world import World, completion
from visitapp.deliver import Transport
from visitapp.deliver.folder import FolderTransport
from visitapp.deliver.mesh import MeshTransport, opened
from visitapp.deliver.smtp import SmtpTransport
from visitapp.flow import delivering, follow, letters, refer, sweep
from visitapp.flow.stuck import what_is_stuck

AGAIN = worlds.worker.HOLD_MINUTES


class Killed(BaseException):
    """Not an Exception: nothing in the program may catch it."""


Way = tuple[Transport, Callable[[], list[tuple[str, bytes, bool]]]]
"""A way out, and what has arrived over it: the id of each, its bytes, and whether it says that it may be a second copy."""


@contextmanager
def by_mail(certificates) -> Iterator[Way]:
    with serving(Mailbox(), certificates) as mailbox:

        def arrived() -> list[tuple[str, bytes, bool]]:
            mails = [email.message_from_bytes(content, policy=default) for content in mailbox.received]
            return [
                (mail["Message-ID"], next(mail.iter_attachments()).get_content(), "X-Possible-Duplicate" in mail)
                for mail in mails
            ]  # fmt: skip

        url = f"smtp://{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@127.0.0.1:{mailbox.port}"
        yield SmtpTransport(url, certificates.client_context(), seconds=5), arrived


def by_mesh(url: str, certificates) -> Way:
    ours = box(url, authority=certificates.authority)
    with opened(theirs := replace(ours, mailbox="X26ABC3")) as client:
        for id in client.list_messages():
            client.acknowledge_message(id)

    def arrived() -> list[tuple[str, bytes, bool]]:
        with opened(theirs) as client:
            messages = [client.retrieve_message(id) for id in client.list_messages()]
            return [(message.local_id, message.read(), False) for message in messages if not message.local_id.endswith("-fhir")]

    return MeshTransport(ours), arrived


def by_folder(path: Path) -> Way:
    return FolderTransport(path), lambda: [(one.name, one.read_bytes(), False) for one in path.glob("*.pdf")]


@pytest.fixture(params=["smtp", "mesh", "folder"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    authority = request.getfixturevalue("certificates")
    if request.param == "smtp":
        with by_mail(authority) as made:
            yield made
    elif request.param == "mesh":
        yield by_mesh(request.getfixturevalue("mesh_url"), authority)
    else:
        yield by_folder(tmp_path / "letters")


def ready(world: World, way: Transport) -> str:
    """A referral whose letter is written, for a team that takes letters that way."""
    world.w = replace(world.w, transports=(way,))
    with world.w.engine.write() as tx:
        team = tx.one("SELECT * FROM receiving_team WHERE id = :id", id=world.front_door)
        row = {name: team[name] for name in team if name not in ("seq", "mailbox")}
        tx.append("receiving_team", at=world.clock(), actor="admin", mailbox="X26ABC3", **row)
    family = world.family()
    family.sofa()
    refer.send(world.w, world.who["hv"], family.referral(), completion())
    letters.write_letter(world.w, family.referral())
    return family.referral()


@contextmanager
def killed_before_handing_over(_world: World, way: Transport, patch: pytest.MonkeyPatch) -> Iterator[None]:
    def dies(*_):
        raise Killed

    patch.setattr(type(way), "send", dies)
    yield


@contextmanager
def killed_before_keeping(_world: World, way: Transport, patch: pytest.MonkeyPatch) -> Iterator[None]:
    send = type(way).send

    def dies(self, message):
        send(self, message)
        raise Killed

    patch.setattr(type(way), "send", dies)
    yield


@contextmanager
def killed_while_keeping(_world: World, _way: Transport, patch: pytest.MonkeyPatch) -> Iterator[None]:
    def dies(*_):
        raise Killed

    patch.setattr(delivering.outbox, "done", dies)  # the last thing in the transaction that keeps
    yield


SEAMS = {
    "before handing over": (killed_before_handing_over, 0),
    "before keeping": (killed_before_keeping, 1),
    "while keeping": (killed_while_keeping, 1),
}
"""Where it dies, and how many copies had arrived by then."""


def test_killed_at_each_seam_and_started_again_the_letter_arrives_and_a_second_copy_is_known(world, way, monkeypatch):
    transport, arrived = way
    for seam, (dying, there) in SEAMS.items():
        already = len(arrived())
        referral = ready(world, transport)
        with monkeypatch.context() as here, dying(world, transport, here), pytest.raises(Killed):
            world.work()
        assert len(arrived()) == already + there, seam
        assert world.rows("SELECT count(*) AS n FROM outbox WHERE step = 'deliver'") == [{"n": 1}], seam
        world.clock.on(minutes=AGAIN)
        world.work()
        family = world.rows("SELECT event FROM referral_event WHERE referral = :r ORDER BY seq", r=referral)
        assert family[-1]["event"] == "delivered", seam
        letter = world.rows("SELECT bytes FROM letter WHERE referral = :r", r=referral)[0]
        new = [one for one in arrived() if one[1] == bytes(letter["bytes"])]
        assert len({id for id, _, _ in new}) == 1, seam  # one letter, however often it came
        assert len(new) == (2 if transport.name == "smtp" and there else 1), seam
        assert [again for _, _, again in new].count(True) == (1 if transport.name == "smtp" else 0), seam
    assert [one for one in what_is_stuck(world.w) if one.what != "letter_not_collected"] == []


@pytest.mark.parametrize("way", ["mesh"], indirect=True)
def test_a_letter_by_mesh_is_followed_until_it_is_collected(world, way, certificates):
    transport, _ = way
    ready(world, transport)
    world.work()
    assert world.rows("SELECT count(*) AS n FROM uncollected") == [{"n": 1}]
    with world.w.engine.write() as tx:
        tx.run("DELETE FROM outbox WHERE step = 'follow'")  # lost, and put back
    world.clock.on(hours=3)
    assert [one.what for one in what_is_stuck(world.w)] == ["letter_not_collected"]
    sweep.put_back(world.w)
    world.work()
    assert world.rows("SELECT step FROM outbox") == [{"step": "follow"}]  # still there, to be asked again
    with opened(replace(transport.box, mailbox="X26ABC3")) as client:
        client.acknowledge_message(client.list_messages()[-1])  # the letter for machines came first
    world.clock.on(minutes=follow.EVERY_MINUTES)
    world.work()
    assert [row["outcome"] for row in world.rows("SELECT outcome FROM delivery ORDER BY seq")] == ["sent", "collected"]
    assert what_is_stuck(world.w) == []
    assert world.count("outbox") == 0


def test_a_team_with_a_mailbox_where_the_service_has_none_is_announced(world):
    with world.w.engine.write() as tx:
        team = tx.one("SELECT * FROM receiving_team WHERE id = :id", id=world.front_door)
        row = {name: team[name] for name in team if name not in ("seq", "mailbox", "transport")}
        tx.append("receiving_team", at=world.clock(), actor="admin", mailbox="X26ABC3", transport="mesh", **row)
    family = world.family()
    family.sofa()
    family.send()
    assert [one.what for one in what_is_stuck(world.w)] == ["letter_refused"]
    assert world.post.sent == []

"""A letter that comes back after it was sent: stuck and announced, its owner told to phone; and nothing that comes back is silent."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.deliver.returned import DOMAIN, answer, bounce
from tests.flow import world as worlds
from tests.flow.world import World, completion
from visitapp.deliver.bounce_folder import BounceFolder
from visitapp.deliver.returns import Return
from visitapp.flow import notify, recipients, refer, reply, returns, sweep
from visitapp.flow.stuck import what_is_stuck
from visitapp.problems import Problem
from visitapp.store import returned as kept
from visitapp.store.derived import rebuild


@pytest.fixture
def came(tmp_path: Path) -> Path:
    folder = tmp_path / "came-back"
    folder.mkdir()
    return folder


def reading(world: World, folder: Path) -> World:
    world.w = replace(world.w, returns=(BounceFolder(folder, DOMAIN),))
    return world


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path, came: Path) -> Iterator[World]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    made = worlds.build(tmp_path, url)
    yield reading(made, came)
    made.w.close()


@pytest.fixture
def world(world: World, came: Path) -> World:
    return reading(world, came)


def delivered(world: World) -> tuple[str, str]:
    """A referral whose letter was taken, and the id its letter travelled under."""
    family = world.family()
    family.sofa()
    referral = family.send()
    assert family.state_of(referral) == "delivered"
    return referral, world.post.sent[-1].letter_id


def stuck(world: World) -> list[tuple[str, str, str]]:
    return [(one.what, one.id, one.owner) for one in what_is_stuck(world.w)]


def outcomes(world: World) -> list[tuple[int, str]]:
    return [(row["attempt"], row["outcome"]) for row in world.rows("SELECT attempt, outcome FROM delivery ORDER BY seq")]


def test_a_bounced_letter_is_refused_after_it_was_sent_and_its_owner_told_to_phone(place, came):
    referral, letter = delivered(place)
    (came / "1.eml").write_bytes(bounce(letter))
    place.clock.on(minutes=2)
    assert (returns.read_returns(place.w), returns.read_returns(place.w)) == (1, 0)
    assert outcomes(place) == [(1, "sent"), (1, "refused")]
    assert place.rows("SELECT proof FROM delivery WHERE outcome = 'refused'")[0]["proof"].startswith("5.1.1 smtp; 550")
    assert stuck(place) == [("letter_refused", referral, place.who["hv"])]
    assert "came back" in place.rows("SELECT what FROM notice WHERE to_account = :a ORDER BY seq", a=place.who["hv"])[-1]["what"]
    [duty] = place.rows("SELECT kind, owner_account, owner_team FROM duty WHERE referral = :r", r=referral)
    assert duty == {"kind": "deliver", "owner_account": place.who["hv"], "owner_team": None}
    place.work()
    assert [notice.to for notice in place.pigeon.sent] == ["hv@visits.example"]
    before = {table: place.rows(f"SELECT * FROM {table} ORDER BY 1") for table in ("handing_over", "returned_open", "uncollected", "duty")}
    assert [row["referral"] for row in before["handing_over"]] == [referral]
    rebuild(place.w.engine)
    assert before == {table: place.rows(f"SELECT * FROM {table} ORDER BY 1") for table in before}
    sweep.put_back(place.w)
    place.work()
    assert len(place.post.sent) == 1  # it is not sent again to an address that refuses it


def test_one_that_is_answered_all_the_same_is_answered(world, came):
    referral, letter = delivered(world)
    (came / "1.eml").write_bytes(bounce(letter))
    returns.read_returns(world.w)
    reply.acknowledge(world.w, world.who["duty"], referral)
    assert stuck(world) == []
    (came / "2.eml").write_bytes(bounce(letter) + b"again")
    returns.read_returns(world.w)
    assert stuck(world) == []
    assert outcomes(world)[-1] == (1, "refused")


def test_a_letter_that_is_only_late_moves_nothing_and_is_kept(world, came):
    _, letter = delivered(world)
    (came / "1.eml").write_bytes(bounce(letter, action="delayed"))
    returns.read_returns(world.w)
    assert (outcomes(world), stuck(world)) == ([(1, "sent")], [])
    assert [row["kind"] for row in world.rows("SELECT kind FROM returned")] == ["delayed"]


def test_an_out_of_office_is_told(world, came):
    _, letter = delivered(world)
    (came / "1.eml").write_bytes(answer(of=letter, automatic=True))
    returns.read_returns(world.w)
    assert stuck(world) == []
    assert world.rows("SELECT what FROM notice ORDER BY seq DESC LIMIT 1") == [{"what": returns.AUTOMATIC}]


def test_what_a_person_wrote_is_the_senders_to_read_until_they_say_what_they_did(world, came):
    referral, letter = delivered(world)
    (came / "1.eml").write_bytes(answer(of=letter, said="Ava Okoro is not known to us"))
    returns.read_returns(world.w)
    [(what, id, owner)] = stuck(world)
    assert (what, owner) == ("returned", world.who["hv"])
    assert "Okoro is" not in repr([world.rows(f"SELECT * FROM {table}") for table in ("returned", "notice", "notice_message")])
    assert (came / "aside" / "1.eml").exists()
    world.work()
    assert [(notice.to, notice.subject) for notice in world.w.notices.sent] == [
        ("hv@visits.example", "Somebody wrote back about a referral")
    ]
    for who in ("west", "duty", "admin"):
        with pytest.raises(Problem):
            returns.settle(world.w, world.who[who], id, "x")
    returns.settle(world.w, world.who["lead"], id, "Recorded their answer at the referral.")
    assert stuck(world) == []
    assert world.rows("SELECT referral, owner FROM returned") == [{"referral": referral, "owner": owner}]
    with pytest.raises(Problem):
        returns.settle(world.w, world.who["lead"], id, "Twice")


def test_whatever_is_said_of_it_is_kept(world, came):
    said = ["<b>x</b>", "🙂", "\u202eہے الله", "x" * 10_000]
    for number, _ in enumerate(said):
        (came / f"{number}.eml").write_bytes(answer(of=None, said=str(number)))
    returns.read_returns(world.w)
    for (_, id, owner), what in zip(stuck(world), said, strict=True):
        assert owner == world.who["admin"]
        for wrong in ("", "  ", "x" * 10_001):
            with pytest.raises(Problem) as told:
                returns.settle(world.w, owner, id, wrong)
            assert told.value.field == "what"
        returns.settle(world.w, owner, id, what)
    assert [row["what"] for row in world.rows("SELECT what FROM returned_settled ORDER BY seq")] == said


def test_what_belongs_to_no_letter_is_set_aside_with_an_owner(world, came):
    (came / "1.eml").write_bytes(bounce("00000000-0000-4000-8000-999999999999"))
    (came / "2.eml").write_bytes(b"\x00\xff nothing that anybody could read")
    returns.read_returns(world.w)
    assert [(what, owner) for what, _, owner in stuck(world)] == [("returned", world.who["admin"])] * 2


def test_a_bounced_message_of_ours_is_refused_after_it_was_sent(world, came):
    with world.w.engine.write() as tx:
        id = notify.ask(world.w, tx, "letter_refused", to_account=world.who["hv"], reference="R-0000000A", link="/referrals/1",
                        at=world.clock(), actor="service")  # fmt: skip
    world.work()
    (came / "1.eml").write_bytes(bounce(id))
    returns.read_returns(world.w)
    assert [(what, owner) for what, _, owner in stuck(world)] == [("notice_refused", world.who["hv"])]


def test_a_mailbox_that_cannot_be_read_is_announced_after_an_hour_until_it_can(world, came):
    shutil.rmtree(came)
    returns.read_returns(world.w)
    assert stuck(world) == []
    world.clock.on(hours=1)
    returns.read_returns(world.w)
    assert stuck(world) == [("mailbox_unread", "folder", world.who["admin"])]
    came.mkdir()
    returns.read_returns(world.w)
    assert stuck(world) == []


def test_a_mailbox_that_answers_nonsense_is_announced_too(world):
    class Nonsense:
        name = "nonsense"

        def waiting(self) -> list[Return]:
            raise KeyError("messages")

    world.w = replace(world.w, returns=(Nonsense(), *world.w.returns))
    for _ in range(2):
        assert returns.read_returns(world.w) == 0
        world.clock.on(hours=1)
    assert stuck(world) == [("mailbox_unread", "nonsense", world.who["admin"])]  # and the other was read


def test_a_mailbox_that_hangs_holds_up_no_letter(world):
    begun, stop = threading.Event(), threading.Event()

    class Hanging:
        name = "hanging"

        def waiting(self) -> list[Return]:
            begun.set()
            stop.wait(10)
            raise OSError("timed out")

    family = world.family()
    family.sofa()
    refer.send(world.w, world.who["hv"], family.referral(), completion())
    world.w = replace(world.w, returns=(Hanging(),))
    running = threading.Thread(target=worlds.worker.run, args=(world.w, stop))
    running.start()
    try:
        assert begun.wait(10)
        for _ in range(500):
            if world.post.sent:
                break
            stop.wait(0.02)
    finally:
        stop.set()
        running.join(10)
    assert len(world.post.sent) == 1


class Killed(BaseException):
    """Not an Exception: nothing in the program may catch it."""


class Dying:
    """A mailbox whose reader is killed once: after it was read, or after what came was kept."""

    name = "dying"

    def __init__(self, at: str, back: Return) -> None:
        self.at, self.back, self.lies = at, back, True

    def waiting(self) -> list[Return]:
        return [self.back] if self.lies else []

    def done(self, _back: Return) -> None:
        if self.at == "done":
            self.at = ""
            raise Killed
        self.lies = False


@pytest.mark.parametrize("at", ["keep", "done"])
def test_a_reader_killed_before_or_after_keeping_loses_nothing_and_keeps_it_once(world, monkeypatch, at):
    referral, letter = delivered(world)
    source = Dying(at, Return("one", "refused", letter, "550"))
    world.w = replace(world.w, returns=(source,))

    def killed(*_):
        raise Killed

    with monkeypatch.context() as here:
        if at == "keep":
            here.setattr(returns, "keep", killed)
        with pytest.raises(Killed):
            returns.read_returns(world.w)
    assert source.lies
    returns.read_returns(world.w)
    assert not source.lies
    assert outcomes(world) == [(1, "sent"), (1, "refused")]
    assert stuck(world) == [("letter_refused", referral, world.who["hv"])]


def test_a_corrected_recipient_gets_the_letter_and_the_wait_for_an_answer_begins_anew(world, came):
    referral, letter = delivered(world)
    (came / "1.eml").write_bytes(bounce(letter))
    returns.read_returns(world.w)
    with world.w.engine.write() as tx:
        row = refer.referrals.referral(tx, referral)
        old = tx.one("SELECT * FROM recipient")
        mended = replace(recipients.of_row(old), id=None, address="mended@eastmoor.example", instead_of=old["id"])
        recipients.record(world.w, tx, row, (mended,), at=world.clock(), actor=world.who["hv"])
    world.work()
    assert world.post.sent[-1].to == "mended@eastmoor.example"
    assert [row["event"] for row in world.rows("SELECT event FROM referral_event ORDER BY seq")][-3:] == [
        "delivered",
        "bounced",
        "delivered",
    ]
    assert stuck(world) == []
    assert world.rows("SELECT kind FROM duty WHERE referral = :r", r=referral) == [{"kind": "acknowledge"}]


def test_a_mailbox_whose_reader_hangs_is_announced_and_one_that_was_never_read_too(world):
    assert returns.read_returns(world.w) == 0
    world.clock.on(hours=1, minutes=1)
    assert [what for what, *_ in stuck(world)] == ["mailbox_unread"]
    returns.read_returns(world.w)
    assert stuck(world) == []
    with world.w.engine.write() as tx:
        kept.mailbox_tried(tx, "imap", world.clock())
    world.clock.on(minutes=59)
    returns.read_returns(world.w)
    world.clock.on(minutes=2)
    assert [id for _, id, _ in stuck(world)] == ["imap"]

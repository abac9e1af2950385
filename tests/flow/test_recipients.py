"""Who a referral's letters are for: one receiver and copies, each handed over by itself."""

from tests.flow.world import World, completion
from visitapp.deliver import Outcome
from visitapp.flow import delivering, letters, recipients, refer, routing
from visitapp.flow.stuck import what_is_stuck
from visitapp.flow.sweep import put_back
from visitapp.store import outbox, referrals
from visitapp.store.derived import rebuild


def nurse(**choices) -> recipients.Recipient:
    plain = {
        "place": "copy", "document": "health_copy", "name": "The named nurse", "address": "nurse@eastmoor.example", "transport": "post",
        "reasons": ("The named nurse is told of every referral at level 4.",),
    }  # fmt: skip
    return recipients.Recipient(**(plain | choices))


def sent_with_copy(world: World, monkeypatch, *copies: recipients.Recipient) -> str:
    """A referral that the practitioner sent, with copies, and nothing written yet."""
    family, chosen = world.family(), routing.as_recipients
    family.sofa()
    with monkeypatch.context() as here:
        here.setattr(routing, "as_recipients", lambda w, found: (*chosen(w, found), *(copies or (nurse(),))))
        refer.send(world.w, world.who["hv"], family.referral(), completion())
    return family.referral()


def tried(world: World) -> list[tuple[str, str, int, str]]:
    sql = "SELECT r.name, d.address, d.attempt, d.outcome FROM delivery d JOIN recipient r ON r.id = d.recipient ORDER BY d.seq"
    return [(row["name"], row["address"], row["attempt"], row["outcome"]) for row in world.rows(sql)]


def state(world: World, referral: str) -> str | None:
    with world.w.engine.read() as tx:
        return referrals.state(tx, referral)


def test_a_letter_for_each_kind_of_document_and_attempts_for_each_recipient(world, monkeypatch):
    referral = sent_with_copy(world, monkeypatch, nurse(), nurse(name="Mill Surgery", address="mill@surgery.example"))
    world.work()
    written = world.rows("SELECT document, number FROM letter WHERE referral = :r ORDER BY seq", r=referral)
    assert written == [{"document": "referral", "number": 1}, {"document": "health_copy", "number": 1}]
    assert sorted(tried(world)) == [
        ("Eastmoor front door", "desk@eastmoor.example", 1, "sent"), ("Mill Surgery", "mill@surgery.example", 1, "sent"),
        ("The named nurse", "nurse@eastmoor.example", 1, "sent"),
    ]  # fmt: skip
    assert state(world, referral) == "delivered"
    assert world.rows("SELECT * FROM handing_over") == []
    rebuild(world.w.engine)
    assert world.rows("SELECT * FROM handing_over") == []


def test_the_receiver_is_chosen_once_with_the_reasons_that_were_given(world):
    family = world.family()
    family.sofa()
    referral = family.send()
    [row] = world.rows("SELECT * FROM recipient WHERE referral = :r", r=referral)
    assert (row["place"], row["document"], row["number"], row["receiving_team"]) == ("receiver", "referral", 1, world.front_door)
    assert "so whoever answers at nights and weekends is phoned" in row["reasons"]


def test_a_copy_that_fails_never_holds_up_the_receivers_letter(world, monkeypatch):
    referral = sent_with_copy(world, monkeypatch, nurse(address=""))
    world.work()
    assert state(world, referral) == "delivered"
    assert [one.what for one in what_is_stuck(world.w)] == ["copy_refused"]
    assert "A copy of a referral letter was refused" in world.rows("SELECT what FROM notice ORDER BY seq DESC LIMIT 1")[0]["what"]
    put_back(world.w)
    assert world.count("outbox") == 0


def test_a_copy_that_cannot_be_written_is_announced_and_put_back(world, monkeypatch):
    referral = sent_with_copy(world, monkeypatch)
    with world.w.engine.write() as tx:
        outbox.done(tx, "write_letter", recipients.written_as(referral, "health_copy", 1))
    world.work()
    assert state(world, referral) == "delivered"
    assert world.count("letter") == 1
    world.clock.on(hours=3)
    assert [one.what for one in what_is_stuck(world.w)] == ["copy_not_written"]
    assert put_back(world.w) == 1
    world.work()
    assert what_is_stuck(world.w) == []
    assert world.count("letter") == 2


def test_a_copy_goes_on_being_tried_after_the_referral_is_with_its_receiver(world, monkeypatch):
    referral = sent_with_copy(world, monkeypatch)
    letters.write_letter(world.w, referral)
    [to_receiver] = world.rows("SELECT key FROM outbox WHERE step = 'deliver'")
    delivering.deliver(world.w, to_receiver["key"])
    assert state(world, referral) == "delivered"
    world.post.answers = [Outcome("try_again", "451 later")]
    world.work()
    world.clock.on(hours=1)
    world.work()
    assert [(name, outcome) for name, _, _, outcome in tried(world)] == [
        ("Eastmoor front door", "sent"), ("The named nurse", "try_again"), ("The named nurse", "sent"),
    ]  # fmt: skip


def test_a_referral_of_before_there_were_recipients_is_written_and_delivered(world, monkeypatch):
    family = world.family()
    family.sofa()
    with monkeypatch.context() as here:
        here.setattr(recipients, "record", lambda w, tx, row, chosen, **_: outbox.put(tx, "write_letter", row["id"], due_at=world.clock()))
        referral = family.send()
    assert world.count("recipient") == 0
    assert family.state_of(referral) == "delivered"
    assert world.rows("SELECT recipient, address FROM delivery") == [{"recipient": None, "address": "desk@eastmoor.example"}]


def test_one_that_stands_in_for_another_ends_the_wait_for_that_one(world, monkeypatch):
    sent_with_copy(world, monkeypatch, nurse(address=""))
    world.work()
    [refused] = world.rows("SELECT r.* FROM recipient r JOIN handing_over h ON h.recipient = r.id")
    with world.w.engine.write() as tx:
        row = referrals.referral(tx, refused["referral"])
        recipients.record(world.w, tx, row, (nurse(instead_of=refused["id"]),), at=world.clock(), actor=world.who["hv"])
    world.work()
    assert what_is_stuck(world.w) == []
    assert world.rows("SELECT count(*) AS n FROM letter")[0]["n"] == 2

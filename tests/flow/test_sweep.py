"""The sweep asks the facts what is stuck; a queue that was lost is put back from them."""

import threading

from tests.flow.world import completion
from visitapp.deliver import Outcome
from visitapp.flow import refer, sweep, worker


def lose_the_queue(world):
    with world.w.engine.write() as tx:
        tx.run("DELETE FROM outbox")


def what(world):
    return [one.what for one in sweep.stuck(world.w)]


def test_a_lost_queue_shows_and_is_put_back(world):
    family = world.family()
    family.sofa()
    payload = family.written()
    id = world.tablet().send(payload).body["id"]
    refer.send(world.w, world.who["hv"], family.referral(), completion())
    lose_the_queue(world)
    assert world.work() == 0
    world.clock.on(hours=3)
    assert what(world) == ["letter_not_written", "not_assessed"]
    assert [one.id for one in sweep.stuck(world.w)] == [family.referral(), id]
    assert sweep.put_back(world.w) == 2
    world.work()
    assert what(world) == []
    assert family.state() == "delivered"


def test_a_letter_whose_delivery_was_lost_is_delivered(world):
    family = world.family()
    family.sofa()
    world.post.answers = [Outcome("try_again", "later")]
    family.send()
    lose_the_queue(world)
    world.clock.on(minutes=5)
    assert sweep.put_back(world.w) == 1
    world.work()
    assert family.state() == "delivered"


def test_what_is_being_done_now_is_not_asked_for_again(world):
    family = world.family()
    world.tablet().send(family.written())
    assert sweep.put_back(world.w) == 0
    assert what(world) == []


def test_everything_that_can_be_stuck_has_words_that_say_what_to_do():
    assert all(words.count(".") >= 1 and len(words) > 40 for words in sweep.WORDS.values())


def test_a_failing_step_waits_longer_each_time_and_never_gives_up(world, monkeypatch):
    def broken(_w, _key):
        raise RuntimeError("no")

    world.tablet().send(world.family().written())
    monkeypatch.setitem(worker.STEPS, "assess", broken)
    waits = []
    for _ in range(16):
        world.work()
        row = world.rows("SELECT due_at, attempts, last_error FROM outbox")[0]
        waits.append(row["due_at"])
        world.clock.at = row["due_at"]
    assert row["attempts"] == 16
    assert row["last_error"] == "RuntimeError"
    assert waits == sorted(set(waits))


def test_the_worker_outlives_a_fault_of_the_database_and_stops_when_told(world, monkeypatch):
    stop, rounds = threading.Event(), []

    def faulty(_w):
        rounds.append(1)
        if len(rounds) == 1:
            raise OSError("away for a moment")
        stop.set()
        return 0

    monkeypatch.setattr(worker, "work_once", faulty)
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0)
    worker.run(world.w, stop)
    assert len(rounds) == 2

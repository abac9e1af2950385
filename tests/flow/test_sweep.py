"""The sweep asks the facts what is stuck; a queue that was lost is put back from them."""

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.flow.family_work import POLICE, agree, calling_for, owed, refused
from tests.flow.world import completion
from visitapp.deliver import Outcome
from visitapp.domain import duties as kinds
from visitapp.flow import duties, helping, ladder, refer, sweep, worker
from visitapp.flow.stuck import WORDS, what_is_stuck


def lose_the_queue(world):
    with world.w.engine.write() as tx:
        tx.run("DELETE FROM outbox")


def what(world):
    return [one.what for one in what_is_stuck(world.w)]


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
    assert [one.id for one in what_is_stuck(world.w)] == [family.referral(), id]
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
    assert all(words.count(".") >= 1 and len(words) > 40 for words in WORDS.values())


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


# what is overdue


def overdue(world):
    return [one.what for one in what_is_stuck(world.w) if one.what.startswith("overdue_") and one.what != "overdue_complete"]


def told(world):
    """Who climbed to, in order; of the referral that the visit proposed nothing. On a Sunday, with nobody on the rota, the
    supervisor answers."""
    rows = world.rows("SELECT to_account FROM notice WHERE what LIKE 'Overdue.%' AND referral IS NULL ORDER BY seq")
    return [next(name for name, id in world.who.items() if id == row["to_account"]) for row in rows]


def test_an_action_that_nobody_did_in_time_is_announced_and_told_once_to_its_backup_and_the_supervisors(world):
    calling_for(world)
    family = world.family()
    agree(world, family, POLICE | {"backup_account": world.who["midwife"]})
    refused(family)
    world.clock.on(hours=4)
    sweep.keep_watch(world.w)
    assert (overdue(world), told(world)) == ([], [])
    world.clock.on(minutes=1)
    sweep.keep_watch(world.w)
    assert (overdue(world), told(world)) == (["overdue_plan_action"], ["lead"])
    world.clock.on(hours=2)
    for _ in range(3):
        sweep.keep_watch(world.w)
    world.work()
    assert told(world) == ["lead", "midwife", "lead"]
    subject = owed(world, family)[0]["subject"]
    assert [(one.id, one.owner) for one in what_is_stuck(world.w)] == [(family.referral(), world.who["lead"]), (subject, world.who["lead"])]
    duties.close(world.w, world.who["hv"], subject, how="done", evidence="PC 12 saw the baby at 17:00.")
    assert overdue(world) == []


def test_help_that_was_not_seen_in_use_in_time_is_announced(world):
    family = world.family()
    helping.need(world.w, world.who["hv"], family.household, what="cot", needed_on="2026-11-22", tonight=True)
    world.clock.on(hours=9)
    sweep.keep_watch(world.w)
    assert (overdue(world), told(world)) == (["overdue_help"], ["lead"] * 2)


def test_what_was_done_before_anybody_was_told_is_told_to_nobody(world):
    calling_for(world)
    family = world.family()
    agree(world, family, POLICE)
    refused(family)
    world.clock.on(hours=5)
    duties.close(world.w, world.who["hv"], owed(world, family)[0]["subject"], how="done", evidence="PC 12 saw the baby at 15:30.")
    world.clock.on(hours=5)
    sweep.keep_watch(world.w)
    assert told(world) == []


def test_of_two_workers_only_one_tells(world):
    family = world.family()
    agree(world, family, POLICE)
    refused(family)
    world.clock.on(hours=7)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ladder.climb, [world.w, world.w]))
    assert told(world) == ["lead"] * 2


def test_every_duty_that_can_be_overdue_has_words():
    assert {f"overdue_{kind}" for kind in kinds.KINDS} < set(WORDS)

"""Those who keep the directory are told when an entry is to be checked, once before and once when it is past; and /status says it."""

import pytest

from tests.flow.test_routing import entry
from visitapp.flow.directory import tell_of_reviews
from visitapp.flow.stuck import what_is_stuck
from visitapp.flow.sweep import keep_watch

HOSTILE = "<b>Desk</b> 🧑 שלום"


@pytest.fixture
def due(world):
    return entry(world, "named_nurse", name=HOSTILE, review_on="2026-12-01")


def told(world) -> list[tuple[str, str]]:
    rows = world.rows("SELECT to_account, what FROM notice WHERE household IS NULL ORDER BY seq")
    return [(row["to_account"], row["what"]) for row in rows]


def test_they_are_told_on_screen_and_by_e_mail_once_before_and_once_past(world, due):
    for _ in range(2):
        keep_watch(world.w)
    before = f"{HOSTILE}: this entry of the directory is to be checked by 1 December 2026. Afterwards nothing is mailed there."
    assert told(world) == [(world.who["admin"], before)]
    world.clock.on(days=10)
    for _ in range(2):
        keep_watch(world.w)
    past = f"{HOSTILE}: this entry of the directory was to be checked by 1 December 2026. Nothing is mailed there until it is."
    assert told(world) == [(world.who["admin"], before), (world.who["admin"], past)]
    world.work()
    assert [(one.to, HOSTILE in one.text) for one in world.pigeon.sent] == [("admin@visits.example", False)] * 2
    assert [(one.what, one.id, one.owner) for one in what_is_stuck(world.w)] == [("directory_past", due, world.who["admin"])]


def test_an_entry_that_was_checked_is_told_of_again_only_when_it_is_due_again(world, due):
    assert tell_of_reviews(world.w) == 1
    world.work()
    entry(world, "named_nurse", id=due, review_on="2026-12-31")
    world.clock.on(days=15)
    assert tell_of_reviews(world.w) == 0
    assert what_is_stuck(world.w) == []
    world.clock.on(days=12)
    assert tell_of_reviews(world.w) == 3  # with the two teams of the tests, which are due on the next day


def test_an_entry_counts_as_past_only_from_the_day_after(world, due):
    world.clock.at = "2026-12-01T12:00:00.000Z"
    assert what_is_stuck(world.w) == []
    world.clock.at = "2026-12-02T00:30:00.000Z"
    assert [one.what for one in what_is_stuck(world.w)] == ["directory_past"]

"""Professional disagreement: raised without leave, four stages that open by themselves, and an end in words."""

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from tests.flow.family_work import HOSTILE, TOO_LONG, problem_of
from tests.flow.test_ladder import DOCTOR, NURSE, hold, watch
from tests.flow.world import World
from visitapp.domain import disagreements as words
from visitapp.flow import disagreements, disagreements_shown, duties, reply, sweep
from visitapp.flow.stuck import what_is_stuck
from visitapp.problems import Problem
from visitapp.store import disagreements as kept

MONDAY = "2026-11-23T10:00:00.000Z"
WHY = {"why": "The baby slept on a sofa again.", "meanwhile": "Grandmother stays tonight."}
SPOKE = {
    "who": "Hannah Osei with the duty desk", "on_date": "2026-11-23", "said": "They see no reason to visit.", "comes_to": "not_agreed",
    "meanwhile": "A cot is there; I phone each morning.",
}  # fmt: skip


def sent(world: World, *, urgent: bool = False) -> str:
    world.clock.at = MONDAY
    family = world.family()
    family.sofa(on="2026-11-23") if urgent else family.untidy(on="2026-11-23")
    return family.send()


def decided(world: World, *, urgent: bool = False) -> str:
    referral = sent(world, urgent=urgent)
    who = world.who["duty" if urgent else "helper"]
    reply.decide(world.w, who, referral, "no_further_action", "It is below our threshold.", "None.")
    return referral


def open_one(world: World, referral: str, who: str = "hv", **said) -> str:
    return disagreements.raise_one(world.w, world.who[who], referral, **(WHY | said))


def state(world: World, id: str) -> tuple[int, bool]:
    with world.w.engine.read() as tx:
        events = kept.events(tx, id)
    return words.stage_of(events), words.is_over(events)


def due(world: World) -> list[tuple[str, str]]:
    rows = world.rows("SELECT what, due_at, owner_account FROM duty WHERE kind = 'disagreement'")
    names = {id: name for name, id in world.who.items()}
    return [(names[row["owner_account"]], row["due_at"]) for row in rows]


def test_it_goes_through_its_stages_by_what_is_said_and_ends_in_agreement(world):
    hold(world, NURSE, DOCTOR)
    referral = decided(world)
    id = open_one(world, referral)
    assert due(world) == [("hv", "2026-11-24T10:00:00.000Z")]
    disagreements.record(world.w, world.who["hv"], id, **SPOKE)
    assert due(world) == [("lead", "2026-11-25T10:00:00.000Z")]
    disagreements.record(world.w, world.who["lead"], id, **SPOKE)
    assert due(world) == [("lead", "2026-11-30T10:00:00.000Z")], "the named nurse has no account: a supervisor sees to it"
    disagreements.record(world.w, world.who["lead"], id, **(SPOKE | {"comes_to": "not_yet"}))
    assert state(world, id) == (3, False)
    disagreements.record(world.w, world.who["lead"], id, **(SPOKE | {"comes_to": "agreed", "meanwhile": ""}))
    assert (state(world, id), due(world)) == ((3, True), [])
    world.work()
    to = [notice.to for notice in world.pigeon.sent if "disagreement" in notice.subject]
    assert to.count("nurse@icb.example") == 1
    assert "lead@visits.example" in to
    said = " ".join(notice.subject + notice.text for notice in world.pigeon.sent)
    assert not any(name in said for name in ("Okoro", "Ava", "Ada", "sofa", "Grandmother", "Hannah", "Ruth"))
    assert problem_of(disagreements.record, world.w, world.who["hv"], id, **SPOKE) == "said"


def test_a_stage_whose_time_runs_out_opens_the_next_by_itself_over_a_weekend_and_the_last_climbs_the_ladder(world):
    world.clock.at = MONDAY
    referral = decided(world)
    world.clock.at = "2026-11-27T10:00:00.000Z"  # a Friday
    id = open_one(world, referral)
    for at, stage in (
        ("2026-11-29T10:00:00.000Z", 1),
        ("2026-11-30T10:01:00.000Z", 2),
        ("2026-12-02T10:00:00.000Z", 2),
        ("2026-12-02T10:02:00.000Z", 3),
        ("2026-12-09T10:03:00.000Z", 4),
    ):
        world.clock.at = at
        sweep.keep_watch(world.w)
        assert state(world, id) == (stage, False), at
    assert watch(world) == []
    world.clock.at = "2026-12-10T10:04:00.000Z"
    assert watch(world) == [("practitioner", "Worker lead")]
    assert [one.what for one in what_is_stuck(world.w)] == ["overdue_disagreement"]
    with pytest.raises(Problem, match="write it down at the referral"):
        duties.close(world.w, world.who["lead"], words.subject(id, 4), how="done", evidence="Done.")
    disagreements.resolve(world.w, world.who["lead"], id, how="The partnership decided that the child is assessed.")
    assert (state(world, id), due(world)) == ((4, True), [])


def test_it_runs_by_the_hour_where_a_child_is_at_risk(world):
    open_one(world, decided(world), at_risk=True)
    assert due(world) == [("hv", "2026-11-23T14:00:00.000Z")]


def test_level_four_runs_by_the_hour_whatever_was_ticked(world):
    id = open_one(world, decided(world, urgent=True))
    assert due(world) == [("hv", "2026-11-23T14:00:00.000Z")]
    world.clock.on(hours=4, minutes=1)
    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(disagreements.watch_the_clock, [world.w, world.w])) == 1
    assert state(world, id)[0] == 2


def test_it_needs_nobodys_leave_and_something_to_disagree_with(world):
    referral = sent(world)
    assert not disagreements_shown.may_raise(world.w, world.who["hv"], referral)
    assert problem_of(disagreements.raise_one, world.w, world.who["hv"], referral, **WHY) == "why", "not answered, and inside its time"
    world.clock.on(hours=25)
    assert disagreements_shown.may_raise(world.w, world.who["midwife"], referral)
    for field in WHY:
        assert problem_of(disagreements.raise_one, world.w, world.who["hv"], referral, **(WHY | {field: " "})) == field
        assert problem_of(disagreements.raise_one, world.w, world.who["hv"], referral, **(WHY | {field: TOO_LONG})) == field
    assert problem_of(disagreements.raise_one, world.w, world.who["west"], referral, **WHY) is None, "not theirs to see"
    id = open_one(world, referral, who="midwife")
    assert problem_of(disagreements.raise_one, world.w, world.who["hv"], referral, **WHY) == "why", "one at a time"
    for field in ("who", "on_date", "said", "comes_to", "meanwhile"):
        assert problem_of(disagreements.record, world.w, world.who["hv"], id, **(SPOKE | {field: ""})) == field
    assert problem_of(disagreements.record, world.w, world.who["hv"], id, **(SPOKE | {"on_date": "2026-12-24"})) == "on_date"
    assert problem_of(disagreements.resolve, world.w, world.who["hv"], id, how=" ") == "how"
    for text in HOSTILE.values():
        disagreements.record(
            world.w, world.who["hv"], id, **(SPOKE | {"comes_to": "not_yet", "who": text, "said": text, "meanwhile": text})
        )
        [shown] = disagreements_shown.shown(world.w, world.who["hv"], referral)
        assert shown.events[-1]["said"]["said"] == text
    assert (
        disagreements_shown.shown(world.w, world.who["west"], referral)
        == disagreements_shown.shown(world.w, world.who["helper"], referral)
        == ()
    )
    assert disagreements_shown.referral_of(world.w, world.who["west"], id) is None


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_said_and_however_the_clock_moves_it_is_over_or_owed_at_one_stage(world, seed):
    chance = random.Random(seed)
    id = open_one(world, decided(world))
    last = 1
    for _ in range(25):
        with suppress(Problem):
            if chance.random() < 0.5:
                comes_to = chance.choice(["not_agreed", "not_yet"] * 6 + ["agreed"])
                disagreements.record(world.w, world.who["hv"], id, **(SPOKE | {"comes_to": comes_to}))
            elif chance.random() < 0.05:
                disagreements.resolve(world.w, world.who["lead"], id, how="Resolved.")
        world.clock.on(hours=chance.choice([0.2, 5, 30]))
        sweep.keep_watch(world.w)
        stage, over = state(world, id)
        assert stage >= last
        last = stage
        open_duties = world.rows("SELECT subject, owner_account FROM duty WHERE kind = 'disagreement'")
        assert [row["subject"] for row in open_duties] == ([] if over else [words.subject(id, stage)])
        assert all(row["owner_account"] for row in open_duties)

"""One family recorded twice has one referral that later news goes to, whichever record it belongs to; and its own again when it is two."""

import pytest

from tests.flow.family_work import HOSTILE, problem_of
from tests.flow.test_records import same_when_rebuilt
from tests.flow.world import Family, World, completion
from visitapp.flow import asking_again, life_events, raised, records, refer
from visitapp.look import caseload, results
from visitapp.look import referrals as look
from visitapp.look.family_referrals import read
from visitapp.problems import Problem
from visitapp.store import households

WHY = "The same NHS number."


def joined(world: World, family: Family, twice: Family) -> str:
    same = {twice.people[name]: family.people[name] for name in ("Ava", "Ada")}
    return records.join(world.w, world.who["hv"], family.household, duplicate=twice.household, why=WHY, same=same)


def referrals_of(world: World, *families: Family) -> list[tuple[str, str, int]]:
    """Each referral with its state and level, in order, by whose record it belongs to."""
    names = {family.household: name for name, family in zip("AB", families, strict=False)}
    return [
        (names[row["household"]], str(families[0].state_of(row["id"])), row["level"])
        for row in world.rows("SELECT id, household, level FROM referral ORDER BY seq")
    ]


def owed(world: World) -> list[tuple[str, str]]:
    return [
        (row["kind"], row["household"]) for row in world.rows("SELECT kind, household FROM duty WHERE referral IS NOT NULL ORDER BY kind")
    ]


@pytest.fixture
def both(world: World) -> tuple[Family, Family]:
    return world.family(), world.family("Okoro-Brook")


def test_a_late_visit_of_a_joined_record_raises_the_one_that_was_sent_and_stands_with_it_everywhere(world, both):
    family, twice = both
    family.untidy(on="2026-11-20")
    referral = family.send()
    joining = joined(world, family, twice)
    late = twice.sofa(on="2026-11-21")
    assert referrals_of(world, family, twice) == [("A", "delivered", 2)]
    assert owed(world) == [("acknowledge", family.household), ("raise", family.household)]
    [shown] = results.of(world.w, world.who["hv"], [late])
    assert shown["referral"]["id"] == referral
    assert [row.row["id"] for row in read(world.w, world.who["lead"], family.household)] == [referral]
    asking_again.send(world.w, world.who["hv"], referral, completion(asked_for="Please come tonight."))
    world.work()
    [letter] = world.rows("SELECT content FROM letter WHERE number = 2")
    records.joined_in_error(world.w, world.who["hv"], joining, why="Cousins.")
    assert (
        "the visit of 21 November 2026 is of them" in world.rows("SELECT was_wrong FROM referral_update WHERE number = 3")[0]["was_wrong"]
    )
    assert "Ava" in letter["content"], "by the name that she has, not by the id that the other record gave her"


def test_what_a_late_visit_opens_stands_with_the_whole_and_is_its_own_again(world, both):
    family, twice = both
    joining = joined(world, family, twice)
    twice.sofa(on="2026-11-21")
    taken = caseload.of(world.w, world.who["hv"], "2026-11-22", "2026-11-25", 3, lambda *_: {})
    assert [one["id"] for one in taken.referrals[family.household]] == [twice.referral()], "on the tablet too"
    [row] = look.worklist(world.w, "team", world.who["hv"]).parts[look.OURS].referrals
    assert (row.row["household"], row.row["family"]) == (family.household, "Okoro")
    assert owed(world) == [("complete", family.household)]
    with pytest.raises(Problem):
        refer.send(world.w, world.who["west"], twice.referral(), completion())
    twice.send()
    [letter] = world.rows("SELECT content FROM letter")
    assert all(name in letter["content"] for name in ("Ava", "Ada", "4 Mill Row")), "people and home are those of the record that stands"
    assert look.opened(world.w, "received", world.who["duty"], twice.referral()).referral.row["family"] == "Okoro"
    records.joined_in_error(world.w, world.who["hv"], joining, why=HOSTILE["markup"])
    world.work()
    assert owed(world) == [("acknowledge", twice.household)]
    [told] = world.rows("SELECT kind, is_right FROM referral_update")
    assert (told["kind"], HOSTILE["markup"] in told["is_right"]) == ("correction", True)
    assert world.rows("SELECT document FROM letter WHERE number = 2") == [{"document": "correction"}]
    same_when_rebuilt(world)


@pytest.mark.parametrize(
    ("here", "there", "after"),
    [
        ("untidy", "sofa", [("A", "withdrawn", 2), ("B", "proposed", 4)]),
        ("sofa", "untidy", [("A", "proposed", 4), ("B", "withdrawn", 2)]),
    ],
)
def test_of_two_that_wait_the_graver_stays_and_whoever_joins_is_told(world, both, here, there, after):
    family, twice = both
    getattr(family, here)()
    getattr(twice, there)()
    joining = joined(world, family, twice)
    assert referrals_of(world, family, twice) == after
    told = [row["what"] for row in world.rows("SELECT what FROM notice WHERE to_account = :hv", hv=world.who["hv"])]
    assert any("goes with this referral" in one for one in told)
    records.joined_in_error(world.w, world.who["hv"], joining, why="Cousins.")
    open_now = [(whose, level) for whose, state, level in referrals_of(world, family, twice) if state == "proposed"]
    assert sorted(open_now) == sorted((whose, level) for whose, _, level in after), "each has its own again"
    assert {row["household"] for row in world.rows("SELECT household FROM duty WHERE kind = 'complete'")} == {
        family.household, twice.household,
    }  # fmt: skip


def test_what_waits_raises_what_was_sent_and_of_two_that_were_sent_one_takes_what_comes(world, both):
    family, twice = both
    family.untidy()
    first = family.send()
    twice.sofa()
    joining = joined(world, family, twice)
    assert referrals_of(world, family, twice) == [("A", "delivered", 2), ("B", "withdrawn", 4)]
    with world.w.engine.read() as tx:
        assert (raised.untold(tx, first) or {})["level"] == 4
    records.joined_in_error(world.w, world.who["hv"], joining, why="Cousins.")
    assert referrals_of(world, family, twice)[1:] == [("B", "withdrawn", 4), ("B", "proposed", 4)]
    with world.w.engine.read() as tx:
        assert raised.untold(tx, first) is None, "what another family's visit raised is owed no more"
    second = twice.send()
    twins = twice, family
    records.join(world.w, world.who["hv"], twice.household, duplicate=family.household, why=WHY, same={})
    assert {family.state_of(first), family.state_of(second)} == {"delivered"}
    told = "\n".join(row["what"] for row in world.rows("SELECT what FROM notice WHERE to_account = :hv", hv=world.who["hv"]))
    assert "keeps its own clock" in told
    for one in twins:
        one.untidy(on="2026-11-23")
    news = world.rows("SELECT referral FROM referral_event WHERE event = 'news'")
    assert {row["referral"] for row in news} == {second}, "the one that asks for most"


def test_in_a_chain_of_three_there_is_one(world, both):
    family, twice = both
    third = world.family("Okoro-Birch")
    for one in (third, twice):
        one.untidy()
    joined(world, twice, third)
    joined(world, family, twice)
    third.untidy(on="2026-11-23")
    with world.w.engine.read() as tx:
        [open_one] = raised.open_of(tx, third.household)
        assert open_one["household"] == family.household
        assert (households.household(tx, third.household) or {})["joined_to"] == family.household
    assert world.count("referral") == 2


def test_two_that_were_taken_apart_are_joined_again_from_the_other_side(world, both):
    family, twice = both
    joining = joined(world, family, twice)
    records.joined_in_error(world.w, world.who["hv"], joining, why="Cousins.")
    again = {"duplicate": twice.household, "why": WHY, "same": {}}
    assert problem_of(records.join, world.w, world.who["hv"], family.household, **again) == "duplicate"
    records.join(world.w, world.who["hv"], twice.household, duplicate=family.household, why=WHY, same={})


def test_a_household_that_moved_has_one_and_two_that_parted_have_each_their_own(world, both):
    now, before = both
    before.untidy(on="2026-11-10")
    life_events.same_family(world.w, world.who["hv"], now.household, earlier=before.household, why="One mother.")
    now.sofa(on="2026-11-21")
    assert referrals_of(world, now, before) == [("B", "withdrawn", 2), ("A", "proposed", 4)]
    before.sofa(on="2026-11-20")
    assert world.count("referral") == 2, "a visit to the old address that came late"
    parted = world.family("Birch")
    life_events.same_family(world.w, world.who["hv"], parted.household, earlier=before.household, why="The father, with Tom.")
    parted.untidy(on="2026-11-22")
    assert (parted.state(), now.state()) == ("proposed", "proposed"), "what is asked for one of them is not asked for the other"

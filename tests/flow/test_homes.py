"""Where a family lives and how it is reached: history kept, nothing lost by a move, and no number offered that is not to be used."""

import pytest

from tests.flow.family_work import owed, problem_of
from tests.flow.test_records import same_when_rebuilt
from visitapp.flow import duties, handovers, homes, phones
from visitapp.flow.protected import address_kept_back
from visitapp.problems import Problem
from visitapp.store import households, people, teams

WEST = {"address": "7 Fen Lane", "postcode": "WF2 1AA", "area": "westfen", "from_on": "2026-11-22"}


def move(world, family, who="hv", **said) -> None:
    homes.move(world.w, world.who[who], family.household, **(WEST | said))


def stands(world, household: str) -> dict:
    with world.w.engine.read() as tx:
        return households.household(tx, household) or {}


def moved(world, family) -> list[dict]:
    return [one for one in owed(world, family) if one["kind"] == "moved"]


def test_a_move_within_the_area_is_an_address_from_a_day_and_nothing_is_owed(world):
    family = world.family()
    for name, said in (("address", " "), ("area", "nowhere"), ("from_on", None), ("from_on", "2026-11-23")):
        assert problem_of(move, world, family, **({"area": "eastmoor"} | {name: said})) == name
    move(world, family, area="eastmoor")
    assert (stands(world, family.household)["address"], moved(world, family)) == ("7 Fen Lane", [])
    move(world, family, area="eastmoor", address="1 Before Street", from_on="2025-01-01")
    assert stands(world, family.household)["address"] == "7 Fen Lane", "an address of before is history"
    with pytest.raises(Problem):
        move(world, family, who="west")
    same_when_rebuilt(world)


def test_a_move_to_another_area_keeps_what_was_sent_and_owes_the_transfer_until_it_is_offered(world):
    family = world.family()
    family.sofa()
    sent = family.send()
    move(world, family)
    [one] = moved(world, family)
    assert (one["owner_account"], "Westfen" in one["what"]) == (world.who["hv"], True)
    assert stands(world, family.household)["team"] == stands(world, world.family("Other").household)["team"], "nobody lets go by a move"
    assert family.state_of(sent) == "delivered", "it stays with whoever has it"
    found = homes.elsewhere(world.w, world.who["hv"], family.household)
    assert found is not None
    assert (found.area, found.team_area, found.owed, len(found.visits)) == ("westfen", "eastmoor", True, 1)
    assert homes.elsewhere(world.w, world.who["west"], family.household) is None
    move(world, family, address="9 Fen Lane")
    assert len(moved(world, family)) == 1
    said = {"kind": "transfer", "words": "Two homes.", "safe": "Nothing known."}
    offer = handovers.offer(world.w, world.who["hv"], family.household, to=world.who["west"], **said)
    assert moved(world, family) == []
    handovers.accept(world.w, world.who["west"], offer)
    assert homes.elsewhere(world.w, world.who["west"], family.household) is None
    same_when_rebuilt(world)


def test_a_family_that_stays_with_its_team_says_why_and_one_that_came_back_owes_nothing(world):
    stays, back = world.family("Stays"), world.family("Back")
    for family in (stays, back):
        move(world, family)
    duties.close(world.w, world.who["hv"], f"moved:{stays.household}", how="done", evidence="Six weeks only, at her mother’s.")
    move(world, back, area="eastmoor")
    assert (moved(world, stays), moved(world, back)) == ([], [])


def test_a_wrong_address_is_put_right_and_both_are_kept(world):
    family = world.family()
    move(world, family)
    wrong, first = (row["seq"] for row in world.rows("SELECT seq FROM residence ORDER BY seq DESC"))
    right = WEST | {"address": "17 Fen Lane", "area": "eastmoor"}
    hv = world.who["hv"]
    assert problem_of(homes.put_right, world.w, hv, family.household, wrong, why=" ", **right) == "why"
    homes.put_right(world.w, hv, family.household, wrong, why="Written down wrong: Mill Row, not Fen.", **right)
    assert stands(world, family.household)["address"] == "17 Fen Lane"
    assert moved(world, family) == [], "they never left the area"
    assert problem_of(homes.put_right, world.w, hv, family.household, wrong, why="Again.", **right) == "address"
    homes.put_right(world.w, hv, family.household, first, why="They never lived there.", address="")
    [last] = world.rows("SELECT seq FROM residence ORDER BY seq DESC LIMIT 1")
    assert problem_of(homes.put_right, world.w, hv, family.household, last["seq"], why="No.", address="") == "address", "one stands"
    assert world.count("residence") == 3
    assert world.rows("SELECT term FROM search_term WHERE term = 'mill'") == [], "nobody is found by an address that was wrong"
    same_when_rebuilt(world)


def test_an_address_that_the_desk_keeps_back_is_kept_back_until_the_desk_says_otherwise(world):
    family = world.family()
    for kept in ("yes", "no"):
        homes.keep_back(world.w, world.who["hv"], family.household, kept_back=kept, why="Her brother looks for her.")
        with world.w.engine.read() as tx:
            assert address_kept_back(world.w, tx, [family.household]) is (kept == "yes")
    assert problem_of(homes.keep_back, world.w, world.who["hv"], family.household, kept_back="", why="x") == "kept_back"


def phoned_on(world, person: str) -> str | None:
    with world.w.engine.read() as tx:
        return (people.person(tx, person) or {})["phone"]


def add(world, family, **said) -> str:
    plain = {"number": "07700 900111", "person": family.people["Ada"], "safe": "any_time"}
    return phones.add(world.w, world.who["hv"], family.household, **(plain | said))


def test_the_newest_number_that_may_be_used_is_the_one_that_is_given(world):
    family = world.family()
    ada = family.people["Ada"]
    for said, field in (
        ({"number": "none"}, "number"), ({"person": None}, "whose"), ({"whose": "Rose"}, "whose"), ({"safe": None}, "safe"),
        ({"safe": "at_times"}, "times"), ({"person": "nobody"}, "person"),
    ):  # fmt: skip
        assert problem_of(add, world, family, **said) == field
    first = add(world, family, safe="at_times", times="Weekdays before three")
    second = add(world, family, number="07700 900222")
    assert phoned_on(world, ada) == "07700 900222"
    add(world, family, number="07700 900222", safe="never")
    assert phoned_on(world, ada) == "07700 900111", "what is said of a number takes the place of what was said before"
    assert problem_of(phones.end, world.w, world.who["hv"], family.household, second, why="Gone.") == "why"
    phones.end(world.w, world.who["hv"], family.household, first, why="The phone was taken.")
    assert phoned_on(world, ada) is None, "no number that is gone or never to be used is offered"
    add(world, family, person=None, whose="Rose, the grandmother", number="01632 960777", safe="not_asked")
    assert phoned_on(world, ada) is None
    assert world.rows("SELECT household FROM search_term WHERE term = '01632960777'") == [{"household": family.household}]
    same_when_rebuilt(world)


def test_a_number_of_before_that_is_never_to_be_used_is_offered_no_more(world):
    family = world.family()
    add(world, family, number="07700 900456", safe="never")
    assert phoned_on(world, family.people["Ada"]) is None


def test_a_second_home_is_kept_and_a_child_belongs_to_its_record_where_it_has_one(world):
    family, other, far = world.family(), world.family("Brook"), world.family("Far", practitioner="west", area="westfen")
    hv, ava = world.who["hv"], family.people["Ava"]
    said = {"person": ava, "with_whom": "Jon Brook, her father", "days": "Friday to Sunday", "from_on": "2026-11-01"}

    def second(other: str = "", **more) -> str:
        return homes.add_second(world.w, hv, family.household, other, **(said | more))

    assert problem_of(second, person=family.people["Ada"]) == "person"
    assert problem_of(second, far.household) == "other"
    known, there = second(address="Above the bakery"), second(other.household)
    with world.w.engine.read() as tx:
        assert ava in {one["person"] for one in households.members(tx, other.household)}
    assert problem_of(second, other.household) == "other", "once"
    for id in (known, there):
        homes.end_second(world.w, hv, family.household, id, on_date="2026-11-21", why="He moved away.")
    assert problem_of(homes.end_second, world.w, hv, family.household, known, on_date="2026-11-21", why="Again.") == "why"
    with world.w.engine.read() as tx:
        assert ava not in {one["person"] for one in households.members(tx, other.household)}
        assert ava in {one["person"] for one in households.members(tx, family.household)}
        assert teams.teams(tx)
    same_when_rebuilt(world)

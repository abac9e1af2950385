"""A baby home from hospital is to be seen at home within the policy's time; an earlier household counts once somebody confirms it."""

import pytest

from tests.flow.family_work import HOSTILE, TOO_LONG, calling_for, owed, problem_of, seen, unseen
from visitapp.flow import life_events, people
from visitapp.store import life_events as kept


def home(world, family, who="hv", person="Ava", **said):
    person = family.people.get(person, person)
    plain = {"household": family.household, "on_date": "2026-11-22"}
    life_events.home_from_hospital(world.w, world.who[who], person, **(plain | said))


def join(world, new, old, who="hv", why="The same mother and baby."):
    life_events.same_family(world.w, world.who[who], new.household, earlier=old.household, why=why)


def test_given_a_baby_comes_home_then_she_is_to_be_seen_within_the_policys_time(world):
    calling_for(world)
    family = world.family()
    home(world, family)
    [duty] = owed(world, family)
    assert (duty["kind"], duty["what"], duty["owner_account"]) == ("see_child", "See Ava at home, home from hospital.", world.who["hv"])
    assert duty["due_at"] == "2026-11-24T10:40:00.000Z"
    unseen(family)
    family.not_let_in()
    assert owed(world, family) == [duty]
    visit = seen(family)
    assert owed(world, family) == []
    assert world.rows("SELECT how, reference FROM duty_closed") == [{"how": "visit", "reference": visit}]


def test_a_contact_at_a_clinic_or_of_no_known_place_does_not_see_her_at_home(world):
    family = world.family()
    home(world, family)
    here = {"children": [{"person": family.people["Ava"], "row": "r1", "seen": "awake"}]}
    for place in ({"where": "clinic"}, {"where": "remote"}, {}):
        family.visit({"outcome": "completed"} | place | here, form="antenatal")
        assert len(owed(world, family, "see_child")) == 1
    family.visit({"outcome": "completed", "where": "home"} | here, form="antenatal")
    assert owed(world, family, "see_child") == []


def test_a_visit_before_she_came_home_that_arrives_late_ends_nothing(world):
    family = world.family()
    home(world, family)
    seen(family, on="2026-11-21")
    assert len(owed(world, family)) == 1


def test_a_homecoming_said_late_is_counted_from_its_day_and_needs_nothing_where_she_was_seen_since(world):
    family = world.family()
    home(world, family, on_date="2026-11-20")
    assert owed(world, family)[0]["due_at"] == "2026-11-22T23:59:59.999Z"
    other = world.family("Brook")
    seen(other, on="2026-11-21")
    home(world, other, on_date="2026-11-20")
    assert owed(world, other) == []


def test_each_homecoming_is_a_duty_of_its_own(world):
    family = world.family()
    home(world, family, on_date="2026-11-20")
    seen(family, on="2026-11-21")
    life_events.into_hospital(world.w, world.who["hv"], family.people["Ava"], household=family.household, on_date="2026-11-21")
    assert owed(world, family) == []
    home(world, family)
    assert len(owed(world, family)) == 1
    assert [row["kind"] for row in world.rows("SELECT kind FROM life_event ORDER BY seq")] == [
        "home_from_hospital", "into_hospital", "home_from_hospital",
    ]  # fmt: skip


def test_a_mother_who_comes_home_is_written_down_and_no_child_is_to_be_seen_for_it(world):
    family = world.family()
    home(world, family, person="Ada")
    assert owed(world, family) == []
    assert world.count("life_event") == 1


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("on_date", {"on_date": "2026-11-23"}),
        ("on_date", {"on_date": ""}),
        ("words", {"words": TOO_LONG}),
        ("person", {"person": "nobody"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(world, field, said):
    assert problem_of(home, world, world.family(), **said) == field
    assert world.count("life_event") == 0


def test_an_earlier_household_is_confirmed_once_with_a_reason_and_never_in_a_circle(world):
    old, new = world.family(), world.family()
    assert problem_of(join, world, new, old, why=" ") == "why"
    assert problem_of(join, world, new, new) == "earlier"
    join(world, new, old)
    assert problem_of(join, world, new, old) == "earlier"
    assert problem_of(join, world, old, new) == "earlier"
    with world.w.engine.read() as tx:
        assert kept.earlier(tx, new.household) == (new.household, old.household)


def test_only_who_may_see_both_households_can_say_that_they_are_one_family(world):
    old, new = world.family(), world.family()
    people.name_practitioner(world.w, world.who["lead"], old.household, account=world.who["west"])
    for who in ("hv", "west"):
        assert problem_of(join, world, new, old, who=who) is None
    assert problem_of(home, world, new, who="west") is None
    assert world.count("earlier_household") == 0


def test_a_duty_to_see_her_follows_her_into_the_new_household(world):
    old, new = world.family(), world.family()
    home(world, old)
    people.add_member(world.w, world.who["hv"], new.household, person=old.people["Ava"], role="child")
    join(world, new, old)
    new.people["Ava"] = old.people["Ava"]
    seen(new)
    assert owed(world, old) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_is_typed_is_kept_as_typed(world, name):
    old, new = world.family(), world.family()
    home(world, new, words=HOSTILE[name])
    join(world, new, old, why=HOSTILE[name])
    assert world.rows("SELECT words FROM life_event") == [{"words": HOSTILE[name]}]
    assert world.rows("SELECT why FROM earlier_household") == [{"why": HOSTILE[name]}]

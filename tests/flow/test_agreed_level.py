"""The agreed level moves by people alone: raised at once, lowered only when somebody else agrees."""

import pytest

from tests.flow.family_work import HOSTILE, TOO_LONG, calling_for, owed, problem_of
from visitapp.domain.working_days import add_working_days_to_instant
from visitapp.flow import agreed_level, duties, people
from visitapp.store import agreed_levels


def agree(world, family, level, who="hv", reason="Three visits, and nothing has changed for the baby."):
    return agreed_level.agree(world.w, world.who[who], family.household, level=level, reason=reason)


def answer(world, agreed, who="lead", **said):
    agreed_level.answer(world.w, world.who[who], agreed, **({"agrees": True} | said))


def stands(world, family):
    with world.w.engine.read() as tx:
        found = agreed_levels.standing(tx, family.household)
    return found["level"] if found else None


def test_given_nothing_was_agreed_then_a_level_stands_at_once_and_so_does_a_higher_one(world):
    family = world.family()
    assert stands(world, family) is None
    agree(world, family, 2)
    assert (stands(world, family), owed(world, family)) == (2, [])
    agree(world, family, 4, who="midwife")
    agree(world, family, 4)
    assert (stands(world, family), owed(world, family)) == (4, [])


def test_given_a_lower_level_then_it_waits_for_a_second_person_by_a_time(world):
    family = world.family()
    agree(world, family, 3)
    lower = agree(world, family, 2)
    assert stands(world, family) == 3
    [duty] = owed(world, family)
    assert (duty["subject"], duty["kind"], duty["owner_account"]) == (f"level:{lower}", "second_opinion", world.who["lead"])
    assert duty["due_at"] == add_working_days_to_instant(world.clock.at, 2)
    answer(world, lower)  # with no word more
    assert (stands(world, family), owed(world, family)) == (2, [])
    assert {row["to_account"] for row in world.rows("SELECT to_account FROM notice")} == {world.who["lead"], world.who["hv"]}


def test_given_the_second_person_does_not_agree_then_the_level_stands_and_the_reason_is_kept(world):
    family = world.family()
    agree(world, family, 3)
    lower = agree(world, family, 1)
    assert problem_of(answer, world, lower, agrees=False) == "reason"
    answer(world, lower, agrees=False, reason="The baby has not been seen awake.")
    assert (stands(world, family), owed(world, family)) == (3, [])
    assert world.rows("SELECT agrees, reason FROM level_answer") == [{"agrees": 0, "reason": "The baby has not been seen awake."}]
    assert problem_of(answer, world, lower) == "agrees"


def test_who_proposed_it_cannot_agree_to_it_nor_can_anybody_who_is_no_supervisor(world):
    family = world.family()
    agree(world, family, 3)
    lower = agree(world, family, 2, who="lead")
    assert problem_of(answer, world, lower, who="lead") == "agrees"
    assert problem_of(answer, world, lower, who="midwife") == "agrees"
    assert problem_of(answer, world, lower, who="west") is None
    assert problem_of(answer, world, "nobody") is None
    assert stands(world, family) == 3
    second = people.add_account(
        world.w, "system", password="four words are enough", username="second", name="Second", role="supervisor", team=world.team
    )
    agreed_level.answer(world.w, second, lower, agrees=True)
    assert stands(world, family) == 2


def test_given_the_family_was_found_graver_meanwhile_then_the_lowering_no_longer_waits(world):
    family = world.family()
    agree(world, family, 3)
    lower = agree(world, family, 2)
    agree(world, family, 4)
    assert owed(world, family) == []
    assert problem_of(answer, world, lower) == "agrees"
    assert stands(world, family) == 4


def test_given_nothing_was_agreed_when_it_is_below_what_the_visit_suggests_then_it_waits_as_a_lowering(world):
    calling_for(world)
    family = world.family()
    family.sofa()  # suggests at least 4
    lower = agree(world, family, 2)
    assert stands(world, family) is None
    assert [row["kind"] for row in owed(world, family)] == ["second_opinion"]
    answer(world, lower)
    assert stands(world, family) == 2
    agree(world, family, 3)
    assert stands(world, family) == 3


def test_a_suggested_level_that_falls_moves_no_agreed_one(world):
    family = world.family()
    family.sofa(on="2026-11-20")
    agree(world, family, 4)
    family.visit(on="2026-11-22")
    assert stands(world, family) == 4


def test_a_second_opinion_ends_with_an_answer_and_not_by_a_word(world):
    family = world.family()
    agree(world, family, 3)
    subject = f"level:{agree(world, family, 2)}"
    for how in ("done", "excused", "declined"):
        said = {"how": how, "evidence": "Fine.", "reference": "none"}
        assert problem_of(duties.close, world.w, world.who["lead"], subject, **said) == "how"


@pytest.mark.parametrize(
    ("field", "level", "reason"),
    [("level", 0, "x"), ("level", 5, "x"), ("level", None, "x"), ("level", "high", "x"), ("reason", 2, "  "), ("reason", 2, TOO_LONG)],
)
def test_what_is_wrong_is_said_beside_its_field(world, field, level, reason):
    assert problem_of(agree, world, world.family(), level, reason=reason) == field
    assert world.count("level_agreed") == 0


def test_another_team_agrees_nothing(world):
    assert problem_of(agree, world, world.family(), 2, who="west") is None


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_is_typed_is_kept_as_typed(world, name):
    family = world.family()
    agree(world, family, 3, reason=HOSTILE[name])
    answer(world, agree(world, family, 2, reason=HOSTILE[name]), reason=HOSTILE[name])
    assert world.rows("SELECT DISTINCT reason FROM level_agreed") == [{"reason": HOSTILE[name]}]
    assert world.rows("SELECT reason FROM level_answer") == [{"reason": HOSTILE[name]}]

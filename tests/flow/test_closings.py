"""Our work with a family ends by two people, never while anything is open, and the next thing that is recorded opens it again."""

import pytest

from tests.flow.family_work import HOSTILE, TOO_LONG, calling_for, owed, problem_of
from visitapp.flow import closings, people, plans
from visitapp.store import closings as kept
from visitapp.store.derived import rebuild

WHY = "They moved to Leeds; the team there has seen both children."


def ask(world, family, who="hv", reason=WHY):
    return closings.ask(world.w, world.who[who], family.household, reason=reason)


def answer(world, closing, who="lead", **said):
    closings.answer(world.w, world.who[who], closing, **({"agrees": True} | said))


def ended(world, family):
    with world.w.engine.read() as tx:
        return kept.stands(tx, family.household) is not None


def unseen(world, family):
    return world.rows("SELECT kind FROM today_row WHERE household = :home AND source = 'unseen'", home=family.household)


def test_our_work_ends_once_a_second_person_agrees_and_nobody_waits_for_the_babies_any_more(world):
    family = world.family()
    assert unseen(world, family)
    closing = ask(world, family)
    [duty] = owed(world, family)
    assert (duty["kind"], duty["owner_account"], ended(world, family)) == ("second_opinion", world.who["lead"], False)
    assert world.rows("SELECT kind FROM today_row WHERE household = :home AND kind = 'second_opinion'", home=family.household)
    assert unseen(world, family), "asked is not agreed"
    answer(world, closing)
    assert (ended(world, family), owed(world, family), unseen(world, family)) == (True, [], [])
    before = world.rows("SELECT * FROM today_row ORDER BY household, kind, subject")
    rebuild(world.w.engine)
    assert world.rows("SELECT * FROM today_row ORDER BY household, kind, subject") == before
    assert problem_of(ask, world, family) == "reason"


def test_whatever_is_recorded_later_opens_it_again(world):
    visited, planned = world.family("Visited"), world.family("Planned")
    for family in (visited, planned):
        answer(world, ask(world, family))
    visited.sofa()
    people.plan_visit(world.w, world.who["hv"], planned.household, what="Visit", on_date="2026-12-01")
    for family in (visited, planned):
        assert not ended(world, family)
        assert unseen(world, family)


def test_while_anything_is_owed_agreed_or_planned_our_work_does_not_end(world):
    calling_for(world)
    owing, protected, planned, later = (world.family(name) for name in ("Owing", "Protected", "Planned", "Later"))
    owing.sofa()
    plans.agree(
        world.w, world.who["hv"], protected.household, source="child_protection", agreed_on="2026-11-01", agreed_by="All",
        trigger_kind="refused_entry", trigger_words="they refuse entry", actions=[{"what": "Police", "owner": "Duty", "hours": 4}],
    )  # fmt: skip
    people.plan_visit(world.w, world.who["hv"], planned.household, what="Visit", on_date="2026-12-01")
    for family in (owing, protected, planned):
        assert problem_of(ask, world, family) == "reason"
    closing = ask(world, later)
    assert problem_of(ask, world, later) == "reason", "it waits already"
    later.sofa()
    assert problem_of(answer, world, closing) == "agrees", "a danger that was found meanwhile is not closed over"
    answer(world, closing, agrees=False, reason="The baby slept on a sofa.")
    assert not ended(world, later)


def test_who_asked_cannot_agree_nor_can_anybody_who_does_not_supervise_the_family(world):
    family = world.family()
    closing = ask(world, family, who="lead")
    assert problem_of(answer, world, closing) == "agrees"
    other = ask(world, world.family("Other"))
    assert problem_of(answer, world, other, who="midwife") == "agrees"
    assert problem_of(answer, world, other, agrees=False) == "reason"


@pytest.mark.parametrize("name", HOSTILE)
def test_any_words_are_kept_as_they_are(world, name):
    closing = ask(world, world.family(), reason=HOSTILE[name])
    answer(world, closing, agrees=False, reason=HOSTILE[name])
    assert world.rows("SELECT reason FROM closing") == world.rows("SELECT reason FROM closing_answer") == [{"reason": HOSTILE[name]}]
    assert problem_of(ask, world, world.family("Long"), reason=TOO_LONG) == "reason"

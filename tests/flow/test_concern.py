"""A practitioner is more worried than the rules are: the visit is referred by hand, and goes the way of every other referral."""

import json

import pytest

from visitapp.flow import concern, refer
from visitapp.problems import Problem

REASON = "The room smelled of gas; Ava did not once look up. <b>I do not like it</b> 👶 لا"


def by_hand(world, visit, who="hv", destination="social_care", urgency="this_week", reason=REASON):
    return concern.refer_by_hand(world.w, world.who[who], visit, destination, urgency, reason)


def refused(world, visit, **said) -> Problem:
    with pytest.raises(Problem) as problem:
        by_hand(world, visit, **said)
    return problem.value


def test_a_visit_in_which_the_rules_found_nothing_is_referred_and_answered_for(world):
    family = world.family()
    visit = family.visit()
    assert world.rows("SELECT id FROM referral") == []
    referral = by_hand(world, visit)
    assert world.rows("SELECT owner_account FROM duty WHERE subject = :id", id=referral) == [{"owner_account": world.who["hv"]}]
    assert [row["to_account"] for row in world.rows("SELECT to_account FROM notice")] == [world.who["lead"]]
    assert family.send() == referral
    assert family.state_of(referral) == "delivered"


def test_the_reason_stands_in_the_letter_as_it_was_typed(world):
    family = world.family()
    referral = by_hand(world, family.visit())
    family.send()
    [letter] = world.rows("SELECT content FROM letter WHERE referral = :id", id=referral)
    assert json.dumps(REASON)[1:-1].split(" ")[0] in letter["content"]
    assert "I do not like it" in letter["content"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"destination": "none"}, "destination"),
        ({"urgency": "soon"}, "urgency"),
        ({"reason": " \n"}, "reason"),
        ({"reason": "x" * 10_001}, "reason"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(world, said, field):
    assert refused(world, world.family().visit(), **said).field == field


def test_only_the_familys_team_may_and_only_once_at_a_time(world):
    visit = world.family().visit()
    assert refused(world, visit, who="west").code == "not_found"
    first = by_hand(world, visit)
    assert refused(world, visit).field == "destination"
    refer.withdraw(world.w, world.who["hv"], first, "Talked it over with the supervisor.")
    assert by_hand(world, visit) != first


def test_the_reason_comes_before_what_was_written_at_a_visit_of_some_weeks_ago_and_the_age_is_that_of_today(world):
    family = world.family()
    visit = family.visit({"concern": "Nothing to worry about. " * 40})
    world.clock.on(days=35)
    referral = by_hand(world, visit)
    family.send()
    [letter] = world.rows("SELECT content FROM letter WHERE referral = :id", id=referral)
    first = json.dumps(json.loads(letter["content"])["page_one"], ensure_ascii=False)
    assert first.index("I do not like it") < first.index("Written at the visit: Nothing to worry about.")
    assert "14 weeks" in first
    assert "9 weeks" not in first

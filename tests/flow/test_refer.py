"""From a proposal to an answer: who may do what in which state, what is owed to whom by when, and who is told."""

import json

import pytest

from tests.flow.family_work import calling_for
from tests.flow.notes import SAFE_NIGHT
from tests.flow.world import World, completion
from visitapp.domain import referrals as states
from visitapp.flow import people, refer, reply, together
from visitapp.flow.owing import due_at
from visitapp.flow.stuck import what_is_stuck
from visitapp.problems import Problem


def duty(world: World, referral: str) -> dict:
    found = world.rows("SELECT * FROM duty WHERE subject = :id", id=referral)
    return found[0] if found else {}


def events(world: World, referral: str) -> list[str]:
    return [row["event"] for row in world.rows("SELECT event FROM referral_event WHERE referral = :id ORDER BY seq", id=referral)]


def told(world: World) -> list[str]:
    names = {id: name for name, id in world.who.items()}
    return sorted(names[row["to_account"]] for row in world.rows("SELECT to_account FROM notice"))


def refused(act, *arguments) -> Problem:
    with pytest.raises(Problem) as problem:
        act(*arguments)
    return problem.value


def test_a_level_four_goes_from_the_visit_to_the_answer_and_nobody_waits_for_a_signature(world):
    family = world.family()
    family.sofa()
    referral = family.send(phoned_who="The duty social worker", phoned_at="2026-11-22T10:30:00.000Z")
    assert events(world, referral) == ["proposed", "requested", "lettered", "delivered"]
    assert told(world) == ["lead"]
    world.clock.on(hours=2)
    reply.acknowledge(world.w, world.who["duty"], referral)
    reply.decide(world.w, world.who["duty"], referral, "enquiry_s47", "A baby on a sofa beside six units.", "We visit today.")
    assert family.state_of(referral) == "decided"
    assert told(world) == ["hv", "lead", "lead"]
    assert duty(world, referral) == {}
    assert what_is_stuck(world.w) == []


def test_each_state_has_an_owner_and_a_deadline(world):
    family = world.family()
    family.sofa()
    referral = family.referral()
    assert (duty(world, referral)["kind"], duty(world, referral)["owner_account"]) == ("complete", world.who["hv"])
    assert duty(world, referral)["due_at"] == "2026-11-22T14:40:00.000Z"  # level 4: four hours of the clock, on a Sunday too
    family.send()
    asked = duty(world, referral)
    assert (asked["kind"], asked["owner_account"], asked["owner_team"]) == ("acknowledge", world.who["hv"], world.front_door)
    assert asked["due_at"] == "2026-11-22T14:40:00.000Z"  # to hear that it arrived: four hours, on a Sunday too
    world.clock.on(days=1)
    reply.acknowledge(world.w, world.who["duty"], referral)
    assert (duty(world, referral)["kind"], duty(world, referral)["due_at"]) == ("decide", "2026-11-23T10:40:00.000Z")


def test_a_letter_that_waits_is_owed_by_the_practitioner_from_the_moment_it_was_sent(world):
    family = world.family()
    family.sofa()
    referral = family.referral()
    refer.send(world.w, world.who["hv"], referral, completion())
    assert (duty(world, referral)["kind"], duty(world, referral)["due_at"]) == ("deliver", "2026-11-22T12:40:00.000Z")


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2026-04-02T15:00:00.000Z", "2026-04-07T15:00:00.000Z"),  # Maundy Thursday: Good Friday and Easter Monday do not count
        ("2026-12-24T16:00:00.000Z", "2026-12-29T16:00:00.000Z"),  # Christmas Day, a weekend, and Boxing Day on the Monday
        ("2026-03-27T12:00:00.000Z", "2026-03-30T11:00:00.000Z"),  # the clocks go forward over the weekend: noon stays noon
    ],
)
def test_the_receivers_reply_runs_in_working_days(world, today, due):
    for state in (states.DELIVERED, states.ACKNOWLEDGED):
        assert due_at(world.w.catalogue.policy, state, 3, "this_week", today) == due


@pytest.mark.parametrize(("level", "urgency"), [(4, "this_week"), (2, "tonight")])
def test_what_is_urgent_is_to_be_answered_within_hours(world, level, urgency):
    friday = "2026-11-20T18:30:00.000Z"
    assert due_at(world.w.catalogue.policy, states.DELIVERED, level, urgency, friday) == "2026-11-20T22:30:00.000Z"
    assert due_at(world.w.catalogue.policy, states.ACKNOWLEDGED, level, urgency, friday) == "2026-11-21T18:30:00.000Z"


def test_an_urgent_referral_of_a_friday_evening_is_overdue_that_night_and_not_on_monday(world):
    world.clock.at = "2026-11-20T18:30:00.000Z"
    family = world.family()
    family.sofa(on="2026-11-20")
    referral = family.send()
    assert (duty(world, referral)["kind"], duty(world, referral)["due_at"]) == ("acknowledge", "2026-11-20T22:30:00.000Z")
    world.clock.on(hours=5)
    assert [(one.what, one.owner) for one in what_is_stuck(world.w)] == [("overdue_acknowledge", world.who["lead"])], "the weekend's"


def test_overdue_is_asked_of_the_clock_and_stored_nowhere(world):
    calling_for(world)
    family = world.family()
    family.sofa()
    assert what_is_stuck(world.w) == []
    world.clock.on(hours=5)
    assert [(one.what, one.owner) for one in what_is_stuck(world.w)] == [("overdue_complete", world.who["lead"])], "a Sunday"
    family.send()
    assert what_is_stuck(world.w) == []
    world.clock.on(days=2)
    assert [one.what for one in what_is_stuck(world.w)] == ["overdue_acknowledge"]


def test_a_later_visit_that_is_no_graver_is_attached_as_news(world):
    family = world.family()
    family.sofa()
    family.visit()
    assert world.count("referral") == 1
    assert events(world, family.referral()) == ["proposed", "news"]
    referral = family.send()
    family.untidy()
    assert events(world, referral)[-1] == "news"
    assert "hv" in told(world)


def test_a_graver_concern_takes_the_place_of_what_was_only_proposed(world):
    family = world.family()
    family.untidy()
    first = family.referral()
    family.sofa()
    assert family.referral() != first
    assert (family.state_of(first), family.state()) == ("withdrawn", "proposed")


def test_a_decided_family_can_be_referred_again(world):
    family = world.family()
    family.sofa()
    first = family.send()
    reply.decide(world.w, world.who["duty"], first, "no_further_action", "Seen by us.", "")
    family.sofa()
    assert family.referral() != first


def test_withdrawing_needs_a_reason_and_ends_the_duty(world):
    family = world.family()
    family.untidy()
    referral = family.referral()
    assert refused(refer.withdraw, world.w, world.who["hv"], referral, " \n").field == "reason"
    refer.withdraw(world.w, world.who["hv"], referral, "They are with early help already.")
    assert (family.state_of(referral), duty(world, referral)) == ("withdrawn", {})
    assert told(world) == ["lead"]
    assert refused(refer.send, world.w, world.who["hv"], referral, completion()).code == "state_wrong"


MISSING = {
    "asked_for": {"asked_for": "  "},
    "parents_told": {"parents_told": None},
    "not_told_why": {"parents_told": "no"},
    "asked_by_on": {"asked_by_on": "2026-11-21"},
    "phoned_at": {"phoned_who": "Duty", "phoned_at": "2026-11-22T10:41:00.000Z"},
    "phoned_who": {"phoned_at": "2026-11-22T10:00:00.000Z"},
}


@pytest.mark.parametrize(("field", "said"), MISSING.items())
def test_a_completion_says_what_to_put_right(world, field, said):
    family = world.family()
    family.sofa()
    problem = refused(refer.send, world.w, world.who["hv"], family.referral(), completion(**said))
    assert (problem.status, problem.field) == (422, field)
    assert family.state() == "proposed"


@pytest.mark.parametrize(
    "said", [{"asked_by_on": "tomorrow"}, {"phoned_at": "noon", "phoned_who": "x"}, {"not_told_why": ("whim",), "parents_told": "no"}]
)
def test_a_completion_of_the_wrong_shape_is_a_problem_and_no_fault(world, said):
    family = world.family()
    family.sofa()
    assert refused(refer.send, world.w, world.who["hv"], family.referral(), completion(**said)).status == 422


def test_what_was_typed_is_kept_as_typed(world):
    family = world.family()
    family.sofa()
    referral = family.send(asked_for="  <b>Please</b>\nvisit  ", parents_told="no", not_told_why=("raises_risk",), parents_said="")
    kept = json.loads(world.rows("SELECT detail FROM referral_event WHERE event = 'requested'")[0]["detail"])
    assert kept["asked_for"] == "  <b>Please</b>\nvisit  "
    assert kept["not_told_why"] == ["raises_risk"]
    assert events(world, referral)[-1] == "delivered"


@pytest.mark.parametrize("who", ["west", "duty", "admin"])
def test_only_the_familys_team_sends_or_withdraws(world, who):
    family = world.family()
    family.sofa()
    for act, argument in ((refer.send, completion()), (refer.withdraw, "No.")):
        assert refused(act, world.w, world.who[who], family.referral(), argument).code == "not_found"


@pytest.mark.parametrize("who", ["hv", "lead", "helper", "admin"])
def test_only_the_receiving_team_answers(world, who):
    family = world.family()
    family.sofa()
    referral = family.send()
    assert refused(reply.acknowledge, world.w, world.who[who], referral).code == "not_found"
    assert refused(reply.decide, world.w, world.who[who], referral, "early_help", "Yes.", "").code == "not_found"


def test_nobody_answers_what_was_not_delivered(world):
    family = world.family()
    family.sofa()
    assert refused(reply.acknowledge, world.w, world.who["duty"], family.referral()).code == "not_found"


def test_an_answer_is_given_once_and_names_its_outcome(world):
    family = world.family()
    family.sofa()
    referral = family.send()
    assert refused(reply.decide, world.w, world.who["duty"], referral, "perhaps", "Because.", "").field == "outcome"
    assert refused(reply.decide, world.w, world.who["duty"], referral, "early_help", "", "").field == "reason"
    reply.acknowledge(world.w, world.who["duty"], referral)
    assert refused(reply.acknowledge, world.w, world.who["duty"], referral).code == "state_wrong"
    reply.decide(world.w, world.who["duty"], referral, "early_help", "They agree.", "Tuesday.")
    assert refused(reply.decide, world.w, world.who["duty"], referral, "early_help", "Again.", "").code == "state_wrong"


def test_a_family_in_an_area_without_a_receiving_team_is_still_proposed_and_says_so(world):
    family = world.family(practitioner="west", area="westfen")
    family.sofa(who="west")
    assert family.state() == "proposed"
    problem = refused(refer.send, world.w, world.who["west"], family.referral(), completion())
    assert problem.field == "receiving_team"
    people.add_receiving_team(
        world.w, "system", name="Westfen front door", area="westfen", email="w@westfen.example", phone="01632 960300",
        phone_out_of_hours="01632 960301", review_on="2027-01-01",
    )  # fmt: skip
    unaddressed = family.referral()
    sent = refer.send(world.w, world.who["west"], unaddressed, completion())
    world.work()
    assert (family.state_of(unaddressed), family.state_of(sent)) == ("withdrawn", "delivered")
    assert json.loads(world.rows("SELECT detail FROM referral_event WHERE event = 'withdrawn'")[0]["detail"])["reason"]


def test_an_ordinary_visit_proposes_nothing(world):
    family = world.family()
    family.visit(family.child(SAFE_NIGHT))
    assert (world.count("referral"), world.count("duty")) == (0, 0)


def test_every_open_state_is_owed_by_somebody():
    from visitapp.flow.owing import OWED

    assert set(OWED) == set(states.STATES) - set(states.CLOSED)


def test_a_letter_has_as_long_as_what_it_asks_for_can_wait(world):
    friday = "2026-11-20T18:30:00.000Z"
    due = {
        urgency: due_at(world.w.catalogue.policy, states.LETTERED, 2, urgency, friday) for urgency in ("tonight", "this_week", "routine")
    }
    assert due["tonight"] == "2026-11-20T20:30:00.000Z"
    assert due["tonight"] < "2026-11-23" < due["this_week"] < due["routine"]
    assert due_at(world.w.catalogue.policy, states.LETTERED, 4, "routine", friday) == due["tonight"]


def test_everything_that_is_to_be_put_right_is_said_at_once(world):
    family = world.family()
    family.untidy()
    bad = completion(asked_for=" ", parents_told="", agreement="", safe_number="12", asked_by_on="2026-01-01", phoned_at="noon")
    problem = refused(refer.send, world.w, world.who["hv"], family.referral(), bad)
    assert (problem.field, [field for field, _ in problem.others]) == (
        "asked_for", ["asked_by_on", "parents_told", "agreement", "phoned_who", "phoned_at", "safe_number", "safe_times"],
    )  # fmt: skip


def test_a_family_with_a_worker_of_its_own_is_not_without_a_route(world):
    family = world.family(practitioner="west", area="westfen")
    family.sofa(who="west")
    assert [one.what for one in what_is_stuck(world.w)] == ["no_route"]
    together.involve(
        world.w, world.who["west"], family.household, kind="social_worker", name="Westfen team", from_on="2026-10-01", worker="Ana Reyes",
        email="ana@westfen.example",
    )  # fmt: skip
    assert "no_route" not in [one.what for one in what_is_stuck(world.w)]

"""A call comes first where something cannot wait: it is kept with who answered and what was agreed, the next number follows when nobody
did, and what is sent as it was known owes the rest by the hour."""

import pytest

from tests.flow.test_routing import HOSTILE, entry, refused, send
from tests.flow.world import completion
from visitapp.flow import concern, phoning, refer, reply, standing_in
from visitapp.flow.stuck import what_is_stuck

NOON = "2026-11-22T12:00:00.000Z"


def due(world, kind: str) -> str:
    return world.rows("SELECT due_at FROM duty WHERE kind = :kind", kind=kind)[0]["due_at"]


def call(world, referral: str, **said) -> None:
    plain = {"whom": "Eastmoor front door", "number": "01632 960101", "reached": "no"}
    phoning.record(world.w, world.who["hv"], referral, phoning.Call(**(plain | said)))


def test_nobody_answers_and_the_next_number_is_named_until_somebody_does(world):
    entry(world, "out_of_hours", phone_out_of_hours="01632 960777")
    family = world.family()
    family.sofa()
    referral = family.referral()
    before = due(world, "complete")
    shown = phoning.phoning(world.w, referral)
    assert [(one.whom, one.number) for one in shown.numbers] == [
        ("Eastmoor out_of_hours", "01632 960777"), ("Eastmoor front door", "01632 960101"),
        ("The police, where nobody of social care answers (in danger now: 999)", "101"),
        ("Eastmoor front door, when the office opens", "01632 960100"),
    ]  # fmt: skip
    assert (shown.urgent, shown.reached, shown.next.number) == (True, None, "01632 960777")
    call(world, referral, whom="Eastmoor out_of_hours", number="01632 960777", agreed=HOSTILE)
    assert phoning.phoning(world.w, referral).next.number == "01632 960101"
    assert due(world, "complete") == before
    world.clock.on(hours=1)
    call(world, referral, reached="yes", spoke_to="J. Lane, duty worker", agreed="They visit by six.")
    assert due(world, "complete") == "2026-11-22T15:40:00.000Z"  # four hours from the call
    world.clock.on(hours=1)
    call(world, referral, reached="yes", spoke_to="J. Lane")
    assert due(world, "complete") == "2026-11-22T15:40:00.000Z"
    kept = phoning.phoning(world.w, referral)
    assert [kept.calls[0][part] for part in ("reached", "spoke_to", "agreed")] == [0, "", HOSTILE]
    send(world, family)
    [sent] = world.rows("SELECT content FROM letter WHERE document = 'referral'")
    assert "J. Lane, duty worker (Eastmoor front door)" in sent["content"]


def test_at_night_the_next_number_is_one_that_answers_then_and_never_the_offices(world):
    nights = entry(world, "out_of_hours", phone="01632 960776", phone_out_of_hours="01632 960777")
    standing_in.put_on_duty(world.w, world.who["lead"], from_on="2026-11-22", to_on="2026-11-22", account=world.who["lead"])
    family = world.family()
    family.sofa()
    referral = send(world, family)
    order = ["01632 960777", "01632 960101", "07700 900123", "101", "01632 960100"]
    assert [one.number for one in phoning.phoning(world.w, referral).numbers] == order, (nights, "a Sunday")
    for number in order[:3]:
        assert phoning.phoning(world.w, referral).next.number == number
        call(world, referral, whom="Whoever", number=number)
    assert phoning.phoning(world.w, referral).next.whom.startswith("The police")
    world.clock.at = "2026-11-23T10:40:00.000Z"
    world.clock.on(minutes=1)
    by_day = [(one.whom, one.number) for one in phoning.phoning(world.w, referral).numbers]
    assert by_day[0] == ("Eastmoor front door", "01632 960100")
    assert ("Eastmoor out_of_hours, nights and weekends", "01632 960777") in by_day
    assert "101" not in [number for _, number in by_day]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"whom": " "}, "whom"), ({"number": ""}, "number"), ({"reached": ""}, "reached"), ({"reached": "yes"}, "spoke_to"),
        ({"agreed": "x" * 10_001}, "agreed"), ({"at_time": "2026-11-23T10:00:00.000Z"}, "call_at"), ({"at_time": "yesterday"}, "call_at"),
    ],
)  # fmt: skip
def test_a_call_is_refused_with_its_field(world, said, field):
    family = world.family()
    family.sofa()
    assert refused(lambda: call(world, family.referral(), **said))[0] == field


def test_only_the_familys_own_team_records_a_call(world):
    family = world.family()
    family.sofa()
    said = phoning.Call("Desk", "1", "no")
    assert refused(lambda: phoning.record(world.w, world.who["west"], family.referral(), said))[0] is None
    assert world.count("referral_call") == 0


def test_what_cannot_wait_is_sent_as_it_is_known_and_the_rest_is_owed_by_the_hour(world):
    family = world.family()
    family.sofa()
    world.clock.at = NOON
    call(world, family.referral(), reached="yes", spoke_to="J. Lane", at_time="2026-11-22T11:30:00.000Z")
    refer.send(world.w, world.who["hv"], family.referral(), refer.Completion("Please go there now.", as_known=True))
    world.work()
    assert family.state_of(family.referral()) == "delivered"
    assert due(world, "follow_up") == "2026-11-22T15:30:00.000Z"
    [sent] = world.rows("SELECT content FROM letter WHERE document = 'referral'")
    assert "No information available yet" in sent["content"]
    world.clock.on(hours=4)
    assert "overdue_follow_up" in [one.what for one in what_is_stuck(world.w)]


def test_what_can_wait_is_completed_first(world):
    family = world.family()
    family.untidy()
    field, _ = refused(lambda: refer.send(world.w, world.who["hv"], family.referral(), completion(as_known=True)))
    assert field == "as_known"


def test_without_saying_so_the_parents_being_told_is_asked_as_before(world):
    family = world.family()
    family.sofa()
    field, _ = refused(lambda: refer.send(world.w, world.who["hv"], family.referral(), refer.Completion("Please go there now.")))
    assert field == "parents_told"


def test_phoning_comes_first_no_more_once_they_know(world):
    family = world.family()
    family.sofa()
    assert phoning.phoning(world.w, family.referral()).comes_first
    referral = send(world, family)
    assert phoning.phoning(world.w, referral).comes_first
    reply.acknowledge(world.w, world.who["duty"], referral)
    assert not phoning.phoning(world.w, referral).comes_first
    other = world.family("Birchall")
    other.sofa()
    assert not phoning.phoning(world.w, send(world, other, phoned_who="J. Lane, duty worker")).comes_first


def test_a_call_made_at_a_visit_of_weeks_ago_told_nobody_of_what_is_referred_by_hand_today(world):
    made = {
        "id": "c-1",
        "at": "2026-11-22T10:05:00.000Z",
        "who": "Duty desk",
        "number": "01632 960100",
        "reached": True,
        "spoke_to": "Kim Ode",
    }
    family, other = world.family(), world.family("Birchall")
    visit = family.visit(calls=[made])
    today = concern.refer_by_hand(world.w, world.who["hv"], visit, "social_care_urgent", "tonight", "I am worried.")
    assert not phoning.phoning(world.w, today).comes_first
    later = other.visit(calls=[made | {"id": "c-2"}])
    world.clock.on(days=14)
    referral = concern.refer_by_hand(world.w, world.who["hv"], later, "social_care_urgent", "tonight", "He is back.")
    assert phoning.phoning(world.w, referral).comes_first

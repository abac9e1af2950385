"""Where a referral goes and to whom, through the steps of a real one: the practitioner sees it, may add and take away a copy with a reason,
and what cannot be mailed is refused before it is sent, or, where it cannot wait, handed over by hand."""

import pytest

from tests.flow import world as worlds
from tests.flow.notes import SAFE_NIGHT
from tests.flow.world import World, completion
from visitapp.domain.replies import NOT_FOR_US, Reply
from visitapp.flow import concern, hand_over, people, refer, reply, routing, send_on, together
from visitapp.flow.stuck import what_is_stuck
from visitapp.flow.sweep import keep_watch
from visitapp.problems import Problem

TUESDAY = "2026-11-24T10:40:00.000Z"
TUESDAY_NIGHT = "2026-11-24T22:40:00.000Z"
HOSTILE = "<b>&amp;</b> 🧑 שלום \u202e" + "x" * 9_000


def entry(world: World, kind: str, *, id: str | None = None, area: str = "eastmoor", **choices: str) -> str:
    plain = {
        "name": f"{area.capitalize()} {kind}", "email": f"{kind}@{area}.example", "phone": "01632 960300",
        "phone_out_of_hours": "01632 960301", "review_on": "2027-01-01",
    }  # fmt: skip
    return people.add_receiving_team(world.w, "system", id=id, kind=kind, area=area, **(plain | choices))


def worker(world: World, family, **choices: str) -> str:
    plain = {
        "kind": "social_worker", "name": "Eastmoor long-term team", "from_on": "2026-10-01", "worker": "Ana Reyes",
        "email": "ana.reyes@eastmoor.example", "phone": "01632 960401", "manager": "Tom Bell", "manager_email": "tom.bell@eastmoor.example",
    }  # fmt: skip
    return together.involve(world.w, world.who["hv"], family.household, **(plain | choices))


def whom(world: World, referral: str) -> list[tuple[str, str, str]]:
    rows = world.rows("SELECT place, name, document FROM recipient WHERE referral = :r ORDER BY seq", r=referral)
    return [(row["place"], row["name"], row["document"]) for row in rows]


def refused(act) -> tuple[str | None, str]:
    with pytest.raises(Problem) as found:
        act()
    return found.value.field, found.value.message


def send(world: World, family, wishes: routing.Wishes = refer.AS_ROUTED, **said: str) -> str:
    referral = family.referral()
    refer.send(world.w, world.who["hv"], referral, completion(**said), wishes)
    world.work()
    return referral


def test_an_open_case_goes_to_its_worker_with_the_manager_told_and_each_has_a_letter(world):
    world.clock.at = TUESDAY
    family = world.family()
    worker(world, family)
    together.involve(
        world.w, world.who["hv"], family.household, kind="gp", name="Mill Surgery", email="mill@nhs.example", from_on="2026-10-01"
    )  # fmt: skip
    entry(world, "named_nurse")
    family.sofa(on="2026-11-24")
    referral = send(world, family)
    assert whom(world, referral) == [
        ("receiver", "Ana Reyes, Eastmoor long-term team", "referral"), ("copy", "Tom Bell, manager, Eastmoor long-term team", "referral"),
        ("copy", "Eastmoor named_nurse", "health_copy"), ("copy", "Mill Surgery", "health_copy"),
    ]  # fmt: skip
    assert sorted(message.to for message in world.post.sent) == [
        "ana.reyes@eastmoor.example", "mill@nhs.example", "named_nurse@eastmoor.example", "tom.bell@eastmoor.example",
    ]  # fmt: skip
    assert family.state_of(referral) == "delivered"
    assert [row["document"] for row in world.rows("SELECT document FROM letter ORDER BY document")] == ["health_copy", "referral"]
    assert "Ana Reyes" in world.rows("SELECT content FROM letter WHERE document = 'referral'")[0]["content"]


def test_at_night_the_out_of_hours_team_gets_it_and_the_council_answers_for_it(world):
    entry(world, "out_of_hours")
    world.clock.at = TUESDAY_NIGHT
    family = world.family()
    family.sofa(on="2026-11-24")
    referral = send(world, family)
    assert whom(world, referral)[:2] == [
        ("receiver", "Eastmoor out_of_hours", "referral"), ("copy", "Eastmoor front door", "referral"),
    ]  # fmt: skip
    [row] = world.rows("SELECT receiving_team, phone FROM recipient WHERE place = 'receiver'")
    assert row == {"receiving_team": world.front_door, "phone": "01632 960301"}


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        ("2026-11-24T08:59:00.000Z", "out_of_hours"), ("2026-11-24T09:00:00.000Z", "day"), ("2026-11-24T16:59:00.000Z", "day"),
        ("2026-11-24T17:00:00.000Z", "out_of_hours"), ("2026-11-22T12:00:00.000Z", "out_of_hours"),
        ("2026-12-25T12:00:00.000Z", "out_of_hours"), ("2026-12-28T12:00:00.000Z", "out_of_hours"), ("2026-12-29T12:00:00.000Z", "day"),
        ("2027-03-29T12:00:00.000Z", "out_of_hours"), ("2026-07-01T08:30:00.000Z", "day"),
    ],
)  # fmt: skip
def test_offices_are_open_by_the_clock_and_the_bank_holidays_of_england(world, at, hours):
    assert routing.hours_at(world.w.catalogue.policy, at) == hours


def test_children_who_are_elsewhere_are_for_the_area_they_are_in_and_their_own_is_told(world):
    world.clock.at = TUESDAY
    entry(world, "front_door", area="westfen", email="desk@nhs.net")
    family = world.family()
    family.sofa(on="2026-11-24")
    assert whom(world, send(world, family, area_now="westfen"))[:2] == [
        ("receiver", "Westfen front_door", "referral"), ("copy", "Eastmoor front door", "referral"),
    ]  # fmt: skip


def test_where_the_area_they_are_in_is_not_in_the_directory_the_page_says_to_phone_it(world):
    family = world.family()
    family.sofa()
    referral = send(world, family, area_now="other")
    [row] = world.rows("SELECT reasons FROM recipient WHERE referral = :r AND place = 'receiver'", r=referral)
    assert "Phone that council." in row["reasons"]


def test_before_a_birth_it_is_a_pre_birth_referral(world):
    family = world.family(born_on=None, due_on="2027-01-10")
    visit = family.visit({"where": "home"}, form="antenatal")
    concern.refer_by_hand(world.w, world.who["hv"], visit, "social_care", "this_week", "Her first child was removed.")
    assert whom(world, send(world, family))[0][2] == "pre_birth"


def test_the_authority_that_placed_a_child_is_always_told(world):
    family = world.family()
    worker(world, family, kind="placing_authority", name="Westfen looked-after children", worker="", manager="", manager_email="")
    family.untidy()
    assert ("copy", "Westfen looked-after children", "referral") in whom(world, send(world, family))


def test_an_entry_past_its_review_is_refused_before_anything_is_sent(world):
    world.clock.at = TUESDAY
    entry(world, "front_door", id=world.front_door, review_on="2026-11-01")
    family = world.family()
    family.visit(family.child(SAFE_NIGHT) | worlds.UNTIDY_AND_LOW | {"open_to": "child_in_need"})
    field, said = refused(lambda: send(world, family))
    assert field == "receiving_team"
    assert "was to be checked by 1 November 2026" in said
    assert "ask an administrator to correct the entry" in said
    assert family.state() == "proposed"
    assert world.count("recipient") == 0


def test_an_address_outside_the_assured_domains_is_refused_and_an_urgent_one_is_handed_over_by_hand(world):
    entry(world, "front_door", id=world.front_door, email="desk@hotmail.example")
    family = world.family()
    family.sofa()
    referral = send(world, family)
    [row] = world.rows("SELECT * FROM recipient WHERE referral = :r", r=referral)
    assert (row["transport"], row["address"]) == ("by_hand", "")
    assert "hotmail.example, which is none of the domains" in row["reasons"]
    assert (family.state_of(referral), world.post.sent, world.count("outbox")) == ("lettered", [], 0)
    world.clock.on(hours=3)
    keep_watch(world.w)
    assert [one.what for one in what_is_stuck(world.w) if one.id == referral][:1] == ["letter_to_hand_over"]
    assert refused(lambda: hand_over.handed_over(world.w, world.who["hv"], referral, row["id"], " "))[0] == f"how-{row['id']}"
    assert refused(lambda: hand_over.handed_over(world.w, world.who["west"], referral, row["id"], "x"))[0] is None
    for _ in range(2):  # twice is once
        hand_over.handed_over(world.w, world.who["hv"], referral, row["id"], HOSTILE)
    assert family.state_of(referral) == "delivered"
    assert world.rows("SELECT transport, outcome, proof FROM delivery") == [{"transport": "by_hand", "outcome": "sent", "proof": HOSTILE}]


def test_a_referral_that_is_sent_on_goes_to_no_refused_entry_either(world):
    world.clock.at = TUESDAY
    other = entry(world, "early_help", review_on="2026-11-01", name="Old early help")
    family = world.family()
    family.untidy(on="2026-11-24")
    referral = send(world, family)
    back = Reply(NOT_FOR_US, not_ours_reason="Another area.", whose="")
    reply.answer(world.w, world.who["helper"], referral, back)
    field, said = refused(lambda: send_on.send_on(world.w, world.who["hv"], referral, other))
    assert (field, "was to be checked by 1 November 2026" in said) == ("team", True)


def test_a_copy_is_left_out_or_added_only_with_a_reason(world):
    entry(world, "named_nurse")
    family = world.family()
    family.sofa()
    [nurse] = world.rows("SELECT id FROM receiving_team WHERE kind = 'named_nurse'")
    key = f"team:{nurse['id']}"
    field, _ = refused(lambda: send(world, family, routing.Wishes(leave_out={key: " "})))
    assert field == f"leave_out_why-{key}"
    for also, wrong in (
        (routing.Added(name="School nurse"), "add_address"), (routing.Added("School nurse", "n@school.example"), "add_why"),
        (routing.Added("School nurse", "n@school.example", "health_copy", "x"), "add_address"),
        (routing.Added("School nurse", "n@nhs.net", "family_copy", "x"), "add_document"),
        (routing.Added("School nurse", "n@nhs.net", "health_copy", "x" * 10_001), "add_why"),
    ):  # fmt: skip
        assert refused(lambda also=also: send(world, family, routing.Wishes(also=also)))[0] == wrong
    wishes = routing.Wishes(leave_out={key: "She knows: she was at the visit."}, also=routing.Added(HOSTILE, "n@nhs.net", why=HOSTILE))
    referral = send(world, family, wishes)
    assert [name for _, name, _ in whom(world, referral)] == ["Eastmoor front door", HOSTILE.strip()]
    [row] = world.rows("SELECT reasons FROM recipient WHERE place = 'receiver'")
    assert "Eastmoor named_nurse gets no copy: She knows: she was at the visit." in row["reasons"]
    assert world.count("letter") == 2


def test_the_receiver_never_changes_without_being_seen(world):
    family = world.family()
    family.sofa()
    field, said = refused(lambda: send(world, family, routing.Wishes(receiver="team:another")))
    assert field == "receiver"
    assert "It now goes to Eastmoor front door" in said


def test_somebody_can_be_given_a_copy_after_it_was_sent(world):
    family = world.family()
    family.sofa()
    one = routing.Added("Family nurse", "nurse@nhs.net", "referral", "She visits on Thursday.")
    assert refused(lambda: routing.add_copy(world.w, world.who["hv"], family.referral(), one))[0] is None
    referral = send(world, family)
    routing.add_copy(world.w, world.who["hv"], referral, one)
    world.work()
    assert [message.to for message in world.post.sent] == ["desk@eastmoor.example", "nurse@nhs.net"]
    assert world.count("letter") == 1


def test_parents_are_offered_a_copy_where_they_were_told_and_nothing_speaks_against_it(world):
    family = world.family()
    asked = {"person": family.people["Ada"], "met": "alone", "abuse_asked": "nothing_said"}
    family.visit(family.child(worlds.NIGHT_ON_THE_SOFA) | {"adults": [asked]})
    assert (
        refused(lambda: send(world, family, routing.Wishes(ask_for=("family",)), parents_told="no", not_told_why=("delay",)))[0]
        == "ask_for"
    )
    referral = send(world, family, routing.Wishes(ask_for=("family",)))
    assert ("copy", "The parents", "family_copy") in whom(world, referral)
    assert world.count("letter") == 2
    assert len(world.post.sent) == 1  # theirs is handed over by hand


@pytest.mark.parametrize("said", ["disclosed", "known_before", None])
def test_parents_are_offered_none_where_abuse_was_spoken_of_or_nobody_asked(world, said):
    family = world.family()
    asked = {"person": family.people["Ada"], "met": "alone"} | ({"abuse_asked": said} if said else {})
    family.visit(family.child(worlds.NIGHT_ON_THE_SOFA) | {"adults": [asked]})
    assert refused(lambda: send(world, family, routing.Wishes(ask_for=("family",))))[0] == "ask_for"

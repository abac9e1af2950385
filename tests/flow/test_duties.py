"""What a finding calls for is owed by name until it is done; a visit ends only the duty to see a child, and only by seeing that child."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.flow.family_work import HOSTILE, TOO_LONG, agree, calling_for, owed, problem_of, refused, seen, unseen
from tests.flow.notes import SAFE_NIGHT, child
from visitapp.domain.moments import later
from visitapp.flow import duties, people
from visitapp.formlang.model import Duty
from visitapp.problems import Problem

SEE = Duty("See {child} at home, awake.", "rebook_protection", "see", "practitioner")
TELL = Duty("Tell the supervisor that {child} was not seen.", "same_day", "tell", "supervisor")
LANDLORD = Duty("write to the landlord", "housing", "do", "practitioner")


def cold(family, on="2026-11-22", **how):
    return family.visit(family.child(SAFE_NIGHT) | {"room_living": "something", "warmth": "moderate"}, on=on, **how)


def close(world, subject, who="hv", **said):
    plain = {"how": "done", "evidence": "Letter sent by e-mail to the landlord at 11:00."}
    duties.close(world.w, world.who[who], subject, **(plain | said))


def what(world, family):
    return [row["what"] for row in owed(world, family)]


# opened by what a visit finds


def test_given_a_baby_not_seen_then_what_that_calls_for_is_owed_by_name_within_the_policys_times(world):
    calling_for(world, child_not_seen=[SEE, TELL])
    family = world.family()
    unseen(family)
    tell, see = owed(world, family)
    assert (tell["what"], tell["owner_account"], tell["kind"]) == (
        "Tell the supervisor that Ava was not seen.",
        world.who["lead"],
        "finding",
    )
    assert (see["what"], see["owner_account"], see["kind"]) == ("See Ava at home, awake.", world.who["hv"], "see_child")
    assert (tell["due_at"], see["due_at"]) == (later(world.clock.at, hours=8), later(world.clock.at, hours=48))
    assert {row["finding"] for row in (tell, see)} == {"child_not_seen"}
    assert see["subject"] == f"finding:{family.household}:child_not_seen:{family.people['Ava']}:0"


def test_what_is_found_again_while_it_is_owed_is_not_owed_twice(world):
    calling_for(world, home_cold=[LANDLORD])
    family = world.family()
    cold(family, on="2026-11-20")
    first = owed(world, family)
    world.clock.on(days=1)
    cold(family)
    assert owed(world, family) == first
    assert what(world, family) == ["Write to the landlord"]


def test_given_it_was_done_when_the_home_is_cold_again_then_it_is_owed_again(world):
    calling_for(world, home_cold=[LANDLORD])
    family = world.family()
    cold(family)
    [subject] = [row["subject"] for row in owed(world, family)]
    close(world, subject)
    assert owed(world, family) == []
    world.clock.on(days=2)
    cold(family, on="2026-11-24")
    assert [row["subject"] for row in owed(world, family)] == [subject]


def test_a_visit_that_arrives_late_does_not_call_again_for_what_was_done_since(world):
    calling_for(world, home_cold=[LANDLORD])
    family = world.family()
    cold(family, on="2026-11-20")
    close(world, owed(world, family)[0]["subject"])
    cold(family, on="2026-11-21", who="midwife")
    assert owed(world, family) == []


def test_what_was_done_for_one_child_is_still_owed_for_the_other(world):
    calling_for(world, child_not_seen=[SEE])
    family = world.family()
    family.member("Kofi", "Okoro", "child", born_on="2026-09-20")
    both = [child(family.people[name], SAFE_NIGHT, seen="not_seen", row=f"r-{name}") for name in ("Ava", "Kofi")]
    family.visit({"children": both}, on="2026-11-20")
    assert len(owed(world, family)) == 2
    seen(family)
    assert what(world, family) == ["See Kofi at home, awake."]


def test_a_later_judgement_of_an_old_visit_calls_for_nothing(world):
    calling_for(world, not_completed_third=[LANDLORD], visits_not_completed=[LANDLORD])
    family = world.family()
    family.not_let_in(on="2026-10-01")
    family.not_let_in(on="2026-11-20")
    calling_for(world, not_completed_third=[LANDLORD])
    before = what(world, family)
    family.not_let_in(on="2026-10-20", who="midwife")  # makes the one of November the third
    third = world.rows("SELECT 1 FROM finding WHERE code = 'not_completed_third' AND state = 'present'")
    assert third
    assert what(world, family) == before


def test_a_time_that_the_policy_no_longer_has_is_a_day_and_never_a_visit_without_a_judgement(world):
    calling_for(world, home_cold=[Duty("Write to the landlord", "no_such_time", "do", "practitioner")])
    family = world.family()
    cold(family)
    assert [row["due_at"] for row in owed(world, family)] == [later(world.clock.at, hours=24)]


def test_what_cannot_be_told_calls_for_nothing(world):
    calling_for(world, home_cold=[LANDLORD])
    family = world.family()
    seen(family)
    assert owed(world, family) == []


# ended by seeing the child


def test_given_a_baby_to_be_seen_when_a_visit_sees_her_then_it_is_ended_and_what_a_person_must_do_is_not(world):
    calling_for(world, child_not_seen=[SEE, TELL])
    family = world.family()
    unseen(family, on="2026-11-20")
    visit = seen(family)
    assert [row["kind"] for row in owed(world, family)] == ["finding"]
    [ended] = world.rows("SELECT how, evidence, reference FROM duty_closed")
    assert ended == {"how": "visit", "evidence": "Seen at the visit on 22 November 2026.", "reference": visit}


def test_the_visit_that_calls_for_it_does_not_end_it_and_one_not_completed_never_does(world):
    calling_for(world, child_not_seen=[SEE])
    family = world.family()
    unseen(family, on="2026-11-20")
    unseen(family, on="2026-11-21")
    family.not_let_in(on="2026-11-22")
    assert len(owed(world, family)) == 1


def test_a_visit_from_before_that_arrives_late_does_not_end_it(world):
    calling_for(world, child_not_seen=[SEE])
    family = world.family()
    unseen(family, on="2026-11-20")
    seen(family, on="2026-11-19", who="midwife")
    assert len(owed(world, family)) == 1


def test_a_visit_from_before_that_arrives_late_does_not_call_for_what_a_later_one_did(world):
    calling_for(world, child_not_seen=[SEE, TELL])
    family = world.family()
    seen(family, on="2026-11-22")
    unseen(family, on="2026-11-20", who="midwife")
    assert [row["kind"] for row in owed(world, family)] == ["finding"]


def test_given_the_baby_was_seen_when_she_is_not_the_next_time_then_it_is_owed_again(world):
    calling_for(world, child_not_seen=[SEE])
    family = world.family()
    unseen(family, on="2026-11-20")
    seen(family, on="2026-11-21")
    unseen(family, on="2026-11-22")
    assert len(owed(world, family)) == 1


def asleep(family, on="2026-11-22"):
    return family.visit({"children": [child(family.people["Ava"], SAFE_NIGHT, seen="asleep")]}, on=on)


def test_a_baby_seen_asleep_counts_as_seen_but_not_where_a_plan_stands(world):
    calling_for(world, child_not_seen=[SEE])
    universal, planned = world.family(), world.family("Brook")
    agree(world, planned, source="safety")
    for family in (universal, planned):
        unseen(family, on="2026-11-20")
        asleep(family)
    assert (len(owed(world, universal)), len(owed(world, planned))) == (0, 1)
    seen(planned)
    assert owed(world, planned) == []


def test_where_a_referral_was_sent_a_baby_is_to_be_seen_awake(world):
    calling_for(world, child_not_seen=[SEE])
    family = world.family()
    family.sofa(on="2026-11-19")
    family.send()
    unseen(family, on="2026-11-20")
    asleep(family, on="2026-11-21")
    assert len(owed(world, family)) == 1
    seen(family)
    assert owed(world, family) == []


def test_a_duty_to_see_every_child_is_ended_only_when_every_child_was_seen(world):
    calling_for(world, home_cold=[SEE])
    family = world.family()
    family.member("Kofi", "Okoro", "child", born_on="2024-01-01")
    cold(family, on="2026-11-20")
    seen(family, on="2026-11-21")  # the baby alone
    assert len(owed(world, family)) == 1
    both = [child(family.people[name], SAFE_NIGHT, row=f"r-{name}") for name in ("Ava", "Kofi")]
    family.visit({"children": both})
    assert owed(world, family) == []


# ended by a person


def test_a_child_is_seen_by_a_visit_and_not_by_a_word(world):
    calling_for(world, child_not_seen=[SEE])
    family = world.family()
    unseen(family)
    [subject] = [row["subject"] for row in owed(world, family)]
    assert problem_of(close, world, subject) == "how"
    assert problem_of(close, world, subject, how="declined", reference="none given") == "how"
    assert problem_of(close, world, subject, how="excused", evidence="Abroad") == "how"
    close(world, subject, who="lead", how="excused", evidence="In hospital, seen there by the ward today.")
    assert owed(world, family) == []


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("how", {"how": "visit"}), ("how", {"how": "no_longer_needed"}), ("how", {"how": None}), ("evidence", {"evidence": " \n"}),
        ("evidence", {"evidence": TOO_LONG}), ("evidence", {"evidence": 7}), ("reference", {"reference": TOO_LONG}),
        ("how", {"how": "declined", "reference": "none"}), ("reference", {"how": "declined"}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_end_of_a_duty_is_said_beside_its_field(world, field, said):
    calling_for(world, home_cold=[LANDLORD])
    family = world.family()
    cold(family)
    assert problem_of(close, world, owed(world, family)[0]["subject"], **said) == field
    assert len(owed(world, family)) == 1


def test_a_referral_and_a_visit_set_aside_end_by_their_own_steps(world):
    calling_for(world)
    family = world.family()
    family.sofa()
    world.tablet().send(family.written(form_version=999))
    rows = world.rows("SELECT subject, kind FROM duty ORDER BY kind")
    assert [row["kind"] for row in rows] == ["complete", "quarantine"]
    for row in rows:
        assert problem_of(close, world, row["subject"]) == "how"


@pytest.mark.parametrize("name", HOSTILE)
def test_evidence_is_kept_as_typed(world, name):
    calling_for(world, home_cold=[LANDLORD])
    family = world.family()
    cold(family)
    close(world, owed(world, family)[0]["subject"], evidence=HOSTILE[name], reference=HOSTILE[name])
    assert world.rows("SELECT evidence, reference FROM duty_closed") == [{"evidence": HOSTILE[name], "reference": HOSTILE[name]}]


def test_two_people_who_end_the_same_duty_at_once_end_it_once(world):
    family = world.family()
    agree(world, family)
    refused(family)
    subject = owed(world, family)[0]["subject"]

    def try_to(who):
        try:
            close(world, subject, who=who)
        except Problem as problem:
            return problem.field
        return "ended"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(try_to, ("hv", "midwife"))) == ["ended", "how"]
    assert world.count("duty_closed") == 1


# from one practitioner to the next


def test_what_the_one_before_owed_passes_with_the_family_and_is_due_when_it_was(world):
    calling_for(world, home_cold=[LANDLORD])
    family = world.family()
    cold(family)
    before = owed(world, family)
    assert {row["owner_account"] for row in before} == {world.who["hv"]}
    people.name_practitioner(world.w, world.who["lead"], family.household, account=world.who["midwife"])
    after = owed(world, family)
    assert {row["owner_account"] for row in after} == {world.who["midwife"]}
    assert [(row["subject"], row["due_at"]) for row in after] == [(row["subject"], row["due_at"]) for row in before]


def test_what_somebody_else_owes_stays_with_them(world):
    calling_for(world, child_not_seen=[TELL])
    family = world.family()
    unseen(family)
    people.name_practitioner(world.w, world.who["lead"], family.household, account=world.who["midwife"])
    assert {row["owner_account"] for row in owed(world, family)} == {world.who["lead"]}

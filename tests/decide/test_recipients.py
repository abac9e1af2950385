"""Who gets a referral, as a table of cases over the shipped routes: pure, and each with its sentence."""

from datetime import date

import pytest

from visitapp.decide.recipients import Candidate, Facts, choose, refusal
from visitapp.formlang import load_catalogue
from visitapp.wiring import FORMS

ROUTES = load_catalogue(FORMS).routes("eastmoor")
TODAY = date(2026, 11, 24)
PAST = "its entry was to be checked by 1 November 2026 and was not."


def entry(key: str, refused: str = "") -> tuple[Candidate, ...]:
    return (Candidate(key, key.capitalize(), f"{key}@eastmoor.example", "01632 960100", key, refused),)


EVERYBODY = {
    word: entry(word)
    for word in (
        "front_door", "early_help", "out_of_hours", "pre_birth", "named_nurse", "worker", "manager", "early_help_worker",
        "placing_authority", "gp", "home_front_door",
    )
} | {"family": (Candidate("family", "The parents", ""),)}  # fmt: skip
COUNCIL = {word: EVERYBODY[word] for word in ("front_door", "early_help")}
URGENT = {"go": "social_care_urgent", "level": 4, "urgency": "tonight", "hours": "day"}
SOON = {"go": "social_care", "level": 3, "urgency": "this_week", "hours": "day"}
OPEN = {"open_to": frozenset({"child_protection"})}
NIGHT = {"hours": "out_of_hours"}


def went(who=EVERYBODY, **facts) -> list[tuple[str, str, str]]:
    return [(one.place, one.who.key, one.document) for one in choose(ROUTES, Facts(**facts), who).choices if not one.offered]


GP, NURSE = ("copy", "gp", "health_copy"), ("copy", "named_nurse", "health_copy")
CASES = {
    "urgent by day": (URGENT, [("receiver", "front_door", "referral"), NURSE, GP]),
    "urgent at night": (
        URGENT | NIGHT,
        [("receiver", "out_of_hours", "referral"), ("copy", "front_door", "referral"), NURSE, GP],
    ),
    "not urgent at night waits for the front door": (SOON | NIGHT, [("receiver", "front_door", "referral"), GP]),
    "open by day": (
        SOON | OPEN,
        [("receiver", "worker", "referral"), ("copy", "manager", "referral"), GP],
    ),
    "open and urgent at night": (
        URGENT | OPEN | NIGHT,
        [
            ("receiver", "out_of_hours", "referral"), ("copy", "worker", "referral"), ("copy", "manager", "referral"),
            ("copy", "front_door", "referral"), NURSE, GP,
        ],
    ),
    "found elsewhere": (
        URGENT | {"found": "elsewhere"},
        [("receiver", "front_door", "referral"), ("copy", "home_front_door", "referral"), NURSE, GP],
    ),
    "found elsewhere at night": (
        URGENT | NIGHT | {"found": "elsewhere"},
        [("receiver", "out_of_hours", "referral"), ("copy", "home_front_door", "referral"), NURSE, GP],
    ),
    "looked after": (
        SOON | {"looked_after": True},
        [("receiver", "front_door", "referral"), ("copy", "placing_authority", "referral"), GP],
    ),
    "looked after and early help": (
        {"go": "early_help", "level": 2, "urgency": "routine", "hours": "day", "looked_after": True},
        [("receiver", "early_help", "early_help"), ("copy", "placing_authority", "referral")],
    ),
    "unborn": (SOON | {"unborn": "all"}, [("receiver", "pre_birth", "pre_birth"), GP]),
    "unborn with a brother": (SOON | {"unborn": "some", "youngest_days": 900}, [("receiver", "front_door", "referral"), GP]),
    "a baby at level 3": (SOON | {"youngest_days": 60}, [("receiver", "front_door", "referral"), NURSE, GP]),
    "early help that is open": (
        {"go": "early_help", "level": 2, "urgency": "routine", "hours": "day", "open_to": frozenset({"early_help"})},
        [("receiver", "early_help_worker", "early_help")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_who_gets_it(case):
    facts, wanted = CASES[case]
    assert went(**facts) == wanted


@pytest.mark.parametrize("case", CASES)
def test_each_choice_has_a_sentence_and_there_is_one_receiver(case):
    chosen = choose(ROUTES, Facts(**CASES[case][0]), EVERYBODY)
    assert [one.place for one in chosen.choices].count("receiver") == 1
    assert all(reason.endswith(".") and len(reason) > 20 for one in chosen.choices for reason in one.reasons)
    assert len({one.who.key for one in chosen.choices}) == len(chosen.choices)


def test_an_open_case_with_no_worker_recorded_goes_to_the_front_door_and_says_so():
    chosen = choose(ROUTES, Facts(**SOON, **OPEN), COUNCIL)
    assert chosen.receiver.who.key == "front_door"
    assert any("no worker with an address for letters is recorded" in reason for reason in chosen.receiver.reasons)


def test_an_entry_past_its_review_is_passed_over_for_the_next_that_is_valid():
    who = EVERYBODY | {"out_of_hours": entry("out_of_hours", PAST)}
    chosen = choose(ROUTES, Facts(**URGENT | NIGHT), who)
    assert (chosen.receiver.who.key, chosen.receiver.by_hand) == ("front_door", False)
    assert f"Out_of_hours was passed over: {PAST}" in chosen.receiver.reasons


def test_where_every_entry_is_refused_it_is_refused_with_what_to_do():
    chosen = choose(ROUTES, Facts(**SOON), {"front_door": entry("front_door", PAST)})
    assert (chosen.receiver, chosen.choices) == (None, ())
    assert PAST in chosen.refused
    assert "Phone to make sure where it should go, and ask an administrator to correct the entry." in chosen.refused


def test_an_urgent_one_is_never_delayed_by_it():
    chosen = choose(ROUTES, Facts(**URGENT), {"front_door": entry("front_door", PAST)})
    assert (chosen.receiver.who.key, chosen.receiver.by_hand) == ("front_door", True)
    assert any("hand the letter over another way" in reason for reason in chosen.receiver.reasons)


def test_where_there_is_no_team_at_all_it_says_so():
    assert choose(ROUTES, Facts(**URGENT), {}).refused.startswith("No team receives referrals for this area yet.")


def test_a_copy_that_cannot_be_mailed_is_said_and_holds_nothing_up():
    chosen = choose(ROUTES, Facts(**URGENT), EVERYBODY | {"gp": entry("gp", "no address is recorded.")})
    assert chosen.receiver.who.key == "front_door"
    assert "No copy goes to Gp: no address is recorded." in chosen.notes


@pytest.mark.parametrize(
    ("parents", "safe", "offered"), [("told", True, True), ("told", False, False), ("not_told", True, False), (None, True, False)]
)
def test_the_family_is_offered_a_copy_only_where_they_were_told_and_it_is_safe(parents, safe, offered):
    chosen = choose(ROUTES, Facts(**SOON, parents=parents, safe=safe), EVERYBODY)
    assert [(one.document, one.offered, one.by_hand) for one in chosen.copies if one.who.key == "family"] == [
        ("family_copy", True, True)
    ] * offered


ELSEWHERE = "none of the domains that letters may be mailed to"
REFUSED = {
    "desk@nhs.net": "", "desk@NHS.net": "", "desk@eastmoor.example": "", "desk@mail.eastmoor.test": "", "": "no address is recorded",
    "desk": "not one e-mail address", "desk@eastmoor.test": ELSEWHERE, "desk@nhs.net.example": ELSEWHERE, "desk@fakenhs.net": ELSEWHERE,
}  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_only_the_assured_domains_can_be_mailed_to(address):
    said = refusal(ROUTES, address, TODAY, demonstration=True)
    assert (REFUSED[address] in said) if REFUSED[address] else said == ""


def test_the_domains_of_the_demonstration_count_nowhere_else():
    assert refusal(ROUTES, "desk@eastmoor.example", TODAY) != ""
    assert refusal(ROUTES, "desk@nhs.net", TODAY) == ""


@pytest.mark.parametrize(("review_on", "refused"), [("2026-11-23", True), ("2026-11-24", False), ("2027-01-01", False)])
def test_an_entry_counts_up_to_and_with_the_day_by_which_it_is_to_be_checked(review_on, refused):
    assert bool(refusal(ROUTES, "desk@nhs.net", TODAY, review_on=review_on)) is refused

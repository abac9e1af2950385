"""Where a child stands with each contact, from dates and the windows of the policy; how long answers took; and what followed neglect."""

import pytest

from visitapp.decide.contacts import DUE, ELSEWHERE, IN_TIME, LATE, NOT_SEEN, OVERDUE, PASSED_OVER, Made, standings, times, windows
from visitapp.decide.followed import AGAIN, NO_OUTCOME, NOT_AGAIN, NOT_REFERRED, NOT_SENT, TOO_EARLY, Followed, Referred, followed
from visitapp.decide.replies import took
from visitapp.formlang import load_catalogue
from visitapp.wiring import FORMS

TIMES = times(load_catalogue(FORMS).policy)
BORN, DUE_ON = "2026-01-10", "2026-01-15"


def standing(today: str, *made: Made, born: str | None = BORN, came: str = "2025-12-01", due: str | None = DUE_ON) -> dict[str, str]:
    return {one.contact: one.how for one in standings(windows(TIMES, born, due), born, came, made, today)}


def test_windows_are_those_of_the_guidance() -> None:
    found = {one.contact: (one.opens, one.closes) for one in windows(TIMES, BORN, DUE_ON)}
    assert found == {
        "antenatal": ("2025-10-23", BORN),
        "new_birth": ("2026-01-11", "2026-01-24"),
        "six_to_eight_weeks": ("2026-02-21", "2026-03-07"),
        "twelve_months": ("2026-10-11", "2027-04-12"),
        "two_years": ("2028-01-10", "2028-07-11"),
    }
    assert windows(TIMES, None, None) == ()
    early = windows(TIMES, "2025-10-10", DUE_ON)  # born before the contact before birth was due
    assert [one.contact for one in early][:2] == ["new_birth", "six_to_eight_weeks"]


@pytest.mark.parametrize(
    ("today", "how"), [("2026-01-10", None), ("2026-01-11", DUE), ("2026-01-24", DUE), ("2026-01-25", OVERDUE), ("2027-01-01", OVERDUE)]
)
def test_a_contact_is_due_in_its_time_and_overdue_the_day_after(today: str, how: str | None) -> None:
    assert standing(today).get("new_birth") == how


@pytest.mark.parametrize(
    ("made", "how"),
    [
        (Made("new_birth", "2026-01-24", True), IN_TIME),
        (Made("new_birth", "2026-01-25", True), LATE),
        (Made("new_birth", "2026-01-20", False), NOT_SEEN),  # the baby was not seen: it is still to be made
        (Made("new_birth", "2026-01-20", None), NOT_SEEN),  # nor is it known that the baby was
        (Made("new_birth", "2026-03-01", True), OVERDUE),  # as late as this it is another child's, or another contact
        (Made("new_birth", "2025-06-01", True), OVERDUE),  # an older child's
        (Made("six_to_eight_weeks", "2026-03-01", True), PASSED_OVER),
        (Made("six_to_eight_weeks", "2026-03-01", False), OVERDUE),
    ],
)
def test_what_was_made_counts_for_the_child_whose_it_was(made: Made, how: str) -> None:
    assert standing("2026-03-02", made)["new_birth"] == how


def test_an_older_childs_contact_is_not_a_babys() -> None:
    older = Made("twelve_months", "2026-03-10", True)
    assert "twelve_months" not in standing("2026-04-01", older)
    assert standing("2026-04-01", older)["six_to_eight_weeks"] == OVERDUE


def test_before_birth_it_is_due_from_28_weeks_and_gone_at_birth() -> None:
    assert standing("2025-10-22", born=None) == {}
    assert standing("2025-10-23", born=None) == {"antenatal": DUE}
    assert standing("2026-01-16", born=None) == {"antenatal": OVERDUE}
    assert standing("2025-11-20", Made("antenatal", "2025-11-19", None), born=None) == {"antenatal": IN_TIME}
    assert standing("2026-01-12")["antenatal"] == PASSED_OVER
    assert standing("2026-01-12", Made("antenatal", "2024-11-19", None))["antenatal"] == PASSED_OVER  # of an earlier pregnancy


def test_what_was_due_before_a_child_came_is_not_known() -> None:
    found = standing("2026-06-01", came="2026-05-01")
    assert found == {"antenatal": ELSEWHERE, "new_birth": ELSEWHERE, "six_to_eight_weeks": ELSEWHERE}


def test_answers_are_timed_in_working_days() -> None:
    friday = "2026-11-20T10:00:00.000Z"
    assert took(friday, "2026-11-23T09:59:00.000Z") == "1"
    assert took(friday, "2026-11-23T10:01:00.000Z") == "3"
    assert took(friday, "2026-11-27T10:00:00.000Z") == "5"
    assert took(friday, "2026-11-27T10:00:01.000Z") == "longer"


SENT = Referred("2025-02-01", "2025-02-02", "2025-02-10", "assessment_s17")


@pytest.mark.parametrize(
    ("referrals", "what"),
    [
        ((), Followed(NOT_REFERRED)),
        ((Referred("2024-12-01", "2024-12-01", "2024-12-05", "early_help"),), Followed(NOT_REFERRED)),  # before it was found
        ((Referred("2025-02-01", None, None, ""),), Followed(NOT_SENT)),
        ((Referred("2025-02-01", "2025-02-02", None, ""),), Followed(NO_OUTCOME)),
        ((SENT,), Followed("assessment_s17", NOT_AGAIN)),
        ((SENT, Referred("2025-09-01", "2025-09-01", None, "")), Followed("assessment_s17", AGAIN)),
        ((SENT, Referred("2025-09-01", None, None, "")), Followed("assessment_s17", NOT_AGAIN)),  # proposed is not referred
        ((SENT, Referred("2026-03-01", "2026-03-01", None, "")), Followed("assessment_s17", NOT_AGAIN)),  # after the year
        ((Referred("2026-02-01", "2026-02-02", "2026-02-10", "early_help"),), Followed("early_help", TOO_EARLY)),
    ],
)
def test_what_followed_neglect(referrals: tuple[Referred, ...], what: Followed) -> None:
    assert followed("2025-01-15", referrals, "2026-11-22") == what

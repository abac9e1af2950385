"""The screens that people work in: what each shows, to whom, and that a mistake is said beside its field with everything kept as typed."""

from tests.web import place
from tests.web.conftest import Enter
from visitapp.wiring import Wired


def test_a_health_visitor_sees_her_teams_families_and_nobody_elses(enter: Enter) -> None:
    page = enter("hv").get("/families").text
    assert "Ashdown and Okoro" in page
    assert "Birchall" in page
    assert "Westerly" not in page


def test_a_supervisor_reads_one_chronology_of_visits_referral_and_reply(enter: Enter, wired: Wired) -> None:
    place.visit(wired, findings=(place.PRESENT, place.UNKNOWN))
    place.visit(wired, place.NOT_LET_IN, on="2026-11-10", form="not_let_in", kind="visit_not_completed")
    place.referral(wired)
    page = enter("lead").get(f"/families/{place.FAMILY}").text
    for words in ("Isla slept on a sofa.", "Cannot tell", "Visit not completed", "Referral proposed", "9990000018"[:3]):
        assert words in page, words


def test_a_visit_is_shown_as_sealed_with_the_answers_that_made_each_finding(enter: Enter, wired: Wired) -> None:
    place.visit(wired, findings=(place.PRESENT, place.UNKNOWN))
    page = enter("hv").get(f"/visits/{place.VISIT}").text
    assert "Isla slept on a sofa." in page
    assert "Not answered" in page


def test_the_referral_list_and_page(enter: Enter, wired: Wired) -> None:
    place.visit(wired, findings=(place.PRESENT, place.UNKNOWN))
    id = place.referral(wired)
    assert "Ashdown and Okoro" in enter("hv").get("/referrals").text
    assert "Complete and send" in enter("hv").get(f"/referrals/{id}").text
    assert "Complete and send" not in enter("lead").get(f"/referrals/{id}").text

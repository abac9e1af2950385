"""A professional disagreement on its referral's page: raised there without leave, written there stage by stage, and in the chronology."""

import re

from tests.web import place
from tests.web.conftest import Enter
from tests.web.test_screens import proposed
from visitapp.flow import refer, reply
from visitapp.wiring import Wired

HOSTILE = ['<b>bold</b> & "quoted"', "🧸" * 40, "‮שלום ہے", "x" * 10_000]
WHY = {"why": "Isla slept on a sofa again.", "meanwhile": "Her grandmother stays."}
SPOKE = {
    "who": "Hannah with the desk", "on_date-day": "21", "on_date-month": "11", "on_date-year": "2026",
    "said": "Below their threshold.", "comes_to": "not_agreed", "meanwhile": "I phone each morning.",
}  # fmt: skip


def decided(wired: Wired) -> str:
    referral = proposed(wired)
    refer.send(wired, "hv", referral, refer.Completion(asked_for="Assess.", parents_told="yes", parents_said="They agree."))
    place.lettered(wired, referral)
    for event in ("lettered", "delivered"):
        place.happened(wired, referral, event)
    reply.decide(wired, "duty", referral, "no_further_action", "Below our threshold.", "None.")
    return referral


def test_it_is_raised_and_goes_on_stage_by_stage_on_the_referrals_page_and_in_the_chronology(enter: Enter, wired: Wired) -> None:
    referral, hv = decided(wired), enter("hv")
    assert "Raise a disagreement" in hv.get(f"/referrals/{referral}").text
    assert "Say what keeps the child safe meanwhile" in hv.post(f"/referrals/{referral}/disagree", data=WHY | {"meanwhile": ""}).text
    assert hv.post(f"/referrals/{referral}/disagree", data=WHY).status_code == 302
    page = hv.get(f"/referrals/{referral}").text
    assert "stage 1 of 4, practitioner to practitioner" in page
    assert "Raise a disagreement" not in page
    id = re.search(r"/disagreements/([^/]+)/said", page)[1]  # type: ignore[index]
    assert hv.get(f"/referrals/{referral}/disagree").status_code == 404, "one is open"
    assert "Choose what it came to" in hv.post(f"/disagreements/{id}/said", data=SPOKE | {"comes_to": ""}).text
    assert hv.post(f"/disagreements/{id}/said", data=SPOKE).status_code == 302
    assert "stage 2 of 4, managers" in hv.get(f"/referrals/{referral}").text
    assert f'href="/disagreements/{id}"' in enter("lead").get("/mine").text
    assert hv.get(f"/disagreements/{id}").headers["Location"] == f"/referrals/{referral}#disagreement"
    for show in ("", "?show=referrals"):
        story = hv.get(f"/families/{place.FAMILY}{show}").text
        for words in (
            "Professional disagreement raised",
            "Isla slept on a sofa again.",
            "Below their threshold.",
            "went on to the next stage",
        ):
            assert words in story, words
    assert hv.post(f"/disagreements/{id}/resolved", data={"how": ""}).status_code == 422
    assert hv.post(f"/disagreements/{id}/resolved", data={"how": "They visit on Monday."}).status_code == 302
    page = hv.get(f"/referrals/{referral}").text
    assert "They visit on Monday." in page
    assert "Raise a disagreement" in page


def test_it_is_ours_alone(enter: Enter, wired: Wired) -> None:
    referral, hv = decided(wired), enter("hv")
    hv.post(f"/referrals/{referral}/disagree", data=WHY)
    id = re.search(r"/disagreements/([^/]+)/said", hv.get(f"/referrals/{referral}").text)[1]  # type: ignore[index]
    assert "isagreement" not in enter("duty").get(f"/referrals/{referral}").text
    assert enter("duty").get(f"/disagreements/{id}").status_code == 403
    for path in (f"/disagreements/{id}", f"/disagreements/{id}/said", f"/disagreements/{id}/resolved", f"/referrals/{referral}/disagree"):
        assert enter("west").get(path).status_code == 404, path
    assert enter("west").post(f"/disagreements/{id}/said", data=SPOKE).status_code == 404


def test_every_text_meets_what_people_paste(enter: Enter, wired: Wired) -> None:
    referral, hv = decided(wired), enter("hv")
    hv.post(f"/referrals/{referral}/disagree", data=dict.fromkeys(WHY, HOSTILE[0]))
    id = re.search(r"/disagreements/([^/]+)/said", hv.get(f"/referrals/{referral}").text)[1]  # type: ignore[index]
    for text in HOSTILE:
        said = {"comes_to": "not_yet", "who": text, "said": text, "meanwhile": text}
        assert hv.post(f"/disagreements/{id}/said", data=SPOKE | said).status_code == 302
        assert hv.get(f"/referrals/{referral}").status_code == hv.get(f"/families/{place.FAMILY}").status_code == 200
    kept = hv.post(f"/disagreements/{id}/said", data=SPOKE | {"said": HOSTILE[0], "comes_to": ""}).text
    assert "&lt;b&gt;bold" in kept, "what was typed stays"

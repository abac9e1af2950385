"""Putting a record right on the screens: both sides in view before it is done, said on both afterwards, and nothing typed is lost."""

import re

from tests.web import place
from tests.web.conftest import Enter
from tests.web.test_arrangements import HOSTILE
from visitapp.store import households, people
from visitapp.wiring import Wired

HERE, OTHER = f"/families/{place.FAMILY}", f"/families/{place.QUIET}"


def furnished(w: Wired) -> None:
    with w.engine.write() as tx:
        people.add_person(tx, id="p-9", **place.STAMP)
        households.add_member(tx, id="p-9@f-2", household=place.QUIET, person="p-9", role="child", from_on="2026-01-02", **place.STAMP)
        people.add_detail(
            tx, person="p-9", household=place.QUIET, given_names="Isla", family_name="Ashdown", born_on="2026-09-20",
            nhs_number="9990000018", **place.STAMP,
        )  # fmt: skip


def test_a_visit_in_error_is_said_on_its_page_and_in_the_chronology(enter: Enter, wired: Wired) -> None:
    place.visit(wired)
    hv, west = enter("hv"), enter("west")
    error = f"/visits/{place.VISIT}/error"
    assert error in hv.get(f"/visits/{place.VISIT}").text
    assert west.get(error).status_code == 404
    assert west.post(error, data={"why": "x"}).status_code == 404
    page = hv.get(f"{error}?find=Birchall").text
    assert f"{error}?with={place.QUIET}" in page
    assert "Where it will stand" in hv.get(f"{error}?with={place.QUIET}").text
    wrong = hv.post(error, data={"why": " ", "belongs_to": place.QUIET})
    assert wrong.status_code == 422
    assert "Say what is wrong" in wrong.text
    assert "Where it will stand" in wrong.text
    lead, here = enter("lead"), f"/visits/{place.VISIT}"
    assert hv.post(error, data={"why": "It was <the> Birchalls.", "belongs_to": place.QUIET}).location == here
    assert "it stands until a second person agrees" in hv.get(here).text
    assert "waits for a second person" in hv.get(error).text
    assert "It was &lt;the&gt; Birchalls." in lead.get(f"{HERE}/arrangements").text
    [answer] = set(re.findall(r'href="(/families/f-1/record/error-answer[^"]+)"', lead.get(here).text))
    assert "Read it first" in lead.get(answer).text
    assert "Somebody else has to agree: you said it." in hv.post(answer, data={"agrees": "yes"}).text
    assert "Say why not." in lead.post(answer, data={"agrees": "no"}).text
    assert lead.post(answer, data={"agrees": "no", "reason": "The name on the door."}).status_code == 302
    assert "A second person did not agree that the visit was entered in error" in hv.get(HERE).text
    assert lead.post(error, data={"why": "It was the Birchalls.", "belongs_to": place.QUIET}).location == OTHER
    assert "A visit of 19 November 2026 was entered in error" in hv.get(HERE).text
    there = hv.get(OTHER).text
    assert "It was recorded in another family’s record before: It was the Birchalls." in re.sub(r"\s+", " ", there)
    assert "Entered in error" in hv.get(f"/visits/{place.VISIT}").text


def test_after_two_with_open_referrals_are_joined_each_page_says_which_takes_what_comes(enter: Enter, wired: Wired) -> None:
    furnished(wired)
    place.visit(wired)
    place.visit(wired, "v-8", household=place.QUIET)
    sent = [place.referral(wired), place.referral(wired, "a-v-8", "v-8", place.QUIET, level=3, urgency="routine", code="social_care")]
    for one in sent:
        place.happened(wired, one, "requested", asked_for="Please assess.", not_told_why=[])
    hv = enter("hv")
    said = {"with": place.QUIET, "why": "One NHS number.", "same-p-9": "p-1"}
    assert hv.post(f"{HERE}/join", data=said).status_code == 302
    first, second = (re.sub(r"\s+", " ", hv.get(f"/referrals/{one}").text) for one in sent)
    assert "This family has another open referral" in first
    assert "What later visits find goes with this one" in first
    assert f'What later visits find goes with <a href="/referrals/{sent[0]}">' in second
    assert "keeps its own clock" in hv.get("/told").text


def test_two_records_are_joined_with_both_in_view_and_taken_apart(enter: Enter, wired: Wired) -> None:
    furnished(wired)
    hv, west = enter("hv"), enter("west")
    assert f"{HERE}/join?with={place.QUIET}" in hv.get(f"{HERE}/join?find=Birchall").text
    page = hv.get(f"{HERE}/join?with={place.QUIET}").text
    assert "The other record, which is joined to it" in page
    assert re.search(r'<option value="p-1" selected>', page), "the same NHS number"
    assert hv.get(f"{HERE}/join?with={place.WESTERN}").status_code == 404
    assert west.get(f"{HERE}/join").status_code == 404
    wrong = hv.post(f"{HERE}/join", data={"with": place.QUIET, "why": ""})
    assert wrong.status_code == 422
    assert hv.post(f"{HERE}/join", data={"with": place.QUIET, "why": "One NHS number.", "same-p-9": "p-1"}).status_code == 302
    page = hv.get(HERE).text
    assert "was joined to this one" in page
    assert "Another record of this family was joined to this one" in page
    assert "Go on there" in hv.get(OTHER).text
    assert "This record was joined to another of the same family" in hv.get(OTHER).text
    assert "Birchall" not in hv.get("/families").text, "it stands in no list of its own"
    [apart] = set(re.findall(r'href="(/families/f-1/joined/[^"]+)"', page))
    assert "The record that was joined to it" in hv.get(apart).text
    assert hv.post(apart, data={"why": ""}).status_code == 422
    assert hv.post(apart, data={"why": "Cousins."}).location == HERE
    assert "Birchall" in hv.get("/families").text


def test_one_record_is_split_and_what_was_chosen_stays_on_an_error(enter: Enter, wired: Wired) -> None:
    place.visit(wired)
    hv = enter("hv")
    assert "19 November 2026" in hv.get(f"{HERE}/split").text
    wrong = hv.post(f"{HERE}/split", data={"name": "", "why": "Two flats.", "people": "p-2", "visits": place.VISIT})
    assert wrong.status_code == 422
    assert re.search(r'value="p-2"[^>]* checked', wrong.text)
    assert "Two flats." in wrong.text
    assert enter("west").get(f"{HERE}/split").status_code == 404
    made = hv.post(f"{HERE}/split", data={"name": "Okoro", "why": "Two flats.", "people": "p-2"}).location
    assert "This family was recorded in another’s record until now" in hv.get(made).text
    assert "This record held two families" in hv.get(HERE).text


def test_what_was_typed_is_shown_as_it_was(enter: Enter, wired: Wired) -> None:
    place.visit(wired, urgency="routine")
    hv = enter("hv")
    for text in HOSTILE:
        assert hv.post(f"/visits/{place.VISIT}/error", data={"why": text}).status_code == 302
        assert hv.get(f"/visits/{place.VISIT}").status_code == 200
        assert hv.post(f"/visits/{place.VISIT}/error", data={"why": text, "belongs_to": place.FAMILY}).status_code == 302
        assert hv.get(HERE).status_code == 200
        made = hv.post(f"{HERE}/split", data={"name": "Okoro", "why": text, "people": "p-2"})
        if made.status_code == 302:
            assert hv.get(made.location).status_code == 200

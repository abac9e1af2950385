"""A loss on the screens: recorded with everything kept on an error, said first wherever the family is opened, and taken back."""

import re

from tests.web import place
from tests.web.conftest import Enter
from tests.web.test_arrangements import HOSTILE, on
from visitapp.flow import people
from visitapp.store import scope
from visitapp.wiring import Wired

HERE = f"/families/{place.FAMILY}"


def said(**changes: str) -> dict[str, str]:
    return {"kind": "died", "person": "p-1", "words": "Told by the hospital."} | on("2026-11-21") | changes


def test_it_is_recorded_said_first_and_nothing_is_due_any_more(enter: Enter, wired: Wired) -> None:
    people.plan_visit(wired, "hv", place.FAMILY, what="6-8 week visit", on_date="2026-11-20")
    hv, lead = enter("hv"), enter("lead")
    assert "6-8 week visit, 20 November 2026" in hv.get(f"{HERE}/loss").text
    response = hv.post(f"{HERE}/loss", data=said(kind="", words="Told by the hospital."))
    assert response.status_code == 422
    assert "Choose what happened." in response.text
    assert "Told by the hospital." in response.text
    assert hv.post(f"{HERE}/loss", data=said()).status_code == 302
    page = re.sub(r"\s+", " ", hv.get(HERE).text)
    assert "<strong>Isla died</strong> on 21 November 2026." in page
    assert "was due on" not in page
    assert "The record is held" in page
    assert "Isla died" in hv.get(f"{HERE}/arrangements").text
    assert hv.get(f"{HERE}/loss/resume").status_code == 403
    assert lead.get(f"{HERE}/loss/resume").status_code == 200
    assert lead.post(f"{HERE}/loss/resume", data={"why": ""}).status_code == 422
    assert lead.post(f"{HERE}/loss/resume", data={"why": "They asked for letters."}).status_code == 302
    assert "No reminder and no letter" not in hv.get(HERE).text


def test_a_plan_in_a_held_record_is_refused_in_words(enter: Enter) -> None:
    hv = enter("hv")
    hv.post(f"{HERE}/loss", data=said())
    response = hv.post(f"{HERE}/record/level", data={"level": "1", "reason": "Nothing is left to do."})
    assert response.status_code == 409
    assert "held since the loss" in response.text
    agreed = hv.get(f"{HERE}/arrangements").text
    assert "Record an agreed plan" not in agreed, "what would be refused is not offered"
    assert "Agree a level" not in agreed


def test_one_recorded_in_error_is_taken_back_with_why(enter: Enter) -> None:
    hv = enter("hv")
    hv.post(f"{HERE}/loss", data=said())
    [error] = re.findall(r'href="([^"]*/loss/\d+/error)"', hv.get(HERE).text)
    assert hv.get(error).status_code == 200
    assert hv.post(error, data={"why": " "}).status_code == 422
    assert hv.post(error, data={"why": "It was another family."}).status_code == 302
    page = hv.get(HERE).text
    assert "Before you call or visit" not in page
    assert "It was another family." in page, "the chronology says it"
    assert hv.post(f"{HERE}/loss/999999/error", data={"why": "x"}).status_code == 404
    assert hv.get(f"{HERE}/loss/resume").status_code == 403


def test_whoever_may_not_see_the_family_learns_and_does_nothing(enter: Enter, wired: Wired) -> None:
    west = enter("west")
    assert west.get(f"{HERE}/loss").status_code == 404
    assert west.post(f"{HERE}/loss", data=said()).status_code == 404
    assert west.get(f"{HERE}/loss/1/error").status_code == 404
    with wired.engine.read() as tx:
        assert scope.may_see_family(tx, "hv", place.FAMILY)
        assert tx.all("SELECT * FROM loss") == []


def test_what_is_known_is_shown_as_it_was_typed(enter: Enter) -> None:
    hv = enter("hv")
    for text in HOSTILE:
        hv.post(f"{HERE}/loss", data=said(words=text))
        page = hv.get(HERE)
        assert page.status_code == 200
        [error] = re.findall(r'href="([^"]*/loss/\d+/error)"', page.text)
        hv.post(error, data={"why": text})

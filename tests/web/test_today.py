"""The screens of today: what they say, in any words that were typed, and nothing that was typed is lost on an error."""

from html import unescape

import pytest

from tests.flow.family_work import HOSTILE
from tests.web import place
from tests.web.conftest import Enter
from visitapp.domain.findings import Finding, Level
from visitapp.wiring import Wired

AT = f"/today/{place.FAMILY}"
TONIGHT = Finding("drunk_on_the_sofa", "sleep", "p-1", "", "present", "tonight", 4, (), ())
CALL = {"whom": "Front door", "number": "01632 960100", "reached": "yes", "spoke_to": "J. Lane", "agreed": "They visit by six."}


@pytest.fixture
def danger(wired: Wired) -> str:
    return place.visit(wired, "v-9", findings=((TONIGHT, "Asleep beside somebody who had drunk"),), level=Level(4, 4))


def test_a_family_says_why_it_is_there_and_what_ends_it(enter: Enter, danger: str) -> None:
    page = unescape(enter("lead").get("/today").text)
    for words in (
        "Ashdown and Okoro",
        "nobody is confirmed as spoken to",
        "Asleep beside somebody who had drunk",
        "Ends with:",
        "As the record stood",
    ):
        assert words in page, words
    assert "Westerly" not in page
    assert enter("lead").get("/today?show=danger").text.count('id="family-') == 1
    assert enter("lead").get("/today?show=everything").status_code == 404
    assert enter("hv").get("/today").status_code == 403
    assert enter("lead").get(f"/today/{place.WESTERN}").status_code == 404
    assert "Nothing stands for this family today" in enter("lead").get(f"/today/{place.QUIET}").text


def test_a_call_ends_danger_and_a_wrong_one_keeps_what_was_typed(enter: Enter, danger: str) -> None:
    lead = enter("lead")
    again = lead.post(f"{AT}/call", data=CALL | {"spoke_to": "", "call_at-day": "22", "call_at-month": "11", "call_at-year": "2026"})
    assert again.status_code == 422
    for words in ("01632 960100", "They visit by six.", "Write the time on the 24-hour clock", 'href="#call_at"'):
        assert words in again.text, words
    assert lead.post(f"{AT}/call", data=CALL).status_code == 302
    assert 'id="family-' not in lead.get("/today?show=danger").text
    story = lead.get(f"/families/{place.FAMILY}").text
    assert "Call about what could not wait" in story
    assert "J. Lane" in story


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_assign_and_wait_in_any_words(enter: Enter, wired: Wired, danger: str, text: str) -> None:
    lead = enter("lead")
    wrong = lead.post(f"{AT}/assign", data={"words": text, "account": ""})
    assert wrong.status_code == 422
    assert "Choose who of the team sees to it." in wrong.text
    assert " ".join(text.split())[:40] in " ".join(unescape(wrong.text).split())
    assert lead.post(f"{AT}/assign", data={"words": text, "account": "midwife"}).status_code == 302
    assert (
        "The next working day" in lead.post(f"{AT}/wait", data={"waits_for": text, "until": "next_day"}).text
    )  # danger: typed again, sooner
    assert lead.post(f"{AT}/wait", data={"waits_for": text, "until": "hour"}).status_code == 302
    for page in (lead.get("/today?show=danger"), lead.get(AT), enter("midwife").get("/mine")):
        assert page.status_code == 200
        assert " ".join(text.split())[:40] in " ".join(unescape(page.text).split())
    assert lead.post(f"{AT}/back").status_code == 302
    assert "Ashdown" in lead.get("/today").text


def test_a_day_that_cannot_be_read_is_said_beside_it(enter: Enter, danger: str) -> None:
    said = {"waits_for": "The GP", "until": "other", "until_at-day": "31", "until_at-month": "2", "until_at-year": "2027"}
    page = enter("lead").post(f"{AT}/wait", data=said)
    assert page.status_code == 422
    assert "That day is not in the calendar" in page.text
    assert 'value="31"' in page.text


def test_whoever_it_was_assigned_to_records_the_call_and_assigns_nothing(enter: Enter, danger: str) -> None:
    enter("lead").post(f"{AT}/assign", data={"words": "", "account": "midwife"})
    midwife = enter("midwife")
    assert f"{AT}#call" in midwife.get("/mine").text
    page = midwife.get(AT).text
    assert "Record the call" in page
    assert f"{AT}/assign" not in page
    assert midwife.post(f"{AT}/assign", data={"account": "midwife"}).status_code == 403
    assert midwife.post(f"{AT}/call", data=CALL).location == "/mine"
    assert f"{AT}#call" not in midwife.get("/mine").text
    assert enter("west").get(AT).status_code == 404

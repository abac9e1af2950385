"""The page on which a referral is completed: what it asks, and that nothing typed is lost on it."""

from tests.web import place
from tests.web.conftest import Enter
from tests.web.test_screens import COMPLETION, HOSTILE, proposed
from visitapp.wiring import Wired


def test_a_number_that_is_none_is_said_beside_its_field_and_everything_is_kept(enter: Enter, wired: Wired) -> None:
    referral = proposed(wired)
    typed = COMPLETION | {"safe_number": "her sister", "safe_times": HOSTILE, "tonight-p-1-where": HOSTILE, "agreement": "not_asked"}
    page = enter("hv").post(f"/referrals/{referral}/send", data=typed)
    assert page.status_code == 422
    assert 'href="#safe_number"' in page.text
    assert 'value="her sister"' in page.text
    assert page.text.count("&lt;script&gt;") == 2
    assert 'value="not_asked" checked' in page.text


def test_words_are_looked_over_without_sending_and_each_is_named_beside_its_field(enter: Enter, wired: Wired) -> None:
    referral = proposed(wired)
    typed = COMPLETION | {"asked_for": "He failed to attend.", "meanwhile": HOSTILE, "look": "yes"}
    page = enter("hv").post(f"/referrals/{referral}/send", data=typed)
    assert page.status_code == 200
    assert "“failed”" in page.text
    assert "He failed to attend." in page.text
    assert "&lt;script&gt;" in page.text
    shown = enter("hv").get(f"/referrals/{referral}").text
    assert "Complete and send" in shown
    assert 'src="/static/js/words.js"' in shown
    assert "data-watched" in shown
    sent = enter("hv").post(f"/referrals/{referral}/send", data={name: text for name, text in typed.items() if name != "look"})
    assert sent.status_code == 302, "pointed out, and never refused"


def test_each_child_and_each_sentence_is_asked_about_and_what_was_changed_is_shown_to_us_alone(enter: Enter, wired: Wired) -> None:
    referral = proposed(wired)
    page = enter("hv").get(f"/referrals/{referral}").text
    assert "Where is Isla tonight?" in page
    name = "sentence-sleep_sofa/r1/"
    assert f'name="{name}"' in page
    assert "The record shows: Isla slept on a sofa." in page
    enter("hv").post(f"/referrals/{referral}/send", data=COMPLETION | {name: "Isla slept on the <sofa>.", "safe_number": ""})
    assert "Isla slept on the &lt;sofa&gt;." in enter("hv").get(f"/referrals/{referral}").text
    for happened in ("lettered", "delivered"):
        place.lettered(wired, referral) if happened == "lettered" else None
        place.happened(wired, referral, happened)
    assert "&lt;sofa&gt;" not in enter("duty").get(f"/referrals/{referral}").text


def test_where_an_address_is_to_be_kept_back_the_page_says_not_to_write_it(enter: Enter, wired: Wired) -> None:
    said = {"abuse_asked": {"value": "disclosed"}, "address_protected": {"value": True}}
    adults = {"rows": [{"id": "a1", "person": "p-2", "answers": said}], "complete": True}
    place.visit(wired, form="antenatal", findings=(place.PRESENT,), answers={"adults": adults})
    page = enter("hv").get(f"/referrals/{place.referral(wired)}").text
    assert "An adult’s address must be kept from somebody. Do not write it here." in page


def test_what_was_typed_in_a_second_window_is_kept_to_be_told_as_an_update(enter: Enter, wired: Wired) -> None:
    place.visit(wired)
    id = place.referral(wired)
    said = {"asked_for": "First.", "parents_told": "yes"}
    assert enter("hv").post(f"/referrals/{id}/send", data=said).status_code == 302
    page = enter("hv").post(f"/referrals/{id}/send", data=said | {"asked_for": "<b>Second</b>", "meanwhile": "I wait."})
    assert page.status_code == 409
    for words in ("What I ask for: &lt;b&gt;Second&lt;/b&gt;", "Meanwhile: I wait.", "It was sent meanwhile", 'href="#words"'):
        assert words in page.text, words


def test_all_that_is_wrong_is_listed_at_once_a_date_that_cannot_be_read_too(enter: Enter, wired: Wired) -> None:
    place.visit(wired)
    id = place.referral(wired)
    wrong = {"asked_for": "", "parents_told": "", "asked_by_on-day": "40", "asked_by_on-month": "1", "asked_by_on-year": "2027"}
    page = enter("hv").post(f"/referrals/{id}/send", data=wrong)
    assert page.status_code == 422
    for field in ("asked_for", "asked_by_on", "parents_told"):
        assert f'href="#{field}' in page.text, field

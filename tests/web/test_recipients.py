"""The page of a referral says who gets it and why before it is sent, keeps what was typed on every error, and shows each afterwards."""

from tests.web import place
from tests.web.conftest import Enter
from visitapp.flow import people
from visitapp.store import letters
from visitapp.wiring import Wired

HOSTILE = '<b>"x"</b> 🧑 שלום'
SAID = {"asked_for": "Please visit.", "parents_told": "yes", "parents_said": "They agree."}


def nurse(wired: Wired) -> str:
    return people.add_receiving_team(
        wired, "system", name="Named nurse", area="eastmoor", kind="named_nurse", email="nurse@nhs.net", phone="01632 960500",
        phone_out_of_hours="01632 960500", review_on="2099-01-01",
    )  # fmt: skip


def proposed(wired: Wired) -> str:
    place.visit(wired)
    return place.referral(wired)


def test_who_gets_it_and_why_stands_there_before_it_is_sent(enter: Enter, wired: Wired) -> None:
    nurse(wired)
    page = enter("hv").get(f"/referrals/{proposed(wired)}").text
    assert "Who gets it, and why" in page
    assert "Named nurse" in page
    assert "The named nurse for safeguarding knows of every referral at level 4." in page
    assert "No GP with an address for letters is recorded." in page


def test_looking_again_sends_nothing_and_keeps_what_was_typed(enter: Enter, wired: Wired) -> None:
    id = proposed(wired)
    page = enter("hv").post(f"/referrals/{id}/who", data=SAID | {"area_now": "other", "asked_for": HOSTILE})
    assert page.status_code == 200
    assert "Phone that council." in page.text
    assert "&lt;b&gt;&#34;x&#34;&lt;/b&gt; 🧑 שלום" in page.text
    assert "Complete and send" in enter("hv").get(f"/referrals/{id}").text


def test_each_error_names_its_field_and_keeps_everything(enter: Enter, wired: Wired) -> None:
    key, id = f"team:{nurse(wired)}", proposed(wired)
    wrong: dict[str, dict[str, str]] = {
        f"leave_out_why-{key}": {"leave_out": key}, "receiver": {"receiver": "team:another"},
        "add_why": {"add_name": "N", "add_address": "n@nhs.net"},
        "add_address": {"add_name": "N", "add_address": "n@hotmail.example", "add_why": HOSTILE}, "ask_for": {"ask_for": "family"},
    }  # fmt: skip
    for field, typed in wrong.items():
        page = enter("hv").post(f"/referrals/{id}/send", data=SAID | typed)
        assert page.status_code == 422, field
        assert f'href="#{field}"' in page.text, field
        assert "Please visit." in page.text


def test_it_is_sent_with_a_copy_left_out_and_another_added(enter: Enter, wired: Wired) -> None:
    key, id = f"team:{nurse(wired)}", proposed(wired)
    more = {
        "leave_out": key,
        f"leave_out_why-{key}": "She was there.",
        "add_name": HOSTILE,
        "add_address": "gp@nhs.net",
        "add_why": "She asked.",
    }
    assert enter("hv").post(f"/referrals/{id}/send", data=SAID | more).status_code == 302
    page = enter("hv").get(f"/referrals/{id}").text
    assert "Who it was sent to" in page
    assert "Named nurse gets no copy: She was there." in page
    assert "&lt;b&gt;&#34;x&#34;&lt;/b&gt; 🧑 שלום" in page
    assert "The practitioner added this copy: She asked." in page
    assert enter("west").get(f"/referrals/{id}").status_code == 404
    assert enter("hv").post(f"/referrals/{id}/copies", data={"add_name": "N"}).status_code == 422
    assert (
        enter("west").post(f"/referrals/{id}/copies", data={"add_name": "N", "add_address": "n@nhs.net", "add_why": "x"}).status_code == 404
    )


def test_phoning_comes_first_and_each_call_is_kept(enter: Enter, wired: Wired) -> None:
    id = proposed(wired)
    page = enter("hv").get(f"/referrals/{id}").text
    assert "Phone first" in page
    assert 'href="tel:01632960' in page
    for field, typed in {"reached": {}, "spoke_to": {"reached": "yes"}}.items():
        again = enter("hv").post(f"/referrals/{id}/calls", data={"whom": HOSTILE, "number": "01632 960100"} | typed)
        assert again.status_code == 422
        assert f'href="#{field}"' in again.text
        assert "&lt;b&gt;&#34;x&#34;&lt;/b&gt; 🧑 שלום" in again.text, "what was typed is kept"
    said = {"whom": "Front door", "number": "01632 960100", "reached": "yes", "spoke_to": HOSTILE, "agreed": "They visit by six."}
    assert enter("hv").post(f"/referrals/{id}/calls", data=said).status_code == 302
    page = enter("hv").get(f"/referrals/{id}").text
    assert "Phone first" not in page
    assert "They visit by six." in page
    assert "&lt;b&gt;&#34;x&#34;&lt;/b&gt; 🧑 שלום answered." in page


def test_an_urgent_one_is_sent_as_it_is_known(enter: Enter, wired: Wired) -> None:
    id = proposed(wired)
    assert enter("hv").post(f"/referrals/{id}/send", data={"asked_for": "Please go."}).status_code == 422
    assert enter("hv").post(f"/referrals/{id}/send", data={"asked_for": "Please go.", "as_known": "yes"}).status_code == 302


def test_what_is_new_and_what_was_wrong_is_told_from_the_page(enter: Enter, wired: Wired) -> None:
    id = proposed(wired)
    assert "What was told since" not in enter("hv").get(f"/referrals/{id}").text
    enter("hv").post(f"/referrals/{id}/send", data=SAID)
    for path, field, typed in (("updates", "words", {}), ("corrections", "is_right", {"was_wrong": HOSTILE})):
        again = enter("hv").post(f"/referrals/{id}/{path}", data=typed)
        assert again.status_code == 422
        assert f'href="#{field}"' in again.text
    assert enter("hv").post(f"/referrals/{id}/updates", data={"words": HOSTILE}).status_code == 302
    wrong = {"was_wrong": HOSTILE, "is_right": "In her cot.", "says_who": "Her aunt."}
    assert enter("west").post(f"/referrals/{id}/corrections", data=wrong).status_code == 404
    assert enter("hv").post(f"/referrals/{id}/corrections", data=wrong).status_code == 302
    page = enter("hv").get(f"/referrals/{id}").text
    assert "Update to a referral, number 2" in page
    assert "Correction to a referral, number 3" in page
    assert "Who says so: Her aunt." in page


def test_the_team_that_has_it_reads_what_it_was_told_since_and_no_copy_that_is_for_others(enter: Enter, wired: Wired) -> None:
    id = proposed(wired)
    nurse(wired)
    enter("hv").post(f"/referrals/{id}/send", data=SAID)
    place.happened(wired, id, "lettered")
    place.happened(wired, id, "delivered")
    assert enter("hv").post(f"/referrals/{id}/updates", data={"words": "New."}).status_code == 302
    with wired.engine.write() as tx:
        for letter, document in (("u2", "update"), ("h2", "health_copy")):
            letters.add(
                tx, id=letter, referral=id, household=place.FAMILY, bytes=b"%PDF-1.7", sha256="0" * 64, pages=2, content={},
                document=document, number=2, **place.STAMP,
            )  # fmt: skip
    page = enter("duty").get(f"/referrals/{id}").text
    assert "What you were told since" in page
    assert "Update to a referral, number 2 (PDF, 2 pages)" in page
    assert enter("duty").get(f"/referrals/{id}/letters/u2.pdf").status_code == 200
    assert enter("duty").get(f"/referrals/{id}/letters/h2.pdf").status_code == 404
    assert enter("hv").get(f"/referrals/{id}/letters/h2.pdf").status_code == 200

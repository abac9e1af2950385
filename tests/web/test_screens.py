"""The screens that people work in: what each shows, to whom, and that a mistake is said beside its field with everything kept as typed."""

from typing import Any

import pytest

from tests.web import place
from tests.web.conftest import Enter
from visitapp.domain.findings import Finding, Level
from visitapp.flow import aside
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


HOSTILE = "<script>alert(1)</script>'\"&{{7*7}}\u202e\U0001f476"
COMPLETION = {
    "asked_for": "Please assess Isla’s needs.",
    "parents_told": "yes",
    "parents_said": "They agree.",
    "where_child_is": "At home with both parents.",
}


def proposed(wired: Wired) -> str:
    place.visit(wired, findings=(place.PRESENT, place.UNKNOWN))
    return place.referral(wired)


def test_every_read_of_a_family_is_written_down_before_it_is_shown(enter: Enter, wired: Wired) -> None:
    referral = proposed(wired)
    place.lettered(wired, referral)
    for path, kind in (
        (f"/families/{place.FAMILY}", "read.family"),
        (f"/visits/{place.VISIT}", "read.visit"),
        (f"/referrals/{referral}", "read.referral"),
        (f"/referrals/{referral}/letter.pdf", "read.letter"),
        ("/referrals", "read.referrals"),
        ("/today", "read.today"),
    ):
        before = len(place.reads(wired))
        assert enter("lead" if path == "/today" else "hv").get(path).status_code == 200
        lines = [row for row in place.reads(wired)[before:] if row["household"] == place.FAMILY]
        assert [row["kind"] for row in lines] == [kind], path


def test_what_cannot_be_written_down_is_not_shown(enter: Enter, wired: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("visitapp.store.tx.Tx.journal", full)
    page = enter("hv").get(f"/families/{place.FAMILY}")
    assert page.status_code == 500
    assert "Isla" not in page.text


def test_hostile_text_is_shown_as_it_was_typed(enter: Enter, wired: Wired) -> None:
    answers = {
        "concern": {"value": HOSTILE},
        "outcome": {"value": HOSTILE},
        "children": {"rows": [{"id": HOSTILE, "answers": {"seen": 7}}]},
    }
    calls = ({"id": "c", "at": place.BEFORE, "who": HOSTILE, "number": HOSTILE, "reached": True, "spoke_to": HOSTILE, "said": HOSTILE},)
    place.visit(
        wired, answers=answers, calls=calls, findings=((place.PRESENT[0], HOSTILE),), problems=({"path": HOSTILE, "message": HOSTILE},)
    )
    referral = place.referral(wired)
    for path in (f"/families/{place.FAMILY}", f"/visits/{place.VISIT}", f"/referrals/{referral}", "/families?after=" + HOSTILE):
        page = enter("hv").get(path).text
        assert "<script>alert" not in page, path
        assert "49\u202e" not in page
        assert ("&lt;script&gt;" in page) == ("after" not in path), path


@pytest.mark.parametrize("body", [{"answers": []}, {"answers": {"children": {"rows": 7}}}, {"answers": {"children": {"rows": [None]}}}])
def test_a_body_of_the_wrong_shape_is_still_a_page(enter: Enter, wired: Wired, body: dict[str, Any]) -> None:
    place.visit(wired, answers=body["answers"])
    assert "Home visit" in enter("hv").get(f"/visits/{place.VISIT}").text


def test_a_call_made_at_the_visit_is_not_asked_for_again(enter: Enter, wired: Wired) -> None:
    call = {
        "id": "c",
        "at": "2026-07-20T15:40:00.000Z",
        "who": "Duty desk",
        "number": "01632 960100",
        "reached": True,
        "spoke_to": "Sam",
        "said": "",
    }
    place.visit(wired, calls=(call,))
    page = enter("hv").get(f"/referrals/{place.referral(wired)}").text
    assert 'value="Sam (Duty desk)"' in page
    assert 'value="16:40"' in page  # by the clock in summer


def test_a_mistake_in_the_completion_is_said_beside_its_field_and_everything_is_kept(enter: Enter, wired: Wired) -> None:
    referral = proposed(wired)
    typed = COMPLETION | {
        "asked_for": HOSTILE,
        "parents_told": "no",
        "asked_by_on-day": "31",
        "asked_by_on-month": "2",
        "asked_by_on-year": "2026",
    }
    page = enter("hv").post(f"/referrals/{referral}/send", data=typed)
    assert page.status_code == 422
    assert "That day is not in the calendar" in page.text
    assert 'href="#asked_by_on"' in page.text
    assert 'value="31"' in page.text
    assert "&lt;script&gt;" in page.text
    told = enter("hv").post(f"/referrals/{referral}/send", data=COMPLETION | {"parents_told": "no"})
    assert "Say why the parents were not told" in told.text
    assert "<title>Error: Referral – visitapp</title>" in told.text


def test_a_referral_goes_from_proposal_to_an_answer_that_both_sides_read(enter: Enter, wired: Wired) -> None:
    referral = proposed(wired)
    assert enter("duty").get(f"/referrals/{referral}").status_code == 404
    sent = enter("hv").post(
        f"/referrals/{referral}/send",
        data=COMPLETION
        | {"phoned_who": "Duty desk", "phoned_at-day": "20", "phoned_at-month": "11", "phoned_at-year": "2026", "phoned_at-time": "16:40"},
    )
    assert sent.location == f"/referrals/{referral}"
    place.lettered(wired, referral)
    place.happened(wired, referral, "lettered")
    place.happened(wired, referral, "delivered")
    inbox = enter("duty").get("/referrals").text
    assert "Ashdown and Okoro" in inbox
    assert "Acknowledge" in inbox
    assert COMPLETION["asked_for"] in inbox
    assert "Ashdown" not in enter("other_duty").get("/referrals").text
    opened = enter("duty").get(f"/referrals/{referral}").text
    assert "20 November 2026 at 16:40" in opened
    assert "Isla slept on a sofa." not in opened, "what is shared is what the letter says"
    assert enter("duty").get(f"/referrals/{referral}/letter.pdf").data.startswith(b"%PDF")
    assert enter("duty").post(f"/referrals/{referral}/acknowledge").status_code == 302
    assert enter("duty").post(f"/referrals/{referral}/acknowledge").status_code == 409
    refused = enter("duty").post(f"/referrals/{referral}/decide", data={"outcome": "", "reason": HOSTILE})
    assert "Choose what was decided" in refused.text
    assert "&lt;script&gt;" in refused.text
    decision = {"outcome": "assessment_s17", "reason": "A broken cot and two weeks on a sofa.", "next_step": "Visit on Tuesday."}
    assert enter("duty").post(f"/referrals/{referral}/decide", data=decision).status_code == 302
    for page in (enter("hv").get(f"/referrals/{referral}").text, enter("lead").get(f"/families/{place.FAMILY}").text):
        assert "A broken cot and two weeks on a sofa." in page
        assert "Assess the child’s needs (section 17)" in page
    assert "Assess the child’s needs" in enter("hv").get("/referrals").text
    assert "A referral was answered" in enter("lead").get("/told").text


def test_only_visiting_staff_send_and_only_the_receiving_team_answers(enter: Enter, wired: Wired) -> None:
    referral = proposed(wired)
    for account in ("lead", "duty", "admin"):
        assert enter(account).post(f"/referrals/{referral}/send", data=COMPLETION).status_code == 403
    for account in ("nurse", "lead", "duty", "admin"):
        assert enter(account).post(f"/referrals/{referral}/withdraw", data={"reason": "x"}).status_code == 403
    page = enter("nurse").get(f"/referrals/{referral}").text
    assert ("Do not send this referral" in page, "may say that it is not needed" in page) == (False, True)
    assert enter("west").post(f"/referrals/{referral}/send", data=COMPLETION).status_code == 404
    for account in ("hv", "lead", "admin"):
        assert enter(account).post(f"/referrals/{referral}/acknowledge").status_code == 403
    assert enter("duty").post(f"/referrals/{referral}/acknowledge").status_code == 404


def test_a_proposal_is_withdrawn_with_a_reason_and_the_supervisor_is_told(enter: Enter, wired: Wired) -> None:
    referral = proposed(wired)
    assert "Give the reason" in enter("hv").post(f"/referrals/{referral}/withdraw", data={"reason": " "}).text
    enter("hv").post(f"/referrals/{referral}/withdraw", data={"reason": "Sent by the midwife yesterday."})
    assert "withdrawn with a reason" in enter("lead").get("/told").text
    assert "Sent by the midwife yesterday." in enter("lead").get(f"/families/{place.FAMILY}?show=referrals").text


def test_what_is_overdue_says_so_in_words_and_whose_it_is(enter: Enter, wired: Wired) -> None:
    proposed(wired)
    for account, path in (("hv", "/families"), ("lead", "/today"), ("hv", "/referrals"), ("lead", "/status")):
        page = enter(account).get(path).text
        assert "verdue" in page or "past the time" in page, path
        assert ("Worker Lead" if path == "/status" else "Worker Hv") in page, path  # a Sunday: who answers now is on duty
    told = enter("lead").get("/status", headers={"Accept": "application/json"}).get_json()
    assert told["stuck"][0]["what"] == "overdue_complete"
    assert "level" not in enter("hv").get("/families").text, "levels are for supervisors here"


def test_what_is_stuck_is_said_in_words_and_leads_to_it(enter: Enter, wired: Wired) -> None:
    referral = proposed(wired)
    page, looking_after = enter("lead").get("/status").text, enter("admin").get("/status").text
    assert "oldest" not in page
    assert f'<a href="/referrals/{referral}">A proposed referral is past the time' in page
    assert "/referrals/" not in looking_after, "an administrator sees no family"
    assert f'Reference <span class="va-hash">{referral}</span>' in looking_after
    assert not any("overdue_complete" in text for text in (page, looking_after))


def test_how_soon_is_not_said_of_what_is_decided(enter: Enter, wired: Wired) -> None:
    referral = proposed(wired)
    tagged = lambda: "Tonight" in enter("lead").get(f"/referrals/{referral}").text.split("va-lede")[1].split("</p>")[0]  # noqa: E731
    assert tagged()
    for event in ("requested", "lettered", "delivered", "decided"):
        place.happened(wired, referral, event)
    assert not tagged()


def test_the_chronology_goes_on_by_key_and_by_kind(enter: Enter, wired: Wired) -> None:
    for number in range(60):
        place.visit(wired, f"v-{number:02}", on=f"2026-{1 + number // 28:02}-{1 + number % 28:02}", assessed=False)
    first = enter("lead").get(f"/families/{place.FAMILY}?show=visits").text
    assert first.count('<li class="va-entry') == 40
    older = first.split('href="')[-1:] and first.split("?before=")[1].split('"')[0].replace("&amp;", "&")
    rest = enter("lead").get(f"/families/{place.FAMILY}?show=visits&before={older}").text
    assert rest.count('<li class="va-entry') == 20
    assert not {*ids(first)} & {*ids(rest)}
    assert "Nothing is recorded here yet" in enter("lead").get(f"/families/{place.FAMILY}?show=calls").text
    assert enter("lead").get(f"/families/{place.FAMILY}?show=everything").status_code == 404


def ids(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('href="/visits/')[1:]]


def test_families_page_by_key_without_a_name_in_the_address(enter: Enter, wired: Wired) -> None:
    with wired.engine.write() as tx:
        for number in range(30):
            place._family(tx, f"f-x{number:02}", f"Family {number:02}", "hv")
    first = enter("lead").get("/families").text
    after = first.split("/families?after=")[1].split('"')[0]
    second = enter("lead").get(f"/families?after={after}").text
    assert first.count('class="nhsuk-table__row"') == 25
    assert second.count('class="nhsuk-table__row"') == 7


FAMILY_FORM = {
    "family-name": "Marlow",
    "family-address": "9 Quay Street",
    "family-postcode": "EM2 2BB",
    "family-area": "eastmoor",
    "child-given_names": "Noor",
    "child-family_name": "Marlow",
    "child-born_on-day": "1",
    "child-born_on-month": "11",
    "child-born_on-year": "2026",
    "child-gestation-weeks": "39",
    "child-gestation-days": "4",
    "child-nhs_number": "999 000 0026",
    "adult-role": "mother",
    "adult-given_names": "Sana",
    "adult-family_name": "Marlow",
}


def test_a_family_is_registered_and_is_at_once_its_practitioners(enter: Enter) -> None:
    answer = enter("nurse").post("/families/new", data=FAMILY_FORM)
    page = enter("nurse").get(answer.location).text
    for words in ("Marlow", "Noor", "999 000 0026", "Born 1 November 2026", "Worker Nurse"):
        assert words in page, words


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"child-nhs_number": "999 000 0027"}, "child-nhs_number", "This is not an NHS number"),
        ({"child-nhs_number": HOSTILE}, "child-nhs_number", "This is not an NHS number"),
        ({"child-born_on-year": "2027"}, "child-born_on", "The date of birth is in the future"),
        ({"child-born_on-month": "13"}, "child-born_on", "not in the calendar"),
        ({"child-born_on-day": "١"}, "child-born_on", "as numbers"),
        ({"child-gestation-days": "9"}, "child-gestation_days", "days from 0 to 6"),
        ({"family-area": "nowhere"}, "family-area", "Choose the council area"),
        ({"adult-role": ""}, "adult-role", "Choose who this person is"),
        ({"child-family_name": ""}, "child-family_name", "Enter the family name"),
    ],
)
def test_a_mistake_in_a_registration_stands_beside_its_field(enter: Enter, typed: dict[str, str], field: str, words: str) -> None:
    page = enter("hv").post("/families/new", data=FAMILY_FORM | {"family-name": HOSTILE} | typed)
    assert page.status_code == 422
    assert words in page.text
    assert f'href="#{field}"' in page.text
    assert "&lt;script&gt;" in page.text, "kept as typed"
    assert "Marlow" not in enter("hv").get("/families").text


def test_a_supervisor_names_the_practitioner(enter: Enter) -> None:
    assert "Choose somebody of your team" in enter("lead").post("/families/new", data=FAMILY_FORM).text
    assert "Choose somebody" in enter("lead").post("/families/new", data=FAMILY_FORM | {"family-practitioner": "west"}).text
    answer = enter("lead").post("/families/new", data=FAMILY_FORM | {"family-practitioner": "midwife"})
    assert "Worker Midwife" in enter("lead").get(answer.location).text


def test_a_visit_set_aside_is_settled_with_a_reason(enter: Enter, wired: Wired) -> None:
    with wired.engine.write() as tx:
        aside.put(
            wired, tx, id="q-1", submission="v-9", household=place.FAMILY, author="hv", reason="household_not_theirs", envelope="{}",
            body=b"{}", sha256="1" * 64, at=place.BEFORE,
        )  # fmt: skip
    assert "no longer with the author" in enter("lead").get("/quarantine").text
    refused = enter("lead").post("/quarantine/q-1", data={"outcome": "keep_aside", "reason": ""})
    assert (refused.status_code, "Give the reason" in refused.text) == (422, True)
    assert enter("lead").post("/quarantine/q-1", data={"outcome": "keep_aside", "reason": "Recorded by mistake."}).status_code == 302
    assert "Nothing is set aside." in enter("lead").get("/quarantine").text
    assert enter("hv").get("/quarantine").status_code == 403


def test_each_role_starts_where_its_work_is(enter: Enter) -> None:
    starts = {"hv": "/tablet/", "midwife": "/tablet/", "nurse": "/tablet/", "lead": "/today", "duty": "/referrals", "admin": "/accounts"}
    assert {account: enter(account).get("/").location for account in starts} == starts


def test_an_administrator_sees_accounts_and_what_is_stuck(enter: Enter) -> None:
    page = enter("admin").get("/accounts").text
    assert "hv.user" in page
    assert page.count("Nobody supervises:</strong> Team West<") == 1  # and not the team that has a supervisor
    assert "Nothing is stuck" in enter("admin").get("/status").text
    assert enter("").get("/health").get_json() == {"well": True}


def test_an_answer_recorded_apart_is_folded_away(enter: Enter, wired: Wired) -> None:
    row = {"id": "a", "person": "p-2", "answers": {"abuse_asked": {"value": "disclosed"}, "abuse_said": {"value": "Text at noon only."}}}
    place.visit(wired, answers={"adults": {"rows": [row], "complete": True}})
    page = enter("hv").get(f"/visits/{place.VISIT}").text
    folded = page.split("va-apart")[1].split("</details>")[0]
    assert "Text at noon only." in folded
    assert "Text at noon only." not in page.replace(folded, "")


def test_what_is_recorded_apart_is_for_those_who_act_on_it_and_not_for_the_whole_team(enter: Enter, wired: Wired) -> None:
    row = {"id": "a", "person": "p-2", "answers": {"abuse_asked": {"value": "disclosed"}, "abuse_said": {"value": "Text at noon only."}}}
    place.visit(wired, answers={"adults": {"rows": [row], "complete": True}}, author="nurse")
    for account in ("nurse", "hv", "lead"):
        assert "Text at noon only." in enter(account).get(f"/visits/{place.VISIT}").text, account
    page = enter("midwife").get(f"/visits/{place.VISIT}").text
    assert "Text at noon only." not in page
    assert "told me of abuse" not in page
    assert "Something is recorded apart here." in page


def test_a_sign_in_never_leads_to_a_host_that_hides_behind_more_slashes(enter: Enter) -> None:
    for wanted in ("///elsewhere.example", "////elsewhere.example", "/\t//elsewhere.example"):
        assert 'name="next" value="/"' in enter("").get("/sign-in", query_string={"next": wanted}).text


def test_what_cannot_wait_is_read_first(enter: Enter, wired: Wired) -> None:
    advise = (Finding("loose", "sleep", "", "", "present", "advise", 2), "A pillow was there.")
    place.visit(wired, findings=(place.UNKNOWN, advise, place.PRESENT))
    referral = place.referral(wired)
    for path in (f"/families/{place.FAMILY}", f"/visits/{place.VISIT}", f"/referrals/{referral}"):
        page = enter("hv").get(path).text
        places = [page.index(words) for words in ("Isla slept on a sofa.", "A pillow was there.", "What was drunk is not known.")]
        assert places == sorted(places), path


def test_a_practitioner_who_is_more_worried_than_the_rules_refers_by_hand(enter: Enter, wired: Wired) -> None:
    place.visit(wired, level=Level(1, 2))
    typed = {"destination": "early_help", "urgency": "routine", "reason": ""}
    again = enter("hv").post(f"/visits/{place.VISIT}/refer", data=typed)
    assert again.status_code == 422
    assert "Say what worries you" in again.text
    assert 'value="early_help" checked' in again.text, "what was chosen is kept"
    sent = enter("hv").post(f"/visits/{place.VISIT}/refer", data=typed | {"reason": HOSTILE})
    assert sent.status_code == 302
    assert "Complete and send" in enter("hv").get(sent.location).text
    assert "refer by hand" not in enter("lead").get(f"/visits/{place.VISIT}").text

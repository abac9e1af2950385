"""What is agreed for a family, recorded on screens and said there."""

import re
from typing import Any

import pytest

from tests.web import place
from tests.web.conftest import Enter
from visitapp.web.recording import RECORDS
from visitapp.wiring import Wired

HERE = f"/families/{place.FAMILY}"
HOSTILE = ['<b>bold</b> & "quoted"', "🧸" * 40, "‮שלום ہے", "x" * 10_000]


def on(day: str, name: str = "on_date") -> dict[str, str]:
    year, month, number = day.split("-")
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


def plan(**changes: Any) -> dict[str, str]:
    return {
        "source": "child_protection", "agreed_by": "Ada Okoro and the core group", "trigger_kind": "said",
        "trigger_words": "we are refused entry", "actions-0-what": "Phone the police", "actions-0-owner": "Health visitor",
        "actions-0-hours": "2", "actions-1-what": "Phone the duty social worker", "actions-1-owner": "Health visitor",
        "actions-1-hours": "4", "actions-1-after_declined": "yes",
    } | on("2026-11-02", "agreed_on") | changes  # fmt: skip


def record(client: Any, what: str, said: dict[str, str], about: str = "", status: int = 302) -> str:
    response = client.post(f"{HERE}/record/{what}", query_string={"about": about} if about else {}, data=said)
    assert response.status_code == status, response.text[:4000]
    return str(response.text)


def shown(client: Any) -> str:
    return re.sub(r"\s+", " ", client.get(f"{HERE}/arrangements").text)


def about(client: Any, what: str) -> str:
    """The first thing that such a page is offered for."""
    found = re.search(rf'record/{what}\?about=([^"]+)"', client.get(f"{HERE}/arrangements").text)
    assert found, what
    from urllib.parse import unquote

    return unquote(found[1])


def test_every_page_to_record_something_is_drawn_and_says_what_is_missing(enter: Enter) -> None:
    hv = enter("hv")
    for what in RECORDS:
        assert hv.get(f"{HERE}/record/{what}").status_code == 200
        assert hv.post(f"{HERE}/record/{what}", data={}).status_code in (404, 422), what
    assert hv.get(f"{HERE}/record/nothing").status_code == 404


def test_a_met_trigger_is_counted_until_its_action_is_done_with_evidence(enter: Enter) -> None:
    hv = enter("hv")
    record(hv, "plan", plan())
    assert "Trigger not met" in shown(hv)
    record(hv, "trigger", on("2026-11-20") | {"why": "An adult opened and closed the door."}, about(hv, "trigger"))
    assert "1 trigger met, 0 of 2 actions done" in shown(hv)
    assert "1 trigger met, 0 of 2 actions done" in hv.get(HERE).text
    duty = about(hv, "duty")
    refused = record(hv, "duty", {"how": "done"}, duty, 422)
    assert "Say what was done" in refused
    record(hv, "duty", {"how": "declined", "evidence": "The police had nobody to send.", "reference": "INC 1122"}, duty)
    assert "0 of 2 actions done" in shown(hv)
    assert "INC 1122" in shown(hv)
    record(hv, "duty", {"how": "done", "evidence": "Spoke to the duty social worker at 15:10."}, about(hv, "duty"))
    assert "1 trigger met, 1 of 2 actions done" in shown(hv)


def test_only_a_supervisor_excuses_and_says_why(enter: Enter) -> None:
    hv, lead = enter("hv"), enter("lead")
    record(hv, "plan", plan())
    record(hv, "trigger", on("2026-11-20") | {"why": "Refused."}, about(hv, "trigger"))
    duty, excuse = about(hv, "duty"), {"how": "excused", "evidence": "The family moved in with the grandmother that day, who let us in."}
    assert "Only a supervisor" in record(hv, "duty", excuse, duty, 422)
    record(lead, "duty", excuse, duty)


def test_what_was_typed_is_kept_when_something_is_missing(enter: Enter) -> None:
    page = record(enter("hv"), "plan", plan(**{"actions-0-hours": "soon", "trigger_words": "the door <stays> shut"}), status=422)
    assert "the door &lt;stays&gt; shut" in page
    assert 'href="#actions-0-hours"' in page
    assert 'value="soon"' in page


@pytest.mark.parametrize("words", HOSTILE)
def test_every_text_is_kept_as_it_was_typed(enter: Enter, wired: Wired, words: str) -> None:
    hv = enter("hv")
    record(
        hv,
        "plan",
        plan(agreed_by=words, trigger_words=words, **{"actions-0-what": words, "actions-0-owner": words, "actions-0-backup": words}),
    )
    record(hv, "agency", {"kind": "gp", "name": words, "contact": words, "knows": words} | on("2026-10-01", "from_on"))
    record(hv, "told", {"how": "told", "words": words} | on("2026-11-01"), about(hv, "told"))
    record(hv, "meeting", {"attended": words, "agencies": "2"} | on("2026-11-02"))
    record(hv, "help", {"what": "other", "words": words} | on("2026-11-02", "needed_on"))
    record(hv, "level", {"level": "3", "reason": words})
    record(hv, "trigger", {"why": words} | on("2026-11-20"), about(hv, "trigger"))
    record(hv, "duty", {"how": "done", "evidence": words}, about(hv, "duty"))
    assert hv.get(f"{HERE}/arrangements").status_code == 200


def test_help_is_owed_until_it_was_seen_in_use(enter: Enter) -> None:
    hv = enter("hv")
    record(hv, "help", {"what": "cot", "person": "p-1"} | on("2026-11-19", "needed_on"))
    assert "Not ordered yet." in shown(hv)
    order = about(hv, "help-step")
    record(hv, "help-step", {"step": "delivered"} | on("2026-11-20"), order)
    assert "see that it comes and is in use" in shown(hv)
    record(hv, "help-step", {"step": "seen_in_use"} | on("2026-11-21"), order)
    assert "Nothing is owed at the moment." in shown(hv)


def test_a_lower_level_waits_for_somebody_else(enter: Enter) -> None:
    hv, lead = enter("hv"), enter("lead")
    record(hv, "level", {"level": "3", "reason": "Two children, one bed."})
    record(hv, "level", {"level": "2", "reason": "Both have beds, seen twice."})
    assert "Level 3, agreed" in shown(hv)
    waiting = about(lead, "level-answer")
    assert "Somebody else has to agree" in record(hv, "level-answer", {"agrees": "yes"}, waiting, 422)
    record(lead, "level-answer", {"agrees": "yes"}, waiting)
    assert "Level 2, agreed" in shown(hv)


def test_another_team_sees_and_records_nothing_and_each_reading_is_journalled(enter: Enter, wired: Wired) -> None:
    west = enter("west")
    assert west.get(f"{HERE}/arrangements").status_code == 404
    assert west.get(f"{HERE}/record/plan").status_code == 404
    assert west.post(f"{HERE}/record/plan", data=plan()).status_code == 404
    enter("hv").get(f"{HERE}/arrangements")
    assert [row["household"] for row in place.reads(wired) if row["kind"] == "read.arrangements"] == [place.FAMILY]


def test_which_of_twins_came_first_is_recorded_and_shown(enter: Enter) -> None:
    hv = enter("hv")
    twin = {"given_names": "Tam", "family_name": "Reed", "birth_order": "1", "nhs_number_absent_why": "Not asked yet"}
    assert "Enter the date of birth" in record(hv, "child", twin, status=422)
    record(hv, "child", twin | on("2026-11-01", "born_on"))
    record(hv, "child", twin | {"given_names": "Kit", "birth_order": "2"} | on("2026-11-01", "born_on"))
    page = re.sub(r"\s+", " ", hv.get(HERE).text)
    assert "Born 1 November 2026, number 1 of those born together" in page
    kit = next(
        code
        for code, name in re.findall(r'value="([^"]+)"[^>]*>\s*(?:<[^>]+>\s*)*(\w+)', hv.get(f"{HERE}/record/child-known").text)
        if name == "Kit"
    )
    assert "Tam is recorded with this place" in record(hv, "child-known", {"person": kit, "birth_order": "1"}, status=422)
    record(hv, "child-known", {"person": kit, "given_names": "Kitty"})
    assert "Kitty" in hv.get(HERE).text

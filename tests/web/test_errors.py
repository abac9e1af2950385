"""What goes wrong has one shape: JSON for programs, a page for people, the same words, and never a name in a log."""

import logging

import pytest
from flask import Flask

from tests.web import place
from tests.web.conftest import Enter
from visitapp.problems import PROBLEMS
from visitapp.web import errors


def test_a_page_that_is_not_there(enter: Enter) -> None:
    page = enter("").get("/nowhere")
    assert page.status_code == 404
    assert "There is nothing here that you can see" in page.text


def test_a_program_is_told_the_same_as_json(enter: Enter) -> None:
    answer = enter("hv").get("/tablet/api/nowhere")
    assert answer.get_json() == {"problem": {"code": "not_found", "message": PROBLEMS["not_found"][1]}}
    asked = enter("hv").get("/nowhere", headers={"Accept": "application/json"})
    assert asked.get_json()["problem"]["code"] == "not_found"


@pytest.mark.parametrize(("method", "path", "status"), [("POST", "/families", 405), ("DELETE", "/tablet/api/whoami", 405)])
def test_what_cannot_be_done_here(enter: Enter, method: str, path: str, status: int) -> None:
    answer = enter("hv").open(path, method=method, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"


def test_not_signed_in(enter: Enter) -> None:
    assert enter("").get("/families?show=x").location == "/sign-in?next=/families?show%3Dx"
    answer = enter("").get("/tablet/api/caseload")
    assert (answer.status_code, answer.get_json()["problem"]["code"]) == (401, "not_signed_in")
    assert enter("").post("/sign-out").status_code == 401


def test_a_fault_shows_an_id_logs_the_same_one_and_names_nobody(app: Flask, enter: Enter, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> str:
        raise RuntimeError(f"could not read {place.NAMES[0]}")

    broken.access_list = "team"  # type: ignore[attr-defined]
    app.add_url_rule("/broken", "broken", broken)
    with caplog.at_level(logging.ERROR):
        page = enter("hv").get("/broken")
    assert page.status_code == 500
    reference = page.text.split("<code>")[1].split("</code>")[0]
    assert reference in caplog.text
    assert "RuntimeError" in caplog.text
    assert place.NAMES[0] not in caplog.text + page.text


def test_every_code_that_this_room_raises_is_in_the_catalogue() -> None:
    assert set(errors.CODES.values()) <= set(PROBLEMS)


def test_a_fault_while_finding_out_who_asks_is_still_an_answer(app: Flask, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr("visitapp.web.session.sign_in.account_of_session", gone)
    answer = app.test_client().get("/families")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text

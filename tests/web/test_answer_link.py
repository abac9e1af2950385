"""The pages behind the link: a scanner of mail changes and learns nothing; a person with the code reads and answers without signing in."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web import place
from tests.web.conftest import ORIGIN, Enter
from tests.web.test_answers import DECISION, delivered
from tests.web.test_screens import COMPLETION, HOSTILE
from visitapp.flow import answer_link, notify, protected
from visitapp.store import recipients
from visitapp.wiring import Wired

WHO = {"said_by": "Kim Ode", "said_role": "Duty social worker"}


@pytest.fixture
def link(enter: Enter, wired: Wired) -> str:
    """The path of a link that works."""
    id = delivered(enter, wired)
    with wired.engine.read() as tx:
        to = recipients.receiver(tx, id)
    assert to is not None
    return answer_link.make(wired, {"id": f"l-{id}", "referral": id}, to["id"]).removeprefix(ORIGIN)


def code(wired: Wired) -> str:
    with wired.engine.read() as tx:
        row = tx.one("SELECT id FROM notice_message WHERE kind = 'answer_code' ORDER BY seq DESC")
    assert row is not None
    return notify.one_time_code(wired, row["id"])


def everything(wired: Wired) -> str:
    """Every row of every table."""
    with wired.engine.read() as tx:
        tables = [row["name"] for row in tx.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return json.dumps({name: tx.all(f"SELECT * FROM {name}") for name in tables}, default=repr)


def through(enter: Enter, wired: Wired, link: str):
    """A browser in which the link was opened with its code."""
    client = enter("")
    client.post(f"{link}/code")
    assert client.post(f"{link}/open", data={"code": code(wired)}).location == link
    return client


def test_a_scanner_that_follows_the_link_changes_nothing_and_learns_nothing(enter: Enter, app: Flask, wired: Wired, link: str) -> None:
    scanner, before = enter(""), everything(wired)
    only_looks = FlaskClient(app, app.response_class)
    seen = []
    for path in (link, f"/answer/{'0' * 32}", "/answer/anything"):
        for answer in (scanner.get(path), only_looks.head(path)):
            assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (200, [])
        seen.append(scanner.get(path).text.replace(path, "LINK"))
        assert scanner.get(f"{path}/letter.pdf").location == path
        for only_posted in ("code", "open", "answer"):
            assert scanner.get(f"{path}/{only_posted}").status_code == 405
    assert len(set(seen)) == 1, "a link that works looks like one that does not"
    assert not [name for name in (*place.NAMES, "Isla", "Worker") if name in seen[0]]
    assert everything(wired) == before


def test_no_other_site_can_ask_or_answer(enter: Enter, wired: Wired, link: str) -> None:
    client = through(enter, wired, link)
    before = everything(wired)
    for headers in ({"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        for part in ("code", "open", "answer"):
            assert client.post(f"{link}/{part}", data=WHO | {"answer": "received"}, headers=headers).status_code == 403
    assert everything(wired) == before


def test_with_the_code_the_letter_is_read_and_answered_without_signing_in(enter: Enter, wired: Wired, link: str) -> None:
    client = through(enter, wired, link)
    page = client.get(link).text
    for words in (COMPLETION["asked_for"], "To Front door of Eastmoor", "Worker Hv", "07700 900123"):
        assert words in page, words
    letter = client.get(f"{link}/letter.pdf")
    assert letter.data.startswith(b"%PDF")
    assert (letter.headers["Cache-Control"], letter.headers["Referrer-Policy"]) == ("no-store", "strict-origin")
    assert "answer here again" in client.post(f"{link}/answer", data=WHO | {"answer": "received"}).text
    assert "Received" in client.get(link).text
    assert "has done its work" in client.post(f"{link}/answer", data=WHO | DECISION | {"answer": "decision"}).text
    for page in (enter("hv").get(read(wired)).text, enter("lead").get(f"/families/{place.FAMILY}").text):
        assert "From the message the letter came in: Kim Ode, Duty social worker" in page
        assert "A broken cot." in page
    assert "Send a code" in client.get(link).text, "it looks like any link now"


def read(wired: Wired) -> str:
    with wired.engine.read() as tx:
        row = tx.one("SELECT id FROM referral")
    assert row is not None
    return f"/referrals/{row['id']}"


def test_the_cookie_is_short_and_out_of_reach_of_scripts(enter: Enter, link: str) -> None:
    given = enter("").post(f"{link}/code").headers["Set-Cookie"]
    for part in ("visitapp-answer=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=7200"):
        assert part in given
    unknown = enter("").post(f"/answer/{'0' * 32}/code")
    assert unknown.status_code == 200
    assert "visitapp-answer=" in unknown.headers["Set-Cookie"], "also where the link does not work"


def test_a_code_that_does_not_fit_is_said_beside_its_field(enter: Enter, link: str) -> None:
    client = enter("")
    client.post(f"{link}/code")
    for path in (link, f"/answer/{'0' * 32}"):
        page = client.post(f"{path}/open", data={"code": HOSTILE})
        assert page.status_code == 422
        assert 'href="#code"' in page.text
        assert "does not fit" in page.text


def test_a_mistake_in_the_answer_stands_beside_its_field_and_everything_is_kept(enter: Enter, wired: Wired, link: str) -> None:
    client = through(enter, wired, link)
    for field, typed in (
        ("said_by", {"answer": "received"}),
        ("not_ours_reason", WHO | {"answer": "not_for_us", "whose": HOSTILE}),
        ("next_on", WHO | DECISION | {"answer": "decision", "next_on-day": "31", "next_on-month": "2", "contact": HOSTILE}),
    ):
        page = client.post(f"{link}/answer", data=typed)
        assert page.status_code == 422
        assert f'href="#{field}"' in page.text
        assert ("&lt;script&gt;" in page.text) == (HOSTILE in typed.values())


def test_what_was_typed_comes_back_when_the_time_ran_out_under_somebodys_hands(enter: Enter, wired: Wired, link: str) -> None:
    client = enter("")
    typed = WHO | {"answer": "not_for_us", "not_ours_reason": HOSTILE}
    expired = client.post(f"{link}/answer", data=typed)
    assert "Your time here has run out" in expired.text
    for page in (expired, client.post(f"{link}/code", data=typed), client.post(f"{link}/open", data=typed | {"code": "1"})):
        assert "&lt;script&gt;" in page.text
    back = client.post(f"{link}/open", data=typed | {"code": code(wired)})
    assert back.status_code == 200
    assert "&lt;script&gt;" in back.text
    assert "is with the practitioner" in client.post(f"{link}/answer", data=typed).text


def test_too_many_tries_are_told_to_wait(enter: Enter, app: Flask, link: str) -> None:
    client = enter("")
    for _ in range(5):
        client.post(f"{link}/open", data={"code": "1"})
    assert client.post(f"{link}/open", data={"code": "1"}).status_code == 429


def test_what_was_written_since_is_offered_beside_the_letter(enter: Enter, wired: Wired, link: str) -> None:
    client = through(enter, wired, link)
    assert "other letters" not in client.get(link).text
    with wired.engine.write() as tx:
        to = tx.one("SELECT referral, household FROM answer_link")
        assert to is not None
        first = recipients.receiver(tx, to["referral"])
        assert first is not None
        recipients.add(
            tx, id="r-2", referral=to["referral"], household=to["household"], place="receiver", document="update", number=2,
            receiving_team=first["receiving_team"], name=first["name"], address=first["address"], phone="", transport="folder",
            reasons=(), at="2026-11-22T10:00:00.000Z", actor="system",
        )  # fmt: skip
        row = tx.one("SELECT * FROM letter")
        assert row is not None
    page = client.get(link).text
    assert "other letters" not in page, "what is not written yet is not offered"
    assert client.get(f"{link}/letter.pdf?number=2").data == client.get(f"{link}/letter.pdf?number=x").data == row["bytes"]


def test_no_page_of_theirs_gives_an_address_that_is_kept_back(
    enter: Enter, wired: Wired, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setitem(COMPLETION, "where_child_is", "With Ada at 4 Mill Row.")
    monkeypatch.setitem(COMPLETION, "asked_for", "Go to Ada at 4 Mill Row.")
    link = request.getfixturevalue("link")
    with wired.engine.read() as tx:
        row = tx.one("SELECT id FROM referral")
    assert row is not None
    pages = ((through(enter, wired, link), link), (enter("duty"), f"/referrals/{row['id']}"), (enter("duty"), "/referrals"))
    assert all("Ada at 4 Mill Row." in client.get(path).text for client, path in pages)
    monkeypatch.setattr(protected, "address_kept_back", lambda *_: True)  # `tests/flow/test_hostile.py` has a family that said so
    for client, path in pages:
        assert "Ada at [kept back]." in client.get(path).text
        assert "Mill Row" not in client.get(path).text

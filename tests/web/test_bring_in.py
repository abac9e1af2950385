"""The page at the desk that takes in a tablet's file: who may use it, one line for each visit, and no size that surprises."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.flow import world as worlds
from tests.flow.test_bring_in import file_of
from tests.flow.world import World
from tests.web.inspect_page import inspect
from visitapp.flow.sign_in import sign_in
from visitapp.web import build
from visitapp.web.security import LARGEST_BODY, LARGEST_FILE

NAMES = ("Okoro", "Ava", "Ada")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = worlds.build(tmp_path)
    yield made
    made.w.close()


def desk(world: World, who: str = "hv") -> FlaskClient:
    client = build(world.w).test_client()
    client.set_cookie("visitapp", sign_in(world.w, who, worlds.PASSWORD, "192.0.2.1").token)
    return client


def bring(client: FlaskClient, file: bytes) -> TestResponse:
    part = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="visitapp-waiting-2026-11-22.json"\r\n\r\n%b\r\n--cut--\r\n'
    kind = "multipart/form-data; boundary=cut"
    answer = client.post("/bring-in", data=part % file, content_type=kind, headers={"Origin": "http://localhost:8130"})
    inspect(answer, NAMES)
    return answer


def test_the_page_says_what_to_bring_and_each_role_finds_it_or_not(world: World) -> None:
    page = desk(world).get("/bring-in")
    inspect(page, NAMES)
    assert "Save an encrypted copy" in page.text
    assert '<a href="/bring-in">' in desk(world).get("/families").text
    assert '<a href="/bring-in">' not in desk(world, "lead").get("/families").text
    for who in ("lead", "duty", "admin"):
        assert desk(world, who).get("/bring-in").status_code == 403
        assert bring(desk(world, who), b"{}").status_code == 403
    assert build(world.w).test_client().get("/bring-in").status_code == 302


def test_a_line_for_each_visit_says_what_became_of_it(world: World) -> None:
    family = world.family()
    first, theirs, aside = family.written(), family.written(who="midwife", on="2026-11-20"), family.written(form_hash="0" * 64)
    answer = bring(desk(world), file_of(first, theirs, b"{}", aside, first))
    assert answer.status_code == 200
    outcomes = [part.partition('"')[0] for part in answer.text.split('data-outcome="')[1:]]
    assert outcomes == ["kept", "not_the_author", "envelope_unreadable", "set_aside", "here_already"]
    assert "Worker midwife" not in answer.text
    assert world.who["midwife"] not in answer.text
    [kept, _] = world.rows("SELECT id FROM submission ORDER BY seq")
    assert f'<a href="/visits/{kept["id"]}">' in answer.text
    world.work()
    assert desk(world).get(f"/visits/{kept['id']}").status_code == 200


def test_nothing_chosen_and_no_such_file_are_said_beside_the_field(world: World) -> None:
    client = desk(world)
    none = client.post("/bring-in", data={}, headers={"Origin": "http://localhost:8130"})
    inspect(none, NAMES)
    assert (none.status_code, "Choose the file that the tablet saved." in none.text) == (422, True)
    other = bring(client, b"<html>Welcome</html>")
    assert (other.status_code, "not a file of waiting visits" in other.text) == (422, True)


def test_a_file_that_was_cut_off_gives_what_is_whole_and_says_so(world: World) -> None:
    family = world.family()
    payloads = [family.written(on=f"2026-11-{day}") for day in (20, 21)]
    answer = bring(desk(world), file_of(*payloads)[:-60])
    assert "The file is not whole." in answer.text
    assert world.count("submission") == 1
    assert "The file is not whole." not in bring(desk(world), file_of(*payloads)).text
    assert world.count("submission") == 2


def test_a_file_may_hold_what_many_requests_could_and_a_visit_in_it_no_more_than_one(world: World) -> None:
    family = world.family()
    padding = b'{"envelope":"' + b"x" * (LARGEST_BODY + 1) + b'"}'
    answer = bring(desk(world), file_of(family.written(), padding))
    assert answer.status_code == 200
    assert "larger than a tablet may send" in answer.text
    assert world.count("submission") == 1
    for path, most, said in (("/bring-in", LARGEST_FILE, "(40 MB)"), ("/families/new", LARGEST_BODY, "(4 MB)")):
        length = {"CONTENT_LENGTH": str(most + 1)}
        refused = desk(world).post(path, headers={"Origin": "http://localhost:8130"}, environ_overrides=length)
        assert (refused.status_code, said in refused.text) == (413, True), path


def test_another_site_cannot_bring_anything_in(world: World) -> None:
    file = {"file": (io.BytesIO(file_of(world.family().written())), "x.json")}
    assert desk(world).post("/bring-in", data=file, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert world.count("submission") == 0

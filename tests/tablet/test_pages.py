"""The pages the tablet keeps: valid, holding nobody, the same for everyone, and exactly what the worker expects of them."""

import gzip
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web import inspect_page
from visitapp.config import Settings
from visitapp.domain.answers import HOW_KNOWN, WHY_ABSENT
from visitapp.domain.photographs import PLACES
from visitapp.formlang.kinds import CHILD_FACTS, HISTORY, KINDS
from visitapp.store import migrate
from visitapp.web import build
from visitapp.web.tablet import Kept, kept_files, version_of
from visitapp.wiring import Wired, wire

ROOT = Path(__file__).parents[2]


@pytest.fixture
def wired(tmp_path: Path) -> Iterator[Wired]:
    whole = wire(Settings.from_environment({"DATA_DIR": str(tmp_path)}))
    migrate.migrate(whole.engine)
    yield whole
    whole.close()


@pytest.fixture
def client(wired: Wired) -> FlaskClient:
    return build(wired).test_client()


def kept(client: FlaskClient) -> dict[str, str]:
    script = client.get("/tablet/sw.js").get_data(as_text=True)
    found = re.search(r"const KEPT = (\{.*?\});", script)
    assert found
    listed: dict[str, str] = json.loads(found[1])
    return listed


def test_the_worker_expects_of_each_file_what_the_service_serves(client: FlaskClient) -> None:
    for url, expected in kept(client).items():
        with client.get(url) as response:
            assert (response.status_code, hashlib.sha256(response.data).hexdigest()) == (200, expected), url


def test_what_is_served_is_made_of_the_scripts_that_are_here(tmp_path: Path) -> None:
    """`make` makes it again when one of them changes; somebody who runs the tests alone may have forgotten to."""
    node = Path(sys.executable).with_name("node")
    subprocess.run([str(node), str(ROOT / "static/bundle.mjs"), str(tmp_path)], check=True, timeout=60)
    fresh, served = (tmp_path / "tablet.js").read_bytes(), (ROOT / "static/vendor/tablet.js").read_bytes()
    assert fresh == served, "run: node static/bundle.mjs"
    assert b"import" not in served.split(b";", 1)[0], "it is one file, and waits for no other"


def test_the_worker_keeps_the_script_and_every_form_and_nothing_about_people(client: FlaskClient, wired: Wired) -> None:
    urls = set(kept(client))
    assert "/static/vendor/tablet.js" in urls
    assert {f"/tablet/forms/{form.name}/{form.version}/page" for form in wired.catalogue.forms} <= urls
    assert not [url for url in urls if url.startswith("/tablet/api") or not url.startswith(("/tablet/", "/static/"))]


def test_a_change_in_any_file_is_a_new_version() -> None:
    one = tuple(kept_files(ROOT))
    assert version_of(one, "worker") == version_of(one, "worker")
    assert version_of((*one[:-1], Kept(one[-1].url, "0" * 64)), "worker") != version_of(one, "worker")
    assert version_of(one, "another worker") != version_of(one, "worker")


def test_every_page_of_the_tablet_is_a_valid_page(client: FlaskClient, wired: Wired) -> None:
    for url in ("/tablet/", *(f"/tablet/forms/{form.name}/{form.version}/page" for form in wired.catalogue.forms)):
        response = client.get(url)
        page = inspect_page.parse(response.text)
        inspect_page.check_head(page, ())
        inspect_page.check_labels(page)
        inspect_page.check_nothing_inline(page)
        assert response.headers["Cache-Control"] == "no-cache", url
        assert "Set-Cookie" not in response.headers, url


def test_the_bundle_is_the_same_bytes_each_time(client: FlaskClient) -> None:
    address = "/tablet/forms/home_visit/1/bundle"
    assert client.get(address).data == client.get(address).data


def test_an_unknown_form_is_not_found(client: FlaskClient) -> None:
    assert client.get("/tablet/forms/home_visit/99/page").status_code == 404
    assert client.get("/tablet/forms/nothing/1/bundle").status_code == 404


def test_every_question_of_every_form_is_drawn_once(client: FlaskClient, wired: Wired) -> None:
    for form in wired.catalogue.forms:
        page = client.get(f"/tablet/forms/{form.name}/{form.version}/page").get_data(as_text=True)
        drawn = re.findall(r'data-question="([^"]+)"', page)
        assert sorted(drawn) == sorted(form.placed)


def test_every_kind_is_drawn_on_the_page_and_read_by_the_tablet() -> None:
    page = (ROOT / "templates/form/questions.html").read_text()
    script = (ROOT / "static/tablet/form/kinds.js").read_text()
    bound = re.search(r"export const KINDS = \{ (.*?) \};", script)
    assert bound
    assert set(bound[1].split(", ")) | {"rows"} == set(KINDS)
    assert {kind for kind in KINDS if f"macro {kind}(" in page} == set(KINDS)


def test_what_the_record_says_has_words_on_the_tablet() -> None:
    script = (ROOT / "static/tablet/form/wording.js").read_text()
    said = re.search(r"export const GIVEN = .*?\{(.*?)\n\}\);", script, re.DOTALL)
    assert said
    names = set(re.findall(r"(\w+): \"", said[1]))
    assert names == set(HISTORY) | set(CHILD_FACTS.values())


def test_how_an_answer_is_known_and_why_it_is_absent_have_words_where_a_change_is_said() -> None:
    script = (ROOT / "static/tablet/form/change_words.js").read_text()
    for name, codes in (("HOW", HOW_KNOWN), ("WHY", WHY_ABSENT)):
        said = re.search(rf"const {name} = .*?\{{(.*?)\}}\);", script)
        assert said
        assert set(re.findall(r"(\w+): \"", said[1])) == set(codes)


def test_the_tablet_offers_the_places_that_the_service_has_words_for() -> None:
    said = re.search(r"const PLACES = .*?\{(.*?)\}\);", (ROOT / "static/tablet/photographs.js").read_text(), re.DOTALL)
    assert said
    assert dict(re.findall(r"(\w+): \"(.+?)\"", said[1])) == PLACES


def test_the_manifest_names_nobody_and_stays_in_its_scope(client: FlaskClient) -> None:
    manifest = json.loads(client.get("/tablet/manifest.webmanifest").data)
    assert manifest["scope"] == manifest["start_url"] == "/tablet/"


def test_what_is_the_same_for_everyone_travels_small_and_unfolds_to_the_same_bytes(client: FlaskClient) -> None:
    for url in ("/tablet/forms/home_visit/1/page", "/static/css/tablet.css"):
        with client.get(url) as plain, client.get(url, headers={"Accept-Encoding": "gzip"}) as small:
            assert small.headers["Content-Encoding"] == "gzip"
            assert gzip.decompress(small.data) == plain.data
            assert len(small.data) * 3 < len(plain.data)


def test_an_answer_about_somebody_is_never_compressed(client: FlaskClient) -> None:
    response = client.get("/tablet/api/whoami", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response.headers


def test_scripts_and_styles_of_the_tablet_are_under_a_hundred_kilobytes(client: FlaskClient) -> None:
    total = 0
    for url in kept(client):
        if url.endswith((".js", ".css")):
            with client.get(url, headers={"Accept-Encoding": "gzip"}) as response:
                total += len(response.data)
    assert total < 74_000


def test_every_class_of_the_design_system_on_the_tablet_is_in_the_part_of_it_that_the_tablet_carries(client: FlaskClient) -> None:
    drawn = "".join(client.get(url).get_data(as_text=True) for url in kept(client) if url.endswith("/page"))
    script = "".join(path.read_text() for path in (ROOT / "static/tablet").rglob("*.js"))
    whole, part = ((ROOT / f"static/vendor/{name}.css").read_text() for name in ("nhsuk", "nhsuk-tablet"))
    used = {name for name in re.findall(r"nhsuk-[a-z_-]+[a-z0-9]", drawn + script) if f".{name}" in whole}
    assert {"nhsuk-button--reverse", "nhsuk-input--width-5"} <= used
    assert {name for name in used if f".{name}" not in part} == set()

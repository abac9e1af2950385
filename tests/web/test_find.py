"""Finding a family on the screen: why each is there, nothing beyond the team, nothing private, and no name in an address or a log."""

import re
from pathlib import Path

import pytest

from tests.web import place
from tests.web.conftest import Enter
from visitapp.flow import words_kept
from visitapp.look import looked as looked_at
from visitapp.store import people, submissions
from visitapp.wiring import Wired


def looked(enter: Enter, words: str, account: str = "hv", **more: str) -> str:
    answer = enter(account).post("/find", data={"words": words, **more})
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


WHY = (
    ("ashdown isla", "Name: <strong>Isla Ashdown (child)</strong>"), ("Ada", "Name: <strong>Ada Okoro (mother)</strong>"),
    ("okorro", "Sounds like: <strong>"), ("isma", "One letter otherwise: <strong>Isla Ashdown"),
    ("999 000 0018", "NHS number: <strong>999 000 0018, Isla Ashdown (child)"),
    ("+44 7700 900456", "Phone number: <strong>07700 900456"),
    ("20 sep 2026", "Born: <strong>20 September 2026, Isla Ashdown"), ("4 mill row okoro", "Address: <strong>4 Mill Row, EM1 4AB"),
)  # fmt: skip
"""What is typed, and what the result says of why it is there."""


def test_what_only_begins_to_sound_so_is_not_found(enter: Enter) -> None:
    """Isla is heard as "isl" and Ada as "ad": of what is heard as "is" or "a" they are only the beginning."""
    for words in ("issy", "aaaa"):
        assert "Sounds like" not in looked(enter, words), words
    assert "Sounds like: <strong>Isla Ashdown" in looked(enter, "izzla")


def test_why_a_family_is_found(enter: Enter) -> None:
    for words, why in WHY:
        page = looked(enter, words)
        assert why in page, words
        assert f"/families/{place.FAMILY}" in page
        assert f"/families/{place.WESTERN}" not in page


def test_a_name_of_before_is_said_to_be_one(enter: Enter, wired: Wired) -> None:
    with wired.engine.write() as tx:
        people.add_detail(tx, person="p-2", given_names="Ada", family_name="Lindqvist", household=place.FAMILY, **place.STAMP)
    assert "Name before: <strong>Ada Okoro, now Ada Lindqvist (mother)" in looked(enter, "ada okoro")


def test_what_was_typed_is_kept_nowhere_and_who_was_shown_is(enter: Enter, wired: Wired) -> None:
    looked(enter, "ashdown")
    with wired.engine.read() as tx:
        lines = tx.all(
            "SELECT kind, household, detail FROM journal WHERE actor = 'hv' AND kind IN ('read.find', 'read.found') ORDER BY seq"
        )
    assert [(line["kind"], line["household"], line["detail"]) for line in lines] == [("read.find", None, ""), ("read.found", "f-1", "")]


def test_nothing_typed_is_said_at_the_field(enter: Enter) -> None:
    answer = enter("lead").post("/find", data={"words": " 👶🏿 "})
    assert answer.status_code == 422
    assert "Enter a name" in answer.get_data(as_text=True)
    assert enter("duty").get("/find").status_code == 403


def test_who_looked_at_a_family(enter: Enter) -> None:
    enter("midwife").get(f"/families/{place.FAMILY}")
    looked(enter, "ashdown")
    path = f"/families/{place.FAMILY}/looked"
    page = enter("lead").get(path).get_data(as_text=True)
    assert page.index("Found the family in a search") < page.index("Opened the family’s page")  # newest first
    assert "Worker Midwife" in page
    for _ in range(2):
        page = enter("lead").get(path).get_data(as_text=True)
    assert "Looked at who had looked 2 times at" in page  # and not two lines
    assert enter("hv").get(path).status_code == 403
    assert enter("lead").get(f"/families/{place.WESTERN}/looked").status_code == 404


HIDDEN = "Said alone: afraid of the <b>uncle</b> \u202eשלום"


@pytest.fixture
def written(app: object, wired: Wired) -> None:
    for form in ("home_visit", "addition"):
        with wired.engine.write() as tx:
            words_kept.say_form(tx, wired.catalogue.form(form, 1), place.NOW)
    text = next(id for id, (one, parent) in wired.catalogue.form("home_visit", 1).placed.items() if one.kind == "text" and parent is None)
    row = {"id": "r-1", "person": "p-2", "answers": {"abuse_said": {"value": HIDDEN}}}
    place.visit(wired, answers={text: {"value": "The stove smelt of paraffin. " * 5}, "adults": {"rows": [row]}})
    place.visit(wired, "v-3", form="addition", answers={"words": {"value": "The kettle"}, "words_apart": {"value": "Afraid of the uncle"}})


@pytest.mark.usefixtures("written")
def test_words_in_the_notes_are_found_by_who_may_read_them(enter: Enter) -> None:
    assert "<mark>kettle</mark>" in looked(enter, "kettle", "nurse")  # what was added stands by itself
    page = looked(enter, "smelt PARAFF", "midwife")
    assert "<mark>smelt</mark>" in page
    assert f"/visits/{place.VISIT}" in page
    assert "<mark>paraffin.</mark>" in looked(enter, "ashdown paraffin", "midwife")
    assert "<mark>" not in looked(enter, "birchall paraffin", "midwife")
    assert "<mark>" not in looked(enter, "paraffin", "west")


@pytest.mark.usefixtures("written")
def test_what_was_recorded_apart_is_found_only_by_who_may_read_it(enter: Enter) -> None:
    for account, may in (("midwife", False), ("nurse", False), ("hv", True), ("lead", True), ("west", False)):
        page = looked(enter, "afraid uncle", account)
        assert ("<mark>afraid</mark>" in page) is may, account
        assert ("Recorded apart" in page) is may, account
        assert "<b>uncle" not in page


def test_a_visit_that_is_set_aside_is_found_by_nobody(enter: Enter, wired: Wired) -> None:
    form = wired.catalogue.form("home_visit", 1)
    with wired.engine.write() as tx:
        words_kept.say_form(tx, form, place.NOW)
        submissions.keep(
            tx, id="v-9", household=place.FAMILY, form="home_visit", form_version=1, form_hash=form.hash, author="hv", device="d",
            envelope="{}", body=b'{"answers": {"said": {"value": "zebra"}}}', sha256="", occurred_on="2026-11-19", received_at=place.NOW,
        )  # fmt: skip
    assert "None of your team" in looked(enter, "zebra")


def test_every_kind_of_reading_of_a_family_has_words() -> None:
    source = "".join(file.read_text() for file in Path(looked_at.__file__).parents[1].rglob("*.py"))
    of_no_family = {"read.team", "read.accounts", "read.find"}
    assert set(re.findall(r'"(read[.][a-z_]+)"', source)) - of_no_family == set(looked_at.KINDS)

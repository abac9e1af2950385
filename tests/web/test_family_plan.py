"""The plan for the family: made out of any form that says which answers go into it, seen by the team alone, each reading written down, and
nothing on it that the family must not find there."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from shutil import copytree
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.letter.reading import pages, squeezed
from tests.web import place
from tests.web.conftest import Visitor
from visitapp.domain.findings import Finding
from visitapp.formlang import Catalogue, load_catalogue
from visitapp.store import helping, submissions
from visitapp.web import build
from visitapp.wiring import FORMS, Wired

PLANNED = "v-plan"
FORM = """
name: bedtime
version: 1
title: Bedtime
kind: visit
sections:
  - id: nights
    area: sleep
    title: Nights
    questions:
      - id: bairns
        kind: rows
        of: child
        label: Each child
        questions:
          - {id: where_now, kind: choice, label: Tonight?, measure: sleep.tonight_place, options: {cot: Their own cot, none: Nowhere yet}}
          - {id: laid, kind: choice, label: How?, measure: sleep.put_down, options: {back: Back, front: Front}}
          - {id: party, kind: text, label: Which night?, measure: sleep.next_night}
          - {id: party_place, kind: choice, label: Where?, measure: sleep.next_place, options: {travel: A travel cot, cot: Their cot}}
          - {id: party_who, kind: text, label: Who takes nothing?, measure: sleep.next_sober}
      - {id: agreed, kind: text, label: What was agreed?, measure: sleep.plan}
      - {id: help, kind: choices, label: Help, measure: help.needed, options: {cot: A cot, bedding: Bedding, no: {label: No, alone: true}}}
      - {id: help_by, kind: date, label: By when?, measure: help.by}
      - {id: again, kind: date, label: When again?, measure: visit.next}
      - {id: worry, kind: text, label: What worries you?}
      - {id: abuse, kind: text, label: What was said alone?, confidential: true, measure: sleep.plan}
findings:
  - code: laid_on_front
    area: sleep
    each: bairns
    when: "laid == 'front'"
    severity: this_week
    level: 2
    wording: "{child} was put down on the front."
    ask: "How is {child} put down?"
    source: "A test."
---
cases:
  laid_on_front:
    - present: {bairns: [{laid: front}]}
    - absent: {bairns: [{laid: back}]}
    - cannot_tell: {bairns: [{}]}
"""
ANSWERS: dict[str, Any] = {
    "bairns": {
        "rows": [
            {
                "id": "r1",
                "person": "p-1",
                "answers": {
                    "where_now": {"value": "cot"},
                    "laid": {"value": "front"},
                    "party": {"value": "Saturday: the wedding"},
                    "party_place": {"value": "travel"},
                    "party_who": {"value": "Nan"},
                },
            }
        ],
        "complete": True,
    },
    "agreed": {"value": "Ada clears the cot <today> \u202e\U0001f476."},
    "help": {"value": ["cot", "bedding"]},
    "help_by": {"value": "2026-11-23"},
    "again": {"value": "2026-12-01"},
    "worry": {"value": "WORRYWORD"},
    "abuse": {"value": "ABUSEWORD"},
}
SAID = (Finding("laid_on_front", "sleep", "r1", "p-1", "present", "this_week", 2, ("bairns/r1/laid",)), "Isla was put down on the front.")
Ask = Callable[..., TestResponse]


@pytest.fixture(scope="module")
def one_more(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Our forms and one that no code has heard of. To read them all takes long, and no test changes them."""
    folder = tmp_path_factory.mktemp("with") / "forms"
    copytree(FORMS, folder, ignore=lambda _, names: [one for one in names if one == "stories"])
    (folder / "bedtime-1.yaml").write_text(FORM)
    return load_catalogue(folder)


@pytest.fixture
def served(wired: Wired, one_more: Catalogue) -> Wired:
    """The service with that form, and a visit on it."""
    whole = replace(wired, catalogue=one_more)
    place.furnish(whole)
    place.visit(whole, PLANNED, form="bedtime", answers=ANSWERS, findings=(SAID,))
    place.visit(whole, place.VISIT)
    return whole


@pytest.fixture
def ask(served: Wired) -> Ask:
    app = build(served)
    app.test_client_class = Visitor

    def asked(account: str, path: str = f"/visits/{PLANNED}/family-plan") -> TestResponse:
        client = app.test_client()
        client.set_cookie("visitapp", place.session(served, account))
        return client.get(path)

    return asked


def test_the_page_says_what_was_agreed_and_whom_to_phone(ask: Ask) -> None:
    answer = ask("hv")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert "Isla" not in str(answer.headers)
    assert answer.headers["Cache-Control"] == "no-store"
    read = pages(answer.data)
    assert len(read) == 1
    for words in (
        "Sleep plan for Isla", "19 November 2026", "Isla sleeps here: Their own cot.", "When: Saturday: the wedding.", "A travel cot.",
        "Nan.", "Ada clears the cot <today>", "We bring: a cot, by 23 November 2026.", "We bring: bedding, by 23 November 2026.",
        "We come again on 1 December 2026.", "Worker Hv, your health visitor", "07700 900123", "Team East", "01632 960001",
        "Put your baby down on the back",
    ):  # fmt: skip
        assert squeezed(words) in squeezed(read[0].replace("\u00a0", " ")), words


def test_what_was_ordered_and_is_not_there_yet_stands_on_it_without_what_staff_wrote(ask: Ask, served: Wired) -> None:
    with served.engine.write() as tx:
        for what in ("cot", "heating", "food", "money"):
            helping.need(
                tx, id=what, household=place.FAMILY, what=what, person=None, words="STAFFWORD", needed_on="2026-11-18", **place.STAMP
            )  # fmt: skip
        helping.step(tx, order="heating", household=place.FAMILY, step="ordered", on_date="2026-11-18", words="STAFFWORD", **place.STAMP)
        helping.step(tx, order="food", household=place.FAMILY, step="seen_in_use", on_date="2026-11-18", words="", **place.STAMP)
    said = squeezed(pages(ask("hv").data)[0])
    assert said.count("Webring:acot") == 1
    assert squeezed("We help with: heating.") in said
    assert squeezed("We help with: money.") in said
    assert "food" not in said
    assert "STAFFWORD" not in said


def test_nothing_is_on_it_that_the_family_must_not_find_there(ask: Ask) -> None:
    drawn = ask("hv").data
    said = squeezed("".join(pages(drawn)))
    for words in (
        "laid_on_front", "put down on the front", "WORRYWORD", "ABUSEWORD", "level", "this week", "score", "4 Mill Row", "EM1 4AB", "Okoro",
        "Ashdown", "9990000018", "07700900456",
    ):  # fmt: skip
        assert squeezed(words).lower() not in said.lower(), words
        assert words.encode() not in drawn


def test_each_reading_is_written_down_before_it_is_shown(ask: Ask, served: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(place.reads(served))
    ask("lead")
    assert [(row["kind"], row["household"], row["actor"], row["detail"]) for row in place.reads(served)[before:]] == [
        ("read.family_plan", place.FAMILY, "lead", PLANNED)
    ]

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("visitapp.store.tx.Tx.journal", full)
    assert ask("lead").status_code == 500


@pytest.mark.parametrize(
    ("account", "status"), [("hv", 200), ("midwife", 200), ("nurse", 200), ("lead", 200), ("west", 404), ("duty", 403), ("admin", 403)]
)
def test_only_the_familys_own_team_sees_it(ask: Ask, served: Wired, account: str, status: int) -> None:
    before = len(place.reads(served))
    assert ask(account).status_code == status
    assert (len(place.reads(served)) > before) == (status == 200)


def test_a_visit_without_a_plan_or_without_a_form_has_no_page_and_no_link(ask: Ask, served: Wired) -> None:
    assert ask("hv", f"/visits/{place.VISIT}/family-plan").status_code == 404
    assert ask("hv", "/visits/nowhere/family-plan").status_code == 404
    assert "family-plan" not in ask("hv", f"/visits/{place.VISIT}").text
    assert f"/visits/{PLANNED}/family-plan" in ask("hv", f"/visits/{PLANNED}").text
    body = json.dumps({"answers": {}}).encode()
    with served.engine.write() as tx:
        submissions.keep(
            tx, id="v-lost", household=place.FAMILY, form="lost", form_version=7, form_hash="0" * 64, author="hv", device="d",
            envelope="{}", body=body, sha256=hashlib.sha256(body).hexdigest(), occurred_on="2026-11-19", received_at=place.BEFORE,
        )  # fmt: skip
    assert ask("hv", "/visits/v-lost/family-plan").status_code == 404


@pytest.mark.parametrize(
    "answers", [{}, {"bairns": 7}, {"bairns": {"rows": [None, {"answers": 3}]}, "help": {"value": 3}, "agreed": {"value": []}}]
)
def test_a_body_of_any_shape_makes_a_page(ask: Ask, served: Wired, answers: dict[str, Any]) -> None:
    place.visit(served, "v-odd", form="bedtime", answers=answers)
    read = pages(ask("hv", "/visits/v-odd/family-plan").data)
    assert "not agreed yet" in read[0]

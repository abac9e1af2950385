"""What a body says in measures: what a rule would read, what was asked and not learnt, scores as ranges, and nothing confidential."""

from typing import Any

import pytest

from tests.formlang import small
from visitapp.domain import measures
from visitapp.domain.measures import Range
from visitapp.flow.reading import read
from visitapp.formlang import Form
from visitapp.formlang.forms import read_form

FORM = """\
name: small
version: 1
title: A small form
kind: visit
asked_properly: interpreter != 'relative'
scores:
  - id: home_state
    title: The home
    measure: home.state
    max: 6
    of: {floors: {good: 0, minor: 1, severe: 3}, beds: {good: 0, minor: 1, severe: 3}}
    source: A test.
sections:
  - id: one
    area: home
    title: One
    questions:
      - {id: interpreter, kind: choice, label: Who interpreted?, letter: By, options: {nobody: Nobody, relative: A relative}}
      - {id: announced, kind: yes_no, label: Was it arranged?, letter: Arranged, measure: visit.announced}
      - {id: secret, kind: yes_no, label: Anything to keep apart?, confidential: true, measure: adult.secret}
      - {id: floors, kind: choice, label: Floors, letter: Floors, measure: home.floors, options: &anchors {good: A, minor: B, severe: C}}
      - {id: beds, kind: choice, label: Beds, letter: Beds, measure: home.beds, options: *anchors}
      - id: cause
        kind: choice
        label: Cause
        letter: Cause
        measure: home.cause
        show_if: floors == 'severe'
        options: {money: Money, unknown: Not known}
      - id: adults
        kind: rows
        of: adult
        label: Each adult
        questions:
          - id: uses
            kind: choices
            label: Uses
            letter: Uses
            measure: adult.uses
            sensitive: true
            options: {alcohol: Alcohol, cannabis: Cannabis, nothing: {label: None of these, alone: true}}
          - {id: smokes, kind: yes_no, label: Smokes?, letter: Smokes, measure: adult.smokes, carry: true}
findings:
  - code: worse
    area: home
    when: home_state >= 3
    severity: advise
    level: 2
    wording: "The home was in a poor state."
    ask: How was the home?
    source: A test.
---
cases:
  worse:
    - present: {floors: severe}
    - absent: {floors: good, beds: minor}
    - cannot_tell: {}
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    path = small.write(tmp_path_factory.mktemp("forms"), FORM)
    return read_form(path, path.read_bytes())[0]


def said(form: Form, answers: dict[str, Any]) -> dict[tuple[str, str], tuple[str, ...]]:
    """What the body says: the rest of each measure by person and name."""
    body = {"v": 1, "occurred_on": "2026-11-22", "answers": answers}
    return {(one[0], one[1]): one[2:] for one in read(form, body).measures}


def adult(**answers: Any) -> dict[str, Any]:
    return {"adults": {"rows": [{"id": "r1", "person": "mum", "answers": answers}], "complete": True}}


def test_what_applied_and_was_not_answered_is_a_measure_that_is_not_known(form: Form) -> None:
    found = said(form, {"floors": {"value": "good", "known": "seen"}, "beds": {"absent": "refused"}})
    assert found["", "home.floors"] == ("good", "seen")
    assert found["", "home.beds"] == ("", "refused")
    assert found["", "visit.announced"] == ("", measures.UNANSWERED)
    assert ("", "home.cause") not in found, "it did not apply"
    assert said(form, {"floors": {"value": "severe"}})["", "home.cause"] == ("", measures.UNANSWERED)


def test_a_score_is_a_range_and_one_of_which_nothing_is_known_is_none(form: Form) -> None:
    assert ("", "home.state") not in said(form, {})
    found = said(form, {"floors": {"value": "minor"}})
    assert found["", "home.state"] == ("1", "could be 4")
    body = {"occurred_on": "2026-11-22", "answers": {"floors": {"value": "minor"}, "beds": {"value": "severe"}}}
    assert measures.said(read(form, body).measures).home == Range(4, 4)


def test_reassurance_that_was_not_asked_properly_is_not_known_and_a_disclosure_is(form: Form) -> None:
    through = {"interpreter": {"value": "relative"}}
    assert said(form, through | adult(uses={"value": ["nothing"], "known": "told"}))["mum", "adult.uses"] == ("", "not_asked")
    assert said(form, through | adult(uses={"value": ["cannabis"], "known": "told"}))["mum", "adult.uses"] == ("cannabis", "told")
    alone = {"interpreter": {"value": "nobody"}}
    assert said(form, alone | adult(uses={"value": ["nothing"], "known": "told"}))["mum", "adult.uses"] == ("nothing", "told")


def test_nothing_confidential_and_nothing_that_cannot_be_read_is_a_measure(form: Form) -> None:
    found = said(form, {"secret": {"value": True}, "floors": {"value": 7}, "announced": "yes", "adults": {"rows": "none"}})
    assert not [name for _, name in found if name == "adult.secret"]
    assert found["", "home.floors"] == found["", "visit.announced"] == ("", measures.UNANSWERED)


def test_a_confirmed_answer_keeps_the_day_since_when_it_stands(form: Form) -> None:
    def since(day: object) -> tuple[str, ...]:
        return said(form, adult(smokes={"value": False, "known": "told", "since": day}))["mum", "adult.smokes"]

    assert since("2026-01-05") == ("false", "told", "2026-01-05")
    assert since("2026-11-23") == since("soon") == since(7) == since(None) == ("false", "told", "2026-11-22"), "it stands since this visit"

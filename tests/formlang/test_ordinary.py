"""Cases that start from the ordinary visit and say only what was different."""

from pathlib import Path
from typing import Any

import pytest

from tests.formlang import small
from visitapp.decide.cases import play
from visitapp.formlang.cases import cases_of, ordinary_case
from visitapp.formlang.forms import read_form
from visitapp.formlang.lint import lint
from visitapp.formlang.ordinary import ordinary
from visitapp.formlang.reading import read

HOUSE = Path(__file__).parents[2] / "forms"
ORDINARY = """\
---
ordinary:
  outcome: well
  children: {each: {shared: false, seen_on: 2026-11-20}}
cases:
  alcohol:
    - present: {ordinary: true, children: [{shared: true, sharers: [{taken: [alcohol]}]}, {age_days: 9}]}
    - absent: {ordinary: true}
    - cannot_tell: {ordinary: true, children: [{shared: null}], outcome: null}
    - cannot_tell: {ordinary: true, children: {rows: [], complete: false}}
"""
FORM = small.FORM[: small.FORM.index("---")] + ORDINARY


def cases(folder: Path, text: str = FORM) -> list[dict[str, Any]]:
    path = small.write(folder, text)
    form, _ = read_form(path, path.read_bytes())
    return [case.body["answers"] | {"people": case.given["people"]} for case in cases_of(form, read(path, path.read_bytes(), number=1))]


def rows(answers: dict[str, Any]) -> list[dict[str, Any]]:
    return [row["answers"] for row in answers["children"]["rows"]]


def test_a_case_says_only_what_was_different(tmp_path: Path) -> None:
    present, absent, _, unfinished = cases(tmp_path)
    assert lint(tmp_path) == []
    assert [one["shared"] for one in rows(present)] == [{"value": True}, {"value": False}]
    assert {one["seen_on"]["value"] for one in rows(present)} == {"2026-11-20"}
    assert present["outcome"] == {"value": "well"}
    assert [born["born_on"] for born in present["people"].values()] == ["2026-08-14", "2026-11-13"]
    assert rows(absent) == [{"shared": {"value": False}, "seen_on": {"value": "2026-11-20"}}]
    assert unfinished["children"] == {"rows": [], "complete": False}


def test_null_takes_an_answer_away(tmp_path: Path) -> None:
    _, _, unsaid, _ = cases(tmp_path)
    assert "outcome" not in unsaid
    assert rows(unsaid) == [{"seen_on": {"value": "2026-11-20"}}]


def test_the_ordinary_visit_is_there_for_stories_as_it_was_written(tmp_path: Path) -> None:
    path = small.write(tmp_path, FORM)
    form, _ = read_form(path, path.read_bytes())
    assert ordinary(form) == {"outcome": "well", "children": {"each": {"shared": False, "seen_on": "2026-11-20"}}}
    bare = small.write(tmp_path / "bare")
    assert ordinary(read_form(bare, bare.read_bytes())[0]) == {}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("  outcome: well\n", "  outcom: well\n", "'outcom' is not a question"),
        ("{each: {shared: false,", "{each: {shred: false,", "'shred' is not a question"),
        ("ordinary:\n  outcome", "extraordinary:\n  outcome", "and nothing else"),
        ("ordinary:\n  outcome: well\n  children: {each: {shared: false, seen_on: 2026-11-20}}", "ordinary: well", "holds answers"),
    ],
)
def test_what_is_wrong_in_it_is_said(tmp_path: Path, before: str, after: str, words: str) -> None:
    assert before in FORM
    small.write(tmp_path, FORM.replace(before, after, 1))
    assert [fault for fault in lint(tmp_path) if words in fault.message], lint(tmp_path)


def test_nothing_is_found_in_an_ordinary_visit(tmp_path: Path) -> None:
    for part in ("levels", "policy", "routes"):
        for path in (HOUSE / part).glob("*.yaml"):
            small.write(tmp_path, path.read_text(), f"{part}/{path.name}")
    small.write(tmp_path, FORM)
    assert play(tmp_path) == []
    text = FORM.replace("{each: {shared: false,", "{each: {shared: true, sharers: [{taken: [alcohol]}],")
    small.write(tmp_path, text)
    (fault,) = [fault for fault in play(tmp_path) if "worry" in fault.message]
    assert fault.line == small.line_of(text, "ordinary:")
    assert "'alcohol' is present in it" in fault.message


def test_a_child_of_a_case_may_have_been_seen_come_home_or_be_due(tmp_path: Path) -> None:
    text = small.FORM.replace("{shared: true, sharers", "{days_since_seen: 30, days_home: 2, days_to_due: unknown, shared: true, sharers")
    present = cases(tmp_path, text)[0]
    assert list(present["people"].values()) == [
        {"born_on": None, "seen_on": "2026-10-23", "home_on": "2026-11-20", "due_on": None, "gestation_days": 280},
    ]  # fmt: skip
    due = cases(tmp_path, FORM.replace("{age_days: 9}", "{days_to_due: 9}"))[0]
    assert [(one["born_on"], one["due_on"]) for one in due["people"].values()] == [("2026-08-14", None), (None, "2026-12-01")]


def test_the_ordinary_case_is_a_body_of_the_form(tmp_path: Path) -> None:
    path = small.write(tmp_path, FORM)
    form, _ = read_form(path, path.read_bytes())
    document = read(path, path.read_bytes(), number=1)
    found = ordinary_case(form, document)
    assert found is not None
    assert found.body["answers"]["outcome"] == {"value": "well"}
    assert document.faults == []

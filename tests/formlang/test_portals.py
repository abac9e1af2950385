"""A council's own form as a file: linted like the others, and answered with what the letter has."""

from pathlib import Path

import pytest

from tests.formlang import small
from visitapp.domain import portals
from visitapp.formlang.lint import lint
from visitapp.letter import portal as answered
from visitapp.letter.template import PARTS
from visitapp.wiring import FORMS

FORM = """name: council
version: 1
title: "A form"
address: "https://council.example/form"
questions:
  - {ask: "Who?", answer: [child_names], longest: 80}
  - {ask: "What?", answer: [seen_and_said, evidence]}
"""


def faults(folder: Path, was: str = "", now: str = "") -> list[str]:
    assert was in FORM
    small.write(folder, FORM.replace(was, now) if was else FORM, "portals/council-1.yaml")
    return [fault.message for fault in lint(folder)]


def test_a_form_that_is_right_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("[child_names]", "[child_name]", "child_name"),
        ("[child_names]", "[]", "answers"),
        ("https://", "http://", "https://"),
        ("longest: 80", "longest: 0", "longest"),
        ("What?", "Who?", "twice"),
        ("What?", "Who failed to engage?", "judges"),
        ("title:", "titel:", "titel"),
        ("version: 1", "version: 2", "council-2"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, was: str, now: str, said: str) -> None:
    assert any(said in fault for fault in faults(tmp_path, was, now))


def test_every_answer_that_a_file_may_name_can_be_given() -> None:
    assert set(portals.FACTS) == set(answered.FACTS)
    assert set(portals.PARTS) <= set(PARTS)


def test_every_shipped_form_is_published(tmp_path: Path) -> None:
    lock = (FORMS / "published.lock").read_text()
    assert all(f"portals/{path.stem} " in lock for path in (FORMS / "portals").glob("*.yaml"))

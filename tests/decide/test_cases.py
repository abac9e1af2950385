"""Worked cases are played for whoever lints, and a case that comes out otherwise is said with its line."""

import shutil
from pathlib import Path

from visitapp.decide.cases import play
from visitapp.formlang import Catalogue
from visitapp.formlang.cases import Case
from visitapp.formlang.model import Form

FORMS = Path(__file__).parents[2] / "forms"


def test_the_worked_cases_of_the_house_come_out_as_they_say(worked: list[tuple[Form, Case]], catalogue: Catalogue) -> None:
    assert play(FORMS) == []
    for form in catalogue.forms:
        assert {case.finding for of, case in worked if of is form} == set(form.rules)


def test_a_case_that_comes_out_otherwise_is_said_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    shutil.copytree(FORMS, folder, ignore=shutil.ignore_patterns("published.lock"))
    form = folder / "not_let_in-1.yaml"
    text = form.read_text().replace(
        "present: {outcome: no_answer, danger_seen: [crying_long]}", "present: {outcome: no_answer, danger_seen: [nothing]}"
    )
    form.write_text(text)
    (fault,) = play(folder)
    line = next(number for number, one in enumerate(text.splitlines(), 1) if "present: {outcome: no_answer, danger_seen: [nothing]}" in one)
    assert (fault.file, fault.line) == (str(form), line)
    assert "should be present here and is absent" in fault.message

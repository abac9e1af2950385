"""What is loaded, in which version, how fast, and that no kind of question is half there."""

import json
import time
from pathlib import Path

import pytest

from tests.formlang import small
from visitapp.decide import reading
from visitapp.domain.ages import age_days, corrected_age_days, day_number
from visitapp.domain.findings import AREAS
from visitapp.formlang import Catalogue, answer_fields, bundle, load_catalogue
from visitapp.formlang import catalogue as module
from visitapp.formlang.kinds import KINDS
from visitapp.formlang.model import LANGUAGE, Question

FORMS = Path(__file__).parents[2] / "forms"


def test_every_kind_of_question_is_whole() -> None:
    assert set(answer_fields.ANSWERS) == set(KINDS)
    assert set(reading.VALUES) == {name for name, kind in KINDS.items() if kind.reads not in (None, "rows")}


def test_every_kind_of_question_is_used_by_the_home_visit(catalogue: Catalogue) -> None:
    assert {question.kind for question, _ in catalogue.current("home_visit").placed.values()} == set(KINDS)


def test_every_area_has_findings_and_the_second_form_is_data_alone(catalogue: Catalogue) -> None:
    assert {rule.area for rule in catalogue.current("home_visit").findings} == set(AREAS)
    assert catalogue.current("not_let_in").kind == "visit_not_completed"
    code = [path.read_text() for path in (FORMS.parent / "visitapp" / "formlang").glob("*.py")]
    assert not any("not_let_in" in text or "sleep_sofa" in text for text in code)


def test_old_versions_stay_and_the_newest_is_current(tmp_path: Path) -> None:
    for part in ("levels", "policy", "routes"):
        for path in (FORMS / part).glob("*.yaml"):
            small.write(tmp_path, path.read_text(), f"{part}/{path.name}")
    small.write(tmp_path)
    small.write(tmp_path, small.with_change("version: 1", "version: 10"), "small-10.yaml")
    small.write(tmp_path, small.with_change("version: 1", "version: 9"), "small-9.yaml")
    found = load_catalogue(tmp_path)
    assert [form.version for form in found.forms if form.name == "small"] == [1, 10, 9]
    assert found.current("small").version == 10
    assert found.form("small", 1).hash != found.form("small", 10).hash
    with pytest.raises(KeyError):
        found.form("small", 2)
    with pytest.raises(KeyError):
        found.current("nothing")


def test_a_folder_with_nothing_in_it_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(module.FormFault, match="There is no levels file"):
        load_catalogue(tmp_path)


def test_a_bundle_is_json_with_every_question_and_no_worked_case(catalogue: Catalogue) -> None:
    form = catalogue.current("home_visit")
    text = json.dumps(bundle(form, catalogue.levels))
    assert "cannot_tell" not in text
    assert all(f'"{id}"' in text for id in form.placed)
    assert json.loads(text)["lang"] == LANGUAGE


def test_loading_again_reads_nothing_again(catalogue: Catalogue) -> None:
    started = time.perf_counter()
    again = load_catalogue(FORMS)
    assert time.perf_counter() - started < 0.15
    assert again.current("home_visit") is catalogue.current("home_visit")


def test_confidential_questions_have_no_words_for_the_letter(catalogue: Catalogue) -> None:
    def confidential(question: Question) -> bool:
        return question.confidential

    hidden = [question for form in catalogue.forms for question, _ in form.placed.values() if confidential(question)]
    assert hidden
    assert not any(question.letter for question in hidden)


@pytest.mark.parametrize(
    ("born", "gestation", "on", "age", "corrected"),
    [
        ("2026-11-22", 280, "2026-11-22", 0, 0),
        ("2026-09-20", 259, "2026-11-22", 63, 63),
        ("2026-09-20", 258, "2026-11-22", 63, 41),
        ("2026-11-01", 200, "2026-11-22", 21, -59),
        ("2024-02-29", 280, "2025-02-28", 365, 365),
        ("2026-11-23", 280, "2026-11-22", None, None),
        ("2026-09-20", None, "2026-11-22", 63, None),
        (None, 280, "2026-11-22", None, None),
    ],
)  # fmt: skip
def test_ages(born: str | None, gestation: int | None, on: str, age: int | None, corrected: int | None) -> None:
    assert age_days(born, on) == age
    assert corrected_age_days(born, gestation, on) == corrected


@pytest.mark.parametrize(
    "text", ["2026-2-3", "20260203", "2026-02-30", "0000-01-01", "2026-W06-1", "２０２６-01-01", "2026-11-22\n", 20260203, None]
)
def test_what_is_not_exactly_a_date_is_no_day(text: object) -> None:
    assert day_number(text) is None

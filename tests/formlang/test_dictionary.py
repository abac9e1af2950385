"""The data dictionary says all that a form does, and is as the forms are."""

from pathlib import Path

import pytest

from tests.formlang import small
from tests.formlang.test_new_keys import FORM
from visitapp.cli import main
from visitapp.formlang import Catalogue, Form
from visitapp.formlang.dictionary import out_of_date, page, pages, write
from visitapp.formlang.forms import read_form

FOLDER = Path(__file__).parents[2] / "docs" / "forms"


def test_the_dictionary_of_the_house_is_up_to_date(catalogue: Catalogue) -> None:
    assert out_of_date(FOLDER, pages(catalogue.forms)) == [], "run: visitapp forms dictionary"


def test_every_question_code_and_finding_is_in_it(catalogue: Catalogue) -> None:
    for form in catalogue.forms:
        text = page(form)
        for id, (question, _) in form.placed.items():
            assert f"`{id}`" in text
            assert all(f"`{option.code}`" in text for option in question.options)
        for rule in form.findings:
            assert f"### `{rule.code}`\n" in text
            assert f"- When `{' '.join(rule.when.split())}`\n" in text


@pytest.fixture
def form(tmp_path: Path) -> Form:
    path = small.write(tmp_path, FORM)
    return read_form(path, path.read_bytes())[0]


@pytest.mark.parametrize(
    "line",
    [
        "# A small form (small-1)",
        "- Sensitive questions were asked properly when `outcome == 'well'`",
        "    - Remembered as `child.shared`, carried forward with its date, and confirmed",
        "    - Sensitive: reassurance counts only where it was asked properly",
        "  - Confidential: kept apart from the household record, in no letter and in no finding",
        "    - `units`, integer from 0 to 50 units: How many units?",
        "      - Shown when `'alcohol' in taken`",
        "| `outcome` | Well 0; Badly 3 |",
        "- Where the baby sleeps (`sleep`); this_week; level 2, for each of `children`",
        "- Stands for `alcohol`",
        "- Duty of the practitioner, to see, within `soon`: See them again.",
    ],
)
def test_the_page_says_it(form: Form, line: str) -> None:
    assert line in page(form).splitlines()


def test_writing_brings_the_folder_to_what_the_forms_are(form: Form, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    assert write(folder, pages([form])) == ["small-1.md"]
    assert write(folder, pages([form])) == []
    (folder / "gone-1.md").write_text("stale")
    assert out_of_date(folder, pages([form])) == ["gone-1.md"]
    assert write(folder, pages([form])) == ["gone-1.md"]
    assert [path.name for path in folder.iterdir()] == ["small-1.md"]


def test_text_stays_text_whatever_markdown_would_make_of_it(form: Form, tmp_path: Path) -> None:
    path = small.write(tmp_path, small.FORM.replace("Did anybody share?", "Did <b>any_body</b> *share*?"))
    assert r"&lt;b>any\_body&lt;/b> \*share\*?" in page(read_form(path, path.read_bytes())[0])


def test_the_command_says_what_is_out_of_date(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("visitapp.cli.forms.DICTIONARY", tmp_path)
    assert main(["forms", "dictionary", "--check"]) == 1
    assert "home_visit-1.md is out of date" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())
    assert not main(["forms", "dictionary"])
    assert not main(["forms", "dictionary", "--check"])

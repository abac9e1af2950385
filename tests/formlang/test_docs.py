"""The page that says how to write a form says all of it."""

from pathlib import Path

import pytest

from visitapp.domain.answers import HOW_KNOWN, WHY_ABSENT
from visitapp.domain.findings import AREAS, SEVERITIES
from visitapp.formlang.forms import _FINDING_KEYS
from visitapp.formlang.kinds import AGES, HISTORY, KINDS
from visitapp.formlang.questions import _OPTIONAL

PAGE = (Path(__file__).parents[2] / "docs" / "forms-language.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "word", [*KINDS, *HISTORY, *AGES, *AREAS, *SEVERITIES, *HOW_KNOWN, *WHY_ABSENT, *_OPTIONAL.split(), *_FINDING_KEYS.split()]
)
def test_the_page_names_it(word: str) -> None:
    assert word in PAGE

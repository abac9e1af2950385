"""The page that says how to write a form says all of it."""

from pathlib import Path

import pytest

from visitapp.domain.answers import HOW_KNOWN, WHY_ABSENT
from visitapp.domain.findings import AREAS, SEVERITIES
from visitapp.formlang.cases import CHILD_KEYS
from visitapp.formlang.finding_rules import DUTY_KEYS, FINDING_KEYS, FINDING_OPTIONAL
from visitapp.formlang.forms import FORM_KINDS, FORM_OPTIONAL
from visitapp.formlang.kinds import CHILD_FACTS, DUTY_KINDS, HISTORY, KINDS, LAYOUTS
from visitapp.formlang.questions import OPTIONAL

PAGE = (Path(__file__).parents[2] / "docs" / "forms-language.md").read_text(encoding="utf-8")


KEYS = f"{FORM_OPTIONAL} {OPTIONAL} {FINDING_KEYS} {FINDING_OPTIONAL} {DUTY_KEYS}".split()
WORDS = [
    *KINDS,
    *FORM_KINDS,
    *HISTORY,
    *CHILD_FACTS,
    *CHILD_KEYS,
    *LAYOUTS,
    *AREAS,
    *SEVERITIES,
    *DUTY_KINDS,
    *HOW_KNOWN,
    *WHY_ABSENT,
    *KEYS,
]


@pytest.mark.parametrize("word", WORDS)
def test_the_page_names_it(word: str) -> None:
    assert word in PAGE

"""The tablet says who somebody is in the words of the service."""

import re
from pathlib import Path

from visitapp.domain.roles import ADULTS, MEMBERS

PEOPLE = Path(__file__).parents[2] / "static" / "tablet" / "people.js"


def test_the_tablet_has_the_same_words() -> None:
    table = re.search(r"const ROLES = .*?\(\{(.*?)\}\)", PEOPLE.read_text(encoding="utf-8"), re.DOTALL)
    assert table is not None
    assert dict(re.findall(r'(\w+): "([^"]*)"', table[1])) == MEMBERS
    assert "child" not in ADULTS

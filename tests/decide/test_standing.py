"""What a graver finding says already stays a fact, is not shown beside it, and does not add up with it."""

from pathlib import Path
from typing import Any

import pytest

from tests.decide.asked_with_care import body, careful
from visitapp.decide.findings import find
from visitapp.decide.level import level
from visitapp.decide.urgency import urgency
from visitapp.domain.findings import Finding, Level
from visitapp.formlang import Catalogue, Form

GIVEN = {"people": {"p0": {"born_on": "2026-10-01"}, "p1": {"born_on": "2024-01-01"}}}
PROPERLY = {"interpreter": "not_needed"}


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return careful(Path(tmp_path_factory.mktemp("forms")))


def under(form: Form, children: list[dict[str, Any]], **said: Any) -> dict[tuple[str, str], str]:
    found = find(form, body(children, **PROPERLY, **said), GIVEN)
    return {(one.finding, one.row): one.under for one in found if one.state == "present"}


def test_a_finding_of_a_row_stands_for_the_lesser_one_of_that_row_only(form: Form) -> None:
    found = under(form, [{"hurt": True}, {"hurt": True}], safe=False)
    assert found == {("hurt", "r0"): "hurt_young", ("hurt", "r1"): "", ("hurt_young", "r0"): ""}


def test_a_finding_of_the_visit_stands_for_the_lesser_ones_of_every_row(form: Form) -> None:
    found = under(form, [{"hurt": False}, {"hurt": True}], safe=True, effect="much")
    assert found == {("wrong", ""): "grave", ("grave", ""): "", ("hurt", "r1"): "grave"}


def test_what_only_could_be_present_stands_for_nothing(form: Form) -> None:
    found = find(form, body([{"hurt": True}, {"hurt": None}], safe=True), {})
    assert {one.under for one in found} == {""}
    assert {one.state for one in found if one.finding in ("grave", "hurt_young")} == {"cannot_tell"}


def finding(code: str, number: int, area: str, **other: Any) -> Finding:
    return Finding(code, area, "", "", other.pop("state", "present"), "this_week", number, **other)


def test_what_is_stood_for_does_not_add_up_and_still_could(catalogue: Catalogue) -> None:
    together = [finding("a", 2, "sleep"), finding("b", 2, "home"), finding("c", 2, "care")]
    assert level(together, catalogue.levels) == Level(3, 3, ("a", "b", "c"))
    standing = [*together[:2], finding("c", 2, "care", under="b")]
    assert level(standing, catalogue.levels) == Level(2, 3, ("a", "b"))


def test_a_level_stays_that_of_what_stands_and_is_as_urgent_as_all(form: Form, catalogue: Catalogue) -> None:
    found = find(form, body([], safe=True, effect="much", **PROPERLY), GIVEN)
    assert level(found, catalogue.levels) == Level(4, 4, ("grave",))
    assert urgency(found) == "tonight"

"""The three results kept apart: level, urgency and destination."""

from typing import Any

import pytest

from visitapp.decide.level import level
from visitapp.decide.route import open_to, route
from visitapp.decide.urgency import urgency
from visitapp.domain.findings import DESTINATIONS, URGENCIES, Finding, Level
from visitapp.formlang import Catalogue


def finding(code: str, number: int, area: str = "sleep", state: str = "present", severity: str = "this_week") -> Finding:
    return Finding(code, area, "", "", state, severity, number)


def test_one_extreme_finding_beats_a_low_total(catalogue: Catalogue) -> None:
    found = level([finding("a", 1), finding("b", 4), finding("c", 3)], catalogue.levels)
    assert (found.at_least, found.could_be, found.because) == (4, 4, ("b",))


def test_three_findings_for_early_help_across_two_areas_are_level_three(catalogue: Catalogue) -> None:
    together = [finding("a", 2), finding("b", 2), finding("c", 2, area="home")]
    assert level(together, catalogue.levels) == Level(3, 3, ("a", "b", "c"))
    assert level(together[:2], catalogue.levels).at_least == 2


def test_advice_and_one_finding_seen_for_three_children_add_up_to_nothing(catalogue: Catalogue) -> None:
    advice = [finding(code, 1, area, severity="advise") for code, area in (("a", "sleep"), ("b", "home"), ("c", "care"))]
    assert level(advice, catalogue.levels) == Level(1, 1, ())
    same = [finding("a", 2, area) for area in ("sleep", "home", "care")]
    assert level(same, catalogue.levels).at_least == 2


def test_what_cannot_be_told_raises_only_what_it_could_be(catalogue: Catalogue) -> None:
    found = [finding("a", 2), finding("b", 4, state="cannot_tell", severity="tonight"), finding("c", 4, state="absent")]
    assert level(found, catalogue.levels) == Level(2, 4, ("a",))
    assert urgency(found) == "this_week"


def test_urgency_is_that_of_the_most_urgent_present_finding() -> None:
    assert urgency([]) == "routine"
    assert urgency([finding("a", 1, severity="advise")]) == "routine"
    assert urgency([finding("a", 1), finding("b", 1, severity="tonight")]) == "tonight"


@pytest.mark.parametrize("area", ["eastmoor", "westfen"])
def test_every_level_and_urgency_goes_somewhere_with_a_reason(catalogue: Catalogue, area: str) -> None:
    routes = catalogue.routes(area)
    went = {(number, soon): route(Level(number, number), soon, routes) for number in (1, 2, 3, 4) for soon in URGENCIES}
    assert all(one.code in DESTINATIONS and one.words and one.reasons for one in went.values())
    assert went[(4, "routine")].code == "social_care_urgent"
    assert went[(3, "tonight")].code == "social_care_urgent"
    assert went[(3, "this_week")].code == "social_care"
    assert went[(2, "tonight")].code == "early_help"
    assert went[(1, "routine")].code == "none"


@pytest.mark.parametrize("area", ["eastmoor", "westfen"])
def test_an_open_case_goes_to_its_worker_and_not_to_early_help(catalogue: Catalogue, area: str) -> None:
    routes = catalogue.routes(area)
    went = {
        code: route(Level(2, 2), "this_week", routes, [code]).code for code in ("nobody", "early_help", "child_in_need", "child_protection")
    }
    assert went == {"nobody": "early_help", "early_help": "early_help", "child_in_need": "social_care", "child_protection": "social_care"}
    assert route(Level(1, 1), "routine", routes, ["child_protection"]).code == "none"


def test_a_case_is_open_by_what_is_known_before_and_by_what_the_visit_says(catalogue: Catalogue) -> None:
    form = next(one for one in reversed(catalogue.forms) if one.name == "home_visit")
    said: dict[str, Any] = {"answers": {"open_to": {"value": "child_in_need", "known": "told"}}}
    assert open_to(form, said, {"history": {"open_to": None}}) == {"child_in_need"}
    assert open_to(form, {"answers": {}}, {"history": {"open_to": ["child_protection"]}}) == {"child_protection"}
    assert open_to(form, {"answers": {"open_to": {"absent": "not_asked"}}}, {}) == frozenset()
    assert open_to(form, {"answers": 3}, {"history": 3}) == frozenset()

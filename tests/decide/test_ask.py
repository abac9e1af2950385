"""What to ask next: few questions, those that could change most, and none twice."""

from typing import Any

from visitapp.decide.ask import to_ask
from visitapp.decide.level import level
from visitapp.domain.findings import Ask, Finding
from visitapp.formlang import Catalogue


def open_finding(code: str, number: int, *missing: str, because: tuple[str, ...] = ("seen",), **other: Any) -> Finding:
    severity = other.pop("severity", "this_week")
    return Finding(code, other.pop("area", "sleep"), "r", "p", other.pop("state", "cannot_tell"), severity, number, because, missing)


def asked(catalogue: Catalogue, *findings: Finding, most: int = 3) -> list[Ask]:
    return to_ask(findings, level(findings, catalogue.levels), catalogue.levels, most)


def test_what_could_raise_the_level_most_is_asked_first_and_only_so_many(catalogue: Catalogue) -> None:
    found = [open_finding(f"f{number}", number, f"path{number}") for number in (1, 2, 3, 4)]
    assert [(one.finding, one.paths, one.could_reach) for one in asked(catalogue, *found)] == [
        ("f4", ("path4",), 4), ("f3", ("path3",), 3), ("f2", ("path2",), 2),
    ]  # fmt: skip
    assert asked(catalogue, *found, most=0) == []


def test_of_the_same_level_the_more_severe_is_first_then_what_settles_more(catalogue: Catalogue) -> None:
    found = [
        open_finding("advice", 3, "a", severity="advise"),
        open_finding("one", 3, "b"),
        open_finding("two", 3, "c", "d"),
        open_finding("also", 2, "d"),
        open_finding("soon", 3, "e", severity="tonight"),
    ]
    assert [one.finding for one in asked(catalogue, *found)] == ["soon", "two", "one"]


def test_an_answer_is_asked_for_once_and_a_question_without_a_new_one_not_at_all(catalogue: Catalogue) -> None:
    found = [open_finding("a", 4, "x", "y"), open_finding("b", 3, "y"), open_finding("c", 2, "y", "z")]
    assert [(one.finding, one.paths) for one in asked(catalogue, *found)] == [("a", ("x", "y")), ("c", ("z",))]


def test_what_nothing_points_to_is_asked_only_where_it_alone_keeps_the_visit_at_three(catalogue: Catalogue) -> None:
    alone = open_finding("a", 4, "x", because=())
    assert [one.finding for one in asked(catalogue, alone)] == ["a"]
    assert asked(catalogue, alone, open_finding("b", 3, "y", because=())) == []
    assert asked(catalogue, open_finding("c", 2, "x", because=("given/people/p/born_on",))) == []


def test_a_finding_that_adds_up_with_what_is_present_could_reach_further(catalogue: Catalogue) -> None:
    present = [open_finding("a", 2, state="present", area="home"), open_finding("b", 2, state="present", area="home")]
    (one,) = asked(catalogue, *present, open_finding("c", 2, "x"))
    assert one == Ask("c", "r", "p", ("x",), 3)


def test_what_is_decided_is_not_asked(catalogue: Catalogue) -> None:
    assert asked(catalogue, open_finding("a", 4, state="present"), open_finding("b", 4, state="absent")) == []

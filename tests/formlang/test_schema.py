"""Validation after keeping: whatever a body holds, it is said beside the answer, in findings' own paths, and nothing is raised."""

import copy
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from tests.decide.chance import SEED, chance_body
from visitapp.domain.answers import AnswerProblem
from visitapp.formlang import Catalogue, Form
from visitapp.formlang.answer_fields import LONGEST_TEXT
from visitapp.formlang.cases import Case
from visitapp.formlang.model import Question
from visitapp.formlang.schema import MOST_PROBLEMS, validate

BODY: dict[str, Any] = {
    "v": 1,
    "household": "3f0e6f0e-0000-4000-8000-000000000001",
    "form": "home_visit",
    "form_version": 1,
    "occurred_on": "2026-11-22",
    "answers": {
        "outcome": {"value": "completed"},
        "children": {
            "rows": [
                {"id": "r1", "person": "p1", "answers": {"seen": {"value": "awake"}, "mobility": {"value": "rolling", "known": "seen"}}}
            ],
            "complete": True,
        },
        "next_visit": {"value": "2026-12-01"},
    },
    "calls": [
        {
            "id": "c1",
            "at": "2026-11-22T10:40:00.000Z",
            "who": "duty desk",
            "number": "01632 960100",
            "reached": True,
            "spoke_to": "A",
            "said": "",
        }
    ],
    "unasked_reasons": [{"finding": "sleep_sofa", "row": "", "reason": "The visit ended early."}],
}


@pytest.fixture
def form(catalogue: Catalogue) -> Form:
    return catalogue.form("home_visit", 1)


def with_answer(question: str, answer: Any) -> dict[str, Any]:
    body = copy.deepcopy(BODY)
    body["answers"][question] = answer
    return body


def test_a_whole_visit_has_no_problem(form: Form) -> None:
    assert validate(form, BODY) == []
    assert validate(form, BODY | {"answers": {}}) == []


def test_worked_cases_are_bodies_as_the_form_says(worked: list[tuple[Form, Case]]) -> None:
    for form, case in worked:
        assert validate(form, case.body) == [], f"{form.file}:{case.line}"


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        ("outcome", {"value": "perhaps"}, "not one of the answers offered"),
        ("outcome", {"value": 1}, "not one of the answers offered"),
        ("outcome", "completed", "an object with a value"),
        ("outcome", {}, "either a value or a reason"),
        ("outcome", {"value": "completed", "absent": "refused"}, "either a value or a reason"),
        ("outcome", {"absent": "forgot"}, "not one that is offered"),
        ("outcome", {"absent": ["refused"]}, "not one that is offered"),
        ("outcome", {"value": "completed", "known": "seen"}, "not one of the ways"),
        ("rooms_seen", {"value": []}, "at least one"),
        ("rooms_seen", {"value": ["attic"]}, "not among the answers"),
        ("rooms_seen", {"value": ["nothing", "kitchen"]}, "cannot stand beside"),
        ("rooms_seen", {"value": "kitchen"}, "a list of"),
        ("next_visit", {"value": "1/12/2026"}, "not a date"),
        ("next_visit", {"value": "2026-02-30"}, "not a date"),
        ("concern", {"value": 7}, "not text"),
        ("concern", {"value": "x" * (LONGEST_TEXT + 1)}, "longer than"),
        ("no_such_question", {"value": 1}, "Unknown"),
    ],
)
def test_an_answer_that_is_not_as_it_should_be_is_said_beside_it(form: Form, question: str, answer: Any, words: str) -> None:
    (problem,) = validate(form, with_answer(question, answer))
    assert problem.path == question
    assert words in problem.message


def test_a_problem_in_a_row_is_named_by_the_ids_of_its_rows(form: Form) -> None:
    body = copy.deepcopy(BODY)
    sharer = {"id": "s1", "person": None, "answers": {"alcohol_units": {"value": 101}}}
    night = {"id": "n1", "person": None, "answers": {"surface": {"value": "moon"}, "sharers": {"rows": [sharer], "complete": True}}}
    body["answers"]["children"]["rows"][0]["answers"]["nights"] = {"rows": [night], "complete": "yes"}
    paths = {problem.path for problem in validate(form, body)}
    assert paths == {"children/r1/nights/n1/surface", "children/r1/nights/n1/sharers/s1/alcohol_units", "children/r1/nights/complete"}


def test_an_addition_says_which_visit_it_stands_beside_and_nothing_else_does(catalogue: Catalogue, form: Form) -> None:
    addition = catalogue.form("addition", 1)
    body = {**BODY, "form": "addition", "form_version": 1, "answers": {"why": {"value": "learnt"}}, "calls": [], "unasked_reasons": []}
    assert validate(addition, body | {"adds_to": "3f0e6f0e-0000-4000-8000-000000000009"}) == []
    for wrong in (body, body | {"adds_to": 7}, body | {"adds_to": "x" * (LONGEST_TEXT + 1)}):
        assert [problem.path for problem in validate(addition, wrong)] == ["adds_to"]
    assert [problem.path for problem in validate(form, BODY | {"adds_to": "3f0e6f0e-0000-4000-8000-000000000009"})] == ["adds_to"]


def test_problems_outside_the_answers_keep_their_names(form: Form) -> None:
    body = BODY | {"v": 2, "form_version": True, "calls": [{"id": "c1", "reached": "yes"}], "surprise": 1}
    paths = {problem.path for problem in validate(form, body)}
    assert {"v", "form_version", "surprise", "calls/0/reached", "calls/0/at"} <= paths


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\U0001f600" * 500, "שלום עולם", "x" * 10_000, "\x00", "\ud800", "\u202eabc"]
)
def test_free_text_of_any_content_is_kept_as_typed(form: Form, text: str) -> None:
    body = with_answer("concern", {"value": text})
    assert validate(form, body) == []
    assert body["answers"]["concern"]["value"] == text


def test_a_body_of_any_shape_gives_problems_and_no_exception(form: Form) -> None:
    deep: Any = {}
    for _ in range(20_000):
        deep = {"answers": deep}
    odd: list[Any] = [None, 3, "x", [], float("nan"), deep, {"v": float("nan")}, {1: 2}, {"answers": deep}, {"answers": {"children": deep}}]
    for body in odd:
        found = validate(form, body)
        assert found
        assert all(isinstance(problem, AnswerProblem) for problem in found)
    random = Random(SEED)
    for _ in range(300):
        assert len(validate(form, chance_body(random, form))) <= MOST_PROBLEMS


def test_a_number_that_is_none_is_said(form: Form) -> None:
    for number in (float("nan"), float("inf"), 2.5, True, "3", 2**60):
        body = copy.deepcopy(BODY)
        sharer = {"id": "s1", "person": None, "answers": {"alcohol_units": {"value": number}}}
        night = {"id": "n1", "person": None, "answers": {"sharers": {"rows": [sharer], "complete": True}}}
        body["answers"]["children"]["rows"][0]["answers"]["nights"] = {"rows": [night], "complete": True}
        assert [problem.message for problem in validate(form, body)] == ["This is not a whole number."]


def test_a_flood_of_rows_is_one_problem(form: Form) -> None:
    (problem,) = validate(form, with_answer("children", {"rows": [{}] * 400_000, "complete": True}))
    assert problem.path == "children"
    assert "more than 30" in problem.message


def test_ten_thousand_problems_are_cut_short(form: Form) -> None:
    body = copy.deepcopy(BODY)
    body["answers"] |= {f"unknown_{number}": 1 for number in range(10_000)}
    assert len(validate(form, body)) == MOST_PROBLEMS


# --- what was established earlier and confirmed at this visit ----------------------------------------------


@pytest.fixture
def carrying(form: Form) -> Form:
    """The home visit with the way a child moves about carried forward, and nothing else."""
    children = replace(form.question("children"), questions=tuple(_carried(one) for one in form.question("children").questions))
    sections = tuple(replace(one, questions=tuple(children if q.id == "children" else q for q in one.questions)) for one in form.sections)
    return replace(form, sections=sections)


def _carried(question: Question) -> Question:
    return replace(question, carry=question.id == "mobility")


def moving(**answer: Any) -> dict[str, Any]:
    body = copy.deepcopy(BODY)
    body["answers"]["children"]["rows"][0]["answers"]["mobility"] = {"value": "rolling", "known": "seen"} | answer
    return body


@pytest.mark.parametrize("since", ["2026-11-22", "2026-09-01"])
def test_an_answer_may_say_since_when_it_is_known(carrying: Form, since: str) -> None:
    assert validate(carrying, moving(since=since)) == []


@pytest.mark.parametrize("since", ["2026-11-23", "2026-11-31", "yesterday", None, 3])
def test_since_when_is_a_day_not_after_the_visit(carrying: Form, since: object) -> None:
    (problem,) = validate(carrying, moving(since=since))
    assert problem.path == "children/r1/mobility"
    assert "after the visit" in problem.message or "not a date" in problem.message


def test_what_is_asked_afresh_every_time_was_not_established_earlier(form: Form) -> None:
    (problem,) = validate(form, moving(since="2026-09-01"))
    assert (problem.path, "nothing else" in problem.message) == ("children/r1/mobility", True)


def test_only_an_answer_that_lasts_was_established_earlier(form: Form) -> None:
    children = form.question("children")
    inner = tuple(replace(one, carry=("walking",) if one.id == "mobility" else False) for one in children.questions)
    sections = tuple(
        replace(one, questions=tuple(replace(q, questions=inner) if q is children else q for q in one.questions)) for one in form.sections
    )
    some = replace(form, sections=sections)
    assert validate(some, moving(value="walking", since="2026-09-01")) == []
    assert [problem.path for problem in validate(some, moving(since="2026-09-01"))] == ["children/r1/mobility"]

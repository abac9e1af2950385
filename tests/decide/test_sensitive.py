"""Reassurance counts only where it was asked properly; a disclosure stands however it came."""

from pathlib import Path
from typing import Any

import pytest

from tests.decide.asked_with_care import body, careful
from tests.decide.tablet import Asked, ask_the_tablet
from visitapp.decide.evaluate import visit_of
from visitapp.decide.findings import find
from visitapp.decide.score import scores
from visitapp.decide.visit import Result
from visitapp.formlang import Catalogue, Form, bundle
from visitapp.formlang.rules import Known, compile_rule

HOW = {"properly": {"interpreter": "not_needed"}, "again": {"interpreter": "relative", "put_again": "same"}}
NOT = {"by a relative": {"interpreter": "relative", "put_again": "other"}, "not known": {}, "not put again": {"interpreter": "relative"}}


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return careful(Path(tmp_path_factory.mktemp("forms")))


def result(form: Form, rule: str, **said: Any) -> Result:
    names = {id: Known(question, parent, question.show_if) for id, (question, parent) in form.placed.items()}
    visit = visit_of(form, body(**said), {})
    return visit.evaluate(compile_rule(rule, names), visit.top)


REASSURED: list[tuple[dict[str, Any], str]] = [
    ({"safe": False}, "safe"),
    ({"taken": ["nothing"]}, "'alcohol' in taken"),
    ({"taken": ["nothing"]}, "not 'nothing' in taken"),
    ({"taken": ["drugs"]}, "'alcohol' in taken"),
    ({"effect": "none"}, "effect in ['some', 'much']"),
    ({"effect": "none"}, "effect == 'much'"),
]


@pytest.mark.parametrize(("said", "rule"), REASSURED)
@pytest.mark.parametrize("how", HOW)
def test_reassurance_counts_where_it_was_asked_properly(form: Form, how: str, said: dict[str, Any], rule: str) -> None:
    found = result(form, rule, **HOW[how], **said)
    assert found.value is False
    assert found.because == {*said, *HOW[how]}, "how it was asked is part of the reason"


@pytest.mark.parametrize(("said", "rule"), REASSURED)
@pytest.mark.parametrize("how", NOT)
def test_reassurance_that_was_not_asked_properly_counts_as_not_asked(form: Form, how: str, said: dict[str, Any], rule: str) -> None:
    found = result(form, rule, **NOT[how], **said)
    asked = {"by a relative": set(said), "not known": {"interpreter"}, "not put again": {"put_again"}}[how]
    assert (found.value, found.missing) == (None, asked)


@pytest.mark.parametrize("how", [*HOW, *NOT])
@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"safe": True}, "safe"),
        ({"taken": ["alcohol"]}, "'alcohol' in taken"),
        ({"taken": ["alcohol", "not_all"]}, "'alcohol' in taken"),
        ({"taken": ["alcohol"]}, "not 'nothing' in taken"),
        ({"effect": "much"}, "effect == 'much'"),
        ({"effect": "some"}, "not effect == 'much'"),
    ],
)
def test_a_disclosure_stands_however_it_was_asked(form: Form, how: str, said: dict[str, Any], rule: str) -> None:
    found = result(form, rule, **(HOW | NOT)[how], **said)
    assert (found.value, found.because >= set(said)) == (True, True)


def test_what_follows_a_disclosure_is_asked_however_it_came(form: Form) -> None:
    """Else the number of units would be hidden from whoever hears of the drinking through a relative."""
    for how in (*HOW.values(), *NOT.values()):
        assert result(form, "units >= 2", taken=["alcohol"], units=3, **how).value is True
        assert result(form, "units >= 2", taken=["alcohol", "not_all"], units=3, **how).value is True


@pytest.mark.parametrize(
    ("said", "properly", "otherwise"),
    [
        ({"effect": "none", "taken": ["nothing"]}, (0, 0), (0, 5)),
        ({"effect": "some", "taken": ["alcohol"]}, (2, 2), (2, 4)),
        ({"effect": "much", "taken": ["alcohol", "drugs"]}, (5, 5), (5, 5)),
        ({"taken": ["not_all"]}, (0, 5), (0, 5)),
        ({"taken": ["alcohol", "not_all"], "effect": "none"}, (1, 3), (1, 5)),
        ({"taken": ["alcohol", "alcohol"], "effect": "some"}, (2, 2), (2, 4)),
    ],
)
def test_a_score_of_sensitive_answers_is_a_range(
    form: Form, said: dict[str, Any], properly: tuple[int, int], otherwise: tuple[int, int]
) -> None:
    for how, expected in (*((one, properly) for one in HOW.values()), *((one, otherwise) for one in NOT.values())):
        (found,) = scores(form, body(**said, **how), {})
        assert (found.at_least, found.could_be) == expected, how


def test_the_tablet_takes_sensitive_answers_the_same(form: Form, catalogue: Catalogue) -> None:
    said = [one for one, _ in REASSURED] + [{"safe": True}, {"taken": ["alcohol", "not_all"]}, {"taken": ["not_all"], "effect": "some"}]
    visits = [Asked("one", body([{"hurt": False}], **one, **how), {}) for one in said for how in (*HOW.values(), *NOT.values())]
    for visit, answer in zip(visits, ask_the_tablet({"one": bundle(form, catalogue.levels)}, visits)["answers"], strict=True):
        assert answer["findings"] == [one.as_json() for one in find(form, visit.body, {})]
        assert answer["scores"] == [one.as_json() for one in scores(form, visit.body, {})]

"""What the rule language reads, what it refuses, and what it says of rows that were not finished or do not apply."""

from pathlib import Path
from typing import Any

import pytest

from tests.formlang import small
from visitapp.decide.evaluate import visit_of
from visitapp.formlang.forms import read_form
from visitapp.formlang.model import Form
from visitapp.formlang.rules import Known, RuleFault, compile_rule


@pytest.fixture
def form(tmp_path: Path) -> Form:
    path = small.write(tmp_path)
    form, document = read_form(path, path.read_bytes())
    assert document.faults == []
    return form


def names(form: Form) -> dict[str, Known]:
    return {id: Known(question, parent, question.show_if) for id, (question, parent) in form.placed.items()}


def value(form: Form, rule: str, answers: dict[str, Any], history: Any = None) -> bool | None:
    visit = visit_of(form, {"occurred_on": "2026-11-22", "answers": answers}, {"history": history or {}})
    return visit.evaluate(compile_rule(rule, names(form)), visit.top).value


def children(*rows: dict[str, Any], complete: bool = True) -> dict[str, Any]:
    return {
        "children": {"rows": [{"id": str(number), "person": None, "answers": row} for number, row in enumerate(rows)], "complete": complete}
    }


YES, NO = {"shared": {"value": True}}, {"shared": {"value": False}}
SILENT: dict[str, Any] = {"shared": {"absent": "refused"}}


@pytest.mark.parametrize(
    ("rule", "answers", "expected"),
    [
        ("some(children, shared)", children(YES, SILENT), True),
        ("some(children, shared)", children(NO, SILENT), None),
        ("some(children, shared)", children(NO, NO), False),
        ("some(children, shared)", children(NO, NO, complete=False), None),
        ("some(children, shared)", children(YES, complete=False), True),
        ("some(children, shared)", children(), False),
        ("some(children, shared)", {}, None),
        ("every(children, shared)", children(YES, YES), True),
        ("every(children, shared)", children(YES, YES, complete=False), None),
        ("every(children, shared)", children(YES, NO, complete=False), False),
        ("every(children, shared)", children(YES, SILENT), None),
        ("every(children, shared)", children(), True),
        ("count(children, shared) >= 2", children(YES, YES, SILENT), True),
        ("count(children, shared) >= 2", children(YES, SILENT), None),
        ("count(children, shared) >= 2", children(YES, NO), False),
        ("count(children, shared) >= 2", children(YES, NO, complete=False), None),
        ("count(children, shared) == 1", children(YES, NO), True),
        ("count(children, shared) == 1", children(YES, SILENT), None),
        ("count(children, shared) != 1", children(YES, YES, SILENT), True),
        ("count(children, shared) < 2", children(YES, NO), True),
        ("2 > count(children, shared)", children(YES, NO), True),
        ("count(children, shared) > 0", children(NO, NO), False),
        ("count(children, shared) <= 0", children(NO, NO), True),
        ("outcome == 'well'", {"outcome": {"value": "well"}}, True),
        ("outcome != 'well'", {"outcome": {"absent": "not_asked"}}, None),
        ("outcome in ['well', 'badly']", {"outcome": {"value": "other"}}, None),
        ("outcome == 'well' or some(children, shared)", {"outcome": {"value": "well"}}, True),
        ("outcome == 'well' and some(children, shared)", {"outcome": {"value": "badly"}}, False),
        ("some(children, seen_on < '2026-11-22')", children({"seen_on": {"value": "2026-11-21"}}), True),
        ("some(children, seen_on in ['2026-11-22'])", children({"seen_on": {"value": "2026-11-22"}}), True),
        ("some(children, seen_on < '2026-11-22')", children({"seen_on": {"value": "21/11/2026"}}), None),
    ],
)
def test_three_values(form: Form, rule: str, answers: dict[str, Any], expected: bool | None) -> None:
    assert value(form, rule, answers) is expected


def sharer(*codes: str, units: int | None = None) -> dict[str, Any]:
    answers: dict[str, Any] = {"taken": {"value": list(codes)}}
    if units is not None:
        answers["units"] = {"value": units}
    return {"id": "s", "person": None, "answers": answers}


def shared_with(*rows: dict[str, Any], shared: Any = True) -> dict[str, Any]:
    return children({"shared": {"value": shared}, "sharers": {"rows": list(rows), "complete": True}})


def test_what_is_hidden_for_sure_does_not_apply(form: Form) -> None:
    nobody = children(NO)
    assert value(form, "some(children, some(sharers, 'alcohol' in taken))", nobody) is False
    assert value(form, "some(children, every(sharers, 'nothing' in taken))", nobody) is True
    assert value(form, "some(children, count(sharers, 'alcohol' in taken) >= 1)", nobody) is False
    sober = shared_with(sharer("nothing"))
    assert value(form, "some(children, some(sharers, units >= 2))", sober) is False
    assert value(form, "some(children, some(sharers, units < 2))", sober) is False
    assert value(form, "some(children, some(sharers, not units >= 2))", sober) is True
    assert value(form, "some(children, some(sharers, units != 2))", sober) is True
    assert value(form, "some(children, some(sharers, 'alcohol' not in taken))", sober) is True


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("2 < units", True), ("3 < units", False), ("3 <= units", True), ("4 <= units", False), ("4 > units", True),
     ("3 > units", False), ("3 >= units", True), ("2 >= units", False), ("3 == units", True), ("3 != units", False),
     ("units in [2, 3]", True), ("units in [-3]", False)],
)  # fmt: skip
def test_numbers_compare_as_they_are_written(form: Form, rule: str, expected: bool) -> None:
    assert value(form, f"some(children, some(sharers, {rule}))", shared_with(sharer("alcohol", units=3))) is expected


def test_an_answer_left_under_a_question_that_is_now_hidden_is_ignored(form: Form) -> None:
    assert value(form, "some(children, some(sharers, 'alcohol' in taken))", shared_with(sharer("alcohol"), shared=False)) is False


def test_what_may_be_hidden_is_asked_about_one_step_at_a_time(form: Form) -> None:
    visit = visit_of(form, {"answers": children({})}, {})
    result = visit.evaluate(compile_rule("some(children, some(sharers, 'alcohol' in taken))", names(form)), visit.top)
    assert (result.value, result.missing) == (None, {"children/0/shared"})


def test_not_all_asked_leaves_the_rest_unknown(form: Form) -> None:
    answers = shared_with(sharer("alcohol", "not_all"))
    assert value(form, "some(children, some(sharers, 'alcohol' in taken))", answers) is True
    assert value(form, "some(children, some(sharers, 'drugs' in taken))", answers) is None
    assert value(form, "some(children, some(sharers, 'drugs' in taken))", shared_with(sharer("alcohol"))) is False


def test_history_that_was_not_given_is_unknown(form: Form) -> None:
    assert value(form, "history.level_agreed >= 3", {}) is None
    assert value(form, "history.level_agreed >= 3", {}, {"level_agreed": 2}) is False
    assert value(form, "'a' in history.earlier_findings_present", {}, {"earlier_findings_present": ["a"]}) is True


@pytest.mark.parametrize(
    ("rule", "answers", "expected"),
    [
        ("unanswered(outcome)", {}, True),
        ("unanswered(outcome)", {"outcome": {"absent": "refused"}}, True),
        ("unanswered(outcome)", {"outcome": {"value": "no_such_code"}}, True),
        ("unanswered(outcome)", {"outcome": {"value": "well"}}, False),
        ("some(children, some(sharers, unanswered(units)))", shared_with(sharer("alcohol")), True),
        ("some(children, some(sharers, unanswered(units)))", shared_with(sharer("alcohol", units=0)), False),
        ("some(children, some(sharers, unanswered(units)))", shared_with(sharer("nothing")), False),
        ("some(children, some(sharers, unanswered(units)))", shared_with(sharer("not_all")), None),
        ("every(children, shared) and unanswered(outcome)", children(YES), True),
    ],
)
def test_a_question_that_was_put_may_be_unanswered(form: Form, rule: str, answers: dict[str, Any], expected: bool | None) -> None:
    visit = visit_of(form, {"occurred_on": "2026-11-22", "answers": answers}, {})
    assert visit.evaluate(compile_rule(rule, names(form), silence=True), visit.top).value is expected


@pytest.mark.parametrize(
    "rule", ["not unanswered(outcome)", "every(children, unanswered(shared))", "count(children, unanswered(shared)) < 2"]
)
def test_silence_never_points_away_from_anything(form: Form, rule: str) -> None:
    with pytest.raises(RuleFault):
        compile_rule(rule, names(form), silence=True)


def test_silence_never_decides_what_is_asked_or_what_counts(form: Form) -> None:
    with pytest.raises(RuleFault, match="findings only"):
        compile_rule("unanswered(outcome)", names(form))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("unanswered(outcome, said)", "one question"),
        ("unanswered('outcome')", "one question"),
        ("unanswered(said)", "free text"),
        ("unanswered(children)", "is rows"),
        ("unanswered(shared)", "use some, every or count"),
        ("outcome = 'well'", "cannot be read"),
        ("outcome == 'wel'", "not one of the codes"),
        ("outcom == 'well'", "'outcom' is not a question"),
        ("said == 'x'", "free text"),
        ("outcome < 'well'", "no order"),
        ("outcome == 3", "a choice is compared with a number"),
        ("outcome", "not a yes or no"),
        ("'well' in outcome", "cannot hold several"),
        ("shared", "use some, every or count"),
        ("some(children, taken == 'alcohol')", "use some, every or count"),
        ("some(outcome, shared)", "not rows"),
        ("some(children)", "one test"),
        ("count(children, shared)", "compared with a number"),
        ("count(children, shared) >= 0", "never below nothing"),
        ("count(children, shared) >= history.level_agreed", "written number"),
        ("answered(outcome)", "not a word of the rules"),
        ("age_days < 3", "child's row"),
        ("history.weather == 3", "not given"),
        ("visit.outcome == 3", "not something a rule can read"),
        ("1 < 2", "never changes"),
        ("outcome == 'well' == 'badly'", "cannot be read as a rule|two comparisons"),
        ("history.level_agreed + 1 > 2", "not something that can be compared"),
        ("__import__('os').system('true')", "not a word of the rules"),
        ("[x for x in y]", "not something a rule can say"),
        ("(lambda: 1)()", "not a word of the rules"),
        ("some(children, seen_on < '2026-13-01')", "not a date"),
        ("history.level_agreed >= 2.5", "not a value rules know"),
        ("not " * 3000 + "outcome", "cannot be read"),
        ("\0", "cannot be read"),
    ],
)
def test_what_is_refused_says_why(form: Form, rule: str, words: str) -> None:
    with pytest.raises(RuleFault, match=words):
        compile_rule(rule, names(form))

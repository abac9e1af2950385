"""What no rule may break, over random visits: silence never reassures, and the reasons given are enough."""

import copy
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random
from typing import Any

import pytest

from tests.decide.chance import SEED, chance_answers, chance_body, chance_given
from tests.decide.chance_forms import chance_form
from tests.decide.drinking import drinking
from visitapp.decide.ask import to_ask
from visitapp.decide.findings import find
from visitapp.decide.level import level, no_concern, said
from visitapp.decide.route import route
from visitapp.decide.score import scores
from visitapp.domain.findings import Finding, Level
from visitapp.formlang import Catalogue, Form
from visitapp.wiring import FORMS

VISITS = 150


MADE_BY_CHANCE = ("chance_1", "chance_2")
"""The home visit with sensitive questions, scores and findings by chance, so that no rule has to be thought of here."""
NAMES = sorted({path.stem.rpartition("-")[0] for path in FORMS.glob("*.yaml")})


@pytest.fixture(scope="module", params=[*NAMES, "drinking", *MADE_BY_CHANCE])
def form(request: pytest.FixtureRequest, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Form:
    if request.param == "drinking":
        return drinking(tmp_path_factory.mktemp("drinking"))
    if request.param in MADE_BY_CHANCE:
        return chance_form(Random(request.param), catalogue.current("home_visit"))
    return catalogue.current(request.param)


@dataclass(frozen=True)
class Tidy:
    """A visit by chance, what was given with it, and what it found."""

    random: Random
    body: Any
    given: Any
    found: list[Finding]


def tidy_visits(form: Form) -> Iterator[Tidy]:
    """The same for every test of a form, and each time its own to change."""
    random = Random(SEED)
    for written, found in _made(form):
        body, given = json.loads(written)
        yield Tidy(random, body, given, found)


@lru_cache(maxsize=1)
def _made(form: Form) -> list[tuple[str, list[Finding]]]:
    random, made = Random(SEED), []
    questions = [question for section in form.sections for question in section.questions]
    for _ in range(VISITS):
        body = {"occurred_on": "2026-11-22", "answers": chance_answers(random, questions, tidy=True)}
        written = json.dumps([body, chance_given(random)])
        made.append((written, find(form, *json.loads(written))))
    return made


def leaves(answers: dict[str, Any], path: str = "") -> Iterator[tuple[dict[str, Any], str, str]]:
    """Every answer: what holds it, its id there, and its path."""
    for id, answer in list(answers.items()):
        yield answers, id, path + id
        for row in answer.get("rows", []):
            yield from leaves(row["answers"], f"{path}{id}/{row['id']}/")


def test_removing_an_answer_never_lowers_what_it_could_be(form: Form, catalogue: Catalogue) -> None:
    for visit in tidy_visits(form):
        random, body, given = visit.random, visit.body, visit.given
        before = level(visit.found, catalogue.levels)
        if not body["answers"]:
            continue
        holder, id, path = random.choice(list(leaves(body["answers"])))
        _remove(random, holder, id)
        after = level(find(form, body, given), catalogue.levels)
        assert after.could_be >= before.could_be, (path, SEED)


def _remove(random: Random, holder: dict[str, Any], id: str) -> None:
    answer = holder[id]
    if answer.get("rows") and random.random() < 0.7:
        answer["rows"].pop()
        answer["complete"] = False
    elif random.random() < 0.5:
        del holder[id]
    else:
        holder[id] = {"absent": "refused"}


def test_removing_what_is_no_reason_changes_no_decided_finding(form: Form, catalogue: Catalogue) -> None:
    """A reassuring answer is never a reason for a present finding, so removing it never lowers what it is at least."""
    changed = 0
    for visit in tidy_visits(form):
        random, body, given = visit.random, visit.body, visit.given
        before = visit.found
        places = [place for place in leaves(body["answers"]) if "rows" not in place[0][place[1]]]
        if not places:
            continue
        holder, id, path = random.choice(places)
        del holder[id]
        found = find(form, body, given)
        after = {(one.finding, one.row): one.state for one in found}
        for one in before:
            if one.state != "cannot_tell" and not any(_under(reason, path) for reason in one.because):
                assert after[(one.finding, one.row)] == one.state, (one, path, SEED)
            changed += after[(one.finding, one.row)] != one.state
        _at_least_holds(before, found, path, catalogue)
    assert changed


def _at_least_holds(before: list[Finding], after: list[Finding], path: str, catalogue: Catalogue) -> None:
    reasons = [reason for one in before if one.state == "present" for reason in one.because]
    if not any(_under(reason, path) for reason in reasons):
        now = level(after, catalogue.levels)
        assert now.at_least >= level(before, catalogue.levels).at_least, (path, SEED)


def _under(reason: str, path: str) -> bool:
    return reason == path or reason.startswith(path + "/")


def test_what_cannot_be_told_says_what_to_ask_and_what_is_decided_says_why(form: Form) -> None:
    for visit in tidy_visits(form):
        for one in visit.found:
            assert bool(one.missing) == (one.state == "cannot_tell"), one
            assert one.because or one.state == "cannot_tell" or form.findings[0].source == "chance", one
            assert list(one.because) == sorted(set(one.because))


def test_the_reasons_of_what_is_decided_are_enough_to_decide_it_again(form: Form) -> None:
    """Every answer that is no reason is taken away at once, and what was decided by the others stands."""
    for visit in tidy_visits(form):
        random, body, given = visit.random, visit.body, visit.given
        decided = [one for one in visit.found if one.state != "cannot_tell"]
        if not decided:
            continue
        one = random.choice(decided)
        _keep_only(body["answers"], set(one.because), "")
        again = {(other.finding, other.row): other.state for other in find(form, body, given)}
        assert again[(one.finding, one.row)] == one.state, (one, form.rules[one.finding].when, SEED)


def _keep_only(answers: dict[str, Any], paths: set[str], path: str) -> None:
    for id, answer in list(answers.items()):
        for row in answer.get("rows", []):
            _keep_only(row["answers"], paths, f"{path}{id}/{row['id']}/")
        if "rows" not in answer and path + id not in paths:
            del answers[id]


def test_asking_less_properly_decides_nothing_and_lowers_nothing(form: Form, catalogue: Catalogue) -> None:
    """What is decided where nothing was asked properly is decided by what was disclosed, and stays so however it was asked."""
    never = replace(form, asked_properly=("or",))
    for visit in tidy_visits(form):
        as_asked, as_never = visit.found, find(never, visit.body, visit.given)
        for one, other in zip(as_asked, as_never, strict=True):
            assert other.state in (one.state, "cannot_tell"), (one, form.rules[one.finding].when)
        assert level(as_never, catalogue.levels).could_be >= level(as_asked, catalogue.levels).could_be


def test_taking_an_answer_away_never_narrows_a_score(form: Form) -> None:
    for visit in tidy_visits(form):
        random, body, given = visit.random, visit.body, visit.given
        before = scores(form, body, given)
        places = [place for place in leaves(body["answers"]) if "rows" not in place[0][place[1]]]
        if not places:
            continue
        holder, id, path = random.choice(places)
        del holder[id]
        after = scores(form, body, given)
        named = Counter((one.id, one.row) for one in before) | Counter((one.id, one.row) for one in after)  # chance repeats ids of rows
        for one in after:
            was = next((was for was in before if (was.id, was.row) == (one.id, one.row) and named[was.id, was.row] == 1), None)
            assert 0 <= one.at_least <= one.could_be <= next(score.max for score in form.scores if score.id == one.id)
            assert was is None or (one.at_least <= was.at_least and was.could_be <= one.could_be), (one, was, path)


def test_what_is_stood_for_is_present_and_lesser(form: Form) -> None:
    for visit in tidy_visits(form):
        found = visit.found
        present = {one.finding for one in found if one.state == "present"}
        for one in found:
            if one.under:
                assert one.state == "present"
                assert one.under in present
                assert form.rules[one.under].level >= one.level
        shown = [one for one in found if one.state == "present" and not one.under]
        assert bool(shown) == bool(present)


def test_at_most_so_many_questions_are_asked_next_and_none_twice(form: Form, catalogue: Catalogue) -> None:
    for visit in tidy_visits(form):
        found = visit.found
        reached = level(found, catalogue.levels)
        asked = to_ask(found, reached, catalogue.levels, 3)
        paths = [path for one in asked for path in one.paths]
        assert len(asked) <= 3
        assert len(paths) == len(set(paths))
        assert all(reached.at_least <= one.could_reach <= reached.could_be for one in asked)


def test_no_concern_is_never_said_while_it_could_be_three_or_more(form: Form, catalogue: Catalogue) -> None:
    said_once = max(rule.level for rule in form.findings) < 3
    for visit in tidy_visits(form):
        found = level(visit.found, catalogue.levels)
        assert 1 <= found.at_least <= found.could_be <= 4
        assert not (no_concern(found) and found.could_be >= 3)
        said_once = said_once or found.could_be >= 3
    assert said_once
    unsure = route(Level(1, 4), "routine", catalogue.routes("eastmoor"))
    assert unsure.code == "none"
    assert "could be level 4" in unsure.reasons[-1]
    assert "could be level 4" in said(Level(1, 4))
    assert said(Level(2, 2)) == "Level 2"
    assert no_concern(Level(1, 2))
    for state, may in (("present", False), ("cannot_tell", False), ("absent", True)):
        assert no_concern(Level(1, 1), [Finding("care_mark_not_mobile", "care", "", "", state, "tonight", 1)]) is may


def test_finding_never_raises_on_a_body_of_any_shape(form: Form) -> None:
    deep: Any = []
    for _ in range(5_000):
        deep = [deep]
    odd = [
        None,
        3,
        float("nan"),
        float("inf"),
        "x",
        [],
        deep,
        {"answers": deep},
        {"answers": {"children": {"rows": [deep, None, {"answers": 4}]}}},
    ]
    odd += [{"occurred_on": float("nan"), "answers": {"outcome": {"value": deep}, "hazards": {"value": [deep]}}}]
    random = Random(SEED)
    for body in [*odd, *(chance_body(random, form) for _ in range(60))]:
        for given in (None, deep, {"people": deep, "history": {"level_agreed": float("nan")}}, chance_given(random)):
            assert {one.finding for one in find(form, copy.copy(body), given)} <= set(form.rules)


def test_a_flood_of_rows_is_not_read_to_its_end_and_so_cannot_be_told(form: Form) -> None:
    rows = {"rows": [{"id": "a", "answers": {"affected_today": {"value": False}}}] * 400_000, "complete": True}
    top = [question.id for section in form.sections for question in section.questions if question.kind == "rows"]
    found = find(form, {"answers": dict.fromkeys(top, rows)}, {})
    assert len(found) < 40 * len(form.findings)
    assert {one.state for one in found if one.finding == "substance_carer_affected"} <= {"cannot_tell"}


def test_an_empty_visit_could_be_anything_and_is_at_least_nothing(form: Form, catalogue: Catalogue) -> None:
    found = find(form, {}, {})
    assert {one.state for one in found} == {"cannot_tell"} or form.findings[0].source == "chance"
    reached = level(found, catalogue.levels)
    assert reached.at_least == 1 or form.findings[0].source == "chance"
    assert reached.could_be == level([one._replace(state="present") for one in found], catalogue.levels).could_be

"""Scores come out as they were published, for every option, and are ranges where something was not answered."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.decide.drinking import ALCOHOL, CANNABIS, HALVES, RISING, drinking
from tests.decide.tablet import Asked, ask_the_tablet
from visitapp.decide.findings import find
from visitapp.decide.score import scores
from visitapp.domain.findings import Score
from visitapp.formlang import Catalogue, Form, bundle
from visitapp.formlang import model as formlang


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return drinking(Path(tmp_path_factory.mktemp("forms")))


def body(*adults: dict[str, str | None]) -> dict[str, Any]:
    rows = [
        {"id": f"r{number}", "person": f"p{number}", "answers": {id: {"value": code} for id, code in adult.items() if code}}
        for number, adult in enumerate(adults)
    ]
    return {"occurred_on": "2026-11-22", "answers": {"adults": {"rows": rows, "complete": True}}}


def codes(form: Form, question: str) -> list[str]:
    return [option.code for option in form.question(question).options]


def scored(form: Form, id: str, said: dict[str, str | None]) -> tuple[int, int]:
    (one,) = (one for one in scores(form, body(said), {}) if one.id == id)
    return one.at_least, one.could_be


# --- AUDIT-C (brief 4.1) ----------------------------------------------------------------------------------


@pytest.mark.parametrize("often", range(5))
@pytest.mark.parametrize("units", range(5))
@pytest.mark.parametrize("six", range(5))
def test_audit_c_is_the_sum_of_its_points_whatever_is_chosen(form: Form, often: int, units: int, six: int) -> None:
    said = {id: codes(form, id)[at] for id, at in zip(ALCOHOL, (often, units, six), strict=True)}
    points = often + units + six if often else 0  # who never drinks is not asked further
    assert scored(form, "audit_c", said) == (points, points)


def test_audit_c_of_who_never_drinks_is_nothing_without_a_further_question(form: Form) -> None:
    assert scored(form, "audit_c", {"drinks_often": "never"}) == (0, 0)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, (0, 12)),
        ({"drinks_often": "monthly"}, (1, 9)),
        ({"drinks_often": "most_days", "drinks_units": "ten"}, (8, 12)),
        ({"drinks_units": "ten", "drinks_six": "daily"}, (0, 12)),
        ({"drinks_six": "rarely"}, (0, 9)),
        ({"drinks_often": "no_such_code"}, (0, 12)),
    ],
)
def test_what_is_not_answered_leaves_audit_c_a_range(form: Form, said: dict[str, str | None], expected: tuple[int, int]) -> None:
    assert scored(form, "audit_c", said) == expected


# --- CUDIT-R (brief 4.2) ----------------------------------------------------------------------------------

EVERY_OPTION = [(id, at, point) for id in CANNABIS for at, point in enumerate(HALVES if id == "cut_down" else RISING)]


@pytest.mark.parametrize(("item", "at", "point"), EVERY_OPTION)
def test_every_option_of_cudit_r_has_its_published_points(form: Form, item: str, at: int, point: int) -> None:
    said: dict[str, str | None] = {id: codes(form, id)[0] for id in CANNABIS} | {"cannabis_often": "monthly"}
    said[item] = codes(form, item)[at]
    expected = point if item == "cannabis_often" else 1 + point
    assert scored(form, "cudit_r", said) == (expected, expected)


@pytest.mark.parametrize("total", [0, 7, 8, 11, 12, 13, 32])
def test_cudit_r_adds_up_at_the_edges_of_its_bands(form: Form, total: int) -> None:
    said, left = {}, total
    for id in ["cannabis_often", *(one for one in CANNABIS if one != "cannabis_often")]:
        points = HALVES if id == "cut_down" else RISING
        at = max(at for at, point in enumerate(points) if point <= left)
        said[id], left = codes(form, id)[at], left - points[at]
    assert left == 0
    assert scored(form, "cudit_r", said) == (total, total)


def test_cudit_r_is_a_range_of_what_is_left_open(form: Form) -> None:
    assert scored(form, "cudit_r", {}) == (0, 32)
    assert scored(form, "cudit_r", {"cannabis_often": "never", "memory": "daily"}) == (0, 0)
    assert scored(form, "cudit_r", {"cannabis_often": "weekly", "memory": "daily", "cut_down": "lately"}) == (11, 31)


# --- scores in rules, in rows and in both languages -------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "state", "missing"),
    [
        ({"drinks_often": "never"}, "absent", ()),
        ({"drinks_often": "most_days", "drinks_units": "three"}, "present", ()),
        ({"drinks_often": "monthly", "drinks_six": "never", "drinks_units": "seven"}, "absent", ()),
        ({"drinks_often": "monthly", "drinks_units": "five"}, "cannot_tell", ("adults/r0/drinks_six",)),
        ({}, "cannot_tell", ("adults/r0/drinks_often",)),
        ({"drinks_units": "ten", "drinks_six": "daily"}, "cannot_tell", ("adults/r0/drinks_often",)),
    ],
)
def test_a_score_decides_only_when_the_whole_range_does(
    form: Form, said: dict[str, str | None], state: str, missing: tuple[str, ...]
) -> None:
    found = next(one for one in find(form, body(said), {}) if one.finding == "drinks_much")
    assert (found.state, found.missing) == (state, missing)


def test_a_score_is_compared_with_what_was_known_before(form: Form) -> None:
    said: dict[str, str | None] = {"drinks_often": "most_days", "drinks_units": "five", "drinks_six": "never"}

    def state(history: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        found = next(one for one in find(form, body(said), {"history": history}) if one.finding == "drinks_more")
        return found.state, found.missing

    assert state({"home_last": 4}) == ("present", ())
    assert state({"home_last": 5}) == ("absent", ())
    assert state({}) == ("cannot_tell", ("given/history/home_last",))


def test_each_adult_has_their_own_score(form: Form) -> None:
    found = scores(form, body({"drinks_often": "never"}, {"drinks_often": "monthly"}), {})
    assert found[:2] == [Score("audit_c", "adult.audit_c", "r0", "p0", 0, 0), Score("audit_c", "adult.audit_c", "r1", "p1", 1, 9)]
    assert [one.id for one in found] == ["audit_c", "audit_c", "cudit_r", "cudit_r"]
    assert scores(form, None, None) == []


def test_the_tablet_scores_the_same(form: Form, catalogue: Catalogue) -> None:
    each: list[list[str | None]] = [[None, *codes(form, id)] for id in ALCOHOL]
    visits = [Asked("one", body(dict(zip(ALCOHOL, chosen, strict=True))), {}) for chosen in product(*each)]
    told = ask_the_tablet({"one": bundle(form, catalogue.levels)}, visits)["answers"]
    for visit, answer in zip(visits, told, strict=True):
        assert answer["scores"] == [one.as_json() for one in scores(form, visit.body, {})]
        assert answer["findings"] == [one.as_json() for one in find(form, visit.body, {})]


# --- the forms of the house -------------------------------------------------------------------------------

PUBLISHED = {"audit_c": [RISING] * 3, "cudit_r": [RISING] * 7 + [HALVES]}


def test_the_forms_of_the_house_give_every_option_its_published_points(catalogue: Catalogue) -> None:
    """Options stand from never to most, so their points are those of the published table, in its order."""
    current = [catalogue.current(name) for name in sorted({one.name for one in catalogue.forms})]
    for form, score in [(one, score) for one in current for score in one.scores if score.id in PUBLISHED]:
        assert [_in_order(form, id, score) for id in score.of] == [list(points) for points in PUBLISHED[score.id]], form.name


def _in_order(form: Form, question: str, score: formlang.Score) -> list[int]:
    return [score.of[question][option.code] for option in form.question(question).options]


# --- as the forms in use ask it ---------------------------------------------------------------------------

AUDIT = ("audit_often", "audit_units", "audit_six")
CUDIT = ("cudit_often", "cudit_hours", "cudit_stop", "cudit_expected", "cudit_time", "cudit_memory", "cudit_hazard", "cudit_cut")
ASKED: dict[str, str | bool | list[str] | None] = {"use_alone": True, "uses": ["alcohol", "cannabis"]}


def asked(form: Form, said: dict[str, Any], **top: Any) -> dict[str, Score]:
    known = {question for question, _ in ((id, place) for id, place in form.placed.items())}
    answers = {id: {"value": value} for id, value in ({"contact": "new_birth", "interpreter": "not_needed"} | top).items() if id in known}
    row = {"id": "r1", "person": "p1", "answers": {id: {"value": value} for id, value in said.items() if id in known}}
    found = scores(form, {"occurred_on": "2026-11-22", "answers": answers | {"adult_use": {"rows": [row], "complete": True}}}, {})
    return {one.id: one for one in found}


@pytest.fixture(params=["home_visit", "antenatal"])
def in_use(request: pytest.FixtureRequest, catalogue: Catalogue) -> Form:
    return catalogue.current(request.param)


def test_the_forms_in_use_score_every_option_of_audit_c_as_published(in_use: Form) -> None:
    for at in product(range(5), repeat=3):
        said = ASKED | {id: codes(in_use, id)[number] for id, number in zip(AUDIT, at, strict=True)}
        one = asked(in_use, said)["audit_c"]
        assert (one.at_least, one.could_be) == ((sum(at),) * 2 if at[0] else (0, 0)), (said, one)


def test_the_forms_in_use_score_every_option_of_cudit_r_as_published(in_use: Form) -> None:
    lowest = {id: codes(in_use, id)[0] for id in CUDIT}
    for id in CUDIT:
        for number, code in enumerate(codes(in_use, id)):
            one = asked(in_use, ASKED | lowest | {id: code})["cudit_r"]
            points = number * 2 if id == "cudit_cut" else number
            assert (one.at_least, one.could_be) == (points, points), (id, code)


def test_an_adult_who_was_not_asked_has_no_score_and_not_nought(catalogue: Catalogue) -> None:
    form = catalogue.current("home_visit")
    assert not {"audit_c", "cudit_r"} & set(asked(form, ASKED | {"use_alone": False}))
    assert not {"audit_c", "cudit_r"} & set(asked(form, {"uses": ["nothing"], "affected_today": False}, contact="extra"))
    assert "cudit_r" not in asked(form, ASKED | {"uses": ["alcohol"]})
    unknown = asked(form, {"use_alone": True, "uses": ["cannabis"]})
    assert (unknown["cudit_r"].at_least, unknown["cudit_r"].could_be) == (0, 32)

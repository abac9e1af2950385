"""Two visits answer by answer, whatever their forms: paired by question or measure, each for its person and row, and never better for not
having been asked."""

from typing import Any

import pytest

from visitapp.formlang import load_catalogue
from visitapp.web.comparing import Pair, Visit, answered, compared, groups
from visitapp.wiring import FORMS

CATALOGUE = load_catalogue(FORMS)
PEOPLE = {"isla": "Isla", "tom": "Tom"}


def visit(form: str, version: int, answers: dict[str, Any]) -> Visit:
    return Visit(CATALOGUE.form(form, version), {"answers": answers}, PEOPLE)


def child(person: str, **answers: Any) -> dict[str, Any]:
    return {"id": f"row-{person}", "person": person, "answers": answers}


def rows(*found: dict[str, Any]) -> dict[str, Any]:
    return {"rows": list(found), "complete": True}


def night(which: str, surface: str, known: str = "told") -> dict[str, Any]:
    return {"id": f"n-{which}-{surface}", "person": None,
            "answers": {"which_sleep": {"value": which}, "surface": {"value": surface, "known": known}}}  # fmt: skip


def measured(pairs: tuple[Pair, ...], first: Visit, measure: str) -> list[Pair]:
    labels = {one.question.label for one in answered(first) if one.question.measure == measure}
    return [one for one in pairs if one.question in labels]


def test_each_child_is_paired_by_person_and_each_sleep_by_which_it_was() -> None:
    first = visit("home_visit", 3, {"children": rows(child("isla", nights=rows(night("usual", "cot"), night("last_night", "sofa"))))})
    second = visit("home_visit", 3, {"children": rows(
        child("tom", nights=rows(night("last_night", "adult_bed"))), child("isla", nights=rows(night("last_night", "cot", "seen"))),
    )})  # fmt: skip
    found = {(one.titles[0], one.titles[1], one.became): one for one in measured(compared(first, second), first, "sleep.surface")}
    assert sorted((who, became) for who, _, became in found) == [("Isla", "changed"), ("Isla", "only_first"), ("Tom", "only_second")]
    changed = next(one for one in found.values() if one.became == "changed")
    assert changed.first is not None
    assert changed.second is not None
    assert (changed.first.known, changed.second.known) == ("told", "seen")


@pytest.mark.parametrize(
    ("before", "after", "became"),
    [
        ({"value": "sofa", "known": "told"}, {"value": "cot", "known": "told"}, "changed"),
        ({"value": "cot", "known": "told"}, {"value": "cot", "known": "seen"}, "otherwise"),
        ({"value": "cot", "known": "told"}, {"value": "cot", "known": "told"}, "same"),
        ({"value": "sofa", "known": "told"}, {"absent": "refused"}, "known_no_more"),
        ({"absent": "not_seen"}, {"value": "cot", "known": "seen"}, "known_now"),
        ({"absent": "not_seen"}, {"absent": "refused"}, "otherwise"),
    ],
)
def test_what_became_of_an_answer(before: dict[str, Any], after: dict[str, Any], became: str) -> None:
    def of(answer: dict[str, Any]) -> Visit:
        sleep = {"id": "n", "person": None, "answers": {"which_sleep": {"value": "last_night"}, "surface": answer}}
        return visit("home_visit", 3, {"children": rows(child("isla", nights=rows(sleep)))})

    assert [one.became for one in measured(compared(of(before), of(after)), of(before), "sleep.surface")] == [became]


def test_another_version_and_another_kind_of_form_are_paired_by_measure() -> None:
    seen = {"children": rows(child("isla", seen={"value": "asleep"}))}
    awake = {"children": rows(child("isla", seen={"value": "awake"}))}
    for older, newer in ((("home_visit", 1), ("home_visit", 3)), (("safer_sleep_review", 1), ("home_visit", 3))):
        first, second = visit(*older, seen), visit(*newer, awake)
        assert [one.became for one in measured(compared(first, second), second, "child.seen")] == ["changed"], older


def test_nothing_is_left_out_and_nothing_paired_twice() -> None:
    first = visit("home_visit", 1, {"children": rows(child("isla"), child("tom"))})
    second = visit("antenatal", 2, {"children": rows(child("isla"))})
    pairs = compared(first, second)
    sides = [sum(one.first is not None for one in pairs), sum(one.second is not None for one in pairs)]
    assert sides == [len(list(answered(first))), len(list(answered(second)))]
    assert sum(len(group.pairs) for group in groups(pairs)) == sum(not one.apart for one in pairs)


def test_what_is_recorded_apart_is_in_no_group_and_never_said_to_have_changed() -> None:
    def said(words: str) -> Visit:
        adult = {"id": "a", "person": "isla", "answers": {"abuse_said": {"value": words}}}
        return visit("home_visit", 3, {"adults": rows(adult)})

    pairs = compared(said("Hush"), said("Louder"))
    kept = [one for one in pairs if one.apart]
    assert len(kept) > 0
    assert [one.became for one in kept] == ["same"] * len(kept)
    assert not any("Hush" in str(group) for group in groups(pairs))


@pytest.mark.parametrize("answers", [None, [], "x", {"children": 3}, {"children": {"rows": [1, {"answers": 2}, {"id": 1}]}}])
def test_a_body_of_any_shape_is_compared(answers: Any) -> None:
    odd = Visit(CATALOGUE.form("home_visit", 3), {"answers": answers}, PEOPLE)
    assert compared(odd, visit("home_visit", 3, {})) != ()
    assert compared(Visit(None, None, {}), odd) != ()
    assert compared(Visit(None, None, {}), Visit(None, None, {})) == ()

"""What several visits show: a slow decline, a fall in what was seen, what an announcement changes, and what stays unknown or is said
in two ways. Never surer than the visits were."""

import json
from itertools import product
from random import Random
from typing import Any

import pytest

from visitapp.decide import patterns
from visitapp.decide.patterns import Point
from visitapp.domain.accounts import COMPARED
from visitapp.domain.measures import Account, Asked, Range
from visitapp.domain.past import PastVisit


def values(*said: int | tuple[int, int]) -> list[Range]:
    """Ranges, written shortly: a number was known, a pair was a range."""
    return [Range(one, one) if isinstance(one, int) else Range(*one) for one in said]


def points(announced: bool | None, *said: int | tuple[int, int]) -> list[Point]:
    return [Point("2026-11-01", value, announced) for value in values(*said)]


def visit(number: int, *accounts: Account, asked: Asked | None = None, **more: Any) -> PastVisit:
    plain: dict[str, Any] = {
        "submission": f"v{number}", "household": "fam", "on": f"2026-11-{number:02}", "kept": number, "read": number, "kind": "visit",
        "outcome": "completed", "child_seen": True, "author": "hv", "form": "home_visit", "form_version": 1,
    }  # fmt: skip
    about = asked or Asked()
    kept = {"kept_asked": json.dumps({"known": [*about.known], "unknown": [*about.unknown]}), "kept_accounts": json.dumps(accounts)}
    return PastVisit(**(plain | kept | more))


def account(measure: str, *said: str, known: str = "told", person: str = "p") -> Account:
    return Account(person, measure, said, (known,))


# --- courses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("course", "surely", "perhaps"),
    [
        ([], 0, 0),
        ([5], 0, 0),
        ([2, 3, 4, 5], 3, 3),
        ([2, 3, 3, 4], 1, 1),  # one visit that was no worse ends a run
        ([5, 4, 3], 0, 0),
        ([2, 3, 4, 1], 0, 0),
        ([2, (3, 4), (5, 5)], 2, 2),
        ([2, (3, 4), (4, 9)], 0, 2),  # it could have been 4 both times
        ([(0, 9), 9], 0, 1),
        ([0, 1, (2, 5), 3], 0, 3),  # one item left blank, once
        ([(0, 1), (0, 1), (0, 1)], 0, 1),  # each could be above the one before, and not all of them
    ],
)
def test_what_was_left_open_makes_no_rise_and_rules_out_none(course: list[int | tuple[int, int]], surely: int, perhaps: int) -> None:
    assert patterns.rises(values(*course)) == (surely, perhaps)
    mirrored = [Range(-one.could_be, -one.at_least) for one in values(*course)]
    assert patterns.falls(mirrored) == (surely, perhaps)


@pytest.mark.parametrize("seed", range(20))
def test_a_run_is_between_the_shortest_and_the_longest_that_the_visits_allow(seed: int) -> None:
    random = Random(seed)
    course = [Range(low, low + random.randrange(4)) for low in (random.randrange(5) for _ in range(random.randrange(1, 6)))]
    could_be = [patterns.rises(values(*each)) for each in product(*(range(one.at_least, one.could_be + 1) for one in course))]
    assert patterns.rises(course) == (min(one.at_least for one in could_be), max(one.could_be for one in could_be))


def test_a_visit_that_saw_too_little_is_compared_with_nothing() -> None:
    assert [one.value for one in patterns.comparable(points(None, (2, 8), (2, 9), 5), 6)] == values((2, 8), 5)


def test_best_and_worst_are_as_sure_as_the_visits_were() -> None:
    course = values((2, 5), 4, (1, 9))
    assert (patterns.lowest(course), patterns.highest(course)) == ((1, 4), (4, 9))
    assert (patterns.lowest([]), patterns.highest([])) == (None, None)


@pytest.mark.parametrize(
    ("course", "worst"),
    [
        ([], False),
        ([3], False),
        ([1, 3], True),
        ([1, 3, 3], True),
        ([3, 3, 3], False),  # as it always was
        ([1, 4, 3], False),
        ([1, (2, 4)], True),
        ([(1, 3), (2, 4)], False),
        ([(1, 3), 2], False),
    ],
)
def test_at_its_worst_is_above_its_best_and_below_nothing(course: list[int | tuple[int, int]], worst: bool) -> None:
    assert patterns.at_highest(values(*course)) is worst


@pytest.mark.parametrize("seed", range(20))
def test_knowing_less_never_makes_a_course_surer(seed: int) -> None:
    random = Random(seed)
    known = values(*(random.randrange(8) for _ in range(random.randrange(2, 8))))
    wider = [Range(max(0, one.at_least - random.randrange(3)), one.could_be + random.randrange(3)) for one in known]
    for shown in (patterns.rises, patterns.falls, patterns.lowest, patterns.highest):
        vague, sure = shown(wider), shown(known)
        assert vague
        assert sure
        assert vague.at_least <= sure.at_least <= sure.could_be <= vague.could_be
    split = [Point("2026-11-01", value, number % 2 == 0) for number, value in enumerate(known)]
    less = [Point("2026-11-01", value, number % 2 == 0) for number, value in enumerate(wider)]
    higher, perhaps = (patterns.compare(one).higher_unannounced(2, 1) for one in (split, less))
    assert perhaps in (higher, None)


# --- announced and unannounced ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("announced", "unannounced", "worse"),
    [
        ([1, 1], [4, 4], True),
        ([1, 3], [4, 4], False),
        ([1, 1], [9], False),  # one visit is no comparison
        ([], [], False),
        ([1, 1], [4, (2, 6)], None),
        ([1, 1], [(0, 3), (0, 3)], False),
        ([(0, 4), (0, 4)], [6, 6], None),
    ],
)
def test_unannounced_visits_are_worse_by_the_margin_or_it_cannot_be_told(
    announced: list[int | tuple[int, int]], unannounced: list[int | tuple[int, int]], worse: bool | None
) -> None:
    compared = patterns.compare([*points(True, *announced), *points(False, *unannounced), *points(None, 40)])
    assert (compared.announced, compared.unannounced) == (len(announced), len(unannounced))
    assert compared.higher_unannounced(3, 2) is worse


# --- still unknown ------------------------------------------------------------------------------------------


def test_still_unknown_is_what_the_newest_visit_that_asked_did_not_learn() -> None:
    first = visit(1, asked=Asked(frozenset({"home.floors"}), frozenset({"home.cause", "child.impact"})))
    second = visit(2, asked=Asked(frozenset({"child.impact"}), frozenset({"home.floors"})))
    assert patterns.still_unknown([first]) == ["child.impact", "home.cause"]
    assert patterns.still_unknown([first, second]) == ["home.cause", "home.floors"]
    assert patterns.still_unknown([]) == []


def test_a_visit_cut_short_or_not_made_asks_nothing() -> None:
    unknown = Asked(frozenset(), frozenset({"home.cause"}))
    assert patterns.still_unknown([visit(1, asked=unknown, outcome="ended_early")]) == []
    assert patterns.still_unknown([visit(1, asked=unknown, kind="visit_not_completed")]) == []
    assert patterns.still_unknown([visit(1, asked=unknown, kind="information")]) == []
    assert patterns.still_unknown([visit(1, asked=unknown, kind="antenatal")]) == ["home.cause"]


# --- conflicting accounts -----------------------------------------------------------------------------------


def test_one_source_that_says_none_and_another_that_says_some_contradict_one_another() -> None:
    none, some = account("adult.uses", "nothing"), account("adult.uses", "cannabis")
    seen = account("adult.uses", "cannabis", known="seen")
    assert patterns.conflicts([visit(1, none), visit(2, some, author="midwife")]) == ["adult.uses"]
    assert patterns.conflicts([visit(1, none), visit(2, seen)]) == ["adult.uses"]
    assert patterns.conflicts([visit(1, none), visit(2, some, kind="information")]) == ["adult.uses"]


def test_the_same_source_that_says_more_later_has_told_us_something() -> None:
    none, some = account("adult.uses", "nothing"), account("adult.uses", "alcohol")
    assert patterns.conflicts([visit(1, none), visit(2, some)]) == []


def test_a_drink_now_and_then_after_none_in_pregnancy_is_a_change_and_what_police_saw_of_it_is_another_account() -> None:
    none, drink = account("adult.uses", "nothing"), account("adult.uses", "alcohol")
    assert patterns.conflicts([visit(1, none, author="midwife"), visit(2, drink)]) == []
    assert patterns.conflicts([visit(1, none, author="midwife"), visit(2, drink, kind="information")]) == ["adult.uses"]
    assert patterns.conflicts([visit(1, account("child.impact", "no_use")), visit(2, account("child.impact", "none"), author="m")]) == []


def test_each_source_counts_with_its_newest_word_of_what_lasts() -> None:
    none, some = account("adult.uses", "nothing"), account("adult.uses", "cannabis")
    stopped = [visit(1, some), visit(2, none, author="midwife")]
    assert patterns.conflicts(stopped) == ["adult.uses"]
    assert patterns.conflicts([*stopped, visit(3, none)]) == []


def test_that_somebody_outside_knows_of_none_contradicts_nobody_who_told_us_of_some() -> None:
    for some, none in (("sofa", "own_cot"), ("adult_bed", "travel_cot")):
        told, known = account("sleep.surface", some), account("sleep.surface", none)
        assert patterns.conflicts([visit(1, told), visit(2, known, kind="information")]) == []
    assert (
        patterns.conflicts([visit(1, account("adult.uses", "cannabis")), visit(2, account("adult.uses", "nothing"), kind="information")])
        == []
    )


def test_two_people_two_things_or_two_amounts_are_no_contradiction() -> None:
    other = account("adult.uses", "alcohol", person="q")
    assert patterns.conflicts([visit(1, account("adult.uses", "nothing")), visit(2, other, author="midwife")]) == []
    both = [visit(1, account("adult.uses", "alcohol")), visit(2, account("adult.uses", "cannabis"), author="midwife")]
    assert patterns.conflicts(both) == []


def test_two_nights_are_two_nights_unless_somebody_outside_tells_of_them() -> None:
    cot, sofa = account("sleep.surface", "own_cot"), account("sleep.surface", "sofa")
    assert patterns.conflicts([visit(1, cot), visit(2, sofa, author="midwife")]) == []
    assert patterns.conflicts([visit(1, cot), visit(2, sofa, kind="information")]) == ["sleep.surface"]
    assert patterns.conflicts([visit(1, account("sleep.surface", "own_cot", "sofa")), visit(2, sofa, kind="information")]) == []


def test_every_thing_that_is_compared_says_why() -> None:
    assert all(one.why and one.none for one in COMPARED.values())

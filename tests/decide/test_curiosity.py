"""Patterns of keeping a distance, and the help that goes with each."""

from dataclasses import replace

from visitapp.decide.curiosity import SHOWN, curious, found
from visitapp.decide.limits import limits
from visitapp.domain.curiosity import HELP
from visitapp.domain.past import PastVisit
from visitapp.formlang import load_catalogue
from visitapp.store.past import kept
from visitapp.wiring import FORMS

CATALOGUE = load_catalogue(FORMS)
HOW = curious(CATALOGUE.policy, limits(CATALOGUE.policy))
TODAY = "2026-11-22"


def visit(day: int, *measures: tuple[str, str, str, str], outcome: str | None = None) -> PastVisit:
    said = kept([list(one) for one in measures], {})
    kind = "visit_not_completed" if outcome else "visit"
    return PastVisit(
        f"v{day}", "fam", f"2026-11-{day:02}", day, day, kind, outcome, True, "hv", "home_visit", 3, said["said"], said["asked"],
        said["accounts"],
    )  # fmt: skip


def home(points: int, announced: str) -> tuple[tuple[str, str, str, str], ...]:
    return ("", "home.state", str(points), f"could be {points}"), ("", "visit.announced", announced, "")


def rooms(least: int, most: int) -> tuple[str, str, str, str]:
    return "", "home.rooms", str(least), f"could be {most}"


def seen(child: str, how: str) -> tuple[str, str, str, str]:
    return child, "child.seen", how, ""


def shown(*visits: PastVisit) -> list[str]:
    return found(visits, TODAY, HOW)


def test_cancelling_that_repeats_is_a_pattern_and_what_we_cancelled_is_none():
    cancelled = [visit(day, outcome="cancelled_by_family") for day in (1, 9)]
    assert shown(*cancelled) == ["cancelled"]
    assert shown(cancelled[0], visit(9, outcome="cancelled_by_service"), visit(10, outcome="no_answer")) == []
    assert shown(replace(cancelled[0], on="2026-08-01"), cancelled[1]) == [], "more than ninety days ago"
    assert found(cancelled, "2026-11-08", HOW) == [], "not before it happened"


def test_doors_that_stayed_shut_are_a_pattern_and_what_counts_against_nobody_is_none():
    shut = [visit(1, outcome="no_answer"), visit(9, outcome="refused_at_door")]
    assert shown(*shut) == ["shut"]
    assert shown(shut[0], visit(9, outcome="no_answer_unannounced"), visit(10, outcome="wrong_address")) == []
    assert shown(replace(shut[0], on="2026-09-01"), shut[1]) == [], "more than sixty days ago"


def test_no_further_than_the_hall_is_said_only_where_it_is_sure_and_only_of_the_last_visit():
    assert shown(visit(1, rooms(4, 4)), visit(2, rooms(0, 1))) == ["hall"]
    assert shown(visit(2, rooms(0, 4))) == [], "nobody knows what was seen"
    assert shown(visit(1, rooms(0, 0)), visit(2, rooms(3, 4))) == []
    assert shown(visit(1, rooms(0, 0)), visit(2)) == ["hall"], "the last that says anything of rooms"


def test_better_when_expected_needs_enough_of_both():
    expected = [visit(day, *home(1, "announced")) for day in (1, 2)]
    surprised = [visit(day, *home(9, "unannounced")) for day in (3, 4)]
    assert shown(*expected, *surprised) == ["ready"]
    assert shown(*expected, surprised[0]) == []
    assert shown(*expected, *[visit(day, *home(2, "unannounced")) for day in (3, 4)]) == []


def test_asleep_each_time_is_of_one_child_and_ends_when_it_is_seen_awake():
    asleep = [visit(day, seen("a", "asleep"), seen("b", "awake")) for day in (1, 2)]
    assert shown(*asleep) == ["asleep"]
    assert shown(asleep[0], visit(2, seen("b", "asleep"))) == [], "another child"
    assert shown(*asleep, visit(3, seen("a", "awake"))) == []
    assert shown(*asleep, visit(3, seen("a", "not_seen"))) == ["asleep"], "not seen is not awake"


def test_only_the_newest_visits_are_looked_at():
    long_ago = [visit(1, seen("a", "asleep")), visit(2, seen("a", "asleep"))]
    assert shown(*long_ago, *[visit(3 + number) for number in range(HOW.visits)]) == []


def test_every_pattern_has_short_help_beside_findings_that_exist():
    newest = {form.name: CATALOGUE.current(form.name) for form in CATALOGUE.forms}
    codes = {code for form in newest.values() for code in form.rules}
    assert list(SHOWN) == list(HELP)
    for one in HELP.values():
        assert set(one.findings) <= codes
        assert 2 <= len(one.tries) <= 4
        assert all(len(line) <= 200 for line in one.tries)
        assert one.source.startswith("Brief ")

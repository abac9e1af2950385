"""The course of a family on one time line: what is not known is drawn as itself, and nothing that was not seen is ever better or worse."""

import itertools

from visitapp.decide.charts import HOME, LEVEL, Course, Mark, announced_words, time_lines
from visitapp.decide.patterns import Compare
from visitapp.domain.measures import Range, left_open, said
from visitapp.domain.past import Known, Moment, Past, PastFinding, PastVisit
from visitapp.web import course_chart as chart

DAYS = (f"2026-{1 + number // 28:02}-{1 + number % 28:02}" for number in itertools.count())


def visit(on: str, home: tuple[int, int] | None = None, kind: str = "visit", outcome: str | None = None, announced: str = "") -> PastVisit:
    measures = [("", "home.state", str(home[0]), f"could be {home[1]}")] if home else []
    measures += [("", "visit.announced", announced, "")] if announced else []
    one = PastVisit(on, "fam", on, 1, 1, kind, outcome, True, "hv", "home_visit", 1)
    one.__dict__["said"] = said(measures)
    return one


def lines(
    *visits: PastVisit, found: tuple[PastFinding, ...] = (), open_at: dict[str, dict[str, dict[str, int]]] | None = None
) -> list[Course]:
    known = Known(Past(visits={"fam": list(visits)}, findings={"fam": list(found)}), "fam", Moment("9999-12-31"))
    levels = {one.submission: Range(1, 3) for one in visits}
    return time_lines(known, lambda *_: frozenset({"home", "sleep"}), lambda *_: {"home.kitchen": "home"}, levels, open_at or {})


def course(title: str, found: list[Course]) -> Course:
    return next(one for one in found if one.title == title)


def test_every_visit_stands_on_every_line_whether_it_says_anything_or_not() -> None:
    shut = visit("2026-02-01", kind="visit_not_completed", outcome="no_answer")
    ours = visit("2026-02-02", kind="visit_not_completed", outcome="cancelled_by_service")
    found = lines(
        visit("2026-01-01", (2, 2), announced="announced"), shut, ours, visit("2026-03-01"), visit("2026-04-01", (1, 9)),
        open_at={"2026-03-01": {"home.kitchen": {"refused": 1}, "sleep.surface": {"not_seen": 2}}},
    )  # fmt: skip
    home = course(HOME, found)
    assert [len(one.marks) for one in found] == [5] * len(found)
    assert [one.kind for one in chart.drawn(home).marks] == ["value", "shut", "never_counted", "silent", "value"]
    assert home.marks[3].open == {"home.kitchen": {"refused": 1}}
    assert [one.visit.said.announced for one in home.marks][:2] == [True, None]
    assert course(LEVEL, found).marks[1].value == Range(1, 4)  # nobody saw the home: it could be anything


def test_a_line_breaks_where_a_visit_was_to_see_and_says_nothing() -> None:
    home = course(HOME, lines(visit("2026-01-01", (2, 2)), visit("2026-02-01"), visit("2026-03-01", (3, 3)), visit("2026-04-01", (4, 4))))
    assert len(chart.drawn(home).lines) == 1


def test_worse_is_said_only_when_it_is_sure() -> None:
    sure = course(HOME, lines(visit("2026-01-01", (2, 3)), visit("2026-02-01", (5, 6))))
    maybe = course(HOME, lines(visit("2026-01-01", (2, 9)), visit("2026-02-01", (5, 6))))
    less_seen = course(HOME, lines(visit("2026-01-01", (5, 5)), visit("2026-02-01", (0, 36))))
    assert [one.worse(5) for one in (sure, maybe, less_seen)] == [True, False, False]
    assert sure.best(5).visit.on == "2026-01-01"
    assert less_seen.best(5).value == Range(5, 5)  # and not the one that could have been anything


def test_what_could_not_be_told_stands_above_what_was_found() -> None:
    found = PastFinding("fam", "2026-01-01", 1, 1, "sleep_sofa", "sleep", "present", 3, "p", "")
    unknown = PastFinding("fam", "2026-01-01", 1, 1, "sleep_front", "sleep", "cannot_tell", 3, "p", "")
    nothing = PastFinding("fam", "2026-02-01", 1, None, None, "", "", 0, "", "")  # type: ignore[arg-type]
    sleep = course("Sleep: things noted", lines(visit("2026-01-01"), visit("2026-02-01"), found=(found, unknown, nothing)))
    assert [one.value for one in sleep.marks] == [Range(1, 2), Range(0, 0)]
    first = chart.drawn(sleep).marks[0]
    assert first.up < first.y


def test_nothing_found_is_not_drawn_as_good_where_not_all_was_known() -> None:
    visits = (visit("2026-01-01", (0, 0)), visit("2026-02-01", (0, 36)), visit("2026-03-01", (2, 2)), visit("2026-04-01", (3, 5)))
    found = lines(*visits)
    drawn = chart.drawn(course(HOME, found))
    assert [one.kind for one in drawn.marks] == ["value", "open", "value", "value"]
    assert len(drawn.lines) == 1
    assert {one.kind for one in chart.drawn(course(LEVEL, found)).marks} == {"open"}


def test_marks_stay_in_the_picture_and_in_their_order_however_close_they_come() -> None:
    crowd = [visit(next(DAYS), (number % 7, number % 7)) for number in range(100)]
    for size in (chart.LARGE, chart.SMALL):
        across = [one.x for one in chart.drawn(course(HOME, lines(*crowd)), size).marks]
        assert across == sorted(across)
        assert min(across) >= size.left
        assert max(across) <= size.width - size.right + 0.01


def test_one_visit_and_none() -> None:
    assert len(chart.drawn(course(HOME, lines(visit("2026-01-01", (2, 2))))).marks) == 1
    assert lines() == []
    assert chart.drawn(Course("home", HOME, ())).marks == ()
    assert Mark(visit("2026-01-01"), None, asked=True, open={}).counts is False


def test_what_a_visit_left_open_is_counted_by_why() -> None:
    measures = [("a", "sleep.surface", "", "not_seen"), ("b", "sleep.surface", "", "refused"), ("", "family.open_to", "unknown", "told"),
                ("", "home.kitchen", "tidy", "seen")]  # fmt: skip
    assert left_open(measures) == {"sleep.surface": {"not_seen": 1, "refused": 1}, "family.open_to": {"unknown": 1}}


def test_expected_and_not_are_said_with_how_many_of_each() -> None:
    assert announced_words(Compare(2, 3, (1.0, 1.0), (4.0, 6.5))) == (
        "State of the home on average, higher is worse: 1 at 2 arranged, 4 to 6.5 at 3 not arranged."
    )
    assert announced_words(Compare(2, 0, (1.0, 1.0), None)) == ""

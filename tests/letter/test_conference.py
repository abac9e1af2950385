"""The chronology for a conference: read back from its bytes, fit for an archive and a screen reader, whatever was typed, however long."""

from dataclasses import replace
from io import BytesIO

import pikepdf
from pikepdf import pdfa

from tests.letter.checked import by_qpdf
from tests.letter.reading import pages, squeezed
from tests.letter.test_render import HOSTILE
from visitapp.letter import glyphs
from visitapp.letter.blocks import HIGHER, LOWER, Course, CourseAt, Table
from visitapp.letter.conference import Asked, ConferenceFacts, Curve, Line, NotCompleted, Person, compose
from visitapp.letter.course_chart import DrawnCourse
from visitapp.letter.facts import AgreedPlan, PlanAction
from visitapp.letter.render import render
from visitapp.letter.sentences import short_day

POINTS = (CourseAt("2026-03-01", 2, 2, True), CourseAt("2026-05-01", 4, 9, False), CourseAt("2026-06-01", 5, 5))
SHUT = (NotCompleted("2026-04-02", "No answer", "Rosa"), NotCompleted("2026-04-09", "We cancelled", counts=False))
STEPS = (("1 May 2026 at 9:00am", "Referral sent", "–"), ("3 May 2026 at 9:00am", "Referral decided", "2 days"))
PLAN = AgreedPlan(
    "Child protection plan", "2026-04-01", "Both parents", "we are refused entry", "1 trigger met, 0 of 1 actions done", True,
    (PlanAction("Call the police", "Ana Reyes", "not done"),), shareable=True,
)  # fmt: skip


def facts(words: str = "Aunt Bea came", lines: int = 3) -> ConferenceFacts:
    return ConferenceFacts(
        "C-1", "2026-11-22T10:40:00.000Z", "Ruth, supervisor", "2026-01-01", "2026-11-22",
        people=(Person("Ava Marsh", "child", "3 March 2026", "999 000 0018"), Person(words[:400], "mother")), address="4 Mill Row",
        practitioner="Rosa Field", curves=(Curve("State of the home", POINTS), Curve("Rooms seen", POINTS[:1], True)),
        visits=(("At home", 3),), not_completed=SHUT, plans=(PLAN,),
        referrals=(Asked("R-2", "Eastmoor early help", STEPS),),
        lines=tuple(Line(f"2026-{1 + n * 10 // lines:02}-01", "Visit", words, "Rosa") for n in range(lines)),
    )  # fmt: skip


def test_everything_stands_in_it_with_its_page_and_its_marking() -> None:
    read = pages(render(compose(facts())).bytes)
    whole = squeezed("".join(read))
    for words in (
        "Chronology: Ava Marsh", "1 January 2026 to 22 November 2026", "999 000 0018", "4, could be 9", "Not arranged", "lower is worse",
        "We cancelled. This never counts against a family.", "Referral R-2, Eastmoor early help", "No answer",
        "If we are refused entry", "Call the police; Ana Reyes; not done", "2 days", "Aunt Bea came",
    ):  # fmt: skip
        assert squeezed(words) in whole, words
    for number, page in enumerate(read, 1):
        assert f"Page {number} of {len(read)}" in page
        assert "OFFICIAL-SENSITIVE Chronology" in page


def test_a_chart_says_in_words_what_it_draws() -> None:
    whole = pikepdf.open(BytesIO(render(compose(facts())).bytes))
    figures = [str(one.Alt) for one in whole.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
    assert (
        "State of the home: higher is worse. 3 visits: 2 on 1 March 2026, arranged; 4, could be 9 on 1 May 2026, not arranged;"
        " 5 on 1 June 2026."
    ) in figures


def test_no_line_runs_to_what_found_nothing_and_did_not_know_all() -> None:
    points = (CourseAt("2026-03-01", 4, 6), CourseAt("2026-04-01", 0, 7), CourseAt("2026-05-01", 2, 2), CourseAt("2026-06-01", 0, 0))
    ends = ("2026-03-01", "2026-06-01", "1 Mar", "1 Jun")
    assert DrawnCourse(Course("Sleep", HIGHER, *ends, points, (), "")).joined() == [(points[2], points[3])]
    assert len(DrawnCourse(Course("Rooms seen", LOWER, *ends, points, (), "")).joined()) == 3


def test_long_courses_lose_no_visit_and_say_their_years_and_their_newest_number() -> None:
    many = tuple(
        CourseAt(f"{2018 + n // 12}-{1 + n % 12:02}-01", n % 5, n % 5 + (n % 3) * 3, (True, False, None)[n % 3]) for n in range(90)
    )
    content = compose(replace(facts(), curves=(Curve("State of the home", many),)))
    blocks = next(part for part in content.body if part.title == "How it went over the visits").blocks
    course, table = (next(one for one in blocks if isinstance(one, kind)) for kind in (Course, Table))
    days = [cell for row in table.rows for cell in (row[0], row[3])]
    assert days == [short_day(one.on) for one in many]  # read from left to right
    drawn = DrawnCourse(course)
    drawn.wrap(0, 0)
    assert [year for year, _ in drawn.years()] == [2019, 2020, 2021, 2022, 2023, 2024, 2025]
    assert drawn.numbered()[0] is many[-1]
    assert course.not_completed == ("2026-04-02",)
    assert course.never_counted == ("2026-04-09",)


def test_whatever_was_typed_it_is_a_whole_file_for_an_archive() -> None:
    typed = [str(words) for words in (HOSTILE.values() if isinstance(HOSTILE, dict) else HOSTILE)]
    lines = tuple(Line("2026-03-01", words[:60], words, words[:60]) for words in typed)
    whole = pikepdf.open(BytesIO(written := render(compose(replace(facts(), lines=lines))).bytes))
    assert by_qpdf(written) == []
    assert pdfa.check(whole, "2b").findings == []
    read = squeezed("".join(pages(written)))
    assert [words for words in typed if squeezed(glyphs.spelled(words))[:40] not in read] == []


def test_many_entries_are_whole() -> None:
    read = "".join(pages(render(compose(facts("Seen at home. " * 10, 300))).bytes))
    assert read.count("Seen at home.") == 3_000 + 10  # as the name that stands among the people

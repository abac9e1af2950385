"""The page for the family: read back from its bytes, whatever was typed, and never more than it may say."""

from dataclasses import fields
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.letter.reading import pages, squeezed
from tests.letter.test_render import HOSTILE, fonts
from visitapp.letter import glyphs, safer_sleep
from visitapp.letter.family_plan import ChildsPlan, FamilyPlan, Phone, draw

AVA = ChildsPlan("Ava", "Their own cot", "Saturday 28 November, Aunt Bea’s party", "A travel cot beside us", "Nan takes nothing")
PLAN = FamilyPlan(
    made_on="2026-11-20",
    made_with="Rosa Field, your health visitor",
    children=(AVA,),
    agreed=("Kim clears the cot tonight.",),
    promised=("We bring: a travel cot, by 22 November 2026",),
    next_visit="2026-12-01",
    phones=(Phone("Rosa Field", "07700 900142"),),
    lines=safer_sleep.lines((("sleep.surface", "sofa"),), 60),
)


def hostile(words: str) -> FamilyPlan:
    child = ChildsPlan(*(words for _ in fields(ChildsPlan)))
    return FamilyPlan(words, words, (child, child), (words, words), (words,), words, (Phone(words, words),), PLAN.lines)


def test_an_ordinary_plan_is_one_page_with_everything_a_parent_needs_at_bedtime() -> None:
    read = pages(draw(PLAN))
    assert len(read) == 1
    said = squeezed(read[0])
    for words in (
        "Sleep plan for Ava", "20 November 2026", "Ava sleeps here: Their own cot.", "Saturday 28 November, Aunt Bea’s party.",
        "Ava sleeps here: A travel cot beside us.", "Nan takes nothing.", "Kim clears the cot tonight.",
        "We bring: a travel cot, by 22 November 2026.", "We come again on 1 December 2026.", "07700 900142", "111", "999", *PLAN.lines,
    ):  # fmt: skip
        assert squeezed(words) in said, words


def test_three_children_with_one_plan_for_the_next_night_are_still_one_page() -> None:
    twins = tuple(
        ChildsPlan(name, "Their own cot", *(getattr(AVA, part) for part in ("next_night", "next_place", "next_sober"))) for name in "ABC"
    )
    read = pages(draw(FamilyPlan("2026-11-20", children=twins, lines=PLAN.lines)))
    assert len(read) == 1
    assert squeezed("A, B and C sleep here: A travel cot beside us.") in squeezed(read[0])


def test_what_was_not_agreed_is_said_and_is_never_left_blank() -> None:
    said = squeezed(pages(draw(FamilyPlan("2026-11-20", children=(ChildsPlan("Ava"),))))[0])
    assert said.count(squeezed("not agreed yet. Phone us")) == 2
    assert squeezed("If one comes before we have planned it: a cot") in said
    part = squeezed(pages(draw(FamilyPlan("2026-11-20", children=(ChildsPlan("Ava", next_night="A party", next_sober="Nan"),))))[0])
    assert squeezed("Ava sleeps here: not agreed yet.") in part
    assert squeezed("Ask us for our number") in said
    assert pages(draw(FamilyPlan("2026-11-20")))


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_page_is_made_of_any_text_and_loses_none_of_it(kind: str) -> None:
    drawn = draw(hostile(HOSTILE[kind]))
    whole = "".join(
        squeezed(page).replace(squeezed("This page is yours to keep. If something changes, phone us."), "") for page in pages(drawn)
    )
    assert squeezed(glyphs.spelled(HOSTILE[kind])) in whole
    assert all(fonts(drawn).values())


@pytest.mark.parametrize("words", ["یہ بچہ صوفے پر سوتا ہے", "התינוק ישן על הספה", "سلام " * 2_000])
def test_right_to_left_text_makes_a_page(words: str) -> None:
    assert pages(draw(hostile(words)))


def test_a_long_text_is_cut_on_page_one_and_stands_in_full_behind_it() -> None:
    long = "We will see about it and write it down. " * 250
    read = pages(draw(FamilyPlan("2026-11-20", children=(AVA,), agreed=(long,), phones=PLAN.phones, lines=PLAN.lines)))
    assert "in full: note 1" in read[0]
    assert "07700 900142" in read[0].replace("\u00a0", " ")
    assert squeezed(long) in squeezed(
        "".join(page.replace("This page is yours to keep. If something changes, phone us.", "") for page in read)
    )


def test_the_files_title_names_nobody_and_the_same_plan_gives_the_same_bytes() -> None:
    drawn = draw(PLAN)
    assert drawn == draw(PLAN)
    reader = PdfReader(BytesIO(drawn))
    assert reader.metadata is not None
    assert reader.metadata.title == "Sleep plan"
    assert not [name for name in ("Ava", "Rosa", "Kim") if name in str(dict(reader.metadata))]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"  # type: ignore[index]


def test_the_page_has_no_place_for_what_it_must_not_say() -> None:
    """What cannot be held cannot be printed: nothing that judges, and nobody's address."""
    held = {one.name for made in (FamilyPlan, ChildsPlan, Phone) for one in fields(made)}
    assert held == {
        "made_on", "made_with", "children", "agreed", "promised", "next_visit", "phones", "lines", "name", "tonight", "next_night",
        "next_place", "next_sober", "who", "number",
    }  # fmt: skip


def test_five_lines_that_fit_what_was_said_stand_before_those_for_everybody() -> None:
    everybody = safer_sleep.lines((), 60)
    assert len(everybody) == 5
    said = (
        ("sleep.room", "other"),
        ("sleep.shared_with", "pet"),
        ("early", "true"),
        ("adult.smokes", "both"),
        ("sleep.surface", "armchair"),
    )
    fitting = safer_sleep.lines(said, 60)
    assert len(fitting) == 5
    assert sum("sofa" in line or "smoke" in line or "early" in line or "six months" in line or "pets" in line for line in fitting) == 5
    assert fitting == tuple(line.words for line in safer_sleep.LINES if line.words in fitting)


@pytest.mark.parametrize(
    ("days", "six_months", "how_many"), [(None, True, 5), (0, True, 5), (182, True, 5), (183, False, 5), (400, False, 4), (730, False, 0)]
)
def test_a_line_is_said_only_at_the_age_that_it_is_for(days: int | None, six_months: bool, how_many: int) -> None:
    lines = safer_sleep.lines((("sleep.room", "other"),), days)
    assert len(lines) == how_many
    assert any("six months" in line for line in lines) == six_months


def test_every_line_is_plain_short_and_judges_nobody() -> None:
    for line in safer_sleep.LINES:
        assert not [word for word in ("fail", "risk", "hazard", "deni", "should", "must", "SIDS", "died", "death") if word in line.words]
        assert max(len(sentence.split()) for sentence in line.words.split(". ")) <= 18, line.words


def test_a_child_for_whom_the_unusual_night_changes_nothing_is_not_in_its_plan() -> None:
    said = squeezed(pages(draw(FamilyPlan("2026-11-20", children=(AVA, ChildsPlan("Leo", "His own bed")))))[0])
    assert squeezed("Leo sleeps here: His own bed.") in said
    assert said.count(squeezed("Leo sleeps")) == 1

"""What is added to a visit that is sealed: kept like a visit, read beside it, and counted as none."""

import pytest

from tests.flow.notes import SAFE_NIGHT, Known
from tests.flow.world import World
from tests.letter.reading import one_line, pages
from visitapp.flow.given import given
from visitapp.look import chronology

WRONG = {"why": "mistake", "was_wrong": "I wrote that Nan was there.", "words": "It was the neighbour.", "danger": "none"}


def add(family, to: str, said=None, **how) -> str:
    return family.visit(said if said is not None else WRONG, form="addition", adds_to=to, **how)


def test_it_stands_beside_the_visit_which_stays_as_it_was_sealed(world: World):
    family = world.family()
    visit = family.visit()
    before = world.rows("SELECT * FROM submission")
    one = add(family, visit, on="2026-11-22", who="midwife")
    two = add(family, visit, WRONG | {"words": "<b>\u05e9\u05dc\u05d5\u05dd \U0001f642 " + "x" * 9_000})
    assert world.rows("SELECT * FROM submission")[:1] == before
    found = chronology.visit(world.w, world.who["hv"], visit)
    assert found
    assert [(row.row["submission"], row.row["author_name"]) for row in found.added] == [(one, "Worker midwife"), (two, "Worker hv")]
    beside = chronology.visit(world.w, world.who["hv"], one)
    assert beside
    assert beside.adds_to
    assert (beside.adds_to["id"], beside.adds_to["occurred_on"], beside.added) == (visit, "2026-11-22", ())


def test_it_is_no_visit_and_takes_nothing_back(world: World):
    family = world.family()
    visit = family.sofa(on="2026-11-20")

    def stands():
        with world.w.engine.read() as tx:
            return given(world.w, tx, family.household, "2026-11-24")["history"]

    before, level = stands(), world.rows("SELECT level_at_least, last_visit_on, last_seen_child_on FROM household_now")
    add(family, visit, on="2026-11-21")
    assert stands() == before
    assert world.rows("SELECT level_at_least, last_visit_on, last_seen_child_on FROM household_now") == level


def test_danger_that_is_remembered_is_for_now(world: World):
    family = world.family()
    visit = family.visit(on="2026-11-20")
    add(family, visit, {"why": "learnt", "words": "He was limp when I left.", "danger": "now"}, on="2026-11-21")
    assert [row["level_at_least"] for row in world.rows("SELECT level_at_least FROM household_now")] == [4]
    assert family.state() == "proposed"


def test_the_letter_says_what_was_added_and_nothing_that_was_recorded_apart(world: World):
    family = world.family()
    visit = family.sofa()
    add(family, visit, WRONG | {"words_apart": "Text her at noon only."})
    family.send()
    letter = [one_line(page) for page in pages(world.post.sent[0].pdf)]
    said = "Why: Something I wrote was wrong; What was wrong: I wrote that Nan was there; Added: It was the neighbour"
    assert f"Added on 22 November 2026: {said}" in letter[0], "page one alone is enough"
    assert "Added to the visit after it was written down" in " ".join(letter)
    assert "noon" not in " ".join(letter)


def test_one_that_arrives_before_its_visit_finds_it(world: World):
    family = world.family()
    visit = world.w.new_id()
    add(family, visit)
    assert world.count("quarantine") == 0
    family.visit(family.child(SAFE_NIGHT, low_birth_weight=Known("told", False)), id=visit)
    found = chronology.visit(world.w, world.who["hv"], visit)
    assert found
    assert len(found.added) == 1


@pytest.mark.parametrize("to", ["of another family", "", "not an id"])
def test_one_that_adds_to_another_family_or_to_nothing_is_kept_and_looked_at(world: World, to: str):
    family, other = world.family(), world.family("Brook")
    theirs = other.visit()
    add(family, theirs if to.startswith("of") else to)
    assert [row["reason"] for row in world.rows("SELECT reason FROM quarantine")] == ["adds_to_another"]
    assert world.count("addition") == 0

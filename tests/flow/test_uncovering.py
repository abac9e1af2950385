"""What a story says is asked, whatever the ordinary answers that it began with would hide."""

from pathlib import Path
from typing import Any

import pytest

from visitapp.flow.stories.uncovering import uncover
from visitapp.formlang import Catalogue, load_catalogue

ON = "2026-11-22"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2] / "forms")


def given(**born: str) -> dict[str, Any]:
    return {"people": {key: {"born_on": day, "gestation_days": 280} for key, day in born.items()}, "history": {}}


def values(answers: dict[str, Any], *ids: str) -> list[Any]:
    return [answers[id]["value"] for id in ids]


def test_a_severe_floor_means_that_the_room_was_not_fine(catalogue: Catalogue) -> None:
    answers = {"room_living": {"value": "fine"}, "room_sleep": {"value": "fine"}, "floors": {"value": "severe"}}
    found = uncover(catalogue.current("home_visit"), ON, answers, {}, {"floors": "severe"})
    assert values(answers, "room_living", "floors") == ["something", "severe"]
    assert (len(found.taken), found.hidden) == (1, ())


def test_what_the_story_said_itself_never_gives_way(catalogue: Catalogue) -> None:
    answers = {"room_living": {"value": "fine"}, "room_sleep": {"value": "fine"}, "floors": {"value": "severe"}}
    said = {"floors": "severe", "room_living": "fine", "room_sleep": "fine"}
    found = uncover(catalogue.current("home_visit"), ON, answers, {}, said)
    assert values(answers, "room_living") == ["fine"]
    assert found.hidden == ("floors",)


def test_of_several_choices_the_one_that_opens_is_added_and_none_of_these_goes(catalogue: Catalogue) -> None:
    answers = {"home_also": {"value": ["nothing"]}, "damp": {"value": "severe"}, "cause": {"value": ["landlord"]}}
    uncover(catalogue.current("home_visit"), ON, answers, {}, {"damp": "severe", "cause": ["landlord"]})
    assert values(answers, "home_also") == [["damp"]]


def test_a_question_that_waits_for_another_that_waits_is_asked_too(catalogue: Catalogue) -> None:
    row = {"uses": {"value": ["alcohol"]}, "audit_often": {"value": "four_week"}}
    answers: dict[str, Any] = {
        "contact": {"value": "extra"}, "interpreter": {"value": "not_needed"},
        "adult_use": {"rows": [{"id": "r1", "person": "p1", "answers": row}], "complete": True},
    }  # fmt: skip
    said = {"adult_use": {"p1": {"audit_often": "four_week", "uses": ["alcohol"]}}}
    found = uncover(catalogue.current("home_visit"), ON, answers, {}, said)
    assert found.hidden == ()
    assert row["use_alone"]["value"] is True
    assert "affected_today" not in row


def test_a_child_of_whom_the_story_said_something_is_looked_at_alone(catalogue: Catalogue) -> None:
    rows = [
        {"id": "a", "person": "ava", "answers": {"seen": {"value": "awake"}, "said": {"value": "Dada"}}},
        {"id": "b", "person": "tom", "answers": {"seen": {"value": "not_seen"}, "not_seen_why": {"value": "At nursery."}}},
    ]
    answers = {"children": {"rows": rows, "complete": True}}
    before = [dict(row["answers"]) for row in rows]
    found = uncover(
        catalogue.current("home_visit"), ON, answers, given(ava="2026-09-20", tom="2023-05-02"), {"children": {"tom": {"seen": "not_seen"}}}
    )
    assert [row["answers"] for row in rows] == before
    assert found.taken == found.hidden == ()


def test_nobody_is_made_to_seem_affected_so_that_something_else_can_be_said(catalogue: Catalogue) -> None:
    """A gate that opens in several ways is not opened by the gravest of them, and a way that leads nowhere is gone back whole."""
    for said in ({"use_alone": False}, {"sober_carer": "nobody"}, {"use_alone": False, "audit_often": "weekly"}):
        row = {id: {"value": value} for id, value in said.items()}
        answers: dict[str, Any] = {
            "contact": {"value": "extra"}, "interpreter": {"value": "not_needed"}, "any_affected": {"value": False},
            "adult_use": {"rows": [{"id": "r1", "person": "p1", "answers": row}], "complete": True},
        }  # fmt: skip
        uncover(catalogue.current("home_visit"), ON, answers, {}, {"adult_use": {"p1": said}})
        assert answers["any_affected"]["value"] is False
        assert "affected_today" not in row

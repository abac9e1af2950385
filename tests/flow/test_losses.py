"""A loss stops every reminder and family letter at once, holds the record, and leaves brothers and sisters what they are owed."""

from typing import Any

import pytest

from tests.flow.family_work import HOSTILE, TOO_LONG, agree, calling_for, owed, problem_of, refused, seen
from visitapp.flow import agreed_level, children, helping, life_events, losses, people
from visitapp.formlang.model import Duty
from visitapp.problems import Problem
from visitapp.store import caseload, households, recipients
from visitapp.store.seen import STANDS, Families


def lose(world, family, person="Ava", who="hv", **said: Any) -> None:
    plain = {"kind": "died", "person": family.people.get(person, person), "on_date": "2026-11-21", "words": ""}
    losses.record(world.w, world.who[who], family.household, **(plain | said))


def stopped(world, family) -> bool:
    with world.w.engine.read() as tx:
        return losses.stopped(tx, family.household)


def planned(world, family) -> list[str]:
    return [row["what"] for row in world.rows(f"SELECT what FROM planned_visit WHERE household = :h AND {STANDS}", h=family.household)]


def here(world, family) -> list[str]:
    with world.w.engine.read() as tx:
        return [row["given_names"] for row in households.members(tx, family.household)]


def home(world, family, person):
    life_events.home_from_hospital(world.w, world.who["hv"], family.people[person], household=family.household, on_date="2026-11-20")


def test_everything_about_the_child_ends_and_what_is_owed_for_a_brother_stays(world):
    calling_for(world)
    family = world.family()
    family.member("Tom", "Okoro", "child", born_on="2024-05-01")
    home(world, family, "Ava")
    home(world, family, "Tom")
    helping.need(world.w, world.who["hv"], family.household, what="cot", person=family.people["Ava"], needed_on="2026-11-20")
    people.plan_visit(world.w, world.who["hv"], family.household, what="6-8 week visit", on_date="2026-11-25")
    people.plan_visit(world.w, world.who["hv"], family.household, what="Tom’s two-year review", on_date="2026-11-27")
    kept = world.rows("SELECT id FROM planned_visit WHERE what = 'Tom’s two-year review'")[0]["id"]
    lose(world, family, still_planned=[kept])
    assert here(world, family) == ["Tom", "Ada"]
    assert planned(world, family) == ["Tom’s two-year review"]
    assert sorted((one["kind"], one["owner_account"]) for one in owed(world, family)) == [
        ("after_loss", world.who["hv"]), ("see_child", world.who["hv"]),
    ]  # fmt: skip
    assert "Tom" in owed(world, family, "see_child")[0]["what"]
    assert {row["evidence"] for row in world.rows("SELECT evidence FROM duty_closed")} == {"Ava died on 21 November 2026."}
    with world.w.engine.read() as tx:
        assert losses.stopped(tx, family.household)
        assert not losses.held(tx, family.household)
    told = world.rows("SELECT to_account FROM notice WHERE what = :what", what=losses.TOLD)
    assert [row["to_account"] for row in told] == [world.who["lead"]]


def test_a_record_without_another_child_is_held_and_no_plan_calls_the_police(world):
    family = world.family()
    agree(world, family)
    lose(world, family)
    refused(family)
    assert owed(world, family, "plan_action") == []
    with pytest.raises(Problem, match="held since the loss"):
        agree(world, family)
    with pytest.raises(Problem, match="held since the loss"):
        agreed_level.agree(world.w, world.who["hv"], family.household, level=1, reason="Nobody is there to be harmed.")
    children.add(world.w, world.who["hv"], family.household, given_names="Noor", family_name="Okoro", due_on="2027-05-01")
    with world.w.engine.read() as tx:
        assert losses.stopped(tx, family.household)
        assert not losses.held(tx, family.household)
    agree(world, family)


def test_a_late_visit_is_kept_and_calls_for_nothing_about_the_child(world):
    family = world.family()
    calling_for(world, child_not_seen=[Duty("see", "See {child}.", "practitioner", "same_day")])
    lose(world, family)
    seen(family, on="2026-11-20")
    assert [one["kind"] for one in owed(world, family)] == ["after_loss"]


def test_no_paper_goes_to_the_parents_and_one_that_waited_waits_no_more(world):
    family = world.family()
    family.sofa()
    referral = family.send()
    with world.w.engine.write() as tx:
        recipients.add(
            tx, id="copy", referral=referral, household=family.household, place="copy", document="family_copy", number=1,
            receiving_team=None, name="The parents", address="", phone="", transport="by_hand", reasons=(), at=world.clock(), actor="t",
        )  # fmt: skip
        assert recipients.waits(tx, "copy")
    lose(world, family)
    with world.w.engine.read() as tx:
        assert not recipients.waits(tx, "copy")
    losses.in_error(world.w, world.who["hv"], family.household, str(event(world, family)), why="It was another family.")
    with world.w.engine.read() as tx:
        assert recipients.waits(tx, "copy")


def event(world, family) -> int:
    return world.rows("SELECT max(seq) AS seq FROM life_event WHERE household = :h", h=family.household)[0]["seq"]


def test_in_both_homes_of_the_child_at_once_and_taken_back_in_both(world):
    family, other = world.family(), world.family("Brook", practitioner="midwife")
    people.add_member(world.w, world.who["lead"], other.household, person=family.people["Ava"], role="child")
    people.plan_visit(world.w, world.who["midwife"], other.household, what="Six week review of her brother", on_date="2026-12-01")
    lose(world, family)
    assert "Six week review of her brother, 1 December 2026" in owed(world, other, "after_loss")[0]["what"], "nobody there was asked"
    assert stopped(world, family)
    assert stopped(world, other)
    assert world.who["midwife"] in [row["to_account"] for row in world.rows("SELECT to_account FROM notice")]
    losses.in_error(world.w, world.who["hv"], family.household, str(event(world, family)), why="The wrong child.")
    assert not stopped(world, family)
    assert not stopped(world, other)
    assert "Ava" in here(world, family)
    assert here(world, other).count("Ava") == 2
    assert owed(world, family) == []
    assert owed(world, other) == []


def test_a_pregnancy_that_ended_shows_no_due_date_and_reminds_nobody(world):
    family = world.family("Brook", born_on=None, due_on="2027-03-01")
    people.plan_visit(world.w, world.who["hv"], family.household, what="Antenatal contact", on_date="2026-12-01")
    assert problem_of(lose, world, family) == "kind"
    assert problem_of(lose, world, family, person="Ada", kind="miscarried") == "person"
    lose(world, family, kind="miscarried")
    with world.w.engine.read() as tx:
        assert [row["due_on"] for row in caseload.people(tx, Families.one(family.household))] == [None]
    assert planned(world, family) == []
    assert "child death review" not in owed(world, family, "after_loss")[0]["what"]


def test_letters_go_again_only_when_a_supervisor_says_so(world):
    family = world.family()
    lose(world, family)
    assert problem_of(losses.resume, world.w, world.who["hv"], family.household, why="They asked for it.") == "why"
    losses.resume(world.w, world.who["lead"], family.household, why="They asked for letters again.")
    assert not stopped(world, family)
    assert problem_of(losses.resume, world.w, world.who["lead"], family.household, why="Again.") == "why"


def test_what_is_said_is_checked_and_kept_as_typed(world):
    family = world.family()
    for said, field in (
        ({"kind": "left"}, "kind"), ({"person": None}, "person"), ({"person": "Ada"}, "person"), ({"on_date": None}, "on_date"),
        ({"on_date": "2026-11-23"}, "on_date"), ({"on_date": "2026-09-01"}, "on_date"), ({"words": TOO_LONG}, "words"),
        ({"kind": "miscarried"}, "kind"),
    ):  # fmt: skip
        assert problem_of(lose, world, family, **said) == field, said
    for number, text in enumerate(HOSTILE.values()):
        one = world.family(f"Family {number}")
        lose(world, one, words=text)
        assert world.rows("SELECT words FROM loss WHERE household = :h", h=one.household)[0]["words"] == text

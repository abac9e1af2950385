"""What a family's past says on the first screen: earlier children's findings to a new baby, visits not completed with dates, what was
agreed and not done, and nothing that was told in confidence."""

import json
import re
from typing import Any

import pytest

from tests.flow.notes import SAFE_NIGHT, Known
from tests.flow.world import Family, World
from visitapp.domain.past import Moment
from visitapp.domain.remembered import Remembered
from visitapp.flow import helping, life_events, plans, together
from visitapp.flow.given import recall
from visitapp.flow.remembering import remember
from visitapp.formlang.lint import JUDGING
from visitapp.store import submissions
from visitapp.store.caseload import newest_seq
from visitapp.store.seen import Families

TODAY = "2026-11-22"


def remembered(world: World, family: Family) -> Remembered:
    with world.w.engine.read() as tx:
        return remember(world.w.catalogue, tx, Families.one(family.household), TODAY, newest_seq(tx), world.clock())[family.household]


def lines(world: World, family: Family) -> list[str]:
    return remembered(world, family).lines


def test_a_family_without_a_past_says_nothing(world: World) -> None:
    found = remembered(world, world.family())
    assert (found.lines, found.plans, found.courses, found.established) == ([], [], [], {})


def test_a_new_babys_first_screen_says_what_was_found_of_earlier_children_and_elsewhere(world: World) -> None:
    before = world.family("Before", born_on="2026-04-01")
    before.sofa(on="2026-06-01")
    before.sofa(on="2026-07-01")
    before.not_let_in(on="2026-07-10")
    now = world.family("Now", born_on=None, due_on="2027-02-01")
    assert lines(world, now) == []
    life_events.same_family(world.w, world.who["hv"], now.household, earlier=before.household, why="The mother said so.")
    said = lines(world, now)
    assert "Nobody answered: 1 visit (10 July 2026)." in said
    assert any(line.startswith("Ava slept on a sofa") and line.endswith("(at 2 visits, the last on 1 July 2026).") for line in said)


def test_visits_not_completed_are_said_by_kind_with_dates_and_how_many(world: World) -> None:
    family = world.family()
    for on, outcome in (
        ("2026-06-01", "no_answer"), ("2026-11-01", "no_answer"), ("2026-11-02", "signs_no_answer"), ("2026-11-03", "refused_at_door"),
        ("2026-11-04", "cancelled_by_service"), ("2026-10-04", "no_answer"),
    ):  # fmt: skip
        family.not_let_in(outcome, on=on)
    said = lines(world, family)
    assert said[:3] == [
        "Ava was not seen at any visit yet.",
        "Nobody answered: 4 visits, 3 of them in the last 90 days (the last on 2 November 2026, 1 November 2026 and 4 October 2026).",
        "An adult opened the door and did not let us in: 1 visit in the last 90 days (3 November 2026).",
    ]
    assert not any("4 November" in line for line in said), "what we cancelled is not counted"


def test_each_child_was_seen_on_its_own_day(world: World) -> None:
    family = world.family()
    family.member("Ben", "Okoro", "child", born_on="2023-05-01")
    family.visit(family.child(SAFE_NIGHT), on="2026-11-10")
    people_seen = [line for line in lines(world, family) if "seen" in line][:2]
    assert people_seen == ["Ava was last seen on 10 November 2026 (12 days).", "Ben was not seen at any visit yet."]


def test_what_was_agreed_and_not_done_and_who_was_told(world: World) -> None:
    family, w, hv = world.family(), world.w, world.who["hv"]
    action = {"what": "Ask the police to see the children", "owner": "Jo Reed", "hours": 4, "owner_account": hv}
    plan = plans.agree(
        w, hv, family.household, source="child_protection", agreed_on="2026-11-01", agreed_by="Ada", trigger_kind="refused_entry",
        trigger_words="they refuse entry", actions=[action],
    )  # fmt: skip
    police = together.involve(w, hv, family.household, kind="police", name="Eastmoor police", from_on="2026-11-01")
    together.involve(w, hv, family.household, kind="gp", name="Mill Row surgery", from_on="2026-11-01")
    together.tell_agency(w, hv, police, how="told", on_date="2026-11-02")
    helping.need(w, hv, family.household, what="cot", needed_on="2026-11-01")
    family.not_let_in("refused_at_door", on="2026-11-20")
    found = remembered(world, family)
    assert "Child protection plan, agreed on 1 November 2026: 1 trigger met, 0 of 1 actions done." in found.lines
    assert "Police (Eastmoor police): told on 2 November 2026, no reply recorded." in found.lines
    assert "GP (Mill Row surgery): nothing is recorded of what they were told." in found.lines
    assert "2 agencies work with the family, and no lead professional is named." in found.lines
    assert "A cot needed since 1 November 2026: not ordered, not seen in use." in found.lines
    [shown] = found.plans
    assert (shown["id"], shown["met"], shown["done"], shown["actions"]) == (plan, 1, 0, 1)
    assert found.given["history"]["actions_not_done"] == 1


def test_what_somebody_told_us_is_neither_said_nor_established(world: World) -> None:
    family = world.family()
    family.visit(family.child(SAFE_NIGHT), on="2026-11-01")
    before = lines(world, family)
    with world.w.engine.write() as tx:
        stamp = {"at": world.clock(), "actor": "service"}
        submissions.keep(
            tx, id="told", household=family.household, form="home_visit", form_version=1, form_hash="f" * 64, author=world.who["hv"],
            device="d", envelope="{}", body=b"{}", sha256="0" * 64, occurred_on="2026-11-05", received_at=world.clock(),
        )  # fmt: skip
        told = [("", "information.source", "neighbour", "told"), (family.people["Ada"], "adult.uses", "cannabis", "told")]
        submissions.record_reading(
            tx, submission="told", household=family.household, kind="information", outcome=None, child_seen=True, occurred_on="2026-11-05",
            measures=told, **stamp,
        )  # fmt: skip
    after = remembered(world, family)
    assert after.lines == [*before, "Noted between visits: 1 time (5 November 2026). See the chronology."]
    assert "neighbour" not in json.dumps([after.established, after.courses, after.plans, after.lines])
    assert after.given["history"]["days_since_child_seen"] == 21, "nobody of ours saw the child"


def smokes(family: Family, value: str, **more: Any) -> dict[str, Any]:
    return {"adult_use": {"rows": [{"id": "a1", "person": family.people["Ada"], "answers": {"smokes": {"value": value, **more}}}]}}


def established(world: World, family: Family) -> dict[str, Any]:
    found = remembered(world, family).established.get(family.people["Ada"], {}).get("adult.smokes", {})
    return {part: found.get(part) for part in ("values", "known", "on", "by")}


@pytest.mark.parametrize(("grams", "said", "shown"), [
    (2499, None, "true"), (2500, None, "false"), (None, None, None),
    (2499, "false", "true"),  # the scales at birth know better than a hurried "no"
    (2500, "true", "true"),  # and what a parent's book showed is not taken back by a record
])  # fmt: skip
def test_a_weight_that_was_recorded_at_birth_is_confirmed_and_not_asked(
    world: World, grams: int | None, said: str | None, shown: str | None
) -> None:
    family = world.family(birth_weight_g=grams)
    if said:
        family.visit(family.child(low_birth_weight=Known("shown", said == "true")), on="2026-10-01")
    found = remembered(world, family).established.get(family.people["Ava"], {}).get("child.low_birth_weight")
    assert (found and found["values"]) == (shown and [shown])
    assert found is None or said == "true" or (found["on"], found["by"], found["known"]) == ("2026-09-20", "", "")


def test_what_was_established_is_carried_with_its_day_how_it_was_known_and_by_whom(world: World) -> None:
    family = world.family()

    def write(on: str, answers: dict[str, Any], who: str = "hv") -> None:
        tablet = world.tablet(who)
        assert tablet.send(tablet.write(family.household, "home_visit", on, answers)).status == 201
        world.work()

    write("2026-10-01", smokes(family, "smokes", known="told"))
    assert established(world, family) == {"values": ["smokes"], "known": "told", "on": "2026-10-01", "by": "Worker hv"}
    write("2026-10-08", smokes(family, "smokes", known="told", since="2026-10-01"), who="midwife")
    assert established(world, family) == {"values": ["smokes"], "known": "told", "on": "2026-10-01", "by": "Worker midwife"}
    write("2026-10-15", {})
    assert established(world, family)["on"] == "2026-10-01", "a visit that did not ask changes nothing"
    write("2026-10-22", smokes(family, "neither", known="seen"))
    assert established(world, family) == {"values": ["neither"], "known": "seen", "on": "2026-10-22", "by": "Worker hv"}
    assert "child.seen" not in str(remembered(world, family).established), "what must be fresh every time is never carried"


def test_an_answer_that_does_not_last_takes_the_place_of_one_that_did(world: World) -> None:
    """That no interpreter was needed is confirmed next time; once one was, nobody is offered to confirm that none is."""
    family = world.family()
    for on, who in (("2026-10-01", "not_needed"), ("2026-10-08", "relative")):
        family.visit({"interpreter": who}, on=on)
        assert remembered(world, family).established[""]["visit.interpreter"]["values"] == [who]


def test_the_sentences_are_short_few_and_judge_nobody(world: World) -> None:
    family = world.family()
    for number in range(60):
        on = f"2026-{1 + number // 6:02}-{1 + number % 6 * 4:02}"
        family.sofa(on=on) if number % 3 else family.not_let_in(on=on)
    for number in range(30):
        together.involve(
            world.w, world.who["hv"], family.household, kind="other", name=f"Agency {number} " + "x" * 900, from_on="2026-01-01"
        )
    found = remembered(world, family)
    assert len(found.lines) <= 40
    assert max(map(len, found.lines)) <= 300
    assert max(len(course["points"]) for course in found.courses) == world.w.catalogue.policy.number("earlier_visits_shown")
    said = " ".join(found.lines).lower()
    assert not [word for word in (*JUDGING, "score", "level of need", "danger") if re.search(rf"\b{word}\b", said)]
    assert len(json.dumps([found.lines, found.courses])) < 20_000


def test_looking_back_twice_reads_once_and_says_the_same(world: World) -> None:
    family = world.family()
    for on in ("2026-09-01", "2026-10-01", "2026-11-01"):
        family.sofa(on=on)
    with world.w.engine.read() as tx:
        seq = newest_seq(tx)
        now = recall(world.w.catalogue, tx, Families.one(family.household), Moment(TODAY))
        for moment in (Moment("2026-10-15", seq // 2), Moment("2026-11-01", seq - 3), Moment(TODAY, seq)):
            alone = recall(world.w.catalogue, tx, Families.one(family.household), moment)
            assert now.at(tx, moment).given(family.household) == alone.given(family.household)

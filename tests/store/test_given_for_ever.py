"""Whatever happens to families, in any order: one alone or among many is answered alike, and what was once given is given again."""

from random import Random

import pytest

from tests.store import build
from tests.store.test_given import CATALOGUE, ON, given, involve, join
from visitapp.domain.duties import action_subject
from visitapp.domain.outcomes import NEVER_COUNTED
from visitapp.domain.past import LAST, Moment
from visitapp.domain.plans import Action
from visitapp.flow.given import recall
from visitapp.store import agreed_levels, duties, helping, households, life_events, plans, together
from visitapp.store.caseload import newest_seq
from visitapp.store.engine import Engine
from visitapp.store.seen import Families
from visitapp.store.tx import Tx

MOMENTS = ("2026-08-20", "2026-11-01", ON, "2026-11-25")


@pytest.mark.parametrize("seed", range(3))
def test_many_families_at_once_are_each_as_if_asked_alone(engine: Engine, seed: int) -> None:
    random = Random(seed)
    with engine.write() as tx:
        build.team(tx)
        build.staff(tx)
        ids = tuple(build.family(tx, f"f{number}") for number in range(6))
        for number in range(60):
            live(tx, random, number, random.choice(ids[1:]), random.choice(ids[1:]))
        known, different = Families(ids, "SELECT id FROM household", {}), set()
        for _ in range(12):
            seq, before = random.choice([None, random.randrange(newest_seq(tx))]), random.choice([None, random.randrange(newest_seq(tx))])
            moment = Moment(random.choice(MOMENTS), seq or LAST, f"v{random.randrange(60)}", before or LAST)
            alone = {id: recall(CATALOGUE, tx, Families.one(id), moment).given(id) for id in ids}
            together = recall(CATALOGUE, tx, known, moment)
            assert {id: together.given(id) for id in ids} == alone
            different |= {str(one) for one in alone.values()}
            earlier = Moment(min(MOMENTS), seq or LAST)
            assert together.at(tx, earlier).given(ids[1]) == recall(CATALOGUE, tx, Families.one(ids[1]), earlier).given(ids[1])
    assert alone[ids[0]]["people"] == {}, "a family of which nothing is known is there too"
    assert len(different) > 10


@pytest.mark.parametrize("seed", range(4))
def test_what_a_tablet_carried_is_worked_out_again_whatever_happened_since(engine: Engine, seed: int) -> None:
    random = Random(100 + seed)
    carried = []
    with engine.write() as tx:
        build.team(tx)
        build.staff(tx)
        ids = tuple(build.family(tx, f"f{number}") for number in range(3))
        for number in range(80):
            live(tx, random, number, random.choice(ids), random.choice(ids))
            if random.random() < 0.2:
                on, seq, family = random.choice(MOMENTS), newest_seq(tx), random.choice(ids)
                carried.append((family, on, seq, given(tx, family, on, seq)))
        for family, on, seq, first in carried:
            assert given(tx, family, on, seq) == first
            whole = recall(CATALOGUE, tx, Families.one(family), Moment(on))
            assert whole.at(tx, Moment(on, seq)).given(family) == first, "read once and looked at from then"
    assert len({str(first["history"]) for _, _, _, first in carried}) > 3


def arrange(tx: Tx, random: Random, number: int, household: str) -> None:
    """Something is agreed for a family, done about it, or ended; what it is about may be of another family or not be there."""
    on, some = random.choice(MOMENTS), random.randrange(number + 1)
    there = {row["id"] for table in ("plan", "agency", "help_order", "level_agreed") for row in tx.all(f"SELECT id FROM {table}")}
    match random.choice(("plan", "met", "ended", "agency", "told", "closed", "help", "step", "level", "answer", "meeting", "lead", "home")):
        case "plan":
            plans.add(
                tx, id=f"plan{number}", household=household, source="safety", agreed_on=on, agreed_by="", trigger_kind="refused_entry",
                trigger_words="", trigger_count=None, trigger_days=None, actions=(Action("Call", "Jo", 4),), review_on=None, **build.STAMP,
            )  # fmt: skip
        case "met" if f"plan{some}" in there:
            plans.meet(
                tx, id=f"met{number}", plan=f"plan{some}", household=household, cause=f"c{number}", on_date=on, why="", **build.STAMP
            )
            duties.owe(
                tx, subject=action_subject(f"met{number}", 1), kind="plan_action", what="", due_at=build.AT, household=household,
                **build.STAMP,
            )  # fmt: skip
        case "ended" if f"plan{some}" in there:
            plans.end(tx, plan=f"plan{some}", household=household, on_date=on, reason="", **build.STAMP)
        case "agency":
            involve(tx, f"agency{number}", random.choice(("gp", "social_worker", "early_help")), on, household=household)
        case "told" if f"agency{some}" in there:
            together.tell(tx, agency=f"agency{some}", household=household, how="told", on_date=on, words="", **build.STAMP)
        case "closed" if f"agency{some}" in there:
            together.close(tx, agency=f"agency{some}", household=household, on_date=on, reason="", unresolved=("x",), **build.STAMP)
        case "help":
            helping.need(tx, id=f"help{number}", household=household, what="cot", person=None, words="", needed_on=on, **build.STAMP)
        case "step" if f"help{some}" in there:
            helping.step(tx, order=f"help{some}", household=household, step="seen_in_use", on_date=on, words="", **build.STAMP)
        case "level":
            agreed_levels.propose(
                tx, id=f"level{number}", household=household, level=random.randrange(1, 5), from_level=random.choice([None, 3]), reason="",
                **build.STAMP,
            )  # fmt: skip
        case "answer" if f"level{some}" in there:
            agreed_levels.answer(tx, agreed=f"level{some}", household=household, agrees=True, reason="", **build.STAMP)
        case "meeting":
            together.meet(tx, id=f"m{number}", household=household, on_date=on, attended="", agencies=2, decisions=[], **build.STAMP)
        case "lead":
            together.name_lead(tx, household=household, name="Jo", account=None, agency=None, from_on=on, **build.STAMP)
        case "home":
            for row in tx.all("SELECT person FROM member_now WHERE household = :household", household=household)[:1]:
                life_events.add(
                    tx, person=row["person"], household=household, kind="home_from_hospital", on_date=on, words="", **build.STAMP
                )  # fmt: skip


def live(tx: Tx, random: Random, number: int, household: str, other: str) -> None:
    """Something happens to a family."""
    match random.choice(("child", "leaves", "agency", "confirmed", "arranged", "arranged", "visit", "visit", "visit")):
        case "arranged":
            arrange(tx, random, number, household)
        case "child":
            build.member(tx, f"p{number}", household=household, born_on=random.choice([None, "2023-02-01", "2026-09-20"]))
        case "leaves":
            for row in tx.all("SELECT membership FROM member_now WHERE household = :household", household=household)[:1]:
                households.end_membership(tx, membership=row["membership"], on_date=ON, reason="moved", **build.STAMP)
        case "agency":
            involve(tx, f"a{number}", random.choice(("gp", "social_worker")), random.choice(MOMENTS), household=household)
        case "confirmed":
            join(tx, household, other)
        case _:
            kind, outcome = random.choice(
                [("visit", None), ("visit_not_completed", "no_answer"), ("visit_not_completed", NEVER_COUNTED[0]), ("information", None)]
            )
            seen, home = random.choice([True, False, None]), random.randrange(9)
            build.visit(
                tx, f"v{number}", on=random.choice(MOMENTS), household=household, kind=kind, outcome=outcome, child_seen=seen,
                measures=[("", "home.state", str(home), f"could be {home + random.randrange(9)}"), ("p1", "child.seen", "awake", "")],
            )  # fmt: skip
            for _ in range(random.randrange(3)):
                found = [(code, "sleep", random.choice(["present", "absent", "cannot_tell"])) for code in ("sleep_sofa", "sleep_smoke")]
                build.assessment(tx, f"v{number}", household=household, findings=found, kind=random.choice(["today", "as_shown"]))

"""Plans, agencies, help, agreed levels and what joins two records of a family: kept as said, and asked as of any moment before."""

from typing import Any

import pytest

from tests.store import build
from visitapp.domain.plans import Action
from visitapp.store import agreed_levels, duties, helping, life_events, plans, together
from visitapp.store.engine import Engine
from visitapp.store.seen import Families
from visitapp.store.tx import Tx

FAM = Families.one("fam")
CALL = Action("Call the police", "Duty social worker", 4, backup="Team manager")
DISCUSS = Action("Ask for a discussion", "Health visitor", 4, owner_account="hv", after_declined=True)


@pytest.fixture
def tx(engine: Engine) -> Any:
    with engine.write() as tx:
        build.staff(tx)
        build.staff(tx, "lead", role="supervisor")
        for id in ("fam", "old", "older", "other"):
            build.family(tx, id)
        yield tx


def agree(tx: Tx, id: str = "p", *, household: str = "fam", **more: Any) -> int:
    said: dict[str, Any] = {
        "source": "child_protection", "agreed_on": "2026-11-01", "agreed_by": "All", "trigger_kind": "refused_entry",
        "trigger_words": "they refuse", "trigger_count": None, "trigger_days": None, "actions": (CALL, DISCUSS), "review_on": None,
    }  # fmt: skip
    return plans.add(tx, id=id, household=household, **(said | more), **build.STAMP)


def meet(tx: Tx, id: str, *, cause: str, plan: str = "p") -> int | None:
    return plans.meet(tx, id=id, plan=plan, household="fam", cause=cause, on_date="2026-11-22", why="Refused.", **build.STAMP)


def test_a_plan_is_given_back_as_agreed_and_as_of_any_moment(tx: Tx) -> None:
    first = agree(tx)
    found = plans.plan(tx, "p")
    assert found is not None
    assert (found.actions, found.ended_on, found.stands, found.seq) == ((CALL, DISCUSS), None, True, first)
    ended = plans.end(tx, plan="p", household="fam", on_date="2026-11-20", reason="Stepped down", **build.STAMP)
    assert ended is not None
    assert plans.end(tx, plan="p", household="fam", on_date="2026-11-21", reason="Twice", **build.STAMP) is None
    assert [one.ended_on for one in plans.plans(tx, FAM)] == ["2026-11-20"]
    assert [one.ended_on for one in plans.plans(tx, FAM, ended - 1)] == [None]
    assert plans.plans(tx, FAM, first - 1) == []
    assert plans.plans(tx, Families.several(("other", "old"))) == []


def test_a_cause_meets_a_trigger_once(tx: Tx) -> None:
    agree(tx)
    assert meet(tx, "m1", cause="visit-1") is not None
    assert meet(tx, "m2", cause="visit-1") is None
    second = meet(tx, "m3", cause="visit-2")
    assert second is not None
    assert [one.id for one in plans.mets(tx, FAM)] == ["m1", "m3"]
    assert [one.id for one in plans.mets(tx, FAM, second - 1)] == ["m1"]


def test_what_is_known_of_an_action_is_its_newest_duty_and_how_that_ended(tx: Tx) -> None:
    owed = {"subject": "plan:m:1", "kind": "plan_action", "what": "Call", "household": "fam", "owner_account": "hv"}
    duties.owe(tx, due_at="2026-11-22T12:00:00.000Z", **owed, **build.STAMP)
    closed = duties.close(tx, duties.duty(tx, "plan:m:1") or {}, how="declined", evidence="Sgt", reference="INC-7", **build.STAMP)
    step = plans.steps(tx, FAM)["plan:m:1"]
    assert (step.how, step.evidence, step.reference, step.owner, step.closed_at) == ("declined", "Sgt", "INC-7", "Name of hv", build.AT)
    assert plans.steps(tx, FAM, closed - 1)["plan:m:1"].how == ""
    duties.owe(tx, due_at="2026-11-23T12:00:00.000Z", **owed, **build.STAMP)
    again = plans.steps(tx, FAM)["plan:m:1"]
    assert (again.how, again.due_at) == ("", "2026-11-23T12:00:00.000Z")


def test_only_standing_plans_that_count_days_run_by_the_clock(tx: Tx) -> None:
    agree(tx)
    agree(tx, "days", trigger_kind="child_unseen", trigger_days=10)
    agree(tx, "ended", household="other", trigger_kind="child_unseen", trigger_days=10)
    plans.end(tx, plan="ended", household="other", on_date="2026-11-20", reason="Moved", **build.STAMP)
    assert plans.by_the_clock(tx) == ["fam"]


def test_who_was_seen_and_when_is_read_from_the_measures(tx: Tx) -> None:
    seen = [("isla", "child.seen", "asleep", "seen"), ("ben", "child.seen", "not_seen", "")]
    build.visit(tx, "one", on="2026-11-10", measures=seen)
    build.visit(tx, "two", on="2026-11-12", kind="visit_not_completed", measures=[("", "child.seen_at_door", "true", "seen")])
    assert plans.seen_awake(tx, FAM) == {"isla": (None, "2026-11-10")}
    build.visit(tx, "three", on="2026-11-08", measures=[("isla", "child.seen", "awake", "seen")])
    assert plans.seen_awake(tx, FAM) == {"isla": ("2026-11-08", "2026-11-08")}  # neither asleep nor at the door
    assert duties.seen_in(tx, "one") == {"isla": "asleep"}
    assert (duties.seen_on(tx, "fam", "isla"), duties.seen_on(tx, "fam", "ben")) == ("2026-11-10", "")
    assert duties.completed_after(tx, "fam", "2026-11-09", 0) == ["one"]


def test_a_finding_counts_by_the_standing_judgement_of_its_visit(tx: Tx) -> None:
    first = build.visit(tx, "one", on="2026-11-10")
    build.assessment(tx, "one", findings=[("cold", "home", "cannot_tell")])
    assert plans.found_since(tx, FAM, "2026-11-01", "cold") == frozenset()
    build.assessment(tx, "one", findings=[("cold", "home", "present")])
    assert plans.found_since(tx, FAM, "2026-11-01", "cold") == {"one"}
    assert plans.found_since(tx, FAM, "2026-11-11", "cold") == frozenset()
    began = duties.opened(tx, "fam", "cold", 10**6)
    assert began is not None
    assert began[0] == "2026-11-10"
    assert first is not None
    assert duties.opened(tx, "fam", "cold", 1) is None


def test_an_agency_is_given_with_its_newest_word_and_its_closure_as_of_a_moment(tx: Tx) -> None:
    together.involve(
        tx, id="gp", household="fam", kind="gp", name="Mill Surgery", contact="", knows="", from_on="2026-11-01", **build.STAMP
    )  # fmt: skip
    for how, on in (("told", "2026-11-02"), ("replied", "2026-11-05")):
        last = together.tell(tx, agency="gp", household="fam", how=how, on_date=on, words="", **build.STAMP)
    closed = together.close(
        tx, agency="gp", household="fam", on_date="2026-11-10", reason="Moved", unresolved=("cold", "damp"), **build.STAMP
    )  # fmt: skip
    assert closed is not None
    now = together.agencies(tx, FAM)[0]
    assert (now["told_how"], now["told_on"], now["closed_on"], now["unresolved"]) == (
        "replied",
        "2026-11-05",
        "2026-11-10",
        '["cold","damp"]',
    )
    before = together.agencies(tx, FAM, last - 1)[0]
    assert (before["told_how"], before["closed_on"]) == ("told", None)
    assert [row["how"] for row in together.told(tx, "gp")] == ["told", "replied"]
    assert together.close(tx, agency="gp", household="fam", on_date="2026-11-11", reason="x", unresolved=(), **build.STAMP) is None


def test_leads_and_meetings_are_in_order_of_their_days(tx: Tx) -> None:
    for name, on in (("Second", "2026-11-10"), ("First", "2026-11-01")):
        together.name_lead(tx, household="fam", name=name, account=None, agency=None, from_on=on, **build.STAMP)
        together.meet(tx, id=name, household="fam", on_date=on, attended="All", agencies=2, decisions=[{"what": "x"}], **build.STAMP)
    assert [row["name"] for row in together.leads(tx, FAM)] == ["First", "Second"]
    assert [row["id"] for row in together.meetings(tx, FAM)] == ["First", "Second"]


def test_help_is_given_with_its_newest_step_as_of_a_moment(tx: Tx) -> None:
    needed = helping.need(tx, id="cot", household="fam", what="cot", person=None, words="", needed_on="2026-11-20", **build.STAMP)
    for name in ("ordered", "delivered"):
        last = helping.step(tx, order="cot", household="fam", step=name, on_date="2026-11-21", words="", **build.STAMP)
    assert [row["step"] for row in helping.orders(tx, FAM)] == ["delivered"]
    assert [row["step"] for row in helping.orders(tx, FAM, last - 1)] == ["ordered"]
    assert [row["step"] for row in helping.orders(tx, FAM, needed)] == [None]
    assert [row["step"] for row in helping.steps(tx, "cot")] == ["ordered", "delivered"]


# the agreed level


def level(tx: Tx, id: str, to: int, before: int | None, household: str = "fam") -> int:
    return agreed_levels.propose(tx, id=id, household=household, level=to, from_level=before, reason="x", **build.STAMP)


def answered(tx: Tx, id: str, *, agrees: bool) -> int | None:
    return agreed_levels.answer(tx, id, household="fam", agrees=agrees, reason="", **build.STAMP)


def stands(tx: Tx, household: str = "fam", seq: int = agreed_levels.LAST) -> int | None:
    found = agreed_levels.standing(tx, household, seq)
    return found["level"] if found else None


def test_raising_stands_at_once_and_lowering_from_the_second_persons_agreement(tx: Tx) -> None:
    assert stands(tx) is None
    level(tx, "a", 2, None)
    assert stands(tx) == 2
    raised = level(tx, "b", 3, 2)
    assert stands(tx) == 3
    level(tx, "c", 1, 3)
    assert stands(tx) == 3
    agreed = answered(tx, "c", agrees=True)
    assert agreed is not None
    assert (stands(tx), stands(tx, seq=agreed - 1), stands(tx, seq=raised)) == (1, 3, 3)
    assert answered(tx, "c", agrees=False) is None


def test_a_refused_lowering_never_stands(tx: Tx) -> None:
    level(tx, "a", 3, None)
    level(tx, "b", 2, 3)
    answered(tx, "b", agrees=False)
    assert stands(tx) == 3
    assert (agreed_levels.agreed(tx, "b") or {})["agrees"] == 0


# one family, two records


def test_an_earlier_household_and_its_own_earlier_one_are_this_familys_past(tx: Tx) -> None:
    level(tx, "a", 3, None, household="older")
    first = life_events.join_earlier(tx, household="old", earlier="older", why="Same mother", **build.STAMP)
    second = life_events.join_earlier(tx, household="fam", earlier="old", why="Same children", **build.STAMP)
    assert first is not None
    assert second is not None
    assert life_events.join_earlier(tx, household="fam", earlier="old", why="Again", **build.STAMP) is None
    assert life_events.earlier(tx, "fam") == ("fam", "old", "older")
    assert life_events.earlier(tx, "fam", second - 1) == ("fam",)
    assert life_events.later(tx, "older") == ("older", "old", "fam")
    assert life_events.later(tx, "other") == ("other",)
    assert (stands(tx, "fam"), stands(tx, "other")) == (3, None)


def test_households_that_name_each_other_are_walked_once(tx: Tx) -> None:
    for household, earlier in (("fam", "old"), ("old", "fam")):
        life_events.join_earlier(tx, household=household, earlier=earlier, why="A mistake", **build.STAMP)
    assert life_events.earlier(tx, "fam") == ("fam", "old")


def test_what_happened_to_a_person_is_asked_by_its_day(tx: Tx) -> None:
    build.member(tx, "isla")
    for on in ("2026-11-20", "2026-11-02"):
        life_events.add(tx, person="isla", household="fam", kind="home_from_hospital", on_date=on, words="", **build.STAMP)
    assert (life_events.newest(tx, "isla", "home_from_hospital") or {})["on_date"] == "2026-11-20"
    assert life_events.newest(tx, "isla", "into_hospital") is None
    assert [row["on_date"] for row in life_events.of_household(tx, "fam")] == ["2026-11-02", "2026-11-20"]

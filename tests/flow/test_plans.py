"""Agreed plans: a trigger that is met is owed by name within hours of the clock, and no good visit ends it."""

import threading

import pytest

from tests.flow import family_work
from tests.flow.family_work import DISCUSS, HOSTILE, POLICE, PROTECT, agree, calling_for, counted, owed, problem_of, refused, seen
from tests.flow.notes import SAFE_NIGHT, child
from tests.flow.world import PASSWORD
from visitapp.domain.moments import later
from visitapp.flow import duties, life_events, people, plans, rungs, worker
from visitapp.flow.sweep import keep_watch


def subjects(world, family):
    return [row["subject"] for row in owed(world, family, "plan_action")]


def met(world):
    return world.rows("SELECT * FROM trigger_met ORDER BY seq")


def done(world, subject, who="hv", **said):
    plain = {"how": "done", "evidence": "PC 12 saw both children at 14:10 and they were well."}
    duties.close(world.w, world.who[who], subject, **(plain | said))


# the moment comes


def test_given_a_plan_when_entry_is_refused_then_its_actions_are_owed_by_name_within_its_hours(world):
    family = world.family()
    agree(world, family, POLICE | {"owner_account": world.who["midwife"], "backup_account": world.who["lead"]}, PROTECT)
    visit = refused(family)
    first, second = owed(world, family, "plan_action")
    assert (first["owner_account"], first["backup_account"]) == (world.who["midwife"], world.who["lead"])
    assert first["due_at"] == later(world.clock.at, hours=4)
    assert second["due_at"] == later(world.clock.at, hours=24)  # a Monday or a Sunday, it is all the same
    assert second["owner_account"] == world.who["hv"]  # nobody of ours is named, so its practitioner answers for it
    assert first["what"].startswith("Call the police for a welfare check. Agreed plan: if they refuse entry.")
    assert [row["cause"] for row in met(world)] == [visit]
    assert counted(world, family) == ["1 trigger met, 0 of 2 actions done"]
    told = {row["to_account"] for row in world.rows("SELECT to_account FROM notice WHERE what = :what", what=rungs.MET)}
    assert told == {world.who["midwife"], world.who["hv"], world.who["lead"]}


def test_given_the_moment_came_when_the_next_visit_is_good_then_nothing_is_done_yet(world):
    family = world.family()
    agree(world, family)
    refused(family, on="2026-11-20")
    before = subjects(world, family)
    for on in ("2026-11-21", "2026-11-22"):
        seen(family, on=on)
    assert subjects(world, family) == before
    assert counted(world, family) == ["1 trigger met, 0 of 2 actions done"]


def test_given_the_action_was_done_when_somebody_says_so_with_evidence_then_it_is_ended(world):
    family = world.family()
    agree(world, family)
    refused(family)
    first, second = subjects(world, family)
    assert problem_of(done, world, first, evidence="  ") == "evidence"
    done(world, first, reference="INC-7")
    assert subjects(world, family) == [second]
    assert counted(world, family) == ["1 trigger met, 1 of 2 actions done"]
    assert world.rows("SELECT how, evidence, reference FROM duty_closed") == [
        {"how": "done", "evidence": "PC 12 saw both children at 14:10 and they were well.", "reference": "INC-7"}
    ]
    assert problem_of(done, world, first) == "how"


def test_each_refusal_meets_the_plan_once_however_often_it_is_judged(world):
    family = world.family()
    agree(world, family)
    refused(family, on="2026-11-20")
    refused(family, on="2026-11-21", who="midwife")
    family.not_let_in(on="2026-11-05")  # arrives late, so the later ones are judged again
    with world.w.engine.write() as tx:
        assert plans.watch(world.w, tx, family.household, world.clock.at) == []
    assert counted(world, family) == ["2 triggers met, 0 of 4 actions done"]


@pytest.mark.parametrize("outcome", ["no_answer", "cancelled_by_service", "wrong_address", "service_declined", "cancelled_by_family"])
def test_what_is_no_refusal_does_not_meet_it(world, outcome):
    family = world.family()
    agree(world, family)
    family.not_let_in(outcome)
    assert met(world) == []


def test_given_two_within_thirty_days_when_ours_was_cancelled_then_only_the_familys_count(world):
    family = world.family()
    agree(world, family, trigger_kind="not_completed", trigger_words="two visits are missed", trigger_count=2, trigger_days=30)
    family.not_let_in(on="2026-11-02")
    family.not_let_in("cancelled_by_service", on="2026-11-10")
    assert met(world) == []
    second = family.not_let_in(on="2026-11-20")
    assert [(row["cause"], row["on_date"]) for row in met(world)] == [(second, "2026-11-20")]


def test_a_visit_that_arrives_late_can_make_an_earlier_one_the_second(world):
    family = world.family()
    agree(world, family, trigger_kind="not_completed", trigger_words="two visits are missed", trigger_count=2, trigger_days=30)
    second = family.not_let_in(on="2026-11-20")
    family.not_let_in(on="2026-11-10", who="midwife")
    assert [row["cause"] for row in met(world)] == [second]


def test_a_child_who_was_not_brought_meets_the_plan_that_names_it(world):
    family = world.family()
    agree(world, family, trigger_kind="not_brought", trigger_words="he is not brought to be weighed")
    family.not_let_in("not_brought")
    assert len(met(world)) == 1


def test_a_finding_meets_the_plan_that_names_it(world):
    family = world.family()
    agree(world, family, trigger_kind="finding:sleep_sofa", trigger_words="a child sleeps on a sofa")
    seen(family, on="2026-11-20")
    assert met(world) == []
    visit = family.sofa()
    assert [row["cause"] for row in met(world)] == [visit]


def test_of_the_time_before_the_plan_nothing_meets_it(world):
    family = world.family()
    refused(family, on="2026-11-22")
    agree(world, family, agreed_on="2026-11-22")
    assert met(world) == []
    refused(family, on="2026-11-22", who="midwife")
    assert len(met(world)) == 1


def test_a_plan_written_down_late_is_met_by_what_happened_since_it_was_agreed(world):
    family = world.family()
    refused(family, on="2026-11-20")
    agree(world, family, agreed_on="2026-11-15")
    assert counted(world, family) == ["1 trigger met, 0 of 2 actions done"]


# the passing of days


def by_days(world, family):
    watched = {"trigger_kind": "child_unseen", "trigger_words": "the baby is not seen for ten days", "trigger_days": 10}
    return agree(world, family, agreed_on="2026-11-22", **watched)


def test_given_ten_days_when_they_pass_without_a_visit_then_the_worker_meets_it_once(world):
    family = world.family()
    seen(family, on="2026-11-20")
    by_days(world, family)
    world.clock.on(days=7)
    keep_watch(world.w)
    assert met(world) == []
    world.clock.on(days=1)
    for _ in range(3):
        keep_watch(world.w)
        world.clock.on(days=1)
    assert [(row["cause"], row["on_date"]) for row in met(world)] == [("day:2026-11-30", "2026-11-30")]
    assert [row["due_at"] for row in owed(world, family, "plan_action")] == ["2026-11-30T14:40:00.000Z", "2026-12-01T10:40:00.000Z"]


def test_given_the_child_was_seen_then_the_days_begin_anew_and_not_seen_does_not_count_as_seen(world):
    family = world.family()
    by_days(world, family)
    world.clock.on(days=8)
    seen(family, on="2026-11-30")
    world.clock.on(days=5)
    keep_watch(world.w)
    assert met(world) == []
    family_work.unseen(family, on="2026-12-05")
    world.clock.on(days=5)
    keep_watch(world.w)
    assert [row["cause"] for row in met(world)] == ["day:2026-12-10"]


def test_a_brother_who_is_not_seen_is_a_child_who_is_not_seen(world):
    family = world.family()
    family.member("Kofi", "Okoro", "child", born_on="2024-01-01")
    by_days(world, family)
    world.clock.on(days=8)
    seen(family, on="2026-11-30")  # the baby alone
    world.clock.on(days=2)
    keep_watch(world.w)
    assert [row["on_date"] for row in met(world)] == ["2026-12-02"]


def test_under_a_plan_a_child_seen_asleep_or_at_the_door_is_still_unseen(world):
    family = world.family()
    by_days(world, family)
    world.clock.on(days=6)
    family.visit({"children": [child(family.people["Ava"], SAFE_NIGHT, seen="asleep")]}, on="2026-11-28")
    refused(family, on="2026-11-28", child_seen_at_door=True)
    world.clock.on(days=4)
    keep_watch(world.w)
    assert [row["on_date"] for row in met(world)] == ["2026-12-02"]


def test_a_baby_not_born_yet_cannot_be_unseen(world):
    family = world.family(born_on=None, due_on="2027-01-20")
    by_days(world, family)
    world.clock.on(days=30)
    keep_watch(world.w)
    assert met(world) == []


def test_the_worker_watches_about_once_a_minute(world, monkeypatch):
    stop, watched = threading.Event(), []

    def watch(_w):
        watched.append(1)
        stop.set()

    monkeypatch.setattr(worker, "keep_watch", watch)
    worker.run(world.w, stop)
    assert watched == [1]


# asked for and declined


def declined(world, subject, who="hv", **said):
    plain = {"how": "declined", "evidence": "Sgt 44: no unit is free and nothing suggests danger.", "reference": "INC-7"}
    duties.close(world.w, world.who[who], subject, **(plain | said))


def test_given_the_police_declined_then_the_next_rung_is_owed_at_once_and_the_call_is_not_done(world):
    family = world.family()
    agree(world, family, POLICE, DISCUSS)
    refused(family)
    [call] = subjects(world, family)
    world.clock.on(hours=1)
    declined(world, call)
    [discuss] = owed(world, family, "plan_action")
    assert discuss["subject"].endswith(":2")
    assert discuss["due_at"] == later(world.clock.at, hours=2)
    assert counted(world, family) == ["1 trigger met, 0 of 2 actions done"]
    done(world, discuss["subject"])
    assert owed(world, family, "plan_action") == []
    assert counted(world, family) == ["1 trigger met, 1 of 2 actions done"]


@pytest.mark.parametrize("part", ["evidence", "reference"])
def test_who_declined_and_their_reference_are_said(world, part):
    family = world.family()
    agree(world, family)
    refused(family)
    assert problem_of(declined, world, subjects(world, family)[0], **{part: " "}) == part
    assert world.count("duty_closed") == 0


def test_given_the_last_rung_was_declined_then_a_supervisor_decides_what_is_done_instead(world):
    family = world.family()
    agree(world, family, POLICE)
    refused(family)
    declined(world, subjects(world, family)[0])
    [instead] = owed(world, family, "plan_action")
    assert (instead["owner_account"], instead["subject"].rpartition(":")[2]) == (world.who["lead"], "instead")
    assert instead["what"].startswith("Decide what is done instead")
    assert counted(world, family) == ["1 trigger met, 0 of 1 actions done"]
    assert problem_of(declined, world, instead["subject"]) == "how"
    done(world, instead["subject"], who="lead", evidence="We went together with social care at 16:00.")
    assert owed(world, family, "plan_action") == []
    assert counted(world, family) == ["1 trigger met, 0 of 1 actions done"]


# a reason with a supervisor's name


def excused(world, subject, who):
    duties.close(world.w, world.who[who], subject, how="excused", evidence="The family moved abroad this morning.")


def test_only_a_supervisor_who_does_not_owe_it_can_say_that_it_is_not_to_be_done(world):
    family = world.family()
    agree(world, family, POLICE, PROTECT | {"owner_account": world.who["lead"]})
    refused(family)
    call, protect = subjects(world, family)
    assert problem_of(excused, world, call, "hv") == "how"
    assert problem_of(excused, world, call, "midwife") == "how"
    assert problem_of(excused, world, protect, "lead") == "how"
    excused(world, call, "lead")
    assert subjects(world, family) == [protect]
    assert counted(world, family) == ["1 trigger met, 0 of 2 actions done"]


def test_somebody_of_another_team_sees_no_such_duty_and_no_such_plan(world):
    family = world.family()
    plan = agree(world, family)
    refused(family)
    for who in ("west", "duty", "admin"):
        assert problem_of(done, world, subjects(world, family)[0], who=who) is None
        assert problem_of(plans.end, world.w, world.who[who], plan, on_date="2026-11-22", reason="No") is None
        assert problem_of(plans.say_met, world.w, world.who[who], plan, on_date="2026-11-22", why="No") is None
        assert problem_of(agree, world, family, who=who) is None
    assert problem_of(done, world, "plan:nobody:1") is None
    assert problem_of(plans.end, world.w, world.who["hv"], "nobody", on_date="2026-11-22", reason="No") is None


# ended, and said to be met


def test_given_a_plan_that_ended_then_it_is_watched_no_longer_and_what_was_owed_stays_owed(world):
    family = world.family()
    plan = agree(world, family)
    refused(family, on="2026-11-20")
    plans.end(world.w, world.who["hv"], plan, on_date="2026-11-21", reason="Stepped down at the conference.")
    assert len(subjects(world, family)) == 2
    refused(family, on="2026-11-22")
    assert len(met(world)) == 1
    assert problem_of(plans.end, world.w, world.who["hv"], plan, on_date="2026-11-22", reason="Again") == "reason"


def test_a_refusal_while_the_plan_stood_that_arrives_after_its_end_meets_it_all_the_same(world):
    family = world.family()
    plan = agree(world, family)
    payload = family.written({"outcome": "refused_at_door", "danger_seen": ["nothing"]}, form="not_let_in", on="2026-11-20")
    plans.end(world.w, world.who["hv"], plan, on_date="2026-11-21", reason="Stepped down at the conference.")
    world.tablet().send(payload)
    world.work()
    assert counted(world, family) == ["1 trigger met, 0 of 2 actions done"]


def test_somebody_can_say_that_the_moment_came_whatever_is_watched_for(world):
    family = world.family()
    plan = agree(world, family, trigger_kind="said", trigger_words="he comes back to the flat")
    plans.say_met(world.w, world.who["midwife"], plan, on_date="2026-11-21", why="A neighbour saw him move in.")
    plans.say_met(world.w, world.who["midwife"], plan, on_date="2026-11-22", why="Seen by me at the window.")
    assert counted(world, family) == ["2 triggers met, 0 of 4 actions done"]
    assert met(world)[0]["why"] == "A neighbour saw him move in."


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("why", {"why": " "}), ("on_date", {"on_date": "2026-11-23"}), ("on_date", {"on_date": "2026-10-31"}),
        ("on_date", {"on_date": "yesterday"}), ("why", {"why": family_work.TOO_LONG}),
    ],
)  # fmt: skip
def test_what_is_said_of_a_moment_is_checked(world, field, said):
    plan = agree(world, world.family(), trigger_kind="said")
    assert problem_of(plans.say_met, world.w, world.who["hv"], plan, **({"on_date": "2026-11-22", "why": "Seen."} | said)) == field
    assert met(world) == []


@pytest.mark.parametrize(
    ("field", "said"), [("reason", {"reason": ""}), ("on_date", {"on_date": "2026-11-23"}), ("on_date", {"on_date": "2026-10-01"})]
)
def test_what_is_said_of_the_end_is_checked(world, field, said):
    plan = agree(world, world.family())
    assert problem_of(plans.end, world.w, world.who["hv"], plan, **({"on_date": "2026-11-22", "reason": "Agreed."} | said)) == field


# what a plan must say


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("source", {"source": " "}),
        ("agreed_on", {"agreed_on": "2026-11-23"}),
        ("agreed_on", {"agreed_on": "2026-02-30"}),
        ("agreed_by", {"agreed_by": ""}),
        ("trigger_kind", {"trigger_kind": "weather"}),
        ("trigger_kind", {"trigger_kind": "finding:"}),
        ("trigger_kind", {"trigger_kind": "finding:nothing_finds_this"}),
        ("trigger_kind", {"trigger_kind": None}),
        ("trigger_words", {"trigger_words": " "}),
        ("trigger_words", {"trigger_words": family_work.TOO_LONG}),
        ("trigger_count", {"trigger_kind": "not_completed", "trigger_days": 30}),
        ("trigger_days", {"trigger_kind": "not_completed", "trigger_count": 2}),
        ("trigger_days", {"trigger_kind": "child_unseen"}),
        ("trigger_days", {"trigger_kind": "child_unseen", "trigger_days": 0}),
        ("trigger_days", {"trigger_kind": "child_unseen", "trigger_days": 9.5}),
        ("review_on", {"review_on": "2026-10-01"}),
        ("actions", {"actions": []}),
        ("actions", {"actions": "call the police"}),
        ("actions", {"actions": [POLICE] * 21}),
        ("actions.0", {"actions": ["call the police"]}),
        ("actions.1.what", {"actions": [POLICE, PROTECT | {"what": ""}]}),
        ("actions.0.owner", {"actions": [POLICE | {"owner": " "}]}),
        ("actions.0.hours", {"actions": [POLICE | {"hours": 0}]}),
        ("actions.0.hours", {"actions": [POLICE | {"hours": "soon"}]}),
        ("actions.0.hours", {"actions": [POLICE | {"hours": None}]}),
        ("actions.0.hours", {"actions": [POLICE | {"hours": 10**30}]}),
        ("actions.0.after_declined", {"actions": [DISCUSS]}),
        ("actions.0.owner_account", {"actions": [POLICE | {"owner_account": "nobody"}]}),
        ("actions.1.backup_account", {"actions": [POLICE, PROTECT | {"backup_account": "nobody"}]}),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_beside_its_field(world, field, said):
    assert problem_of(agree, world, world.family(), **said) == field
    assert world.count("plan") == 0


def test_an_owner_must_be_able_to_act_for_the_family(world):
    family = world.family()
    assert problem_of(agree, world, family, POLICE | {"owner_account": world.who["west"]}) == "actions.0.owner_account"
    agree(world, family, POLICE | {"owner": "", "owner_account": world.who["midwife"], "hours": "4"})
    refused(family)
    assert owed(world, family)[0]["owner_account"] == world.who["midwife"]


def test_an_owner_who_has_left_the_team_is_no_owner_so_the_practitioner_answers(world):
    family = world.family()
    agree(world, family, POLICE | {"owner_account": world.who["midwife"]})
    people.add_account(
        world.w, "system", id=world.who["midwife"], password=PASSWORD, username="midwife", name="Worker midwife", role="midwife",
        team="elsewhere",
    )  # fmt: skip
    refused(family)
    assert owed(world, family)[0]["owner_account"] == world.who["hv"]


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_is_typed_is_kept_as_typed_and_breaks_nothing(world, name):
    text = HOSTILE[name]
    family = world.family()
    action = {"what": text, "owner": text, "backup": text, "hours": 4}
    plan = agree(world, family, action, DISCUSS, source=text, agreed_by=text, trigger_words=text)
    plans.say_met(world.w, world.who["hv"], plan, on_date="2026-11-22", why=text)
    [call] = subjects(world, family)
    declined(world, call, evidence=text, reference=text)
    plans.end(world.w, world.who["hv"], plan, on_date="2026-11-22", reason=text)
    with world.w.engine.read() as tx:
        [found] = plans.progress_of(tx, family.household)
    assert (found.plan.source, found.plan.trigger_words, found.plan.ended_why, found.times[0].why) == (text, text, text, text)
    rung = found.times[0].rungs[0]
    assert (rung.what, rung.owner, rung.backup, rung.evidence, rung.reference) == (text, text, text, text, text)
    assert len(found.lines(world.clock.at)) == 3


# a family that moved


def test_a_plan_outlives_a_move_once_the_earlier_household_is_confirmed(world):
    calling_for(world)
    old, new = world.family(), world.family()
    agree(world, old)
    refused(new, on="2026-11-20")
    assert met(world) == []
    life_events.same_family(world.w, world.who["hv"], new.household, earlier=old.household, why="The same mother and baby.")
    assert counted(world, new) == ["1 trigger met, 0 of 2 actions done"]
    assert [row["kind"] for row in owed(world, new)] == ["plan_action", "plan_action"]
    refused(new, on="2026-11-22")
    assert counted(world, new) == ["2 triggers met, 0 of 4 actions done"]

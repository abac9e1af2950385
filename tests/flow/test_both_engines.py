"""The main path once on each database: from a sealed visit to the answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.flow import test_answer_by_link as answers
from tests.flow import test_joins, test_twice
from tests.flow import world as worlds
from tests.flow.family_work import DISCUSS, POLICE, agree, calling_for, counted, owed, refused, seen
from tests.flow.notes import NIGHT_ON_THE_SOFA
from tests.flow.test_answers import NOT_OURS
from tests.flow.test_reviewing import findings
from visitapp.domain.reviews import REVIEWED
from visitapp.flow import (
    agreed_level,
    answer_by_link,
    duties,
    hand_over,
    helping,
    ladder,
    life_events,
    people,
    phoning,
    plans,
    records,
    refer,
    reply,
    reviewing,
    standing_in,
    together,
    updates,
    worker,
)
from visitapp.flow.send_on import send_on
from visitapp.flow.stuck import what_is_stuck
from visitapp.flow.sweep import keep_watch
from visitapp.problems import Problem
from visitapp.store.derived import rebuild
from visitapp.store.group_commit import GroupCommit


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[worlds.World]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    made = worlds.build(tmp_path, url)
    yield made
    made.w.close()


def test_one_person_of_two_records_of_two_teams(place):
    """Recorded twice in one family, and in another of a team that is asked: one child, seen when either was, in the record that goes on."""
    test_joins.with_westfen(place)
    ours, theirs = test_joins.two(place)
    again = test_twice.again(place, ours)
    ours.visit(ours.child(), on="2026-11-08")
    theirs.visit(theirs.child(), who="west", on="2026-11-10")
    test_twice.are_one(place, ours, again)
    asked = test_joins.ask(place, ours)
    test_joins.agree(place, asked, theirs, same={theirs.people["Ava"]: ours.people["Ava"]})
    place.work()
    assert test_twice.seen_on(place, ours.household) == {ours.people["Ava"]: "2026-11-10"}
    test_twice.same_when_rebuilt(place)


def test_from_the_visit_to_the_answer(place):
    family = place.family()
    family.not_let_in(on="2026-11-01")
    family.sofa()
    assert place.rows("SELECT matches_tablet FROM assessment WHERE kind = 'as_shown'") == [{"matches_tablet": 1}] * 2
    referral = family.send()
    link = answers.token(place)
    answer_by_link.answer(place.w, link, answers.enter(place, link), NOT_OURS, answers.KIM)
    send_on(place.w, place.who["hv"], referral, place.front_door)
    place.work()
    reply.acknowledge(place.w, place.who["duty"], referral)
    world_before = place.rows("SELECT * FROM duty ORDER BY subject")
    rebuild(place.w.engine)
    assert place.rows("SELECT * FROM duty ORDER BY subject") == world_before
    reply.decide(place.w, place.who["duty"], referral, "assessment_s17", "To be assessed.", "A visit on Tuesday.")
    payload = family.written(form_version=999)
    assert [place.tablet().send(payload).status for _ in range(2)] == [201, 200]
    assert [one.what for one in what_is_stuck(place.w)] == ["quarantine"]
    assert place.post.sent[0].pdf.startswith(b"%PDF")


def test_from_a_met_trigger_to_the_action_and_what_else_is_owed(place):
    calling_for(place)
    w, hv = place.w, place.who["hv"]
    family = place.family()
    plan = agree(place, family, POLICE, DISCUSS)
    by_days = {"trigger_kind": "child_unseen", "trigger_days": 5, "trigger_words": "she is not seen", "agreed_on": "2026-11-22"}
    agree(place, family, POLICE, **by_days)
    refused(family, on="2026-11-20")
    seen(family, on="2026-11-22")
    [call] = owed(place, family, "plan_action")
    duties.close(w, hv, call["subject"], how="declined", evidence="Sgt 44: no unit is free.", reference="INC-7")
    together.meet(
        w, hv, family.household, on_date="2026-11-22", attended="All", agencies=2,
        decisions=[{"what": "Ask the GP", "owner": "Ada", "due_on": "2026-11-30"}],
    )  # fmt: skip
    agency = together.involve(w, hv, family.household, kind="gp", name="Mill Surgery", from_on="2026-11-01")
    together.tell_agency(w, hv, agency, how="told", on_date="2026-11-22")
    together.close_agency(w, hv, agency, on_date="2026-11-22", reason="Moved", unresolved=["home_cold"])
    together.name_lead(w, hv, family.household, name="Jo", agency=agency, from_on="2026-11-22")
    order = helping.need(w, hv, family.household, what="cot", needed_on="2026-11-22", tonight=True)
    helping.step(w, hv, order, step="delivered", on_date="2026-11-22")
    agreed_level.agree(w, hv, family.household, level=3, reason="The plan.")
    lower = agreed_level.agree(w, hv, family.household, level=2, reason="Better.")
    agreed_level.answer(w, place.who["lead"], lower, agrees=True)
    life_events.home_from_hospital(w, hv, family.people["Ava"], household=family.household, on_date="2026-11-22")
    life_events.same_family(w, hv, family.household, earlier=place.family("Older").household, why="The same mother.")
    place.clock.on(days=6)
    keep_watch(w)
    plans.end(w, hv, plan, on_date="2026-11-22", reason="Stepped down.")
    assert counted(place, family) == ["1 trigger met, 0 of 2 actions done", "1 trigger met, 0 of 1 actions done"]
    before = place.rows("SELECT * FROM duty ORDER BY subject")
    assert sorted(row["kind"] for row in before) == ["complete", "debrief", "help", "meeting_action", "plan_action", "plan_action"]
    rebuild(w.engine)
    assert place.rows("SELECT * FROM duty ORDER BY subject") == before


def test_of_two_workers_one_climbs_and_one_tells_whoever_is_on_duty(place):
    calling_for(place)
    family = place.family()
    agree(place, family, POLICE)
    refused(family)
    standing_in.put_on_duty(place.w, place.who["lead"], account=place.who["midwife"], from_on="2026-11-21", to_on="2026-11-22")
    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(ladder.tell_on_duty, [place.w] * 2)) == 2, "the action, and the referral"
        place.clock.on(hours=7)
        assert sum(pool.map(ladder.climb, [place.w] * 2)) == 4, "two rungs each"
    once = place.rows("SELECT rung, to_name FROM climb c JOIN duty d ON d.subject = c.subject WHERE d.kind = 'plan_action' ORDER BY c.seq")
    assert [(row["rung"], row["to_name"]) for row in once] == [
        ("on_duty", "Worker midwife"), ("practitioner", "Worker midwife"), ("supervisor", "Worker lead"),
    ]  # fmt: skip
    before = place.rows("SELECT * FROM photograph_awaited")
    rebuild(place.w.engine)
    assert place.rows("SELECT * FROM photograph_awaited") == before
    joined_and_judged_at_once(place)


def joined_and_judged_at_once(place) -> None:
    """Of two joinings at once one stands, and visits judged at once come to one referral. Each thread has a writer of its own, as two
    processes have."""
    one, other = place.family(), place.family("Okoro-Brook")
    two = [place.w, replace(place.w, writer=GroupCommit(place.w.engine))]
    place.work()

    def join(number: int) -> bool:
        here, there = (one, other) if number else (other, one)
        try:
            records.join(two[number], place.who["hv"], here.household, duplicate=there.household, why="One number.", same={})
        except Problem:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(join, (0, 1))) == [False, True]
        for family in (one, other):
            place.tablet().send(family.written(family.child(NIGHT_ON_THE_SOFA)))
        assert sum(pool.map(worker.work_once, two)) == 2
    events = place.rows(
        "SELECT e.event FROM referral_event e JOIN referral r ON r.id = e.referral WHERE r.household IN (:one, :other) ORDER BY e.seq",
        one=one.household, other=other.household,
    )  # fmt: skip
    assert events == [{"event": "proposed"}, {"event": "news"}]
    two[1].writer.close()


def test_a_referral_with_copies_a_call_an_update_and_a_correction(place):
    """The named nurse gets a copy, the receiver's address is none that may be mailed to, and what is told since goes to both."""
    desk = {"email": "desk@hotmail.example", "phone": "01632 960100", "phone_out_of_hours": "01632 960101", "review_on": "2027-01-01"}
    people.add_receiving_team(
        place.w, "system", id=place.front_door, name="Eastmoor front door", area="eastmoor", kind="front_door", **desk
    )
    nurse = desk | {"email": "nurse@nhs.net", "review_on": "2026-12-01"}
    people.add_receiving_team(place.w, "system", name="Named nurse", area="eastmoor", kind="named_nurse", **nurse)
    w, hv, family = place.w, place.who["hv"], place.family()
    family.sofa()
    referral = family.referral()
    phoning.record(w, hv, referral, phoning.Call("Eastmoor front door", "01632 960101", "yes", "J. Lane", agreed="They visit by six."))
    refer.send(w, hv, referral, refer.Completion("Please go there now.", as_known=True))
    place.work()
    [desk_now] = place.rows("SELECT id, transport FROM recipient WHERE place = 'receiver'")
    assert (desk_now["transport"], family.state_of(referral)) == ("by_hand", "lettered")
    hand_over.handed_over(w, hv, referral, desk_now["id"], "Read out to J. Lane, and left at the desk.")
    assert family.state_of(referral) == "delivered"
    assert updates.tell(w, hv, referral, updates.More(words="The parents were told.")) == 2
    assert updates.tell(w, hv, referral, updates.More("correction", was_wrong="A sofa.", is_right="A chair.", says_who="Ada.")) == 3
    place.work()
    keep_watch(w)
    assert [(row["document"], row["number"]) for row in place.rows("SELECT document, number FROM letter ORDER BY number, document")] == [
        ("health_copy", 1), ("referral", 1), ("health_copy", 2), ("update", 2), ("correction", 3), ("health_copy", 3),
    ]  # fmt: skip
    waiting = "SELECT number FROM handing_over ORDER BY number"
    assert [row["number"] for row in place.rows(waiting)] == [2, 3]  # the desk's, by hand
    rebuild(w.engine)
    assert [row["number"] for row in place.rows(waiting)] == [2, 3]
    assert [one.what for one in what_is_stuck(w)] == []
    assert "Named nurse" in place.rows("SELECT what FROM notice WHERE household IS NULL")[0]["what"]


def test_of_two_who_review_at_once_one_signs_one_answer_stands_and_the_other_is_told(place):
    """Two processes, each with a writer of its own, as on two nodes."""
    who, team = place.who, place.rows("SELECT team FROM account_now WHERE account = :a", a=place.who["lead"])[0]["team"]
    who["second"] = people.add_account(
        place.w, "system", password=worlds.PASSWORD, username="second", name="Worker Second", role="supervisor", team=team
    )
    visit = place.family().sofa()
    other = replace(place.w, writer=GroupCommit(place.w.engine))
    with ThreadPoolExecutor(2) as two:

        def both(*acts):
            """What became of each, done at once: nothing, or what they were told."""

            def told(act):
                try:
                    act()
                except Problem as problem:
                    return problem.message
                return ""

            return sorted(two.map(told, acts))

        def signs(w, account):
            return lambda: reviewing.sign(w, who[account], visit, findings(place, visit), capacity=REVIEWED)

        def asks(w, account):
            return lambda: reviewing.keep(w, who[account], visit, [], question=f"Asked by {account}?")

        def answers(w, question, said):
            return lambda: reviewing.answer(w, who["hv"], question, said)

        assert both(signs(place.w, "lead"), signs(other, "second")) == ["", reviewing.ALREADY]
        assert both(signs(place.w, "lead"), signs(other, "lead")) in (["", ""], [reviewing.ALREADY] * 2), "the same once more"
        assert both(asks(place.w, "lead"), asks(other, "lead"), asks(other, "second")) == ["", "", ""]
        asked = place.rows("SELECT id FROM review_question ORDER BY words")
        assert len(asked) == 2, "one of each; the same sent twice is one"
        for one in asked:
            assert both(answers(place.w, one["id"], "A"), answers(other, one["id"], "B")) == ["", reviewing.ANSWERED_ALREADY]
        seen = place.rows("SELECT max(seq) AS seq FROM review_answer")[0]["seq"]
        with pytest.raises(Problem, match="meanwhile"):
            reviewing.sign(place.w, who["lead"], visit, findings(place, visit), capacity=REVIEWED, seen=seen - 1)
        assert both(signs(place.w, "lead"), signs(other, "second")) == ["", reviewing.ALREADY]
    assert len(place.rows("SELECT seq FROM review_signed")) == 2
    other.writer.close()

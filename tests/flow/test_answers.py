"""The three answers, however they come: what each keeps, whom it tells, and what is owed after it."""

import json

import pytest

from tests.flow.test_refer import duty, events, refused, told
from tests.flow.test_routing import entry
from tests.flow.world import World
from visitapp.deliver import Outcome
from visitapp.domain.replies import DECISION, NOT_FOR_US, OUTCOMES, RECEIVED, Reply, Speaker
from visitapp.flow import refer, reply
from visitapp.flow.reply_schemas import LONGEST
from visitapp.flow.send_on import Anew, choices, send_on
from visitapp.flow.stuck import what_is_stuck
from visitapp.letter.facts import Whereabouts
from visitapp.store import accounts, referrals

DECIDED = Reply(DECISION, "assessment_s17", "No bed was seen.", "Kim Ode visits", "2026-11-24", "Kim Ode, 01632 960107")
NOT_OURS = Reply(NOT_FOR_US, not_ours_reason="They live in Westfen.", whose="Westfen's front door")
KIM = Speaker("Kim Ode", "duty social worker", "2026-11-22T10:50:00.000Z")
HOSTILE = "<script>alert(1)</script>\U0001f9d1\u200d\U0001f37c\u202eاہم ".ljust(LONGEST, "x")


def sent(world: World) -> str:
    family = world.family()
    family.sofa()
    return family.send()


def given_back(world: World):
    """A family's referral that the front door gave back; both."""
    family = world.family()
    family.sofa()
    referral = family.send()
    reply.answer(world.w, world.who["duty"], referral, Reply(NOT_FOR_US, not_ours_reason="Help is enough."))
    return family, referral


def kept(world: World, event: str) -> dict:
    return json.loads(world.rows("SELECT detail FROM referral_event WHERE event = :event ORDER BY seq DESC", event=event)[0]["detail"])


def test_a_decision_keeps_what_follows_and_whom_to_reach(world):
    referral = sent(world)
    reply.answer(world.w, world.who["duty"], referral, DECIDED)
    assert kept(world, "decided") == {
        "outcome": "assessment_s17", "reason": "No bed was seen.", "next_step": "Kim Ode visits", "next_on": "2026-11-24",
        "contact": "Kim Ode, 01632 960107",
    }  # fmt: skip
    assert duty(world, referral) == {}


def test_what_belongs_to_another_answer_is_not_kept(world):
    referral = sent(world)
    reply.answer(world.w, world.who["duty"], referral, Reply(RECEIVED, "early_help", "typed before the other was chosen"))
    assert kept(world, "acknowledged") == {}


def test_not_for_us_gives_it_back_to_the_practitioner_by_the_hour(world):
    referral = sent(world)
    world.clock.on(hours=1)
    reply.answer(world.w, world.who["duty"], referral, NOT_OURS)
    assert kept(world, "returned") == {"reason": "They live in Westfen.", "whose": "Westfen's front door"}
    owed = duty(world, referral)
    assert (owed["kind"], owed["owner_account"], owed["owner_team"]) == ("send_on", world.who["hv"], None)
    assert owed["due_at"] == "2026-11-22T15:40:00.000Z"  # level 4: four hours of the clock, on a Sunday
    assert told(world) == ["hv", "lead", "lead"]
    world.work()
    world.clock.on(hours=4, minutes=1)
    assert [one.what for one in what_is_stuck(world.w)] == ["overdue_send_on"]


def test_the_practitioner_hears_of_it_by_mail_too_without_a_name(world):
    with world.w.engine.write() as tx:
        row = accounts.account(tx, world.who["hv"])
        known = {name: row[name] for name in ("username", "name", "role", "team", "receiving_team", "phone")}
        accounts.add_account(tx, id=world.who["hv"], email="hv@visits.example", at=world.clock(), actor="system", **known)
    referral = sent(world)
    reply.answer(world.w, world.who["duty"], referral, NOT_OURS)
    send_on(world.w, world.who["hv"], referral, world.front_door)
    world.work()
    reply.answer(world.w, world.who["duty"], referral, DECIDED)
    kinds = world.rows("SELECT kind, to_account, said FROM notice_message ORDER BY seq")
    assert [(row["kind"], row["to_account"]) for row in kinds] == [("given_back", world.who["hv"]), ("answered", world.who["hv"])]
    assert {row["said"] for row in kinds} == {f'{{"reference":"R-{referral[:8]}","link":"/referrals/{referral}"}}'}


def test_it_is_sent_on_with_a_letter_of_its_own_and_answered_by_whoever_has_it_now(world):
    referral = sent(world)
    reply.answer(world.w, world.who["duty"], referral, NOT_OURS)
    assert {one["id"] for one in choices(world.w)} == {world.front_door, world.early_help}
    send_on(world.w, world.who["hv"], referral, world.early_help, "They know the family.")
    assert duty(world, referral)["kind"] == "deliver"
    world.work()
    assert events(world, referral)[5:] == ["sent_on", "lettered", "delivered"]
    assert [message.pdf for message in world.post.sent] == [row["bytes"] for row in world.rows("SELECT bytes FROM letter ORDER BY seq")]
    contents = [row["content"] for row in world.rows("SELECT content FROM letter WHERE number = 1 ORDER BY seq")]
    assert ["Eastmoor early help" in contents[0], "Eastmoor early help" in contents[-1]] == [False, True], "each letter is to its team"
    assert "Referral given back" in contents[-1]
    assert duty(world, referral)["owner_team"] == world.early_help
    assert refused(reply.acknowledge, world.w, world.who["duty"], referral).code == "not_found"
    reply.acknowledge(world.w, world.who["helper"], referral)
    reply.decide(world.w, world.who["helper"], referral, "early_help", "They agree.", "")
    assert (duty(world, referral), what_is_stuck(world.w)) == ({}, [])


def test_it_can_go_round_again_and_to_the_same_team(world):
    referral = sent(world)
    for nth in (2, 3):
        reply.answer(world.w, world.who["duty"], referral, NOT_OURS)
        send_on(world.w, world.who["hv"], referral, world.front_door)
        world.work()
        assert world.rows("SELECT max(round) AS n FROM referral_event") == [{"n": nth}]
        assert duty(world, referral)["kind"] == "acknowledge"


def test_a_step_happens_once_in_a_round_whatever_the_flow_asks(world):
    referral = sent(world)
    with world.w.engine.write() as tx:
        row = referrals.referral(tx, referral)
        assert referrals.add_event(tx, row, "lettered", detail={}, at=world.clock(), actor="service") is None


def test_a_referral_that_was_given_back_can_be_withdrawn_with_a_reason(world):
    referral = sent(world)
    reply.answer(world.w, world.who["duty"], referral, NOT_OURS)
    refer.withdraw(world.w, world.who["hv"], referral, "They moved to Westfen, whose health visitor has referred.")
    assert duty(world, referral) == {}
    assert refused(send_on, world.w, world.who["hv"], referral, world.early_help).code == "state_wrong"


def test_sending_on_needs_a_team_of_the_directory(world):
    referral = sent(world)
    reply.answer(world.w, world.who["duty"], referral, NOT_OURS)
    for team in ("", "nowhere"):
        assert refused(send_on, world.w, world.who["hv"], referral, team).field == "team"
    assert refused(send_on, world.w, world.who["hv"], referral, world.early_help, "x" * (LONGEST + 1)).field == "why"


def test_only_the_familys_team_writes_down_a_call_or_sends_on(world):
    referral = sent(world)
    world.clock.on(hours=1)
    for who in ("west", "duty", "admin"):
        assert refused(reply.told_by_phone, world.w, world.who[who], referral, DECIDED, KIM).code == "not_found"
        assert refused(send_on, world.w, world.who[who], referral, world.early_help).code == "not_found"


@pytest.mark.parametrize(
    ("said", "event", "kind"), [(Reply(RECEIVED), "acknowledged", "decide"), (DECIDED, "decided", None), (NOT_OURS, "returned", "send_on")]
)
def test_an_answer_by_phone_is_kept_with_who_said_it_and_the_chasing_stops(world, said, event, kind):
    referral = sent(world)
    world.clock.on(hours=2)
    reply.told_by_phone(world.w, world.who["hv"], referral, said, KIM)
    assert kept(world, event)["by"] == {"via": "phone", "name": "Kim Ode", "role": "duty social worker", "at": KIM.at}
    assert duty(world, referral).get("kind") == kind
    assert told(world) == (["lead"] if event == "acknowledged" else ["lead", "lead"]), "who wrote it down is not told of it"


def test_an_answer_by_phone_was_given_now_where_no_time_is_said(world):
    referral = sent(world)
    reply.told_by_phone(world.w, world.who["lead"], referral, Reply(RECEIVED), Speaker("Kim", "manager"))
    assert kept(world, "acknowledged")["by"]["at"] == world.clock()


def test_they_can_answer_by_phone_while_nobody_knows_whether_the_letter_came(world):
    world.post.answers = [Outcome("unknown", "lost")]
    referral = sent(world)
    assert events(world, referral)[-1] == "lettered"
    world.clock.on(minutes=30)
    reply.told_by_phone(world.w, world.who["hv"], referral, Reply(RECEIVED), KIM)
    world.clock.on(hours=1)
    world.work()
    assert events(world, referral)[-1] == "acknowledged"
    assert duty(world, referral)["kind"] == "decide"
    assert len(world.post.sent) == 1, "a letter that they have is not sent again"


WRONG = {
    "answer": (Reply(), KIM),
    "outcome": (Reply(DECISION, "not_for_us", "Because."), KIM),
    "reason": (Reply(DECISION, "early_help", " \n"), KIM),
    "next_on": (Reply(DECISION, "early_help", "Because.", next_on="soon"), KIM),
    "not_ours_reason": (Reply(NOT_FOR_US, whose="Westfen"), KIM),
    "contact": (Reply(DECISION, "early_help", "Because.", contact="x" * (LONGEST + 1)), KIM),
    "said_by": (DECIDED, Speaker(" ", "manager")),
    "said_role": (DECIDED, Speaker("Kim", "")),
    "said_at": (DECIDED, Speaker("Kim", "manager", "2026-11-22T11:41:00.000Z")),
}


def test_an_answer_says_what_to_put_right(world):
    referral = sent(world)
    world.clock.on(hours=1)
    for field, given in WRONG.items():
        problem = refused(reply.told_by_phone, world.w, world.who["hv"], referral, *given)
        assert (problem.status, problem.field) == (422, field)
    at_noon = Speaker("Kim", "manager", "noon")
    assert refused(reply.told_by_phone, world.w, world.who["hv"], referral, DECIDED, at_noon).field == "said_at"
    assert events(world, referral)[-1] == "delivered"


def test_whatever_is_typed_is_kept_as_it_was_typed(world):
    referral, text = sent(world), HOSTILE
    reply.told_by_phone(world.w, world.who["hv"], referral, Reply(NOT_FOR_US, not_ours_reason=text, whose=text), Speaker(text, text))
    found = kept(world, "returned")
    assert (found["reason"], found["whose"], found["by"]["name"], found["by"]["role"]) == (text,) * 4
    send_on(world.w, world.who["hv"], referral, world.early_help, text)
    assert kept(world, "sent_on") == {"why": text}
    world.work()
    reply.answer(world.w, world.who["helper"], referral, Reply(DECISION, "early_help", text, text, None, text))
    decided = kept(world, "decided")
    assert (decided["reason"], decided["next_step"], decided["contact"]) == (text,) * 3


def test_what_was_decided_before_keeps_its_meaning(world):
    """Until "not for us" was an answer of its own it stood among the decisions, and ended the referral."""
    referral = sent(world)
    with world.w.engine.write() as tx:
        row = referrals.referral(tx, referral)
        referrals.add_event(
            tx, row, "decided", detail={"outcome": "not_for_us", "reason": "x", "next_step": ""}, at=world.clock(), actor="d"
        )
    assert duty(world, referral) == {}
    assert OUTCOMES["not_for_us"] == "Not for this team"
    assert refused(send_on, world.w, world.who["hv"], referral, world.early_help).code == "state_wrong"


def test_what_is_asked_by_when_and_whereabouts_may_be_changed_before_it_is_sent_on(world):
    family, referral = given_back(world)
    ava = family.people["Ava"]
    for wrong_one, field in (
        (Anew(" "), "asked_for"), (Anew("x" * (LONGEST + 1)), "asked_for"), (Anew("Help.", "2026-01-01"), "asked_by_on"),
        (Anew("Help.", tonight=(Whereabouts(ava, "x" * (LONGEST + 1), ""),)), "tonight"),
    ):  # fmt: skip
        assert refused(send_on, world.w, world.who["hv"], referral, world.early_help, "", wrong_one).field == field
    anew = Anew("Please offer a family worker.", "2026-12-01", "At her aunt's.", (Whereabouts(ava, "4 Cole Street", "Ruth"),))
    world.clock.on(days=2)
    send_on(world.w, world.who["hv"], referral, world.early_help, "", anew)
    world.work()
    first, second = world.rows("SELECT content FROM letter WHERE number = 1 ORDER BY round")
    for words in ("Please offer a family worker.", "1 December 2026", "4 Cole Street, with Ruth", "where they are tonight"):
        assert words in second["content"], words
        assert words not in first["content"] or words == "where they are tonight"
    assert "Please visit today." not in second["content"]


def test_what_is_not_changed_stands_and_says_of_what_night_it_is(world):
    _, referral = given_back(world)
    world.clock.on(days=2)
    send_on(world.w, world.who["hv"], referral, world.early_help, "", Anew("Please offer a family worker."))
    world.work()
    second = world.rows("SELECT content FROM letter WHERE round = 2")[0]["content"]
    assert "Please offer a family worker." in second
    assert "where they were" in second
    assert "They agree." in second


def test_a_named_nurse_is_told_and_takes_no_referral_on(world):
    nurse = entry(world, "named_nurse")
    _, referral = given_back(world)
    assert nurse not in [row["id"] for row in choices(world.w)]
    assert refused(send_on, world.w, world.who["hv"], referral, nurse).field == "team"

"""A graver need on a referral that was sent raises it: one referral, asked for again by a numbered update, with a call and clocks of its
own, and with who gets it chosen anew."""

import json
from dataclasses import replace

import pytest

from tests.flow.test_routing import HOSTILE, entry, refused
from tests.flow.world import World, completion
from visitapp.domain.findings import Destination, Level
from visitapp.domain.replies import DECISION, NOT_FOR_US, RECEIVED, Reply
from visitapp.flow import asking_again, concern, phoning, raised, refer, reply, send_on, updates
from visitapp.flow.refer import Proposal
from visitapp.flow.routing import Said
from visitapp.look import referrals as look
from visitapp.store.derived import rebuild

TUESDAY, NIGHT = "2026-11-24T10:40:00.000Z", "2026-11-24T21:10:00.000Z"


def early_help_that_became_graver(world: World, at: str = TUESDAY):
    """A request for early help that was sent and taken, and a visit that finds a night on a sofa. The referral and the graver visit."""
    world.clock.at = "2026-11-23T10:40:00.000Z"
    entry(world, "early_help", id=world.early_help, name="Eastmoor early help", email="help@eastmoor.example")
    family = world.family()
    family.untidy(on="2026-11-23")
    referral = family.send()
    reply.acknowledge(world.w, world.who["helper"], referral)
    world.clock.at = at
    return family, referral, family.sofa(on="2026-11-24")


def again(world: World, referral: str, **said) -> int:
    number = asking_again.send(world.w, world.who["hv"], referral, completion(**said))
    world.work()
    return number


def duties(world: World) -> dict[str, tuple[str, str]]:
    return {row["kind"]: (row["due_at"], row["owner_account"]) for row in world.rows("SELECT * FROM duty WHERE referral IS NOT NULL")}


def page_one(world: World, number: int, document: str = "raised") -> str:
    [row] = world.rows("SELECT content FROM letter WHERE number = :n AND document = :d", n=number, d=document)
    return json.dumps(json.loads(row["content"])["page_one"], ensure_ascii=False)


def test_a_graver_visit_raises_what_was_sent_and_says_from_what_to_what_why_and_by_which_visit(world):
    family, referral, visit = early_help_that_became_graver(world)
    assert world.count("referral") == 1
    [up] = world.rows("SELECT * FROM referral_raised")
    assert (up["referral"], up["submission"]) == (referral, visit)
    assert [up[f"{when}{what}"] for what in ("level", "urgency", "destination") for when in ("from_", "")] == [
        2, 4, up["from_urgency"], "tonight", "early_help", "social_care_urgent",
    ]  # fmt: skip
    assert "at least 4" in up["reasons"]
    assert family.state_of(referral) == "acknowledged"
    owed = duties(world)
    assert owed["raise"] == ("2026-11-24T14:40:00.000Z", world.who["hv"]), "four hours of the clock, as for what is level 4"
    assert set(owed) == {"raise", "decide"}, "an answer is still owed to what they were told"
    told = [row["to_account"] for row in world.rows("SELECT to_account FROM notice WHERE what LIKE '%graver%'")]
    assert sorted(told) == sorted([world.who["hv"], world.who["lead"]])


def test_the_same_visit_judged_again_raises_nothing_twice_and_one_no_graver_is_news(world):
    family, referral, visit = early_help_that_became_graver(world)
    up = world.rows("SELECT * FROM referral_raised")[0]
    place = Destination(up["destination"], "Social care", ("Again.",))
    with world.w.engine.write() as tx:
        proposal = Proposal(family.household, visit, up["assessment"], world.who["hv"], Level(4, 4), "tonight", place)
        refer.propose(world.w, tx, proposal, world.clock())
    family.sofa(on="2026-11-24")
    assert (world.count("referral_raised"), world.count("referral")) == (1, 1)
    events = [row["event"] for row in world.rows("SELECT event FROM referral_event ORDER BY seq")]
    assert events[-2:] == ["raised", "news"]
    assert [one["number"] for one in updates.shown(world.w, referral).news] == [None, None]


def test_one_that_becomes_graver_twice_before_they_are_told_says_how_it_stood_when_they_were(world):
    world.clock.at = TUESDAY
    family = world.family()
    visit = family.visit(on="2026-11-24")
    referral = concern.refer_by_hand(world.w, world.who["hv"], visit, "social_care", "routine", "I am worried.")
    family.send()
    concern.refer_by_hand(world.w, world.who["hv"], visit, "social_care_urgent", "this_week", "More.")
    family.sofa(on="2026-11-24")
    with world.w.engine.read() as tx:
        up = raised.untold(tx, referral)
    assert [up[name] for name in ("from_urgency", "urgency", "from_destination")] == ["routine", "tonight", "social_care"]
    again(world, referral)
    assert "as ROUTINE" in page_one(world, 2)


def test_it_is_asked_for_again_of_whoever_takes_what_is_graver_and_those_who_had_it_are_told(world):
    entry(world, "named_nurse")
    family, referral, _ = early_help_that_became_graver(world)
    going = asking_again.shown(world.w, referral, Said("", "yes")).going
    assert (going.receiver.who.name, going.receiver.document) == ("Eastmoor front door", "referral")
    assert going.receiver.reasons[0] == "Until now it was with Eastmoor early help. It is graver now, so the choice was made again."
    assert again(world, referral, asked_for=HOSTILE) == 2
    rows = world.rows("SELECT place, name, document, number, round, answers FROM recipient WHERE number = 2 ORDER BY seq")
    assert [(row["place"], row["name"], row["document"], row["answers"]) for row in rows if row["name"] != "named_nurse"][:1] == [
        ("receiver", "Eastmoor front door", "raised", 1)
    ]
    assert ("copy", "Eastmoor early help", "update", None) in [(r["place"], r["name"], r["document"], r["answers"]) for r in rows]
    assert "health_copy" in [row["document"] for row in rows]
    assert {row["round"] for row in rows} == {2}
    assert (world.count("referral"), family.state_of(referral)) == (1, "delivered")
    owed = duties(world)
    assert set(owed) == {"acknowledge"}
    assert owed["acknowledge"][0] == "2026-11-24T14:40:00.000Z", "they answer anew, in the four hours of what is level 4"
    reply.acknowledge(world.w, world.who["duty"], referral)
    assert refused(lambda: reply.acknowledge(world.w, world.who["helper"], referral))[0] is None, "it is no more theirs to answer"
    reply.decide(world.w, world.who["duty"], referral, "enquiry_s47", "Seen.", "Today.")
    assert duties(world) == {}
    rebuild(world.w.engine)
    assert world.rows("SELECT * FROM handing_over") == []


def test_page_one_says_first_what_is_graver_how_it_stood_and_what_is_asked_now(world):
    _, referral, _ = early_help_that_became_graver(world)
    again(world, referral, asked_for="Please see Ava tonight, with the police.")
    said = page_one(world, 2)
    order = [
        "TONIGHT", "Graver than before. It was sent on 23 November 2026 at 10:40, to Eastmoor early help,",
        "Found: On 24 November",
        "sofa", "Please see Ava tonight, with the police.", "The children, and where they are tonight",
    ]  # fmt: skip
    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)
    [letter] = world.rows("SELECT content FROM letter WHERE document = 'raised'")
    assert "How this letter came about" in letter["content"], "it is whole: whoever gets it first needs no other letter"
    assert "Graver than before" in page_one(world, 2, "update"), "whoever had it is told as much on page one"
    [message] = [one for one in world.post.sent if one.reference.endswith("-2") and one.answer_link]
    assert "more urgent" in message.text


def test_what_cannot_wait_is_phoned_first_and_its_clock_runs_from_the_call(world):
    _, referral, _ = early_help_that_became_graver(world)
    assert phoning.phoning(world.w, referral, asking_again.shown(world.w, referral, Said()).going).comes_first
    world.clock.on(minutes=30)
    call = phoning.Call("Eastmoor front door", "01632 960100", "yes", "Kim Ode", "2026-11-24T10:50:00.000Z", "She comes tonight.")
    phoning.record(world.w, world.who["hv"], referral, call)
    assert duties(world)["raise"][0] == "2026-11-24T14:50:00.000Z"
    assert not phoning.phoning(world.w, referral).comes_first
    again(world, referral)
    assert "Kim Ode (Eastmoor front door)" in page_one(world, 2)


def test_it_is_sent_as_it_is_known_and_the_rest_is_owed(world):
    _, referral, _ = early_help_that_became_graver(world)
    again(world, referral, as_known=True, parents_told="", why_not_early_help="", meanwhile="")
    assert world.rows("SELECT kind FROM duty WHERE kind = 'follow_up'") == [{"kind": "follow_up"}]


def test_at_night_it_goes_to_whoever_answers_then_and_says_why(world):
    entry(world, "out_of_hours", email="night@eastmoor.example", name="Eastmoor nights")
    _, referral, _ = early_help_that_became_graver(world, NIGHT)
    going = asking_again.shown(world.w, referral, Said("", "yes")).going
    assert going.receiver.who.name == "Eastmoor nights"
    assert "the office is shut" in " ".join(going.receiver.reasons)
    assert "Eastmoor front door" in [one.who.name for one in going.copies]
    again(world, referral)
    assert {message.to for message in world.post.sent if message.reference.endswith("-2")} >= {"night@eastmoor.example"}


def test_the_same_team_keeps_it_in_sight_and_answers_anew(world):
    world.clock.at = TUESDAY
    family = world.family()
    by_hand = concern.refer_by_hand(world.w, world.who["hv"], family.visit(on="2026-11-24"), "social_care", "this_week", "I am worried.")
    assert family.send() == by_hand
    reply.answer(world.w, world.who["duty"], by_hand, Reply(RECEIVED))
    family.sofa(on="2026-11-24")
    assert asking_again.shown(world.w, by_hand, Said("", "yes")).going.receiver.reasons[0].startswith("They have the referral and go on")
    asking_again.send(world.w, world.who["hv"], by_hand, completion())
    assert look.opened(world.w, "received", world.who["duty"], by_hand) is not None, "while the update is on its way too"
    world.work()
    assert family.state_of(by_hand) == "delivered"
    reply.acknowledge(world.w, world.who["duty"], by_hand)
    assert family.state_of(by_hand) == "acknowledged"


def test_by_hand_a_graver_concern_raises_what_was_sent_and_as_much_again_is_told_there(world):
    world.clock.at = TUESDAY
    family = world.family()
    visit = family.visit(on="2026-11-24")
    first = concern.refer_by_hand(world.w, world.who["hv"], visit, "social_care", "this_week", "I am worried.")
    family.send()
    assert refused(lambda: concern.refer_by_hand(world.w, world.who["hv"], visit, "social_care", "routine", "Still."))[0] == "destination"
    assert concern.refer_by_hand(world.w, world.who["hv"], visit, "social_care_urgent", "tonight", HOSTILE) == first
    again(world, first)
    assert json.dumps(HOSTILE, ensure_ascii=False)[1:8] in page_one(world, 2)


def test_one_that_is_decided_before_they_were_told_is_proposed_anew(world):
    family, referral, visit = early_help_that_became_graver(world)
    reply.answer(world.w, world.who["helper"], referral, Reply(DECISION, "early_help", "They agree."))
    anew = family.referral()
    assert (anew != referral, family.state_of(anew)) == (True, "proposed")
    assert world.rows("SELECT submission, level FROM referral WHERE id = :id", id=anew) == [{"submission": visit, "level": 4}]
    assert set(duties(world)) == {"complete"}


def test_after_a_decision_a_graver_need_is_a_referral_of_its_own(world):
    family = world.family()
    family.untidy()
    first = family.send()
    reply.answer(world.w, world.who["helper"], first, Reply(DECISION, "early_help", "They agree."))
    family.sofa()
    assert (family.referral() != first, world.count("referral_raised")) == (True, 0)


def test_one_that_was_given_back_is_sent_on_first_by_the_graver_clock(world):
    _, referral, _ = early_help_that_became_graver(world)
    reply.answer(world.w, world.who["helper"], referral, Reply(NOT_FOR_US, not_ours_reason="Too much for us.", whose="Social care"))
    assert not asking_again.shown(world.w, referral, Said()).may
    assert refused(lambda: again(world, referral))[0] is None
    assert duties(world)["send_on"][0] == "2026-11-24T14:40:00.000Z"
    send_on.send_on(world.w, world.who["hv"], referral, world.front_door)
    world.work()
    assert again(world, referral) == 2
    assert set(duties(world)) == {"acknowledge"}


def test_it_may_be_let_stand_with_a_reason_and_never_without(world):
    family, referral, _ = early_help_that_became_graver(world)
    assert refused(lambda: raised.let_stand(world.w, world.who["hv"], referral, " "))[0] == "stand_reason"
    raised.let_stand(world.w, world.who["hv"], referral, HOSTILE)
    assert set(duties(world)) == {"decide"}
    assert asking_again.shown(world.w, referral, Said()) is None
    assert family.state_of(referral) == "acknowledged"
    assert refused(lambda: again(world, referral))[0] is None


@pytest.mark.parametrize("who", ["west", "duty", "admin"])
def test_only_the_familys_team_tells(world, who):
    _, referral, _ = early_help_that_became_graver(world)
    assert refused(lambda: asking_again.send(world.w, world.who[who], referral, completion()))[0] is None
    assert refused(lambda: raised.let_stand(world.w, world.who[who], referral, "No."))[0] is None


def test_a_letter_that_was_still_to_be_written_says_what_was_so_when_it_was_sent_and_both_go(world):
    world.clock.at = TUESDAY
    family = world.family()
    family.untidy(on="2026-11-24")
    referral = family.referral()
    refer.send(world.w, world.who["hv"], referral, completion(asked_for="Please offer help."))
    visit = world.rows("SELECT submission, assessment FROM referral")[0]
    place = Destination("social_care_urgent", "Social care", ("It got worse.",))
    with world.w.engine.write() as tx:
        proposal = Proposal(family.household, "another", visit["assessment"], world.who["hv"], Level(4, 4), "tonight", place)
        refer.propose(world.w, tx, replace(proposal, submission=visit["submission"]), TUESDAY)
    asking_again.send(world.w, world.who["hv"], referral, completion(asked_for="Please come tonight."))
    world.work()
    rows = world.rows("SELECT document, number, round, content FROM letter ORDER BY number")
    assert [(row["document"], row["number"], row["round"]) for row in rows] == [("early_help", 1, 1), ("raised", 2, 2)]
    for row, said in zip(rows, ((True, False), (False, True)), strict=True):
        assert ("offer help" in row["content"], "come tonight" in row["content"]) == said
    assert family.state_of(referral) == "delivered"

"""The letter of a sent referral: written once from the facts, handed over until somebody has it, every attempt a fact."""

import hashlib

import pytest

from tests.flow.notes import NIGHT_ON_THE_SOFA, Absent, Known, child
from tests.flow.world import World, completion
from visitapp.deliver import Outcome
from visitapp.flow import letter_facts, refer, telling
from visitapp.flow.sweep import put_back, stuck

LATER = Outcome("try_again", "451 later")
REFUSED = Outcome("refused", "550 no such desk")
PERHAPS = Outcome("unknown", "the line went dead")


def outcomes(world: World) -> list[tuple[int, str, str]]:
    return [(row["attempt"], row["outcome"], row["address"]) for row in world.rows("SELECT * FROM delivery ORDER BY seq")]


def test_the_letter_is_kept_to_the_byte_as_it_was_handed_over(world):
    family = world.family()
    family.sofa()
    family.send()
    letter = world.rows("SELECT * FROM letter")[0]
    message = world.post.sent[0]
    assert message.pdf == bytes(letter["bytes"])
    assert hashlib.sha256(message.pdf).hexdigest() == letter["sha256"]
    assert message.pdf.startswith(b"%PDF")
    assert (message.to, message.letter_id) == ("desk@eastmoor.example", letter["id"])
    assert "Okoro" not in message.subject + message.text + message.filename
    assert outcomes(world) == [(1, "sent", "desk@eastmoor.example")]


def test_what_may_work_later_is_tried_for_ever_and_announced(world):
    family = world.family()
    family.sofa()
    world.post.answers = [LATER, PERHAPS, LATER]
    referral = family.send()
    for _ in range(3):
        assert family.state_of(referral) == "lettered"
        world.clock.on(hours=1)
        world.work()
    assert [outcome for _, outcome, _ in outcomes(world)] == ["try_again", "unknown", "try_again", "sent"]
    assert len({message.letter_id for message in world.post.sent}) == 1
    assert family.state_of(referral) == "delivered"


def test_a_letter_not_delivered_in_time_is_the_practitioners_to_hand_over(world):
    family = world.family()
    family.sofa()
    world.post.answers = [LATER] * 40
    referral = family.send()
    world.clock.on(hours=3)
    assert [(one.what, one.id, one.owner) for one in stuck(world.w)] == [("letter_not_delivered", referral, world.who["hv"])]


def test_a_refused_letter_is_announced_at_once_and_not_sent_again(world):
    family = world.family()
    family.sofa()
    world.post.answers = [REFUSED]
    referral = family.send()
    assert [one.what for one in stuck(world.w)] == ["letter_refused"]
    assert {row["to_account"] for row in world.rows("SELECT to_account FROM notice")} == {world.who["lead"], world.who["hv"]}
    world.clock.on(hours=5)
    put_back(world.w)
    world.work()
    assert outcomes(world) == [(1, "refused", "desk@eastmoor.example")]
    assert family.state_of(referral) == "lettered"


def test_a_transport_that_breaks_is_tried_again(world, monkeypatch):
    def broken(_message):
        raise OSError("the disk is full")

    family = world.family()
    family.sofa()
    with monkeypatch.context() as here:
        here.setattr(world.post, "send", broken)
        referral = family.send()
        assert outcomes(world) == []
    world.clock.on(hours=1)
    world.work()
    assert family.state_of(referral) == "delivered"


def facts_of(world: World, family) -> letter_facts.f.LetterFacts:
    referral = family.referral()
    refer.send(world.w, world.who["hv"], referral, completion(where_child_is="With his aunt."))
    with world.w.engine.read() as tx:
        return letter_facts.gather(world.w, tx, referral, world.clock())


def test_the_letter_says_who_what_and_how_it_is_known(world):
    family = world.family()
    family.not_let_in(on="2026-11-01")
    call = {
        "id": "c",
        "at": "2026-11-22T10:45:00.000Z",
        "who": "Duty",
        "number": "01632 960100",
        "reached": True,
        "spoke_to": "J",
        "said": "Coming",
    }
    family.sofa(calls=[call])
    said = facts_of(world, family)
    assert (said.children[0].name, said.children[0].age) == ("Ava Okoro", "9 weeks")
    assert (said.adults[0].name, said.adults[0].relation, said.household_phone) == ("Ada Okoro", "Mother", "07700 900456")
    assert (said.urgency, said.level.at_least, said.destination) == (
        "tonight",
        4,
        "Eastmoor children's social care, urgent: phone first, then write",
    )
    assert said.referrer.name == "Worker hv"
    assert said.referrer.manager == "Worker lead"
    assert (said.people_seen[0].name, said.people_seen[0].how) == ("Ava", "Yes, awake")
    assert "Slept on: A sofa (Ava, last night)" in [line.text for line in said.evidence]
    assert {line.known for line in said.evidence if line.by} == {"seen"}
    assert said.sleeps[0].where == "A sofa"
    assert "alcohol" in said.sleeps[0].beside
    assert [(line.on, line.outcome) for line in said.visits] == [
        ("2026-11-22", "Home visit"), ("2026-11-01", "It was arranged, and nobody answered"),
    ]  # fmt: skip
    assert [(one.kind, one.count) for one in said.not_completed] == [("It was arranged, and nobody answered", 1)]
    assert said.urgent_calls[0].spoke_to == "J"
    assert said.completion.where_child_is == "With his aunt."
    assert ("Form", "home_visit-2") in said.versions


def test_what_is_confidential_never_reaches_the_letter(world):
    family = world.family()
    secret = "He said he would find us wherever we went."
    adult = {"person": family.people["Ada"], "met": "not_alone", "abuse_asked": "disclosed", "abuse_said": secret}
    family.visit(family.child(NIGHT_ON_THE_SOFA) | {"adults": [adult]})
    said = facts_of(world, family)
    assert "find us" not in repr(said)
    assert "abuse" not in repr(said).lower()
    world.work()
    assert "find us" not in world.rows("SELECT content FROM letter")[0]["content"]


def test_not_asked_not_seen_and_refused_reach_the_letter_as_such(world):
    family = world.family()
    night = {"which_sleep": "last_night", "surface": "sofa", "shared": Known("told", True), "mattress": Absent("refused")}
    sharer = {"who": "partner", "taken": Absent("not_asked"), "smoker": Absent("not_asked")}
    family.visit({"children": [child(family.people["Ava"], night | {"sharers": [sharer]}, mark=Absent("not_seen"))]})
    said = facts_of(world, family)
    why = {line.what: line.why for line in said.cannot_tell}
    assert why["Had taken (Ava, last night, parent's partner)"] == "not asked"
    assert why["Put down (Ava, last night)"] == "not answered"
    assert why["Marks (Ava)"] == "not seen"
    assert "no" not in {line.why for line in said.cannot_tell}


@pytest.mark.parametrize("words", ["<b>&amp;</b> \x00 \ud83d", "ہے الله", "x" * 20_000, "\u202e" * 50])
def test_hostile_text_never_stops_a_letter(world, words):
    family = world.family("O'Neill-ŵ")
    family.visit(family.child(NIGHT_ON_THE_SOFA | {"sleep_words": words.encode("utf-8", "replace").decode()}) | {"concern": "x"})
    assert family.state_of(family.send(asked_for="Please visit. " + words.encode("utf-8", "replace").decode()[:5000])) == "delivered"


def test_what_the_visitor_wrote_reaches_the_letter(world):
    family = world.family()
    wrote = {
        "seen": "not_seen",
        "not_seen_why": "At his aunt's, said Ada",
        "impact": Known("told", "seen"),
        "impact_words": "He cried for six minutes",
    }
    family.visit(
        {"children": [child(family.people["Ava"], NIGHT_ON_THE_SOFA, **wrote)], "plan": "A cot by Friday", "next_visit": "2026-11-24",
         "concern": "Nobody was sober.", "hazards": Known("seen", ["drugs", "not_all"])}
    )  # fmt: skip
    said = facts_of(world, family)
    assert ("Example (Ava)", "He cried for six minutes") in said.in_words
    assert ("Agreed", "A cot by Friday") in said.in_words
    assert ("Next visit", "24 November 2026") in said.in_words
    assert "Nobody was sober." not in dict(said.in_words).values()  # it has a section of its own
    assert said.people_seen[0].how == "Not seen (said to be: At his aunt's, said Ada)"


def test_an_answer_in_part_and_a_list_that_may_go_on_are_not_called_unanswered(world):
    form = world.w.catalogue.current("home_visit")
    body = {"answers": {"hazards": {"value": ["drugs", "not_all"], "known": "seen"}}}
    unknown = telling.cannot_tell(form, telling.tell(form, body, {}), ["hazards", "children"])
    assert unknown[0].why.startswith("known in part (Drugs")
    assert (unknown[1].what, unknown[1].why) == ("Child", "whether that is all was not recorded")

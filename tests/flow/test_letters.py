"""The letter of a sent referral: written once from the facts, handed over until somebody has it, every attempt a fact."""

import hashlib

import pytest

from tests.flow.notes import NIGHT_ON_THE_SOFA, SAFE_NIGHT, Absent, Known, child
from tests.flow.world import World, completion
from tests.letter.reading import of_section, one_line, pages
from visitapp.deliver import Outcome
from visitapp.flow import concern, letter_facts, life_events, refer, telling
from visitapp.flow.stuck import what_is_stuck
from visitapp.flow.sweep import put_back
from visitapp.letter.content import compose

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
    [recipient] = world.rows("SELECT id FROM recipient")
    assert (message.to, message.letter_id) == ("desk@eastmoor.example", recipient["id"])
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
    assert [(one.what, one.id, one.owner) for one in what_is_stuck(world.w)] == [("letter_not_delivered", referral, world.who["hv"])]


def test_a_refused_letter_is_announced_at_once_and_not_sent_again(world):
    family = world.family()
    family.sofa()
    world.post.answers = [REFUSED]
    referral = family.send()
    assert [one.what for one in what_is_stuck(world.w)] == ["letter_refused"]
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
    told = "On 22 November 2026 at 09:50 I saw: Ava, last night: slept on a sofa, the mother had taken alcohol."
    assert (said.evidence[0].text, said.evidence[0].known, said.evidence[0].tonight) == (told, "seen", True)
    assert said.sleeps[0].where == "A sofa"
    assert "alcohol" in said.sleeps[0].beside
    assert [(line.on, line.outcome) for line in said.visits] == [
        ("2026-11-22", "Home visit"), ("2026-11-01", "It was arranged, and nobody answered"),
    ]  # fmt: skip
    assert [(one.kind, one.count) for one in said.not_completed] == [("It was arranged, and nobody answered", 1)]
    assert said.urgent_calls[0].spoke_to == "J"
    assert said.completion.where_child_is == "With his aunt."
    assert ("Form", "home_visit-3") in said.versions


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
    lines = [f"{line.what}: {line.why}" for line in said.cannot_tell]
    for why in (
        "Had taken (Ava, last night, parent's partner): not asked", "Put down (Ava, last night): not answered", "Marks (Ava): not seen",
    ):  # fmt: skip
        assert any(why in line for line in lines)
    assert "no" not in {line.why for line in said.cannot_tell}
    mark = next(line for line in said.cannot_tell if "Marks (Ava): not seen" in line.why)
    assert (mark.what, mark.matters) == ("Is there any mark on Ava, and what is said about how it came?", True)


def test_page_one_says_first_which_child_and_which_place_was_not_seen(world):
    family = world.family()
    family.member("Ben", "Okoro", "child", born_on="2024-01-05")
    away = {"seen": "not_seen", "not_seen_why": "At his aunt's, said Ada."}
    both = {"children": [child(family.people["Ava"], NIGHT_ON_THE_SOFA), child(family.people["Ben"]) | away | {"row": "r2"}]}
    family.visit(both | {"room_sleep": "not_shown", "room_kitchen": "fine", "room_living": "not_seen"})
    said = [(one.what, one.why) for one in facts_of(world, family).cannot_tell if one.matters]
    assert said[:3] == [
        ("How Ben is", "not seen at the visit; said to be: At his aunt's, said Ada"),
        ("Where the children sleep", "asked to see it and not shown"), ("Living room", "not seen"),
    ]  # fmt: skip


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


# what the newest forms ask


def letter_of(world: World, family) -> str:
    """Everything that the kept letter says, as plain data and as drawn."""
    world.work()
    row = world.rows("SELECT content, bytes FROM letter")[0]
    return str(row["content"]) + one_line(" ".join(pages(bytes(row["bytes"]))))


def test_rooms_of_one_tap_are_one_line_and_what_was_said_of_one_stands_in_the_table(world):
    family = world.family()
    rooms = {"room_sleep": "not_shown", "room_kitchen": "something", "room_bathroom": "fine", "room_living": "fine"}
    more = {"home_also": ["bottles"], "bottles": "moderate", "cause": Known("told", ["low_mood"]), "cause_words": "She says so."}
    family.visit(family.child(NIGHT_ON_THE_SOFA) | rooms | more)
    said = facts_of(world, family)
    assert said.rooms == (
        "Asked to see it and not shown: Where the children sleep; Seen, something to say: Kitchen; "
        "Seen, nothing of concern: Bathroom, Living room"
    )
    assert [(item.item, item.known) for item in said.home] == [("Bottles", "seen"), ("What may lie behind it", "told")]
    assert ("How it will be tested", "She says so.") in said.home_words


def test_each_child_has_a_sentence_of_their_own_and_a_line_of_answers(world):
    family = world.family()
    own = {
        "day": "Ava is fed by the clock and carried in between.",
        "feeding": Known("shown", "growing"),
        "weight_on": Known("shown", "2026-11-19"),
    }
    family.visit(family.child(NIGHT_ON_THE_SOFA, **own))
    said = facts_of(world, family)
    assert said.days == (("Ava", "Ava is fed by the clock and carried in between."),)
    assert said.each_child == (
        ("Ava", "Moves about: Does not roll yet; Weighed on: 19 November 2026; Asked, with none or no worry: feeding and growth"),
    )
    assert "carried" not in dict(said.in_words).values()


def test_scores_stand_with_their_range_day_and_form_on_the_last_page(world):
    family = world.family()
    ada = {"person": family.people["Ada"], "uses": ["alcohol"], "use_alone": True, "audit_often": "four_week", "audit_units": "seven_nine"}
    family.visit(family.child(NIGHT_ON_THE_SOFA) | {"contact": "new_birth", "adult_use": [ada], "room_kitchen": "fine"})
    said = facts_of(world, family)
    assert ("AUDIT-C, Ada", "from 7 to 11 of 12: not all of it was answered, 22 November 2026, home_visit-3") in said.scores
    assert "Four times a week or more" not in said.substances[0].what
    assert not any(title.startswith("CUDIT") for title, _ in said.scores)
    assert "AUDIT-C, Ada" in pages(bytes(letter_of_bytes(world)))[-1]


def letter_of_bytes(world: World) -> bytes:
    world.work()
    return bytes(world.rows("SELECT bytes FROM letter")[0]["bytes"])


def test_visits_not_completed_are_counted_by_kind_across_confirmed_addresses_and_ours_never_against_them(world):
    before, family = world.family("Okoro"), world.family()
    before.not_let_in("refused_at_door", on="2026-10-10")
    life_events.same_family(world.w, world.who["hv"], family.household, earlier=before.household, why="The same mother.")
    for outcome, on in (("no_answer", "2026-11-01"), ("no_answer", "2026-11-05"), ("cancelled_by_service", "2026-11-08")):
        family.visit({"outcome": outcome}, form="not_let_in", on=on)
    family.visit(family.child(SAFE_NIGHT) | {"announced": "unannounced"}, on="2026-11-10")
    family.visit(family.child(NIGHT_ON_THE_SOFA) | {"announced": "announced"})
    said = facts_of(world, family)
    assert [(one.kind, one.count) for one in said.not_completed] == [
        ("An adult opened and did not want the visit", 1), ("It was arranged, and nobody answered", 2),
        ("We cancelled (never counted against the family)", 1),
    ]  # fmt: skip
    assert said.announced.startswith("1 visit arranged with the family, 1 not arranged.")


def test_how_the_home_was_at_arranged_and_other_visits_is_said_with_how_many_of_each(world):
    family = world.family()
    bad = {"room_living": "something", "floors": "severe", "warmth": "good", "home_also": ["nothing"]}
    good = dict.fromkeys(("room_sleep", "room_kitchen", "room_bathroom", "room_living"), "fine")
    family.visit(family.child(SAFE_NIGHT) | good | {"announced": "announced"}, on="2026-11-10")
    family.visit(family.child(NIGHT_ON_THE_SOFA) | good | bad | {"announced": "unannounced"})
    said = facts_of(world, family)
    assert "higher is worse: 0 at 1 arranged, 3 at 1 not arranged" in said.announced_home
    assert [(one.on, one.at_least, one.could_be) for one in said.home_course] == [("2026-11-10", 0, 0), ("2026-11-22", 3, 3)]
    assert "Rooms seen: 4 on 10 November 2026, 4 on 22 November 2026. 2 visits, best 4, worst 4, fewer is worse." in said.courses


PRIVATE = {
    "source": "private", "private_kind": "neighbour", "private_name": "Ivy Cole of Flat 4", "informant_protected": "protected",
    "private_words": "She hears it through the wall", "first_hand": "saw", "happened_on": "2026-11-18", "said": "A baby cried for an hour.",
}  # fmt: skip
HOSPITAL = {
    "source": "hospital",
    "told_by": "Sister Rahman",
    "first_hand": "record",
    "said": "She was not weighed.",
    "apart": True,
    "apart_words": "HIDDEN",
}


def test_what_others_told_us_is_said_with_its_source_and_how_they_know_and_no_private_person_is_named(world):
    family = world.family()
    for said, on in ((PRIVATE, "2026-11-19"), (HOSPITAL, "2026-11-20")):
        family.visit(said, form="information_received", on=on)
    family.sofa()
    said = facts_of(world, family)
    assert [(one.on, one.source, one.how, one.said, one.happened) for one in said.information] == [
        ("2026-11-20", "A hospital (Sister Rahman)", "From a record or a report", "She was not weighed.", ""),
        ("2026-11-19", "A private person", "They saw or heard it themselves", "A baby cried for an hour.", "18 November 2026"),
    ]  # fmt: skip
    assert not any(line.outcome == "Information received" for line in said.visits)
    letter = letter_of(world, family)
    assert "A baby cried for an hour." in letter
    assert not [word for word in ("Ivy", "Cole", "Flat 4", "through the wall", "neighbour", "HIDDEN") if word in letter]


def test_a_private_person_who_agreed_to_be_named_is(world):
    family = world.family()
    agreed = {"informant_protected": "named", "informant_named": "Ivy Cole"}
    family.visit(PRIVATE | agreed, form="information_received", on="2026-11-19")
    family.sofa()
    assert facts_of(world, family).information[0].source == "A private person (Ivy Cole)"


def test_an_address_that_must_be_kept_from_somebody_is_in_no_letter(world):
    family = world.family()
    ada = {"person": family.people["Ada"], "met": "alone", "abuse_asked": "disclosed", "address_protected": True}
    family.visit(family.child(SAFE_NIGHT) | {"adults": [ada]}, on="2026-11-10")
    family.sofa()
    said = facts_of(world, family)
    assert (said.household_address, said.address_kept_back) == ("", True)
    letter = letter_of(world, family)
    assert "Kept back" in letter
    assert not [word for word in ("Mill Row", "EM1 4AB") if word in letter]


def test_an_address_is_no_longer_kept_back_once_she_says_so(world):
    family = world.family()
    for on, kept in (("2026-11-10", True), ("2026-11-12", False)):
        ada = {"person": family.people["Ada"], "met": "alone", "abuse_asked": "known_before", "address_protected": kept}
        family.visit(family.child(SAFE_NIGHT) | {"adults": [ada]}, on=on)
    family.sofa()
    assert facts_of(world, family).household_address == "4 Mill Row, EM1 4AB"


def test_what_was_found_before_stands_once_with_its_days_and_not_again_where_it_was_found_today(world):
    family = world.family()
    for put_down, on in (("side", "2026-11-01"), ("front", "2026-11-03"), ("side", "2026-11-05")):
        family.visit(family.child(SAFE_NIGHT | {"put_down": put_down}), on=on)
    family.visit(family.child(NIGHT_ON_THE_SOFA | {"put_down": "front"}))
    said = facts_of(world, family)
    assert [(one.on, one.also_on, one.said) for one in said.earlier_findings] == [
        ("2026-11-05", ("2026-11-01",), "Ava does not roll yet and was put down to sleep on the side."),
    ]  # fmt: skip


def test_what_could_matter_most_is_first_of_what_could_not_be_established(world):
    family = world.family()
    unknown = {"impact": Known("told", "unknown"), "unwell": Absent("not_asked")}
    family.visit(family.child(NIGHT_ON_THE_SOFA | {"bedding": Absent("not_seen")}, **unknown))
    said = [f"{line.what}: {line.why}" for line in facts_of(world, family).cannot_tell]
    places = [next(n for n, line in enumerate(said) if what in line) for what in ("The effect, once known (Ava)", "With the child (Ava")]
    assert places == sorted(places)


def test_a_sleep_that_is_not_said_to_be_another_was_last_night(world):
    family = world.family()
    family.member("Tom", "Okoro", "child", born_on="2023-01-01")
    tom = {"person": family.people["Tom"], "row": "r2", "seen": "awake", "nights": [{"surface": "own_bed", "mattress": "wet"}]}
    family.visit({"children": [child(family.people["Ava"], NIGHT_ON_THE_SOFA), tom]})
    said = facts_of(world, family)
    assert [(one.child, one.when, one.where) for one in said.sleeps] == [
        ("Ava", "Last night", "A sofa"),
        ("Tom", "Last night", "Their own bed"),
    ]


OTHER_FORMS = {
    "information_received": ({"source": "police", "danger_now": "now", "said": "They were called at night."}, "Told by: The police"),
    "not_let_in": ({"outcome": "refused_at_door", "danger_seen": ["fight"], "staff_safe": "shouted"}, "The worker: No, I was shouted at"),
    "antenatal": ({"where": "home", "open_to": "child_protection", "prebirth": "no"}, "Met: At their home"),
    "safer_sleep_review": ({"tonight_carer": "affected", "advice": "partly"}, "What was agreed last time: In part"),
}


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_every_form_can_be_what_a_letter_is_about(world, form):
    answers, said = OTHER_FORMS[form]
    family = world.family()
    family.visit(answers, form=form)
    assert said in facts_of(world, family).this_visit
    assert said in letter_of(world, family)


def test_an_answer_in_part_and_a_list_that_may_go_on_are_not_called_unanswered(world):
    form = world.w.catalogue.current("home_visit")
    body = {"answers": {"hazards": {"value": ["drugs", "not_all"], "known": "seen"}}}
    unknown = telling.cannot_tell(form, telling.tell(form, body, {}), ["hazards", "children"])
    assert unknown[0].why.startswith("known in part (Drugs")
    assert (unknown[1].what, unknown[1].why) == ("Child", "whether that is all was not recorded")


def test_of_a_visit_that_was_not_completed_page_one_says_that_nobody_was_seen(world):
    family = world.family()
    family.member("Ben", "Okoro", "child", born_on="2024-01-05")
    submission = family.not_let_in("refused_at_door", on="2026-11-22")
    concern.refer_by_hand(world.w, world.who["hv"], submission, "social_care", "this_week", "Nobody has seen them for a month.")
    said = facts_of(world, family)
    assert [(one.name, one.how) for one in said.people_seen] == [("Nobody", "An adult opened and did not want the visit")]
    assert (said.cannot_tell[0].what, said.cannot_tell[0].why) == ("How Ava and Ben are", "no child was seen at this visit")
    assert said.analysis == "Nobody has seen them for a month."


def test_a_pre_birth_referral_has_the_due_date_and_the_mothers_number_and_none_of_the_babys(world):
    family = world.family(born_on=None, due_on="2027-02-01")
    family.member("Eve", "Okoro", "mother", born_on="2001-03-04", nhs_number="9990000018")
    submission = family.visit({}, form="antenatal")
    if not world.count("referral"):
        concern.refer_by_hand(world.w, world.who["hv"], submission, "social_care", "this_week", "Nobody is there for her.")
    facts = facts_of(world, family)
    assert facts.children[0].age == "about 29 weeks of pregnancy"
    said = [text for section in compose(facts, kind="pre_birth").page_one for text in of_section(section)]
    assert "1 February 2027, about 29 weeks of pregnancy." in said
    assert "9990000018" in said or "999 000 0018" in said
    assert "None yet" in said
    assert not any("nobody is recorded" in text for text in said), "before birth nobody holds parental responsibility"

"""What a practitioner adds before a referral is sent: checked, kept as typed, and said by the letter in the practitioner's words."""

import json

import pytest

from tests.flow.notes import NIGHT_ON_THE_SOFA, SAFE_NIGHT, Known
from tests.flow.world import World, completion
from visitapp.domain.plain_words import pointed_out
from visitapp.flow import completing, letter_facts, refer, updates
from visitapp.flow.completion import fits_where_it_goes
from visitapp.letter.content import compose
from visitapp.letter.facts import LetterFacts, Reworded, Whereabouts
from visitapp.problems import Problem

HOSTILE = "<b>&amp;</b> \U0001f476 \u202egnp.exe ہے الله " + "x" * 9_900


def on_the_sofa(world: World):
    family = world.family()
    family.visit(family.child(NIGHT_ON_THE_SOFA) | {"concern": "x"})
    return family


def letter_facts_of(world: World, referral: str) -> LetterFacts:
    with world.w.engine.read() as tx:
        return letter_facts.gather(world.w, tx, referral, world.clock())


def page_one(facts: LetterFacts) -> str:
    return json.dumps(compose(facts).as_json()["page_one"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("safe_number", {"safe_number": "ask her sister", "safe_times": "Mornings"}),
        ("safe_times", {"safe_number": "07700 900456"}),
        ("meanwhile", {"meanwhile": "x" * 10_001}),
        ("tonight", {"tonight": (Whereabouts("p", "x" * 10_001),)}),
        ("agreement", {"agreement": "perhaps"}),
    ],
)
def test_a_completion_says_what_to_put_right(world, field, said):
    family = on_the_sofa(world)
    with pytest.raises(Problem) as problem:
        refer.send(world.w, world.who["hv"], family.referral(), completion(**said))
    assert (problem.value.status, problem.value.field) == (422, field)


@pytest.mark.parametrize(
    ("destination", "urgency", "said", "field"),
    [
        ("early_help", "routine", {"agreement": "no"}, "agreement"),
        ("early_help", "routine", {"agreement": "yes", "agreed_by": ""}, "agreed_by"),
        ("early_help", "routine", {"agreement": "yes"}, None),
        ("social_care", "this_week", {"why_not_early_help": ""}, "why_not_early_help"),
        ("social_care", "tonight", {"why_not_early_help": ""}, None),
        ("social_care_urgent", "tonight", {"why_not_early_help": "", "agreement": ""}, None),
    ],
)
def test_what_is_asked_depends_on_where_it_goes_and_what_is_urgent_waits_for_less(destination, urgency, said, field):
    plain = {"agreement": "", "agreed_by": "Ada, today.", "why_not_early_help": "x", "as_known": False}
    row = {"destination": destination, "urgency": urgency, "level": 3}
    assert [one for one, _ in fits_where_it_goes(row, plain | said)] == ([field] if field else [])


def test_page_one_says_where_each_child_is_tonight_how_to_phone_and_in_which_language(world):
    family = world.family()
    ben = family.member("Ben", "Okoro", "child", born_on="2024-01-05")
    family.member("Zainab", "Okoro", "grandparent", born_on="1970-01-01", language="Urdu", interpreter=True)
    family.sofa()
    referral = family.referral()
    tonight = (Whereabouts(family.people["Ava"], "At home", "with Ada"), Whereabouts(ben, "9 Weir Lane", "Zainab"))
    refer.send(
        world.w, world.who["hv"], referral,
        completion(tonight=tonight, safe_number="07700 900456", safe_times="Mornings", why_not_early_help="It was tried."),
    )  # fmt: skip
    facts = letter_facts_of(world, referral)
    assert [(one.name, one.where_now, one.with_whom) for one in facts.children] == [
        ("Ava Okoro", "At home", "with Ada"), ("Ben Okoro", "9 Weir Lane", "Zainab"),
    ]  # fmt: skip
    said = page_one(facts)
    for words in (
        "At home, with Ada", "9 Weir Lane, with Zainab", "07700 900456. When it is safe: Mornings.",
        "Zainab speaks Urdu and needs an interpreter.", "It was tried.", "They agreed to this help. Ada, today.",
        "for Ava and Ben nobody is recorded",
    ):  # fmt: skip
        assert words.replace(" ", "") in said.replace("\u00a0", " ").replace(" ", ""), words


def test_each_sentence_says_when_how_it_is_known_and_what_and_no_answer_twice(world):
    family = on_the_sofa(world)
    made = completing.asking(world.w, world.who["hv"], family.referral()).sentences
    assert made[0].text == "On 22 November 2026 at 09:50 I saw: Ava, last night: slept on a sofa, the mother had taken alcohol."
    assert made[1].text == "On 22 November 2026 at 09:50 I was told: Ava, last night: it was shared."
    assert len({one.id for one in made}) == len(made)
    assert sum("sofa" in one.text for one in made) == 1


def test_a_changed_sentence_is_what_the_letter_says_and_both_wordings_are_kept_with_who_and_when(world):
    family = on_the_sofa(world)
    referral = family.referral()
    asked = completing.asking(world.w, world.who["hv"], referral)
    first, second = asked.sentences[:2]
    typed = {one.id: one.text.replace("\n", "\r\n") for one in asked.sentences} | {first.id: "Ava slept beside me. <b>", second.id: "  "}
    changes = completing.changes(asked, typed)
    assert changes == (Reworded(first.id, first.text, "Ava slept beside me. <b>"), Reworded(second.id, second.text, ""))
    refer.send(world.w, world.who["hv"], referral, completion(sentences=changes))
    said = [one.text for one in letter_facts_of(world, referral).evidence]
    assert said[0] == "Ava slept beside me. <b>"
    assert second.text not in said
    kept = world.rows("SELECT e.detail, j.actor, j.at FROM referral_event e JOIN journal j ON j.seq = e.seq WHERE e.event = 'requested'")[0]
    assert (kept["actor"], kept["at"]) == (world.who["hv"], world.clock())
    assert json.loads(kept["detail"])["sentences"][0] == {"id": first.id, "wrote": first.text, "made": "Ava slept beside me. <b>"}


def test_what_was_found_without_a_way_of_knowing_is_said_of_the_day_and_a_time_only_of_what_was_written_that_day(world):
    family = world.family()
    family.visit(family.child(SAFE_NIGHT) | {"today": ["kept"], "room_sleep": "not_shown"}, on="2026-11-20")
    made = completing.asking(world.w, world.who["hv"], family.referral()).sentences
    said = "On 20 November 2026: The place where the children sleep was asked for and not shown."
    assert (made[0].known, made[0].text) == (None, said)


def test_hostile_text_in_every_field_is_kept_as_typed_and_makes_a_letter(world):
    family = on_the_sofa(world)
    referral = family.referral()
    asked = completing.asking(world.w, world.who["hv"], referral)
    said = dict.fromkeys(("asked_for", "parents_said", "not_told_detail", "agreed_by", "why_not_early_help", "where_child_is", "safe_times",
                          "meanwhile", "phoned_who"), HOSTILE)  # fmt: skip
    refer.send(
        world.w, world.who["hv"], referral,
        completion(**said, safe_number="12345 " + HOSTILE, tonight=(Whereabouts(family.people["Ava"], HOSTILE, HOSTILE),),
                   sentences=tuple(Reworded(one.id, one.text, HOSTILE) for one in asked.sentences)),
    )  # fmt: skip
    world.work()
    assert family.state_of(referral) == "delivered"
    assert json.loads(world.rows("SELECT detail FROM referral_event WHERE event = 'requested'")[0]["detail"])["meanwhile"] == HOSTILE


def test_only_the_familys_team_is_shown_what_is_asked(world):
    family = on_the_sofa(world)
    for who in ("west", "duty", "admin"):
        with pytest.raises(Problem) as problem:
            completing.asking(world.w, world.who[who], family.referral())
        assert problem.value.status == 404


def test_what_the_visit_said_of_tonight_is_shown_beside_each_child(world):
    family = world.family()
    family.visit(family.child(NIGHT_ON_THE_SOFA, tonight_place=Known("told", "shared")))
    asked = completing.asking(world.w, world.who["hv"], family.referral())
    assert [(one.name, one.said) for one in asked.children] == [("Ava", "Sharing with someone, as planned")]
    assert asked.not_enough
    assert not asked.agreement


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada failed to attend and DENIES it; a chaotic home, no engagement.", ["failed", "DENIES", "chaotic", "no engagement"]),
        ("She said: “I failed her.” He did not come.", []),
        ("The dna of it; undenied; a choice of cots; Hostilities", []),
        ("DNA twice", ["DNA"]),
        ("", []),
    ],
)
def test_words_that_judge_are_pointed_out_but_not_what_somebody_said(text, words):
    assert [one.word for one in pointed_out(text)] == words
    assert all(one.instead for one in pointed_out(text))


def test_what_was_changed_in_a_letter_is_not_said_of_a_later_visit(world):
    family = on_the_sofa(world)
    referral = family.referral()
    asked = completing.asking(world.w, world.who["hv"], referral)
    refer.send(
        world.w, world.who["hv"], referral, completion(sentences=(Reworded(asked.sentences[0].id, asked.sentences[0].text, "MINE"),))
    )
    world.work()
    world.clock.on(days=1)
    later = family.visit(family.child(NIGHT_ON_THE_SOFA), on="2026-11-23")
    updates.tell(world.w, world.who["hv"], referral, updates.More(submission=later))
    with world.w.engine.read() as tx:
        first, second = (letter_facts.gather(world.w, tx, referral, world.clock(), number) for number in (1, 2))
    assert first.evidence[0].text == "MINE"
    assert not any("MINE" in one.text for one in second.evidence)


def test_what_adds_up_to_an_adults_score_is_in_no_sentence_and_the_worst_of_the_home_comes_first(world):
    family = world.family()
    ada = {"person": family.people["Ada"], "uses": ["alcohol"], "use_alone": True, "audit_often": "four_week", "audit_units": "ten"}
    home = {"room_living": "something", "floors": "severe", "food": "good", "home_impact": "likely"}
    family.visit(family.child(NIGHT_ON_THE_SOFA) | {"adult_use": [ada], "contact": "new_birth"} | home)
    made = completing.asking(world.w, world.who["hv"], family.referral()).sentences
    said = " ".join(one.text for one in made)
    assert "10 or more" not in said
    assert "Four times a week or more" not in said
    assert said.index("floors: ") < said.index("effect of the home on the children: ")
    assert "food and milk" not in said

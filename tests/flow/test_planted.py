"""A disclosure of domestic abuse, an address that must be kept from somebody, and a private person who told us something are planted, and
every output is searched for each of them: what every kind of document says and draws, its form for machines, the answers for a council's
own form, the messages and their file names, and the notices."""

import dataclasses
import json
from typing import get_args

import pytest

from tests.flow.notes import NIGHT_ON_THE_SOFA, Known
from tests.flow.test_letters import PRIVATE
from tests.flow.world import World, completion
from tests.letter.reading import one_line, pages
from visitapp.domain.documents import Kind
from visitapp.flow import completing, letter_facts, refer
from visitapp.flow.protected import safe_to_tell
from visitapp.letter import fhir, portal
from visitapp.letter.content import compose
from visitapp.letter.facts import LetterFacts, Whereabouts
from visitapp.letter.render import render

DISCLOSED = ("strangled me in March", "sister Ruth", "07700 900999", "abuse", "disclos")
ADDRESS = ("4 Mill Row", "4 MILL ROW", "EM1 4AB", "em14ab")
INFORMANT = ("Ivy", "Cole", "Flat 4", "neighbour", "through the wall")
TO_ACT = ("referral", "early_help", "pre_birth", "update", "correction", "raised", "raised_early_help")
"""The documents of those who must act."""
ALLOWED: dict[str, tuple[str, ...]] = {
    "A baby cried for an hour": ("referral", "pre_birth", "raised"),  # what a private person said, but not who
    "07700 900456": TO_ACT,  # the number that is safe
    "Never while he is in": TO_ACT,
    "He drinks most nights, she said": TO_ACT,
    "He will take the children if he hears": TO_ACT,
    "I think that he frightens her": TO_ACT,
}
"""What may stand in some documents and in no other."""


@pytest.fixture
def planted(world):
    """A family with all of it, and the facts of its letter."""
    family = world.family()
    ada = {
        "person": family.people["Ada"], "met": "alone", "abuse_asked": "disclosed", "abuse_said": DISCLOSED[0],
        "safe_contact": f"Only by her {DISCLOSED[1]} on {DISCLOSED[2]}.", "address_protected": True,
    }  # fmt: skip
    family.visit(PRIVATE, form="information_received", on="2026-11-19")
    uses = {"person": family.people["Ada"], "uses": Known("told", ["alcohol"]), "use_words": "He drinks most nights, she said."}
    said = {"adults": [ada], "adult_use": [uses], "concern": "I think that he frightens her. They live at 4 MILL ROW."}
    family.visit(family.child(NIGHT_ON_THE_SOFA | {"sleep_words": "At 4 Mill Row, EM1 4AB."}) | said)
    referral = family.referral()
    refer.send(
        world.w, world.who["hv"], referral,
        completion(
            asked_for="Please go to 4 mill row, em14ab today.", parents_told="no", not_told_why=("endangers",),
            not_told_detail="He will take the children if he hears.", safe_number="07700 900456", safe_times="Never while he is in.",
            tonight=(Whereabouts(family.people["Ava"], "4 Mill Row", "Ada"),), agreement="not_asked",
        ),
    )  # fmt: skip
    with world.w.engine.read() as tx:
        facts = letter_facts.gather(world.w, tx, referral, world.clock())
    return family, referral, dataclasses.replace(facts, number=2)


def said_by(facts: LetterFacts, kind: Kind) -> str:
    """Everything that one kind of document says anywhere: as data, as drawn, for machines, and on a council's own form."""
    content = compose(facts, kind=kind)
    drawn = render(content).bytes
    bundle = fhir.bundle(facts, content, fhir.Sent("l", f"referral-{content.reference}.pdf", drawn))
    form = portal.answers((*portal.FACTS, *portal.PARTS), facts, kind) if kind in ("referral", "early_help", "pre_birth") else ""
    return "\n".join((json.dumps(content.as_json(), ensure_ascii=False), one_line(" ".join(pages(drawn))), (bundle or b"").decode(), form))


def found(words: str, text: str) -> bool:
    """However it is spaced, and in whatever letters."""
    return "".join(words.split()).casefold() in "".join(text.split()).casefold()


def test_no_document_says_what_it_must_not(planted):
    _, _, facts = planted
    said = {kind: said_by(facts, kind) for kind in get_args(Kind)}
    assert not [(kind, words) for kind, text in said.items() for words in (*DISCLOSED, *ADDRESS, *INFORMANT) if found(words, text)]
    assert not [
        (kind, words) for kind, text in said.items() for words, kinds in ALLOWED.items() if kind not in kinds and found(words, text)
    ]


def test_what_may_be_said_is_said_to_those_who_must_act(planted):
    """The search finds what is there."""
    _, _, facts = planted
    said = said_by(facts, "referral")
    assert not [words for words, kinds in ALLOWED.items() if "referral" in kinds and not found(words, said)]
    assert found("[kept back]", said)


def test_no_message_file_name_or_notice_says_any_of_it(world: World, planted):
    family, referral, _ = planted
    world.work()
    assert family.state_of(referral) == "delivered"
    sent = [f"{one.subject} {one.text} {one.filename} {one.bundle_name} {one.reference}" for one in world.post.sent]
    told = [json.dumps(row, default=str) for row in world.rows("SELECT * FROM notice")]
    mailed = [f"{one.subject} {one.text}" for one in world.w.notices.sent]
    assert sent
    assert told
    everything = "\n".join((*sent, *told, *mailed))
    assert not [words for words in (*DISCLOSED, *ADDRESS, *INFORMANT, *ALLOWED, "Okoro") if found(words, everything)]


def test_whoever_completes_the_referral_is_told_not_to_write_the_address(world: World, planted):
    _, referral, _ = planted
    assert completing.asking(world.w, world.who["hv"], referral).kept_back


def test_a_family_copy_is_not_safe_after_a_disclosure_and_is_offered_to_nobody_who_was_not_told(world: World, planted):
    family, _referral, _facts = planted
    with world.w.engine.read() as tx:
        assert not safe_to_tell(world.w, tx, [family.household])
    assert not [row for row in world.rows("SELECT document FROM recipient") if row["document"] == "family_copy"]

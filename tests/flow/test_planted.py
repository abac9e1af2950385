"""A disclosure of domestic abuse, an address that must be kept from somebody, and a private person who told us something are planted, and
every output is searched for each of them: what every kind of document says and draws, its form for machines, the answers for a council's
own form, the messages and their file names, and the notices; what a conference is given, a handover, the files of a team, what another team
finds, and a parent's copy of the record."""

import dataclasses
import json
from typing import get_args

import pytest

from tests.flow.family_work import agree
from tests.flow.notes import NIGHT_ON_THE_SOFA, Known
from tests.flow.test_letters import PRIVATE
from tests.flow.world import Family, World, completion
from tests.letter.reading import one_line, pages
from visitapp.domain.documents import Kind
from visitapp.flow import (
    agreed_level,
    completing,
    conference,
    handovers,
    handovers_shown,
    helping,
    letter_facts,
    phoning,
    record_copy,
    record_requests,
    refer,
    risks,
    supervision,
    together,
)
from visitapp.flow import record_request_rules as rules
from visitapp.flow.protected import safe_to_tell
from visitapp.flow.team import screen
from visitapp.letter import fhir, portal
from visitapp.letter.content import compose
from visitapp.letter.facts import LetterFacts, Whereabouts
from visitapp.letter.record_copy import compose as copy_of_record
from visitapp.letter.render import render
from visitapp.letter.withheld import stands_in
from visitapp.look import find
from visitapp.web import build, team_sheets
from visitapp.web.spreadsheets import csv_of

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


TYPED = "At 4 Mill Rw, em1-4ab. He strangled me in March, she says; her sister Ruth is on 07700 900999. Ivy heard it through the wall."
SOUGHT = ("Mill", "EM1 4AB", "strangled", "Ivy", "Okoro", "07700 900999")
IN_SHORT = ("Mill R", "em14ab")
"""What is left of the address, spaced or abbreviated in any way, wherever it was not taken out."""


def every_text(form, family: Family) -> dict:
    """The same words in every free text of a form that is not kept apart, in a row of somebody for each list."""

    def of(questions) -> dict:
        said = {one.id: TYPED for one in questions if one.kind == "text" and not one.confidential}
        for one in questions:
            if one.kind == "rows" and (inside := of(one.questions)):
                said[one.id] = [{"person": family.people["Ava" if one.of == "child" else "Ada"], "row": f"r-{one.id}", **inside}]
        return said

    return of([question for section in form.sections for question in section.questions])


@pytest.fixture
def everywhere(world: World, planted):
    """The same family with the words in everything else that is typed about it, and a father who is no safe reader."""
    family, referral, _ = planted
    w, hv, here = world.w, world.who["hv"], family.household
    family.member("Abel", "Okoro", "father", born_on="1999-01-02")
    world.work()
    family.visit(every_text(w.catalogue.current("home_visit"), family), on="2026-11-21")
    agree(world, family, trigger_words=TYPED, agreed_by=TYPED)
    together.meet(
        w, hv, here, on_date="2026-11-22", attended=TYPED, agencies=2, decisions=[{"what": TYPED, "owner": "Ada", "due_on": "2026-11-30"}]
    )  # fmt: skip
    agency = together.involve(w, hv, here, kind="gp", name="Mill Surgery", from_on="2026-11-01", knows=TYPED)
    together.tell_agency(w, hv, agency, how="told", on_date="2026-11-22", words=TYPED)
    cot = helping.need(w, hv, here, what="cot", needed_on="2026-11-22", words=TYPED)
    helping.step(w, hv, cot, step="ordered", on_date="2026-11-22", words=TYPED)
    agreed_level.agree(w, hv, here, level=3, reason=TYPED)
    phoning.record(w, hv, referral, phoning.Call("Eastmoor front door", "01632 960101", "yes", "J. Lane", agreed=TYPED))
    decided = {"on_date": "2026-11-20", "review_on": "2026-12-20", "decided_by": "The lead"}
    supervision.decide(w, world.who["lead"], here, what=TYPED, why=TYPED, **decided)
    risks.record(w, hv, here, kind="dog", words=TYPED, known="told", source=TYPED, protected=True, from_on="2026-11-20")
    return family


def a_copy(world: World, family: Family, asks: str) -> str:
    """Everything in the copy that a parent is given where nobody decides otherwise."""
    id = record_requests.ask(
        world.w, world.who["hv"], family.household, person=family.people[asks], received_on="2026-11-20", identity="Known", said=""
    )
    with world.w.engine.read() as tx:
        row = rules.there(tx, world.who["hv"], id)
        facts = record_copy.facts(world.w, tx, world.who["hv"], row, world.clock())
    return f"{copy_of_record(facts)} {one_line(' '.join(pages(record_copy.drawn(facts)[0])))}"


def test_what_leaves_the_service_never_has_the_address_whatever_it_was_typed_into(world: World, everywhere):
    family, w, lead = everywhere, world.w, world.who["lead"]
    referral = family.referral()
    made = conference.make(w, lead, family.household, "2025-01-01", None)
    id = handovers.offer(w, world.who["hv"], family.household, to=world.who["west"], kind="transfer", words=TYPED, safe=TYPED)
    offer = handovers_shown.shown(w, world.who["west"], id)
    figures = screen.figures_taken_away(w, lead, 365)
    cells = [cell for part in figures.sections for table in part.tables for line in table.lines for cell in line.cells if cell]
    parts = {part.id: cell.key for part in figures.sections for cell in cells if part.cell(cell.key) and cell.families}
    with build(w).app_context():
        sheets = [team_sheets.figures(figures), team_sheets.families(figures), team_sheets.about(figures)]
        sheets += [team_sheets.behind(one) for part, key in parts.items() if (one := screen.taken_away(w, lead, part, key, 365))]
    with w.engine.read() as tx:
        again = letter_facts.gather(w, tx, referral, world.clock())
    out = {
        "conference": one_line(" ".join(pages(bytes(world.rows("SELECT bytes FROM paper WHERE id = :id", id=made)[0]["bytes"])))),
        "handover": str(offer),
        "files": " ".join((str(sheets), *(csv_of(one).decode() for one in sheets))),
        "letters": "".join(said_by(again, kind) for kind in get_args(Kind)),
        "another team": str([(one.families, one.passages) for one in (find.find(w, world.who["west"], words) for words in SOUGHT)]),
        "notices": json.dumps(world.rows("SELECT * FROM notice"), default=str),
    }  # fmt: skip
    assert offer is not None
    assert all("kept back" in out[where] for where in ("conference", "handover", "letters"))
    assert not [(where, words) for where, text in out.items() for words in IN_SHORT if found(words, text)]
    for apart in (*DISCLOSED[1:3], *INFORMANT[:3]):  # what stands in no field but those that are kept apart
        assert not [where for where in ("files", "another team", "notices") if found(apart, out[where])], apart


def test_a_parents_copy_says_none_of_it_unless_somebody_decides_so(world: World, everywhere):
    """The father, who is not told what she said, nor who told us; the mother, whose own words are hers."""
    said = a_copy(world, everywhere, "Abel")
    assert "Copy of the record" in said
    assert "Where this child slept" in said or "[Taken out]" in said
    assert not [words for words in (*DISCLOSED, *IN_SHORT, *INFORMANT[:2], "through the wall", *ALLOWED) if found(words, said)]
    hers = a_copy(world, everywhere, "Ada")
    assert not [words for words in (*IN_SHORT, *INFORMANT[:2], "through the wall") if found(words, hers)]


@pytest.mark.parametrize(
    ("home", "written"),
    [
        ("Flat 3, 12 St Mary's Road, Eastmoor", "12 st marys rd. | flat no. 3 | Apt 3 | Saint Mary’s Rd | 12, St Mary’s\u00ad Road"),
        ("Rosebank, Mill Lane, Eastmoor", "at Rosebank | up Mill Ln | mill lane"),
        ("7 Oak Cres", "7 Oak Crescent | Oak Cresc. | No. 7, OAK CRES"),
        ("EM1 4AB", "em14ab | EM1-4AB | EM1 4 AB"),
    ],
)
def test_an_address_is_found_as_people_write_it(home, written):
    assert [one for one in written.split(" | ") if not stands_in(one, [home])] == []
    assert not stands_in("In Eastmoor she has 3 flats by the mill, and a rose in the bank's window; St Mary's church is far.", [home])

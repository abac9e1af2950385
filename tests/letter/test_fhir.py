"""The letter for machines: valid by an independent model and by the code sets that it does not look at, and made of the letter's words
alone."""

import base64
import hashlib
import json
from dataclasses import replace

import pytest
from fhir.resources.R4B.bundle import Bundle

from tests.letter import samples
from tests.letter.reading import texts
from tests.letter.test_render import HOSTILE
from visitapp.domain.characters import visible
from visitapp.domain.documents import KINDS
from visitapp.letter import facts as f
from visitapp.letter.content import compose
from visitapp.letter.fhir import WITHOUT, Sent, bundle

SENT = Sent("8a6f7a1e-6b1d-4b57-9c51-2c8f6c1a0001", "referral-R-1.pdf", b"%PDF-1.7 signed")
CODES = {
    ("Bundle", "type"): {"collection"},
    ("ServiceRequest", "status"): {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"},
    ("ServiceRequest", "intent"): {"proposal", "plan", "directive", "order", "option"},
    ("ServiceRequest", "priority"): {"routine", "urgent", "asap", "stat"},
    ("QuestionnaireResponse", "status"): {"in-progress", "completed", "amended", "entered-in-error", "stopped"},
    ("DocumentReference", "status"): {"current", "superseded", "entered-in-error"},
    ("DocumentReference", "docStatus"): {"preliminary", "final", "amended", "entered-in-error"},
}  # fmt: skip
"""Required bindings of R4, which the model does not check."""


def made(facts: f.LetterFacts, kind: str = "referral") -> dict:
    written = bundle(facts, compose(facts, kind=kind), SENT)
    assert written is not None
    Bundle.model_validate_json(written)
    found = json.loads(written)
    for resource in (found, *resources(found)):
        for (of, part), codes in CODES.items():
            if resource["resourceType"] == of:
                assert resource[part] in codes
    return found


def resources(found: dict, kind: str = "") -> list[dict]:
    return [entry["resource"] for entry in found["entry"] if kind in ("", entry["resource"]["resourceType"])]


def said(item: dict) -> list[str]:
    own = [item.get("text", ""), *(answer["valueString"] for answer in item.get("answer", ()))]
    return [words for words in own if words] + [words for part in item.get("item", ()) for words in said(part)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in WITHOUT])
def test_every_kind_of_document_for_professionals_has_a_valid_bundle_whose_references_lead_somewhere(kind):
    found = made(samples.large(), kind)
    urls = {entry["fullUrl"] for entry in found["entry"]}
    named = set()

    def walk(part):
        if isinstance(part, dict):
            named.add(part.get("reference"))
            list(map(walk, part.values()))
        elif isinstance(part, list):
            list(map(walk, part))

    walk(found)
    assert named - {None} <= urls
    assert len(urls) == len(found["entry"])
    assert {one["resourceType"] for one in resources(found)} == {"Patient", "ServiceRequest", "QuestionnaireResponse", "DocumentReference"}


@pytest.mark.parametrize("kind", sorted(WITHOUT))
def test_what_only_people_read_has_none(kind):
    assert bundle(samples.ordinary(), compose(samples.ordinary(), kind=kind), SENT) is None


def test_it_says_each_child_what_is_asked_by_when_and_every_word_of_the_letter():
    facts = samples.large()
    found = made(facts)
    patients = resources(found, "Patient")
    assert [one["name"][0]["text"] for one in patients] == [child.name for child in facts.children]
    assert [one.get("birthDate") for one in patients] == [child.born_on for child in facts.children]
    assert [one.get("identifier", [{}])[0].get("value", "") for one in patients] == [child.nhs_number for child in facts.children]
    requests = resources(found, "ServiceRequest")
    assert len({one["requisition"]["value"] for one in requests}) == 1
    assert [one["subject"]["reference"] for one in requests] == [f"urn:uuid:{one['id']}" for one in patients]
    assert {one["priority"] for one in requests} == {"stat"}
    assert requests[0]["orderDetail"][0]["text"] == facts.completion.asked_for
    assert requests[0]["occurrencePeriod"]["end"] == facts.completion.asked_by_on
    whole = " ".join(words for item in resources(found, "QuestionnaireResponse")[0]["item"] for words in said(item))
    content = compose(facts)
    empty = {"", content.title}
    assert not [
        words for words in texts(content) if words not in empty and visible(words) not in whole and " ".join(words.split()) not in whole
    ]


def test_it_names_the_file_that_was_sent_by_its_hashes():
    (document,) = resources(made(samples.ordinary()), "DocumentReference")
    attachment = document["content"][0]["attachment"]
    assert base64.b64decode(attachment["hash"]) == hashlib.sha1(SENT.pdf).digest()
    assert attachment["size"] == len(SENT.pdf)
    written = document["identifier"][0]["value"].removeprefix("ni:///sha-256;")
    assert base64.urlsafe_b64decode(written + "=") == hashlib.sha256(SENT.pdf).digest()


def test_the_same_letter_gives_the_same_bundle():
    one, two = (bundle(samples.ordinary(), compose(samples.ordinary()), SENT) for _ in range(2))
    assert one == two


def test_a_letter_about_nobody_named_is_valid_too():
    found = made(samples.minimal())
    assert len(resources(found, "Patient")) == 1
    nobody = made(replace(samples.minimal(), children=()))
    assert resources(nobody, "Patient") == []
    assert resources(nobody, "ServiceRequest")[0]["subject"] == {"display": "No child is named"}


def test_what_the_letter_leaves_out_is_left_out():
    facts = replace(
        samples.ordinary(), household_address="", address_kept_back=True,
        evidence=(f.Evidence("2026-11-20", "told", "A DISCLOSURE", shareable=False),),
        findings=(f.Finding("care", "tonight", "A DISCLOSURE", shareable=False),),
        information=(f.Information("2026-11-19", "Ivy Cole", said="A DISCLOSURE", shareable=False),),
    )  # fmt: skip
    for kind in KINDS:
        written = bundle(facts, compose(facts, kind=kind), SENT) or b""
        assert b"DISCLOSURE" not in written
        assert b"Ivy" not in written


def test_only_what_a_kind_of_document_says_goes_beside_it():
    """A document that gives no names, numbers or dates of birth has none beside it either."""
    facts = samples.ordinary()
    content = compose(facts)
    bare = replace(content, title="Referral", page_one=(), body=())
    found = json.loads(bundle(facts, bare, SENT))
    assert resources(found, "Patient") == []
    assert facts.children[0].nhs_number not in json.dumps(found)
    assert facts.completion.asked_for not in json.dumps(found)


@pytest.mark.parametrize("kind", HOSTILE)
def test_any_text_makes_a_valid_bundle_that_says_it(kind):
    found = made(samples.hostile(HOSTILE[kind]))
    whole = " ".join(words for item in resources(found, "QuestionnaireResponse")[0]["item"] for words in said(item))
    assert visible(HOSTILE[kind]).strip()[:5_000] in whole

"""The letter as a page beside its file, and the public page that checks one."""

import hashlib
from dataclasses import asdict
from typing import get_args

import pytest
from flask import Flask
from html5lib import parse

from tests.letter import samples
from tests.letter.reading import of_section, squeezed
from tests.letter.test_render import HOSTILE
from tests.web import place
from tests.web.conftest import Enter
from visitapp.domain.characters import visible
from visitapp.letter import blocks
from visitapp.letter.content import compose
from visitapp.letter.facts import LetterFacts
from visitapp.store import letter_files, letters
from visitapp.wiring import Wired

CODE = "P77Q9FHRHTPB"
SHORT = [words for words in HOSTILE.values() if len(words) < 500]
SIGNED = b"%PDF-1.7 signed"


def written(w: Wired, facts: LetterFacts | None = None) -> str:
    """A referral with a letter as the worker keeps it; its id."""
    place.visit(w)
    referral = place.referral(w)
    content = asdict(compose(facts or samples.large()))
    sha256 = hashlib.sha256(SIGNED).hexdigest()
    with w.engine.write() as tx:
        letters.add(
            tx, id="l1", referral=referral, household=place.FAMILY, bytes=SIGNED, sha256=sha256, pages=4, content=content, at=place.NOW,
            actor="hv",
        )  # fmt: skip
        letter_files.add_certificate(tx, fingerprint="f" * 64, pem="-----BEGIN CERTIFICATE-----\n", at=place.NOW, actor="hv")
        letter_files.add(
            tx, letter="l1", household=place.FAMILY, code=CODE, unsigned_sha256="0" * 64, unsigned_length=9, certificate="f" * 64,
            bundle=b"{}", at=place.NOW, actor="hv",
        )  # fmt: skip
    return referral


def said(html: str) -> str:
    return squeezed("".join(parse(html, namespaceHTMLElements=False).find(".//article").itertext()))


@pytest.mark.parametrize("facts", [samples.large(), samples.minimal(), samples.hostile(" ".join(SHORT))])
def test_the_page_says_every_word_of_the_letter(enter: Enter, wired: Wired, facts):
    referral = written(wired, facts)
    whole = said(enter("hv").get(f"/referrals/{referral}/letter").text)
    content = compose(facts)
    missing = [
        words
        for section in (*content.page_one, *content.body, content.last)
        for text in of_section(section)
        for words in text.split("\n")
        if squeezed(visible(words.replace("\ud83d", "\ufffd"))) not in whole
    ]
    assert not missing


def test_every_kind_of_block_has_its_words_on_the_page(app: Flask):
    with app.test_request_context():
        known = app.jinja_env.get_template("letter/blocks.jinja").module.SAID
    assert {block.kind for block in get_args(blocks.Block)} == set(known)


def test_the_page_is_for_those_who_may_read_the_letter_and_reading_it_is_noted(enter: Enter, wired: Wired):
    referral = written(wired)
    opened = enter("hv").get(f"/referrals/{referral}")
    assert f'href="/referrals/{referral}/letter"' in opened.text
    assert enter("hv").get(f"/referrals/{referral}/letter").status_code == 200
    assert [place.reads(wired)[-1][part] for part in ("kind", "household")] == ["read.letter", place.FAMILY]
    assert enter("west").get(f"/referrals/{referral}/letter").status_code == 404
    assert enter("admin").get(f"/referrals/{referral}/letter").status_code == 403
    assert enter("").get(f"/referrals/{referral}/letter").status_code == 302


def test_the_bundle_is_there_for_those_who_may_read_the_letter_and_reading_it_is_noted(enter: Enter, wired: Wired):
    path = f"/referrals/{written(wired)}/letter.fhir.json"
    got = enter("hv").get(path)
    assert (got.status_code, got.mimetype, got.data) == (200, "application/fhir+json", b"{}")
    assert place.reads(wired)[-1]["kind"] == "read.letter"
    assert [enter(who).get(path).status_code for who in ("west", "admin", "")] == [404, 403, 302]


def test_any_letter_of_a_referral_is_a_page_and_data_for_the_team_and_of_no_other_referral(enter: Enter, wired: Wired):
    referral = written(wired)
    paths = [f"/referrals/{referral}/letters/l1/page", f"/referrals/{referral}/letters/l1.fhir.json"]
    assert [enter("hv").get(path).status_code for path in paths] == [200, 200]
    assert {row["kind"] for row in place.reads(wired)[-2:]} == {"read.letter"}
    assert [enter("west").get(path).status_code for path in paths] == [404, 404]
    assert [enter("hv").get(path.replace("l1", "l2")).status_code for path in paths] == [404, 404]
    assert enter("hv").get(paths[0].replace(referral, "other")).status_code == 404


def test_the_check_page_says_reference_time_pages_and_hash_and_nothing_about_anybody(enter: Enter, wired: Wired):
    referral = written(wired)
    page = enter("").get(f"/check/{CODE[:4]}-{CODE[4:8]}-{CODE[8:]}".lower())
    assert page.status_code == 200
    told = (f"R-{referral[:8].upper()}", hashlib.sha256(SIGNED).hexdigest(), "<dd>4</dd>", "P77Q-9FHR-HTPB", "has been written since")
    assert not [words for words in (*told, "certutil") if words not in page.text]
    assert not [word for word in ("Marsh", "Ava", "Eastmoor", "Rosa", "tonight", *place.NAMES) if word in page.text]
    assert 'src="/static/js/check.js"' in page.text
    assert "Set-Cookie" not in page.headers


def test_unknown_codes_are_answered_alike_whatever_they_are(enter: Enter, wired: Wired):
    written(wired)
    pages = [enter("").get(f"/check/{code}") for code in ("222222222222", "x", "%3Cscript%3E", "%F0%9F%98%80", "9" * 300)]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1
    assert "No letter has this code" in pages[0].text


def test_a_code_is_typed_in_without_script(enter: Enter, wired: Wired):
    written(wired)
    visitor = enter("")
    assert visitor.get("/check").status_code == 200
    answer = visitor.get("/check?code=p77q-9fhr-htpb")
    assert answer.headers["Location"] == "/check/p77q9fhrhtpb"
    assert visitor.get(answer.headers["Location"]).status_code == 200
    assert visitor.get("/check?code=//evil.example").headers["Location"] == "/check/evilexample"
    assert visitor.get("/check?code=%F0%9F%98%80").headers["Location"] == "/check/-"


def test_the_certificates_are_there_for_programs_and_looking_up_many_codes_is_slowed(enter: Enter, wired: Wired):
    written(wired)
    visitor = enter("")
    assert "BEGIN CERTIFICATE" in visitor.get("/check/certificates.pem").text
    assert [visitor.get(f"/check/{CODE}").status_code for _ in range(31)] == [200] * 30 + [429]

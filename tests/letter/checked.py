"""All that must hold of any letter's file, whatever family it is about: what `qpdf --check`, a PDF/A checker, `pdfsig` and `pdftotext`
would say, by libraries that every machine with these tests has.
"""

from dataclasses import asdict
from io import BytesIO

import pikepdf
from pikepdf import pdfa

from tests.letter.reading import pages, squeezed, texts
from tests.letter.test_fhir import made as bundle_of
from tests.letter.test_signing import AT, CHECK, IDENTITY, verified
from visitapp.domain import referrals as states
from visitapp.domain.documents import KINDS, Kind
from visitapp.flow.letter_facts import gather
from visitapp.letter import glyphs
from visitapp.letter.content import compose
from visitapp.letter.facts import Completion, LetterFacts
from visitapp.letter.fhir import WITHOUT
from visitapp.letter.render import render
from visitapp.letter.signing import sign
from visitapp.store import referrals
from visitapp.wiring import Wired

COMPLETED = asdict(Completion("A visit today.", parents_told="yes", parents_said="“Come in.”", meanwhile="We phone."))


def families(w: Wired) -> list[LetterFacts]:
    """What the letter of each referral of a service is told; those that nobody has sent are completed first."""
    with w.engine.write() as tx:
        rows = tx.all("SELECT * FROM referral ORDER BY seq")
        for row in rows:
            referrals.add_event(tx, row, states.REQUESTED, detail=COMPLETED, at=w.clock(), actor="system")
        return [gather(w, tx, row["id"], w.clock()) for row in rows]


def faults(facts: LetterFacts, kind: Kind) -> list[str]:
    """What is wrong with the file of one kind of document made from these facts."""
    content = compose(facts, kind=kind)
    drawn = render(content, CHECK).bytes
    whole = pikepdf.open(BytesIO(drawn))
    signed = sign(drawn, IDENTITY, AT)
    read = pages(signed)
    for number, page in enumerate(read, start=1):
        for words in (
            f"{content.marking} {KINDS[kind].title} Reference", f"{content.reference} · {content.marking}", f"Page {number} of {len(read)}",
        ):  # fmt: skip
            page = page.replace(words, "", 1)
        read[number - 1] = page
    shown = squeezed("".join(read))
    if kind not in WITHOUT:
        bundle_of(facts, kind)
    return [
        *(f"syntax: {said}" for said in whole.check_pdf_syntax()),
        *(f"archive: {said}" for said in pdfa.check(whole, "2b").findings),
        *(f"syntax of the signed file: {said}" for said in pikepdf.open(BytesIO(signed)).check_pdf_syntax()),
        *(["the signature does not hold"] if not verified(signed).bottom_line else []),
        *(f"not found: {words}" for words in texts(content) if squeezed(glyphs.spelled(words)) not in shown),
    ]

"""All that must hold of any letter's file, whatever family it is about: what `qpdf --check` says (the command itself, which is in pikepdf),
and what a PDF/A checker, `pdfsig` and `pdftotext` would say, by libraries that every machine with these tests has. Where poppler's own
`pdfsig` and `pdftotext` are on the machine, the long trials (`by_poppler`) ask them too.
"""

import shutil
import subprocess
import tempfile
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

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
from visitapp.letter.rightleft import is_right_to_left
from visitapp.letter.signing import sign
from visitapp.store import referral_updates, referrals
from visitapp.store.tx import Tx
from visitapp.wiring import Wired

COMPLETED = asdict(Completion("A visit today.", parents_told="yes", parents_said="“Come in.”", meanwhile="We phone."))


def families(w: Wired) -> list[LetterFacts]:
    """What the letter of each referral of a service is told; those that nobody has sent are completed first."""
    with w.engine.write() as tx:
        rows = tx.all("SELECT id, household AS record FROM referral ORDER BY seq")
        for row in rows:
            referrals.add_event(tx, row, states.REQUESTED, detail=COMPLETED, at=w.clock(), actor="system")
        return [gather(w, tx, row["id"], w.clock(), number) for row in rows for number in (1, *_numbers(tx, row["id"]))]


def _numbers(tx: Tx, referral: str) -> list[int]:
    return [one["number"] for one in referral_updates.of(tx, referral)]


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
        *(f"the file: {said}" for said in by_qpdf(drawn)),
        *(f"archive: {said}" for said in pdfa.check(whole, "2b").findings),
        *(f"the signed file: {said}" for said in by_qpdf(signed)),
        *(["the signature does not hold"] if not verified(signed).bottom_line else []),
        *(f"not found: {words}" for words in texts(content) if squeezed(glyphs.spelled(words)) not in shown),
    ]


def by_qpdf(written: bytes) -> list[str]:
    """What `qpdf --check` finds wrong with a file; nothing where it ends without an error or a warning."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "letter.pdf"
        file.write_bytes(written)
        check = pikepdf.Job(["qpdf", "--check", str(file)])
        check.run()
    return [f"qpdf --check ends with {check.exit_code}"] if check.exit_code or check.has_warnings else []


POPPLER = tuple(name for name in ("pdfsig", "pdftotext") if shutil.which(name))
"""Which of poppler's commands this machine has."""


def by_poppler(facts: LetterFacts, kind: Kind) -> list[str]:
    """What poppler's own commands find wrong with the signed file of one kind of document: that the signature does not hold or does not
    cover all of it, and words that are not found in its text. What runs from right to left they write in an order of their own, so of that
    only the libraries above are asked."""
    content = compose(facts, kind=kind)
    signed = sign(render(content, CHECK).bytes, IDENTITY, AT)
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "letter.pdf"
        file.write_bytes(signed)
        if "pdfsig" in POPPLER:
            said = _said("pdfsig", "-nocert", str(file))
            found += [
                f"pdfsig: no {words!r} in {said!r}" for words in ("Signature is Valid.", "Total document signed") if words not in said
            ]
        if "pdftotext" in POPPLER:
            shown = squeezed(_without_heads(_said("pdftotext", "-raw", str(file), "-"), facts.reference, kind, content.marking))
            wanted = (words for words in texts(content) if not is_right_to_left(words))
            found += [f"pdftotext: {words}" for words in wanted if squeezed(glyphs.spelled(words)) not in shown]
    return found


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout


def _without_heads(text: str, reference: str, kind: Kind, marking: str) -> str:
    """The text of all pages as one, without what stands at the head and foot of each, which is read last: words may run over a page."""
    read = text.split("\f")[:-1]
    ends = [
        f"{marking} {KINDS[kind].title}\nReference {reference} · {marking} Page {number} of {len(read)}"
        for number in range(1, 1 + len(read))
    ]
    return "".join(page.strip().removesuffix(end) for page, end in zip(read, ends, strict=True))

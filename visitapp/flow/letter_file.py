"""The file of a letter: drawn, given a code that it can be checked by, and signed. It is made once, kept, and sent again as it is; whoever
writes a letter, of whatever kind, makes its file here and keeps it in the transaction that keeps the letter.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from visitapp.domain import check_codes
from visitapp.store import letter_files, letters

if TYPE_CHECKING:
    from visitapp.letter.blocks import LetterContent
    from visitapp.letter.certificates import Identity
    from visitapp.letter.facts import LetterFacts
    from visitapp.store.tx import Tx
    from visitapp.wiring import Wired


@dataclass(frozen=True)
class LetterFile:
    """A signed letter before it is kept. Its unsigned bytes are the beginning of the signed ones."""

    letter: str
    signed: bytes = field(repr=False)
    pages: int
    content: dict[str, Any] = field(repr=False)
    code: str
    unsigned: bytes = field(repr=False)
    signed_by: Identity = field(repr=False)
    bundle: bytes | None = field(repr=False)


def made(w: Wired, facts: LetterFacts, content: LetterContent, at: str) -> LetterFile:
    """Draw and sign, and say it for machines. Slow, so never inside a transaction."""
    from visitapp.letter import fhir
    from visitapp.letter.check_mark import Check
    from visitapp.letter.render import render
    from visitapp.letter.signing import sign

    code = check_codes.from_chance(w.random_bytes(check_codes.BYTES))
    drawn = render(content, Check(code, f"{w.settings.origin}/check"))
    identity = w.signing()
    letter, signed = w.new_id(), sign(drawn.bytes, identity, at)
    bundle = fhir.bundle(facts, content, fhir.Sent(letter, f"referral-{content.reference}.pdf", signed))
    return LetterFile(letter, signed, drawn.pages, asdict(content), code, drawn.bytes, identity, bundle)


def keep(tx: Tx, file: LetterFile, *, referral: str, household: str, document: str, number: int, round: int, at: str, actor: str) -> None:
    """The letter, what belongs to its file, and the certificate, as facts."""
    letters.add(
        tx, id=file.letter, referral=referral, household=household, bytes=file.signed, sha256=_sha256(file.signed), pages=file.pages,
        content=file.content, document=document, number=number, round=round, at=at, actor=actor,
    )  # fmt: skip
    letter_files.add_certificate(tx, fingerprint=file.signed_by.fingerprint, pem=file.signed_by.pem, at=at, actor=actor)
    letter_files.add(
        tx, letter=file.letter, household=household, code=file.code, unsigned_sha256=_sha256(file.unsigned),
        unsigned_length=len(file.unsigned), certificate=file.signed_by.fingerprint, bundle=file.bundle, at=at, actor=actor,
    )  # fmt: skip


def bundle_of(tx: Tx, letter: str) -> bytes | None:
    """What travels beside a letter for machines, where its kind has it."""
    file = letter_files.of_letter(tx, letter)
    return bytes(file["bundle"]) if file and file["bundle"] is not None else None


def _sha256(written: bytes) -> str:
    return hashlib.sha256(written).hexdigest()

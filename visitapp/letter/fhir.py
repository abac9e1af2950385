"""The letter for machines: a FHIR R4 bundle of who it is about, what is asked, what it says and which file it is. It is made of what the
letter says and of nothing else: a name, a date or a number goes in only where the letter's own words have it, so whatever a kind of
document leaves out is left out here too. Addresses and adults are in the words alone.
"""

import base64
import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from visitapp.domain.characters import visible
from visitapp.domain.documents import KINDS, Kind
from visitapp.letter import sentences as say
from visitapp.letter.blocks import Block, Chart, Course, Heading, LetterContent, Note, Section, Table
from visitapp.letter.facts import Child, LetterFacts

WITHOUT: frozenset[Kind] = frozenset(("family_copy", "chronology"))
"""Kinds of document that are read by people alone."""

PRIORITY = {"tonight": "stat", "this_week": "urgent", "routine": "routine"}
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ANY_URI = "urn:ietf:rfc:3986"
REFERENCE = "urn:visitapp:referral-reference"

Resource = dict[str, Any]


@dataclass(frozen=True)
class Sent:
    """The file that the bundle travels beside."""

    letter: str
    file_name: str
    pdf: bytes


def bundle(facts: LetterFacts, content: LetterContent, sent: Sent) -> bytes | None:
    """The bundle as JSON in UTF-8, the same for the same letter and file; None for a kind of document that has none."""
    if content.document in WITHOUT:
        return None
    whole = _Bundle(facts, content, sent)
    written = {
        "resourceType": "Bundle", "id": sent.letter, "identifier": {"system": ANY_URI, "value": f"urn:uuid:{sent.letter}"},
        "type": "collection", "timestamp": facts.made_at, "entry": whole.entries(),
    }  # fmt: skip
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()


class _Bundle:
    """The resources of one bundle, which refer to one another."""

    def __init__(self, facts: LetterFacts, content: LetterContent, sent: Sent) -> None:
        self.facts, self.content, self.sent = facts, content, sent
        self.words = _squeezed("\n".join((content.title, *_texts(content))))
        self.children = [child for child in facts.children if self._says(child.name)]

    def entries(self) -> list[Resource]:
        made = [*self._patients(), *self._requests(), self._answers(), self._document()]
        return [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in made]

    def _says(self, words: str) -> bool:
        return bool(words.strip()) and _squeezed(words) in self.words

    def _id(self, kind: str, number: int = 0) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:uuid:{self.sent.letter}/{kind}/{number}"))

    def _reference(self, kind: str, number: int = 0) -> Resource:
        return {"reference": f"urn:uuid:{self._id(kind, number)}", "type": kind}

    def _resource(self, kind: str, number: int = 0, **parts: Any) -> Resource:
        return {"resourceType": kind, "id": self._id(kind, number)} | {name: part for name, part in parts.items() if part}

    def _subject(self) -> Resource | None:
        """The one child that everything is about, where there is one."""
        return self._reference("Patient") if len(self.children) == 1 else None

    def _patients(self) -> list[Resource]:
        return [self._patient(child, number) for number, child in enumerate(self.children)]

    def _patient(self, child: Child, number: int) -> Resource:
        digits = "".join(character for character in child.nhs_number if character.isdigit())
        known = len(digits) == 10 and self._says(digits)
        return self._resource(
            "Patient", number, identifier=[{"system": NHS_NUMBER, "value": digits}] if known else None,
            name=[{"text": visible(child.name.strip())}],
            birthDate=child.born_on if child.born_on and self._says(say.day(child.born_on)) else None,
        )  # fmt: skip

    def _requests(self) -> list[Resource]:
        """One for each child, joined by what they were asked under: a request has one subject."""
        subjects: list[Resource] = [self._reference("Patient", number) for number in range(len(self.children))]
        return [self._request(subject, number) for number, subject in enumerate(subjects or [{"display": "No child is named"}])]

    def _request(self, subject: Resource, number: int) -> Resource:
        facts, asked = self.facts, self.facts.completion
        kind = KINDS[self.content.document].title
        by = asked.asked_by_on if asked.asked_by_on and self._says(say.day(asked.asked_by_on)) else None
        return self._resource(
            "ServiceRequest", number, requisition=self._number(), status="active", intent="order", priority=PRIORITY[facts.urgency],
            code={"text": kind}, orderDetail=[{"text": visible(asked.asked_for)}] if self._says(asked.asked_for) else None, subject=subject,
            occurrencePeriod={"end": by} if by else None, authoredOn=facts.made_at, requester=self._named(facts.referrer.name),
            performer=[named] if (named := self._named(facts.receiving_team.name)) else None,
            supportingInfo=[self._reference("QuestionnaireResponse"), self._reference("DocumentReference")],
        )  # fmt: skip

    def _named(self, words: str) -> Resource | None:
        return {"display": visible(words.strip())} if self._says(words) else None

    def _number(self) -> Resource:
        return {"system": REFERENCE, "value": visible(self.content.reference)}

    def _answers(self) -> Resource:
        sections = (*self.content.page_one, *self.content.body, self.content.last)
        items = [item for number, section in enumerate(sections, start=1) if (item := _section(section, str(number)))]
        count = max(1, len(self.children))
        return self._resource(
            "QuestionnaireResponse", identifier=self._number(), basedOn=[self._reference("ServiceRequest", n) for n in range(count)],
            status="completed", subject=self._subject(), authored=self.facts.made_at, author=self._named(self.facts.referrer.name),
            item=items,
        )  # fmt: skip

    def _document(self) -> Resource:
        pdf = self.sent.pdf
        sha256 = base64.urlsafe_b64encode(hashlib.sha256(pdf).digest()).rstrip(b"=").decode()
        attachment = {
            "contentType": "application/pdf", "language": self.content.language, "url": self.sent.file_name, "size": len(pdf),
            "hash": base64.b64encode(hashlib.sha1(pdf, usedforsecurity=False).digest()).decode(),  # FHIR's own field is of SHA-1
            "title": KINDS[self.content.document].title, "creation": self.facts.made_at,
        }  # fmt: skip
        about = [self._reference("Patient", number) for number in range(len(self.children))]
        return self._resource(
            "DocumentReference", masterIdentifier={"system": ANY_URI, "value": f"urn:uuid:{self.sent.letter}"},
            identifier=[{"system": ANY_URI, "value": f"ni:///sha-256;{sha256}"}, self._number()], status="current", docStatus="final",
            type={"text": KINDS[self.content.document].title}, subject=self._subject(), date=self.facts.made_at,
            author=[named] if (named := self._named(self.facts.referrer.name)) else None,
            securityLabel=[{"text": self.content.marking}], content=[{"attachment": attachment}],
            context={"related": about} if len(about) > 1 else None,
        )  # fmt: skip


def _section(section: Section, link: str) -> Resource | None:
    items = [item for number, block in enumerate(section.blocks, start=1) for item in _items(block, f"{link}.{number}")]
    return {"linkId": link, "text": visible(section.title or "Beginning"), "item": items} if items else None


def _items(block: Block, link: str) -> list[Resource]:
    """A block as questions with answers: what stands before the words is the question."""
    if isinstance(block, Heading):
        return [{"linkId": link, "text": visible(block.text)}] if block.text.strip() else []
    if isinstance(block, Table):
        rows = [_row(block, row, f"{link}.{number}") for number, row in enumerate(block.rows, start=1)]
        return [row for row in rows if row["item"]]
    label, text = (block.title, block.text) if isinstance(block, Note | Chart | Course) else (block.label, block.text)
    return [_answer(link, label, text)] if text.strip() else []


def _row(table: Table, row: tuple[str, ...], link: str) -> Resource:
    cells = enumerate(zip(table.columns, row, strict=True), start=1)
    return {"linkId": link, "item": [_answer(f"{link}.{n}", column, cell) for n, (column, cell) in cells if cell.strip()]}


def _answer(link: str, question: str, words: str) -> Resource:
    asked = {"text": visible(question)} if question.strip() else {}
    return {"linkId": link, **asked, "answer": [{"valueString": visible(words)}]}


def _texts(content: LetterContent) -> Iterator[str]:
    for section in (*content.page_one, *content.body, content.last):
        for block in section.blocks:
            if isinstance(block, Table):
                yield from (cell for row in block.rows for cell in row)
            else:
                yield from (str(getattr(block, part, "")) for part in ("title", "label", "text"))


def _squeezed(words: str) -> str:
    """Without white space: an NHS number is printed in groups."""
    return "".join(words.split())

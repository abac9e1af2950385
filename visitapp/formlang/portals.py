"""A council's own form out of its file: its questions in its order, and what of the letter answers each."""

from dataclasses import dataclass
from pathlib import Path

from visitapp.domain.portals import ANSWERS
from visitapp.formlang.forms import check_name
from visitapp.formlang.reading import Document, read
from visitapp.formlang.shape import Shape


@dataclass(frozen=True)
class PortalQuestion:
    """`answer` are ids of `domain.portals.ANSWERS`, in order; `longest` is how many characters its field takes, None for any number."""

    ask: str
    answer: tuple[str, ...]
    longest: int | None = None
    hint: str = ""


@dataclass(frozen=True, eq=False)
class Portal:
    """`address` is where the form is; it names nobody."""

    name: str
    version: int
    hash: str
    title: str
    address: str
    questions: tuple[PortalQuestion, ...]


def read_portal(path: Path, content: bytes) -> tuple[Portal, Document]:
    document = read(path, content)
    shape = Shape(document).keys("name version title address questions")
    name, version = shape.text("name"), shape.integer("version", 1, 9999) or 0
    check_name(path, name, version, document)
    address = shape.text("address")
    if not address.startswith("https://"):
        shape.fault("The address of a form begins with https://", "address")
    questions = tuple(_question(item) for item in shape.items("questions"))
    if not questions:
        shape.fault("A form has at least one question.", "questions")
    asked = [question.ask for question in questions]
    for ask in {ask for ask in asked if asked.count(ask) > 1}:
        shape.fault(f"'{ask}' is asked twice.", "questions")
    return Portal(name, version, document.hash, shape.text("title"), address, questions), document


def _question(shape: Shape) -> PortalQuestion:
    shape.keys("ask answer", "longest hint")
    longest = shape.integer("longest", 1, 1_000_000) if "longest" in shape.value else None
    answer = shape.words("answer", ANSWERS)
    if not answer:
        shape.fault("Say what answers it.", "answer")
    return PortalQuestion(shape.text("ask"), answer, longest, shape.maybe_text("hint") or "")

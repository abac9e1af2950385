"""A form out of its file, checked whole. Reading reports every fault with its line; only a form without faults can be loaded."""

import re
from pathlib import Path

from visitapp.domain.findings import AREAS, SEVERITIES
from visitapp.formlang.model import FindingRule, Form, Section
from visitapp.formlang.questions import PLAIN_NAME, Questions
from visitapp.formlang.reading import Document, read
from visitapp.formlang.rules import RuleFault, compile_rule
from visitapp.formlang.shape import Shape

FORM_KINDS = ("visit", "visit_not_completed")
_FINDING_KEYS = "code area when severity level wording ask source"
_FILE_NAME = re.compile(r"([a-z][a-z0-9_]*)-([1-9][0-9]{0,3})")


def read_form(path: Path, content: bytes) -> tuple[Form, Document]:
    """The form in a file and the document with its faults. The form may be used only when there are none."""
    document = read(path, content)
    shape = Shape(document).keys("name version title kind sections findings")
    questions = Questions()
    sections = tuple(_section(item, questions) for item in shape.items("sections"))
    form = Form(
        name=shape.text("name"),
        version=shape.integer("version", 1, 9999) or 0,
        hash=document.hash,
        title=shape.text("title"),
        kind=shape.one_of("kind", FORM_KINDS),
        sections=sections,
        findings=tuple(_finding(item, questions) for item in shape.items("findings")),
        file=str(path),
    )
    check_name(path, form.name, form.version, document)
    _check_unique(shape, form)
    return form, document


def check_name(path: Path, name: str, version: int, document: Document) -> None:
    """A definition's file is called after its name and version, so that neither can drift from the other."""
    if path.stem != f"{name}-{version}" or not _FILE_NAME.fullmatch(path.stem):
        document.fault((), f"The file is called '{path.name}' but says it is {name}-{version}.")


def _section(shape: Shape, questions: Questions) -> Section:
    shape.keys("id area title questions")
    read_questions = tuple(questions.read(item, None) for item in shape.items("questions"))
    return Section(shape.text("id"), shape.one_of("area", AREAS), shape.text("title"), read_questions)


def _finding(shape: Shape, questions: Questions) -> FindingRule:
    shape.keys(_FINDING_KEYS, "each judgement")
    code, each = shape.text("code"), shape.maybe_text("each")
    if code and not PLAIN_NAME.fullmatch(code):
        shape.fault(f"'{code}' cannot be a code: small letters, digits and _ only.", "code")
    return FindingRule(
        code=code,
        area=shape.one_of("area", AREAS),
        each=_each(shape, each, questions),
        when=shape.text("when"),
        tree=_tree(shape, each, questions),
        severity=shape.one_of("severity", SEVERITIES),
        level=shape.integer("level", 1, 4) or 1,
        wording=shape.text("wording"),
        ask=shape.text("ask"),
        source=shape.text("source"),
        judgement=shape.flag("judgement"),
    )


def _each(shape: Shape, each: str | None, questions: Questions) -> str | None:
    known = questions.names.get(each or "")
    if each is not None and (known is None or known.question.kind != "rows" or known.parent is not None or known.gate is not None):
        shape.fault(f"'{each}' is not rows at the top of the form that are always shown.", "each")
        return None
    return each


def _tree(shape: Shape, each: str | None, questions: Questions) -> tuple[object, ...]:
    source = shape.text("when")
    try:
        return compile_rule(source, questions.names, each if each in questions.names else None) if source else ("and",)
    except RuleFault as fault:
        shape.fault(f"The rule of '{shape.text('code')}': {fault}.", "when")
        return ("and",)


def _check_unique(shape: Shape, form: Form) -> None:
    for key, ids in (("sections", [section.id for section in form.sections]), ("findings", [rule.code for rule in form.findings])):
        for index, id in enumerate(ids):
            if id in ids[:index]:
                shape.document.fault((key, index), f"'{id}' is used twice.")

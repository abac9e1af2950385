"""A form out of its file, checked whole. Reading reports every fault with its line; only a form without faults can be loaded."""

import re
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from visitapp.domain.findings import AREAS
from visitapp.formlang.finding_rules import check_standing, read_finding
from visitapp.formlang.model import Form, Section, Tree
from visitapp.formlang.questions import Questions
from visitapp.formlang.reading import Document, read
from visitapp.formlang.rules import compile_rule
from visitapp.formlang.scoring import read_scores
from visitapp.formlang.shape import Shape
from visitapp.formlang.terms import Names, RuleFault, reads
from visitapp.formlang.worded import read_terms

FORM_KINDS = ("visit", "visit_not_completed", "antenatal", "information", "addition")
FORM_OPTIONAL = "asked_properly scores terms"
_FILE_NAME = re.compile(r"([a-z][a-z0-9_]*)-([1-9][0-9]{0,3})")


def read_form(path: Path, content: bytes) -> tuple[Form, Document]:
    """The form in a file and the document with its faults. The form may be used only when there are none."""
    document = read(path, content)
    shape = Shape(document).keys("name version title kind sections findings", FORM_OPTIONAL)
    questions = Questions()
    sections = tuple(_section(item, questions) for item in shape.items("sections"))
    scores = read_scores(shape, questions.names)
    names = Names(questions.names, {score.id: score for score in scores}, questions.same)
    names = replace(names, terms=read_terms(shape, names))
    form = Form(
        name=shape.text("name"),
        version=shape.integer("version", 1, 9999) or 0,
        hash=document.hash,
        title=shape.text("title"),
        kind=shape.one_of("kind", FORM_KINDS),
        sections=sections,
        findings=tuple(read_finding(item, names) for item in shape.items("findings")),
        file=str(path),
        scores=scores,
        terms=MappingProxyType({name: str(shape.value["terms"][name]) for name in names.terms}),
        asked_properly=_asked_properly(shape, names),
        asked_when=shape.maybe_text("asked_properly"),
    )
    check_name(path, form.name, form.version, document)
    _check_unique(shape, form)
    _check_sensitive(shape, form)
    check_standing(shape, form)
    return form, document


def check_name(path: Path, name: str, version: int, document: Document) -> None:
    """A definition's file is called after its name and version, so that neither can drift from the other."""
    if path.stem != f"{name}-{version}" or not _FILE_NAME.fullmatch(path.stem):
        document.fault((), f"The file is called '{path.name}' but says it is {name}-{version}.")


def _section(shape: Shape, questions: Questions) -> Section:
    shape.keys("id area title questions")
    read_questions = tuple(questions.read(item, None) for item in shape.items("questions"))
    return Section(shape.text("id"), shape.one_of("area", AREAS), shape.text("title"), read_questions)


def _asked_properly(shape: Shape, names: Names) -> Tree | None:
    """The rule that says when reassurance counts. It reads plain questions at the top, so that it never waits for itself."""
    source = shape.maybe_text("asked_properly")
    if source is None:
        return None
    try:
        tree = compile_rule(source, names.questions, same=names.same)
    except RuleFault as fault:
        shape.fault(f"asked_properly: {fault}.", "asked_properly")
        return None
    for what, name in sorted(reads(tree)):
        if what != "get" or names.questions[name].question.sensitive:
            shape.fault(
                f"asked_properly reads questions at the top of the form that are not sensitive, and not '{name}'.", "asked_properly"
            )
    return tree


def _check_sensitive(shape: Shape, form: Form) -> None:
    sensitive = sorted(id for id, (question, _) in form.placed.items() if question.sensitive)
    if sensitive and form.asked_when is None:
        shape.fault(f"'{sensitive[0]}' is sensitive, so the form says with 'asked_properly' when reassurance in it counts.")


def _check_unique(shape: Shape, form: Form) -> None:
    for key, ids in (("sections", [section.id for section in form.sections]), ("findings", [rule.code for rule in form.findings])):
        for index, id in enumerate(ids):
            if id in ids[:index]:
                shape.document.fault((key, index), f"'{id}' is used twice.")

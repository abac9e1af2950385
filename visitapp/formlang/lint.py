"""What a safeguarding lead is told about the forms folder before anything in it is published: every fault of every file, with its line.
Loading already refuses what cannot work; this adds what is wrong only for people: judging words, missing cases, unclear references."""

import re
from pathlib import Path

from visitapp.formlang import publish
from visitapp.formlang.cases import cases_of
from visitapp.formlang.catalogue import read_definition
from visitapp.formlang.faults import Fault, FormFault
from visitapp.formlang.forms import read_form
from visitapp.formlang.model import Form, Question
from visitapp.formlang.reading import Document, read

JUDGING = (
    "failed", "fails", "failure", "denies", "denied", "chaotic", "disguised", "choice", "chose", "refuses to engage", "no engagement",
    "non-compliant", "non-compliance", "compliance", "hostile", "manipulative", "admits", "claims", "unfit", "dirty home", "bad parent",
)  # fmt: skip
"""Words that judge or hide, which appear nowhere in a form (brief, what every assessment must respect, 12)."""
_JUDGING = re.compile(r"\b(" + "|".join(re.escape(word) for word in JUDGING) + r")\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
CASE_STATES = ("present", "absent", "cannot_tell")


def lint(folder: Path) -> list[Fault]:
    """Every fault in the forms folder, in order of file and line. An empty list means it may be published."""
    faults = publish.check(folder)
    for path in publish.definition_files(folder):
        try:
            faults.extend(_file(path, is_form=path.parent == folder))
        except FormFault as fault:
            faults.extend(fault.faults)
    return sorted(set(faults))


def _file(path: Path, *, is_form: bool) -> list[Fault]:
    content = path.read_bytes()
    if not is_form:
        _, document = read_definition(path, content)
        _words(document)
        return document.faults
    form, document = read_form(path, content)
    _words(document)
    _findings(form, document)
    _questions(form, document)
    examples = read(path, content, number=1)
    _cases(form, document, examples)
    return document.faults + examples.faults


def _words(document: Document) -> None:
    """Every text in the file that people read, for words that judge."""
    for where, text in _texts(document.value, ()):
        if where[-1:] != ("source",) and (found := _JUDGING.search(text)) and where[-1:] != ("kind",):
            document.fault(where, f"'{found.group()}' judges or hides: say what was seen, what was said, by whom, when.")


def _texts(value: object, where: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, dict):
        return [one for key, inner in value.items() for one in _texts(inner, (*where, key))]
    if isinstance(value, list):
        return [one for index, inner in enumerate(value) for one in _texts(inner, (*where, index))]
    return [(where, value)] if isinstance(value, str) else []


def _findings(form: Form, document: Document) -> None:
    for index, rule in enumerate(form.findings):
        where = ("findings", index)
        for part in ("wording", "ask"):
            for name in _PLACEHOLDER.findall(getattr(rule, part)):
                if name != "child" or rule.each is None or form.question(rule.each).of != "child":
                    document.fault((*where, part), "Only {child} can be filled in, and only in a finding for each child.")
        hidden = sorted(id for id in _read(rule.tree) if id in form.placed and form.question(id).confidential)
        if hidden:
            document.fault(
                (*where, "when"), f"'{hidden[0]}' is confidential: a finding is shown on screens and letters, so it may not read it."
            )


def _read(tree: object) -> set[str]:
    """The ids a rule reads, rows included (and codes, which are no question's id by the check that calls this)."""
    if not isinstance(tree, tuple):
        return {tree} if isinstance(tree, str) else set()
    return set().union(*(_read(part) for part in tree))


def _questions(form: Form, document: Document) -> None:
    def walk(questions: tuple[Question, ...], where: tuple[str | int, ...]) -> None:
        for index, question in enumerate(questions):
            here = (*where, "questions", index)
            if question.kind != "rows" and not question.letter and not question.confidential:
                document.fault(here, f"'{question.id}' has no words for the letter.")
            if question.confidential and question.letter:
                document.fault((*here, "letter"), f"'{question.id}' is confidential, so it has no words for the letter.")
            walk(question.questions, here)

    for index, section in enumerate(form.sections):
        walk(section.questions, ("sections", index))


def _cases(form: Form, document: Document, examples: Document) -> None:
    states: dict[str, set[str]] = {}
    for case in cases_of(form, examples):
        states.setdefault(case.finding, set()).add(case.state)
    for index, rule in enumerate(form.findings):
        for state in CASE_STATES:
            if state not in states.get(rule.code, set()):
                document.fault(("findings", index), f"'{rule.code}' has no worked case in which it is {state.replace('_', ' ')}.")

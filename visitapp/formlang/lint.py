"""What a safeguarding lead is told about the forms folder before anything in it is published: every fault of every file, with its line.
Loading already refuses what cannot work; this adds what is wrong only for people: judging words, missing cases, unclear references."""

import re
from pathlib import Path

from visitapp.formlang import publish
from visitapp.formlang.cases import cases_of, ordinary_case
from visitapp.formlang.catalogue import area_policies, read_definition
from visitapp.formlang.faults import Fault, FormFault
from visitapp.formlang.forms import read_form
from visitapp.formlang.model import Form, Policy, Question
from visitapp.formlang.reading import Document, read
from visitapp.formlang.settings import read_policy
from visitapp.formlang.terms import reads

JUDGING = (
    "failed", "fails", "failure", "denies", "denied", "chaotic", "disguised", "choice", "chose", "refuses to engage", "no engagement",
    "non-compliant", "non-compliance", "compliance", "hostile", "manipulative", "admits", "claims", "unfit", "dirty home", "bad parent",
)  # fmt: skip
"""Words that judge or hide, which appear nowhere in a form (brief, what every assessment must respect, 12)."""
_JUDGING = re.compile(r"\b(" + "|".join(re.escape(word) for word in JUDGING) + r")\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_NO_CLOCK = ("count", "time_of_day")
CASE_STATES = ("present", "absent", "cannot_tell")


def lint(folder: Path) -> list[Fault]:
    """Every fault in the forms folder, in order of file and line. An empty list means it may be published."""
    faults, files = publish.check(folder), publish.definition_files(folder)
    policies = [path for path in files if path.parent.name == "policy"]
    for path in files:
        try:
            faults.extend(_form(path, _newest(policies)) if path.parent == folder else _settings(path))
        except FormFault as fault:
            faults.extend(fault.faults)
    return sorted({*faults, *_areas(folder, policies)})


def _settings(path: Path) -> list[Fault]:
    _, document = read_definition(path, path.read_bytes())
    _words(document)
    return document.faults


def _form(path: Path, policy: Policy | None) -> list[Fault]:
    content = path.read_bytes()
    form, document = read_form(path, content)
    _words(document)
    _findings(form, document)
    _terms(form, document)
    _duties(form, document, policy)
    _questions(form, document)
    examples = read(path, content, number=1)
    ordinary_case(form, examples)
    _cases(form, document, examples)
    return document.faults + examples.faults


def _newest(policies: list[Path]) -> Policy | None:
    """The policy of the highest version that can be read; what is wrong with the others is said where they are read."""
    found = [one for one in map(_readable, policies) if one]
    return max((one for one in found if one.differs_from is None), key=lambda policy: policy.version, default=None)


def _areas(folder: Path, policies: list[Path]) -> list[Fault]:
    """What does not fit of each area's newest policy over the newest standard."""
    found = [one for one in map(_readable, policies) if one]
    return area_policies(folder, list(found)) if any(one.differs_from is None for one in found) else []


def _readable(path: Path) -> Policy | None:
    """A policy, or None where it cannot be read, which is said where it is."""
    try:
        return read_policy(path, path.read_bytes())[0]
    except FormFault:
        return None


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
                if rule.each is None or name != form.question(rule.each).of:
                    document.fault((*where, part), "Only {child} and {adult} can be filled in, in a finding for each child or each adult.")
        hidden = sorted(id for what, id in reads(rule.tree) if what == "get" and form.question(id).confidential)
        if hidden:
            document.fault(
                (*where, "when"), f"'{hidden[0]}' is confidential: a finding is shown on screens and letters, so it may not read it."
            )


def _terms(form: Form, document: Document) -> None:
    said = " ".join([*(rule.when for rule in form.findings), *form.terms.values()])
    for name in form.terms:
        if not re.search(rf"\b{name}\b", said):
            document.fault(("terms", name), f"The term '{name}' is used by no rule.")


def _duties(form: Form, document: Document, policy: Policy | None) -> None:
    for index, rule in enumerate(form.findings):
        for number, duty in enumerate(rule.duties):
            if policy is None or duty.within not in policy.settings or policy.settings[duty.within].units in _NO_CLOCK:
                where = ("findings", index, "duties", number, "within")
                document.fault(where, f"'{duty.within}' is not a time of the newest policy, so nobody could say by when.")


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

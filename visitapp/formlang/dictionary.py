"""The data dictionary: everything a form version asks, scores and finds, as a page that can be read beside the form, searched, and signed
off. It is generated, so it cannot say anything but what the form does."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from visitapp.domain.findings import AREAS
from visitapp.formlang.model import Duty, FindingRule, Form, Option, Question, Score, Section

_SPECIAL = str.maketrans({"<": "&lt;", "*": r"\*", "_": r"\_", "|": r"\|"})


def pages(forms: Iterable[Form]) -> dict[str, str]:
    """File name -> page, for every version of every form."""
    return {f"{form.name}-{form.version}.md": page(form) for form in forms}


def out_of_date(folder: Path, wanted: dict[str, str]) -> list[str]:
    """Names in the folder that are missing, say something else, or belong to no form."""
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in {*there, *wanted} if there.get(name) != wanted.get(name))


def write(folder: Path, wanted: dict[str, str]) -> list[str]:
    """Bring the folder to what is wanted; the names that changed or went."""
    changed = out_of_date(folder, wanted)
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return changed


def page(form: Form) -> str:
    """One form version in Markdown."""
    return "\n".join([*_top(form), *_questions(form), *_scores(form), *_findings(form)]) + "\n"


def _top(form: Form) -> Iterator[str]:
    yield f"# {form.title} ({form.name}-{form.version})"
    yield ""
    yield "Written by `visitapp forms dictionary` from the form's own file, and checked by the tests: change the form, not this page."
    yield "How to read a form: [How to write a form](../forms-language.md). What sources stand for: [Sources](../sources.md)."
    yield ""
    yield f"- Kind: `{form.kind}`"
    yield f"- Sections: {'; '.join(_plain(section.title) for section in form.sections)}"
    yield f"- {len(form.placed)} questions, {len(form.scores)} scores, {len(form.findings)} findings"
    if form.asked_when:
        yield f"- Sensitive questions were asked properly when `{form.asked_when}`"


def _questions(form: Form) -> Iterator[str]:
    yield from ("", "## Questions")
    for section in form.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield from ("", f"### {_plain(section.title)}", "", f"Area: {AREAS[section.area]} (`{section.area}`).", "")
    for question in section.questions:
        yield from _question(question, 0)


def _question(question: Question, depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}- `{question.id}`, {_kind(question)}: {_plain(question.label)}"
    for line in _about(question):
        yield f"{indent}  - {line}"
    for inner in question.questions:
        yield from _question(inner, depth + 1)


def _kind(question: Question) -> str:
    rows = f" of each {question.of}" if question.of else ""
    limits = [f"{word} {number}" for word, number in (("from", question.minimum), ("to", question.maximum)) if number is not None]
    return " ".join([f"{question.kind}{rows}", *limits, *([question.units] if question.units else [])])


def _about(question: Question) -> Iterator[str]:
    if question.hint:
        yield f"Hint: {_plain(question.hint)}"
    if question.options:
        yield f"Options: {'; '.join(_option(option) for option in question.options)}"
    if question.shown_when:
        yield f"Shown when `{question.shown_when}`"
    if question.known:
        yield f"How it is known: {', '.join(question.known)}"
    if question.absent:
        yield f"Why there is no answer: {', '.join(question.absent)}"
    if question.measure:
        carried = "carried forward with its date, and confirmed" if question.carry else "asked afresh every time"
        if isinstance(question.carry, tuple):
            carried = f"{carried} where it was {', '.join(f'`{code}`' for code in question.carry)}; asked afresh otherwise"
        yield f"Remembered as `{question.measure}`, {carried}"
    yield from _cared_for(question)


def _cared_for(question: Question) -> Iterator[str]:
    if question.sensitive:
        yield "Sensitive: reassurance counts only where it was asked properly"
    if question.confidential:
        yield "Confidential: kept apart from the household record, in no letter and in no finding"
    elif question.letter:
        yield f"In a letter: {_plain(question.letter)}"
    if question.layout:
        yield f"Drawn as `{question.layout}`"


def _option(option: Option) -> str:
    flags = (("alone", option.alone), ("the rest is unknown", option.rest_unknown), ("reassures", option.reassures))
    said = ", ".join(word for word, holds in flags if holds)
    hint = f", {_plain(option.hint)}" if option.hint else ""
    return f"`{option.code}` {_plain(option.label)}{hint}{f' ({said})' if said else ''}"


def _scores(form: Form) -> Iterator[str]:
    if form.scores:
        yield from ("", "## Scores")
    for score in form.scores:
        yield from _score(form, score)


def _score(form: Form, score: Score) -> Iterator[str]:
    yield from ("", f"### `{score.id}`", "", f"{_plain(score.title)}, from 0 to {score.max}. Source: {_plain(score.source)}")
    if score.measure:
        yield f"Remembered as `{score.measure}`."
    if score.asked_when:
        yield f"Only where it was asked: `{_plain(score.asked_when)}`."
    yield from ("", "| question | points |", "| --- | --- |")
    for id, points in score.of.items():
        words = {option.code: option.label for option in form.question(id).options}
        yield f"| `{id}` | {'; '.join(f'{_plain(words[code])} {number}' for code, number in points.items())} |"


def _findings(form: Form) -> Iterator[str]:
    if form.terms:
        yield from ("", "## Terms", "", "A rule below means by", "", "| term | this |", "| --- | --- |")
        yield from (f"| `{name}` | `{_plain(said)}` |" for name, said in form.terms.items())
    yield from ("", "## Findings")
    for rule in form.findings:
        yield from _finding(rule)


def _finding(rule: FindingRule) -> Iterator[str]:
    for_each = f", for each of `{rule.each}`" if rule.each else ""
    yield from ("", f"### `{rule.code}`", "", _plain(rule.wording), "")
    yield f"- {AREAS[rule.area]} (`{rule.area}`); {rule.severity}; level {rule.level}{for_each}"
    yield f"- When `{' '.join(rule.when.split())}`"
    if rule.stands_for:
        yield f"- Stands for {', '.join(f'`{code}`' for code in rule.stands_for)}"
    for duty in rule.duties:
        yield f"- {_duty(duty)}"
    yield f"- Ask: {_plain(rule.ask)}"
    yield f"- Source: {_plain(rule.source)}"
    yield "- Local clinical judgement, to be signed off" if rule.judgement else "- Published"


def _duty(duty: Duty) -> str:
    return f"Duty of the {duty.owner}, to {duty.kind}, within `{duty.within}`: {_plain(duty.what)}"


def _plain(text: str) -> str:
    """Text as it stands, whatever Markdown would make of it."""
    return " ".join(text.translate(_SPECIAL).split())

"""Concrete sentences for a letter, made from the answers behind each finding: on which day and at what time, whether it was seen, shown or
said, and what. The gravest finding comes first and each answer is said once. What a finding rests on that is no answer of this visit (an
agreed plan, visits that were not completed) is said in the finding's own words, as a thing that the record shows.

The practitioner reads them before sending and may change any of them; what was changed is kept with the referral (`Reworded`).
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from visitapp.domain.findings import SEVERITIES
from visitapp.domain.measures import UNKNOWN
from visitapp.domain.moments import LONDON, day_of, moment
from visitapp.flow.telling import Line, Told, area_of, for_a_reader
from visitapp.formlang import Form, Option
from visitapp.letter.facts import Evidence, Known, Reworded
from visitapp.letter.sentences import day, stop
from visitapp.store.tx import Row

OPENINGS: Mapping[Known, str] = {
    "seen": "On {when} I saw: ",
    "shown": "On {when} I was shown: ",
    "told": "On {when} I was told: ",
    "told_by_agency": "By {when} another agency had told me: ",
}
GRADES = ("good", "minor", "moderate", "severe")
"""The codes of a state from best to worst (docs/forms-language.md)."""
AS_IT_SHOULD_BE = ("good", "fine")
"""Codes of a state and of a room with nothing of concern."""
BESIDE_THE_POINT = ("child.mobility", "child.seen", "child.seen_at_door")
"""What only says for whom a rule is, or that nobody was seen."""
SLEPT_ON = "sleep.surface"
PHRASES: Mapping[str, str] = {
    SLEPT_ON: "slept on {words}",
    "sleep.shared": "it was shared",
    "sleep.taken": "{who} had taken {words}",
    "sleep.smoker": "{who} smokes",
    "sleep.put_down": "was put down {words}",
    "sleep.bedding": "with {words}",
}
"""How an answer is said where its label and its words do not make a sentence, by measure. A yes-or-no is said so when it is yes."""
LEAST_OF_RECORD = 2
MOST_ANSWERS = 4
"""In one sentence, the worst first; a reader loses a longer one, and the sections behind page one have every answer."""


def sentences(form: Form, found: Iterable[Row], told: Told, on: str, began_at: str) -> tuple[Evidence, ...]:
    """One or more sentences for each finding that is present, the gravest first. `on` is the visit's day, `began_at` when it was begun.
    What adds up to an adult's score is that adult's health, and stands as the score on the last page."""
    scored = frozenset(id for score in form.scores for id in score.of if form.placed[id][1])
    said: set[str] = set()
    made: list[Evidence] = []
    for finding in sorted(filter(_stands_alone, found), key=gravest_first):
        own = tuple(_of(finding, told, said, when(on, began_at), scored))
        lines = [path for path in json.loads(finding["because"]) if path in told.by_path]
        if own or not said.intersection(lines):
            made.extend(own or _of_record(finding, told, when(on, began_at)))
        said.update(lines)
    return tuple(sorted(made, key=lambda one: (not one.tonight, one.known is None and one.tonight)))


def reworded(made: Iterable[Evidence], changes: Iterable[Reworded]) -> tuple[Evidence, ...]:
    """The sentences as the practitioner left them; what was emptied is gone."""
    changed = {one.id: one.made for one in changes}
    kept = (replace(one, text=changed.get(one.id, one.text)) for one in made)
    return tuple(one for one in kept if one.text.strip())


def gravest_first(row: Row) -> tuple[int, int]:
    return SEVERITIES.index(row["severity"]), -row["level"]


def when(on: str, began_at: str) -> str:
    """The day, with the time where the visit was written down on its own day."""
    if not began_at or day_of(began_at).isoformat() != on:
        return day(on)
    return f"{day(on)} at {moment(began_at).astimezone(LONDON):%H:%M}"


def _stands_alone(finding: Row) -> bool:
    return finding["state"] == "present" and not finding["under"]


def _of(finding: Row, told: Told, said: set[str], when: str, scored: Container[str]) -> Iterator[Evidence]:
    paths = [path for path in json.loads(finding["because"]) if path in told.by_path and path not in said]
    lines = [told.by_path[path] for path in paths]
    for known, opening in OPENINGS.items():
        telling = [line for line in lines if line.known == known and line.words and line.question.id not in scored and _concerns(line)]
        if telling:
            yield _sentence(finding, known, opening.format(when=when) + _listed(telling))


def _of_record(finding: Row, told: Told, when: str) -> Iterator[Evidence]:
    """In the finding's own words; what is only advice to ourselves stands in no letter as a thing that was found."""
    if finding["level"] >= LEAST_OF_RECORD:
        at_visit = any(path in told.by_path for path in json.loads(finding["because"]))
        yield _sentence(finding, None, f"On {when}: {finding['said']}" if at_visit else f"The record shows: {finding['said']}")


def _sentence(finding: Row, known: Known | None, text: str) -> Evidence:
    return Evidence(
        None, known, stop(for_a_reader(text)), area=area_of(finding["area"]), id=f"{finding['code']}/{finding['row_id']}/{known or ''}",
        tonight=finding["severity"] == "tonight", shareable=True,
    )  # fmt: skip


def _concerns(line: Line) -> bool:
    """Whether an answer is part of what was found, and not one of those that only allow it to be said, or say that it is not known."""
    chosen = [option for option in line.question.options if option.label in line.words]
    return line.question.measure not in BESIDE_THE_POINT and (not chosen or not all(map(_says_little, chosen)))


def _says_little(option: Option) -> bool:
    return option.reassures or option.alone or option.code in AS_IT_SHOULD_BE or option.code in UNKNOWN


def _listed(lines: Sequence[Line]) -> str:
    """Answers as one clause, those about one child and one sleep together: "Kofi, last night: slept on a sofa, it was shared"."""
    about: dict[str, list[str]] = {}
    for line in sorted(sorted(lines, key=_how_bad)[:MOST_ANSWERS], key=lambda line: line.question.measure != SLEPT_ON):
        whom, beside = _about(line)
        about.setdefault(whom, []).append(_said(line, beside))
    return "; ".join(f"{whom}: {', '.join(those)}" if whom else "; ".join(those) for whom, those in about.items())


def _how_bad(line: Line) -> int:
    """A place among other answers: of a state the worst first, whose codes stand from best to worst; anything else after, as it stands."""
    codes = {option.label: option.code for option in line.question.options}
    return -GRADES.index(code) if (code := codes.get(line.words)) in GRADES else 0


def _about(line: Line) -> tuple[str, str]:
    """Of whom and of which sleep a line is, and who lay beside the child: ("Kofi, last night", "father")."""
    if not (line.question.measure or "").startswith("sleep.") and line.row.count(",") == 0:
        return ", ".join(part for part in (line.whose, line.row.lower()) if part), ""
    night, _, beside = line.row.lower().partition(", ")
    return ", ".join(part for part in (line.whose, night) if part), beside


def _said(line: Line, beside: str) -> str:
    words, who = _words(line), f"the {beside}" if beside else "somebody"
    phrase = PHRASES.get(line.question.measure or "")
    if phrase and not words.startswith("no"):
        return phrase.format(words=words, who=who)
    label = f"{line.label[:1].lower()}{line.label[1:]}: {words}"
    return f"{label} ({beside})" if beside else label


def _words(line: Line) -> str:
    """What was chosen, as it stands inside a sentence."""
    words = line.words
    for option in line.question.options:
        words = words.replace(option.label, _lower(option.label))
    return words if line.question.options else _lower(words)


def _lower(words: str) -> str:
    """With a small letter, but for "I" and an abbreviation."""
    first = words.split(" ", 1)[0]
    return words if first == "I" or first[1:].isupper() else words[:1].lower() + words[1:]

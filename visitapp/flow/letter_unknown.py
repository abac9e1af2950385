"""What could not be established, in the order in which it could matter: a child who was not seen, a place that was not seen, and then what
a finding hangs on, the gravest first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from visitapp.domain.measures import SEEN, SEEN_AT_DOOR
from visitapp.flow import telling
from visitapp.flow.letter_sections import ROOMS, SAID_TO_BE, seen_at_door
from visitapp.flow.letter_sentences import AS_IT_SHOULD_BE
from visitapp.flow.telling import Line, Told
from visitapp.formlang import Form
from visitapp.letter.facts import CannotTell
from visitapp.letter.sentences import listed
from visitapp.store.tx import Row

GRAVE = 3
"""The level of need from which a finding matters enough for page one to say what it hangs on."""
MOST_MISSING = 3
WAS_SEEN = ("awake", "asleep", "not_born")
SOMETHING = "something"


def unknown(form: Form, told: Told, findings: Iterable[Row], members: Iterable[Row]) -> tuple[CannotTell, ...]:
    """Everything that could not be established, each once; `matters` says which of it page one may say."""
    cannot = sorted((one for one in findings if one["state"] == "cannot_tell"), key=lambda one: (-one["level"], telling.urgency(one)))
    said = {line.path for line in told.lines if _is_place(line)}
    found = [*_unseen_children(form, told, members), *_unseen_places(told)]
    for one in cannot:
        missing = [path for path in dict.fromkeys(json.loads(one["missing"])) if path not in said]
        lines = telling.cannot_tell(form, told, missing)
        if lines and one["level"] >= GRAVE:
            found.append(CannotTell(one["said"], _why(lines), shareable=True))
        else:
            found.extend(replace(line, matters=False) for line in lines)
        said.update(missing)
    return tuple(dict.fromkeys(found))


def _why(lines: Sequence[CannotTell]) -> str:
    """What is missing for one question, as much of it as a line of page one can hold."""
    more = len(lines) - MOST_MISSING
    rest = f"; and {more} more" if more > 0 else ""
    return "; ".join(f"{line.what}: {line.why}" for line in lines[:MOST_MISSING]) + rest


def _unseen_children(form: Form, told: Told, members: Iterable[Row]) -> Iterator[CannotTell]:
    """Of a form that asks whether each child was seen; of one for a visit that was not completed, of all of them together."""
    asks = {question.measure for question, _ in form.placed.values()}
    if SEEN not in asks:
        born = [one["given_names"] for one in members if one["role"] == "child" and one["born_on"]]
        if born and SEEN_AT_DOOR in asks and not seen_at_door(told):
            yield CannotTell(f"How {listed(born)} {'is' if len(born) == 1 else 'are'}", "no child was seen at this visit", shareable=True)
        return
    lines = {line.whose: line for line in told.by_path.values() if line.question.measure == SEEN}
    for one in members:
        line = lines.get(one["given_names"])
        if one["role"] == "child" and one["born_on"] and not (line and _chosen(line) in WAS_SEEN):
            yield CannotTell(f"How {one['given_names']} is", f"not seen at the visit{_said_to_be(told, line)}", shareable=True)


def _said_to_be(told: Told, line: Line | None) -> str:
    why = told.by_path.get(line.path.rpartition("/")[0] + "/" + SAID_TO_BE) if line else None
    return f"; said to be: {why.words.rstrip('.')}" if why and why.words else ""


def _unseen_places(told: Told) -> Iterator[CannotTell]:
    for line in told.lines:
        if _is_place(line) and _chosen(line) not in (*AS_IT_SHOULD_BE, SOMETHING):
            yield CannotTell(line.label, line.said[:1].lower() + line.said[1:], shareable=True)


def _is_place(line: Line) -> bool:
    return (line.question.measure or "").startswith(ROOMS)


def _chosen(line: Line) -> str:
    """The code of the one option that was chosen; empty when the answer is absent."""
    return next((option.code for option in line.question.options if option.label == line.words), "")

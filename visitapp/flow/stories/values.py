"""Single answers of a story, by kind of question: a code or its words, one thing for a list of one, yes for true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from visitapp.flow.stories.looking import Spot, as_day, as_truth, as_whole, nearest
from visitapp.formlang import Question

WRONG = object()
"""A fault was noted, and there is no value."""


def value(spot: Spot, question: Question, raw: Any) -> Any:
    """A single answer as the form takes it, or `WRONG`."""
    return _VALUES[question.kind](spot, question, raw)


def _code(spot: Spot, question: Question, raw: Any) -> Any:
    """A code, or the words that the form offers it in."""
    said = {True: "yes", False: "no"}.get(raw, raw) if isinstance(raw, bool) else raw
    word = str(said)
    if word in question.codes:
        return word
    by_label = {option.label.casefold(): option.code for option in question.options}
    if word.casefold() in by_label:
        return by_label[word.casefold()]
    spot.fault(f"'{word}' is no answer to '{question.id}'.{nearest(word, question.codes)}")
    return WRONG


def _codes(spot: Spot, question: Question, raw: Any) -> Any:
    listed = raw if isinstance(raw, list) else [raw]
    spots = [spot.at(index) for index in range(len(listed))] if isinstance(raw, list) else [spot]
    alone = [option.code for option in question.options if option.alone]
    if listed in (["none"], ["nothing"]) and listed[0] not in question.codes and len(alone) == 1:
        return alone
    found = [_code(one, question, value) for one, value in zip(spots, listed, strict=True)]
    if not listed:
        spot.fault(f"'{question.id}' needs at least one answer; leave it empty where it was not answered.")
    if len(found) > 1 and any(code in alone for code in found):
        spot.fault(f"'{next(code for code in found if code in alone)}' cannot stand beside other answers to '{question.id}'.")
    return WRONG if WRONG in found or not found else found


def _truth(spot: Spot, question: Question, raw: Any) -> Any:
    truth = as_truth(raw)
    if truth is None:
        spot.fault(f"The answer to '{question.id}' is yes or no, and not '{raw}'.")
    return WRONG if truth is None else truth


def _integer(spot: Spot, question: Question, raw: Any) -> Any:
    number, low, high = as_whole(raw), question.minimum, question.maximum
    if number is None:
        spot.fault(f"The answer to '{question.id}' is a whole number, and not '{raw}'.")
        return WRONG
    if (low is not None and number < low) or (high is not None and number > high):
        spot.fault(f"The answer to '{question.id}' is from {low} to {high}, and not {number}.")
    return number


def _date(spot: Spot, question: Question, raw: Any) -> Any:
    day = as_day(raw)
    if day is None:
        spot.fault(f"The answer to '{question.id}' is a date that exists, written 2026-11-22, and not '{raw}'.")
    return WRONG if day is None else day.isoformat()


def _text(spot: Spot, question: Question, raw: Any) -> Any:
    if isinstance(raw, list | bool):
        spot.fault(f"The answer to '{question.id}' is words.")
        return WRONG
    return str(raw)


_VALUES: Mapping[str, Callable[[Spot, Question, Any], Any]] = MappingProxyType(
    {"choice": _code, "choices": _codes, "yes_no": _truth, "integer": _integer, "date": _date, "text": _text}
)

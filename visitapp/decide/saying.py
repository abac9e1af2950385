"""What the sentences of a family's memory are made from, and the words they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from visitapp.decide.limits import Limits
from visitapp.decide.standing import Arranged
from visitapp.domain.moments import date_words
from visitapp.domain.past import Known, Row

MOST_DATES, MOST_EACH = 3, 6
"""How many days are named in one sentence, and how many sentences there are of one sort."""


class Words(Protocol):
    """The words of the forms: of a question by its measure, and of an answer to it; both empty where no form has it."""

    def question(self, measure: str) -> str: ...
    def answer(self, measure: str, code: str) -> str: ...


@dataclass(frozen=True)
class Looking:
    """All that the sentences are made from. `told` are the findings of earlier visits as they were worded, newest first."""

    known: Known
    arranged: Arranged
    limits: Limits
    words: Words
    told: Sequence[Row]

    @property
    def on(self) -> str:
        return self.known.moment.on


def day(on: str) -> str:
    return date_words(date.fromisoformat(on))


def dates(days: Sequence[str]) -> str:
    """The newest days of several, newest first."""
    newest = [day(on) for on in sorted(days, reverse=True)[:MOST_DATES]]
    return listed(newest) if len(days) <= MOST_DATES else f"the last on {listed(newest)}"


def listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def small(said: str) -> str:
    return said[:1].lower() + said[1:] if said[1:2].islower() or said[1:2] == " " else said

"""The kinds of document that the facts of a referral can become, each with its title and who it is for. What stands in each is a
template of sections (`letter/template.py`), never a program of its own.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "referral", "early_help", "pre_birth", "health_copy", "family_copy", "chronology", "update", "correction", "raised", "raised_early_help"
]


@dataclass(frozen=True)
class Document:
    """`title` is printed and fixed: it names nobody. `numbered`: one of several about the same referral, after the first."""

    title: str
    for_whom: str
    numbered: bool = False


KINDS: dict[Kind, Document] = {
    "referral": Document("Referral", "the team that is asked to act"),
    "early_help": Document("Request for early help", "the early help team, with the family’s agreement"),
    "pre_birth": Document("Pre-birth referral", "the team that is asked to act before a baby is born"),
    "health_copy": Document("Copy for health", "the family’s GP and the named nurse, with only what they need"),
    "family_copy": Document("Copy for the family", "the parents, where telling them is safe"),
    "chronology": Document("Chronology", "whoever works with the family and needs what happened, in order"),
    "update": Document("Update to a referral", "everybody who had the referral", numbered=True),
    "correction": Document("Correction to a referral", "everybody who had the referral", numbered=True),
    "raised": Document("Urgent update", "the team that is asked to act, and everybody who had the whole referral", numbered=True),
    "raised_early_help": Document("Urgent update for early help", "the early help team, with the family’s agreement", numbered=True),
}


ASKING_AGAIN: dict[str, Kind] = {"referral": "raised", "pre_birth": "raised", "early_help": "raised_early_help"}
"""A kind that asks somebody to act -> the kind that asks for it again, when a later visit found it graver."""


def as_kind(word: str) -> Kind:
    """A word as the kind of document it names. ValueError when it names none."""
    if word not in KINDS:
        raise ValueError(f"{word!r} is no kind of document")
    return word

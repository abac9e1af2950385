"""What visits say of each child, question by question beside each other, with how each thing is known. Pure. What is recorded apart is left
out: nobody's disclosure stands beside anybody else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from visitapp.web.answers import Line
from visitapp.web.comparing import Answered, Visit, answered


@dataclass(frozen=True)
class Question:
    """One question with the answer of each child, in their order; None where that child's visit did not ask it."""

    title: str
    question: str
    lines: tuple[Line | None, ...]

    @property
    def differs(self) -> bool:
        """Whether what is known of some differs from what is known of others, or is known of some alone."""
        said = {line.words for line in self.lines if line and line.answered}
        unknown = any(line is not None and not line.answered for line in self.lines)
        return len(said) > 1 or (bool(said) and unknown)


def questions(children: Sequence[tuple[str, Visit]]) -> tuple[Question, ...]:
    """Of each child (person, the visit that tells of them) what was asked about it, in the order of the forms."""
    told = [{_key(one, person): one for one in _about(person, visit)} for person, visit in children]
    order = list(dict.fromkeys(key for theirs in told for key in theirs))
    return tuple(_question([theirs.get(key) for theirs in told]) for key in order)


def _about(person: str, visit: Visit) -> Iterable[Answered]:
    return (one for one in answered(visit) if f"person:{person}" in one.context and not one.question.confidential)


def _key(one: Answered, person: str) -> tuple[object, ...]:
    return tuple(part for part in one.context if part != f"person:{person}"), one.question.measure or one.question.id, one.question.id


def _question(found: Sequence[Answered | None]) -> Question:
    first = next(one for one in found if one is not None)
    return Question(", ".join(first.titles[1:]), first.question.label, tuple(one.line if one else None for one in found))

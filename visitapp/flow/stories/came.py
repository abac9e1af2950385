"""What an expectation of a story is asked of, and what is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from visitapp.flow.stories.outcome import Found, Judged, Outcome
from visitapp.flow.stories.wanted import Wanted


@dataclass(frozen=True)
class Verdict:
    """An expectation, whether it holds, and what came out instead; `why` are the answers behind that."""

    wanted: Wanted
    holds: bool
    came: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Came:
    """What an expectation is asked of: the outcome, and every visit so far, the newest last. At the end of a story `judged` is empty and a
    finding is looked for in the newest visit that could have found it."""

    outcome: Outcome
    visits: tuple[Judged, ...]
    at_end: bool = False

    def of(self, code: str) -> list[Found]:
        """The results of one finding, of every row, or of all that a pattern stands for."""
        visits = [self.outcome.judged] if self.outcome.judged else list(reversed(self.visits))
        judged = next((one for one in visits if one is not None and any(fnmatchcase(each, code) for each in one.form.rules)), None)
        return [one for one in judged.findings if fnmatchcase(one.code, code)] if judged else []

    @property
    def judged(self) -> Judged | None:
        """The visit itself, or the newest there was."""
        return self.outcome.judged or (self.visits[-1] if self.visits else None)


Result = tuple[bool, str, tuple[str, ...]]
Decide = Callable[[Came, Any], Result]


def in_words(value: Any) -> str:
    """A value as a report says it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or "none"
    if isinstance(value, dict):
        return f"{value['at_least']} to {value['could_be']}"
    return "unknown" if value is None else str(value)

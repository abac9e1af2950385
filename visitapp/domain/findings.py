"""The three results of a visit, kept apart: what was found, the level of need, how urgent it is tonight, and where it goes.
They are facts once stored, so they are frozen here and know nothing about how they were reached."""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

AREAS: dict[str, str] = {
    "sleep": "Where the baby sleeps",
    "home": "The home",
    "engagement": "Being let in and being seen",
    "substances": "Alcohol, drugs and medicines",
    "care": "Health and care",
}
SEVERITIES = ("tonight", "this_week", "advise")
STATES = ("present", "absent", "cannot_tell")
URGENCIES = ("tonight", "this_week", "routine")
DESTINATIONS = ("social_care_urgent", "social_care", "early_help", "none")
LEVELS = (1, 2, 3, 4)


class Finding(NamedTuple):
    """One rule's result for one row; a tuple, because a long visit makes hundreds. `because` holds the paths that decided it; `missing` the
    paths whose answers would settle it. `under` is the graver finding that says this one already: it stays a fact, and is neither shown nor
    counted beside that one."""

    finding: str
    area: str
    row: str
    person: str
    state: str
    severity: str
    level: int
    because: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    under: str = ""

    def as_json(self) -> dict[str, Any]:
        return self._asdict() | {"because": list(self.because), "missing": list(self.missing)}


@dataclass(frozen=True)
class Score:
    """A published total for one row, as a range: at least what is answered, could be that with the most for everything that is not."""

    id: str
    measure: str | None
    row: str
    person: str
    at_least: int
    could_be: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Ask:
    """A question worth putting next: the finding it is about, the paths of the answers that are missing, and the level that it would be
    at least if this finding were present."""

    finding: str
    row: str
    person: str
    paths: tuple[str, ...]
    could_reach: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"paths": list(self.paths)}


@dataclass(frozen=True)
class Level:
    """A suggested level of need as a range: at least this from what is present, could be that with every "cannot tell" taken as present."""

    at_least: int
    could_be: int
    because: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"at_least": self.at_least, "could_be": self.could_be, "because": list(self.because)}


@dataclass(frozen=True)
class Destination:
    """Where a visit should go, in a code, in words for people, and with the reasons for it."""

    code: str
    words: str
    reasons: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "words": self.words, "reasons": list(self.reasons)}

"""The clock of a story, which stands where it is put, and times of day in England."""

from dataclasses import dataclass
from datetime import date, time

from visitapp.domain.moments import at_london


@dataclass
class StoryClock:
    """What time it is in the story."""

    at: str = ""

    def read(self) -> str:
        return self.at


def instant_of(day: date, clock: str) -> str:
    """`10:15` on that day in England."""
    return at_london(day, time.fromisoformat(clock))

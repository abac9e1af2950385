"""What is done at one instant of a story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visitapp.flow.stories.model import Event


@dataclass(frozen=True)
class Step:
    """Something done at an instant; steps of one instant keep the order in which they were written. `event` is the event that is over when
    it is done; what `do` gives back is the id of what it made."""

    at: str
    do: Callable[[], object]
    event: Event | None = None

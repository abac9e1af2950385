"""What comes about because time passes and nobody does anything: a plan that waits for days to pass, a duty that is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from visitapp.domain.ladder import RUNGS
from visitapp.domain.moments import day_of
from visitapp.flow.stories.days import instant_of
from visitapp.flow.sweep import keep_watch
from visitapp.store import climbs, plans

if TYPE_CHECKING:
    from visitapp.flow.stories.teller import Teller

ROUND = "07:00"
"""When the service looks for it, once a day: a story is told by days."""


def pass_time(teller: Teller, until: str) -> None:
    """Let the time up to an instant pass, a morning at a time, while there is anything that time can bring."""
    for morning in _mornings(teller.clock.at, until) if _waits(teller, until) else ():
        teller.clock.at = morning
        keep_watch(teller.w)


def _waits(teller: Teller, until: str) -> bool:
    with teller.w.engine.read() as tx:
        return bool(plans.by_the_clock(tx) or climbs.waiting(tx, until, len(RUNGS)))


def _mornings(since: str, until: str) -> Iterator[str]:
    day = day_of(since)
    while (morning := instant_of(day, ROUND)) < until:
        if morning > since:
            yield morning
        day += timedelta(days=1)

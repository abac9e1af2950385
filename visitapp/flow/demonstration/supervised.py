"""Safeguarding supervision of Eastmoor's practitioners in the years of the demonstration: every twelve weeks, booked once, and once
missed and overdue now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from visitapp.domain.supervision_dates import BOOKED, HELD, MISSED
from visitapp.flow.stories.days import instant_of
from visitapp.flow.stories.model import Act, Key

EVERY = 84
"""Days from one to the next."""
LAST = {"hv": 20, "nursery": 60, "midwife": 97}
"""User name -> how many days ago it was held last."""


def dates(today: date, began: int, household: str) -> Iterator[Act]:
    """Each date as it was recorded, from so many days ago on. An act belongs to a family's story; these belong to none, and name one."""
    for username, last in LAST.items():
        for ago in range(last, began, EVERY):
            yield _act(today, ago, household, username, HELD)
    yield _act(today, 20, household, "hv", BOOKED, ahead=66, words="The quiet room, an hour.")
    yield _act(today, 30, household, "midwife", BOOKED, ahead=21)
    yield _act(today, 8, household, "midwife", MISSED, ahead=-1, words="Called to a birth.")


def _act(today: date, ago: int, household: str, username: str, what: str, *, ahead: int = 0, words: str | None = None) -> Act:
    day = today - timedelta(days=ago)
    said = {"account": Key("account", username), "what": what, "on_date": (day + timedelta(days=ahead)).isoformat()}
    return Act(
        at=instant_of(day, "17:30"), household=household, by="supervisor", kind="supervision",
        said=said if what == HELD else said | {"words": words},
    )  # fmt: skip

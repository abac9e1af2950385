"""Loads the demonstration into an empty database: services, accounts and families, through the steps that everybody uses and nothing else.

It takes the day it is to look like today and tells everything backwards from it, with a clock that walks through the days of the story.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from visitapp.deliver.folder import FolderTransport
from visitapp.flow.demonstration.days import StoryClock, instant_of
from visitapp.flow.demonstration.families import FAMILIES
from visitapp.flow.demonstration.teller import Teller
from visitapp.flow.recent import Recent

if TYPE_CHECKING:
    from visitapp.wiring import Wired

PARTS = 5  # lines of progress


def load(w: Wired, today: date, progress: Callable[[str], None]) -> None:
    """Everything as it would stand on the morning of `today`, with a line of progress now and then. Letters go into the folder."""
    clock = StoryClock(instant_of(today - timedelta(days=before_all()), "08:30"))
    teller = Teller(replace(w, clock=clock.read, transports=(FolderTransport(w.settings.letter_folder),), recent=Recent()), clock, today)
    progress(f"Loading {len(FAMILIES)} families that do not exist (only this once)")
    teller.begin()
    told = 0

    def between(done: int, of: int) -> None:
        nonlocal told
        if done * PARTS // of > told:
            told = done * PARTS // of
            progress(f"  {told * 100 // PARTS} %")

    teller.tell(FAMILIES, between)
    teller.end()


def before_all() -> int:
    """Days ago, before the first family was known."""
    return max(family.since for family in FAMILIES) + 7

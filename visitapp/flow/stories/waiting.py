"""What comes about because time passes and nobody does anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visitapp.flow.stories.teller import Teller


def pass_time(teller: Teller, until: str) -> None:
    """Let the time up to an instant pass."""

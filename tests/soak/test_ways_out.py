"""What can happen to letters on their way, at length. A failure names its seed."""

from pathlib import Path

import pytest

from tests.flow import world as worlds
from tests.flow.ways_by_chance import trial


@pytest.mark.parametrize("seed", range(100, 200))
def test_in_a_hundred_trials_every_letter_is_there_or_announced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    world = worlds.build(tmp_path)
    trial(world, monkeypatch, seed)
    world.w.close()

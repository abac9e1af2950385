"""Each test gets an Eastmoor of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow import world as worlds


@pytest.fixture
def world(tmp_path: Path) -> Iterator[worlds.World]:
    made = worlds.build(tmp_path)
    yield made
    made.w.close()

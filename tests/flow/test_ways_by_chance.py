"""A slice of what `make soak` does at length."""

import pytest

from tests.flow.ways_by_chance import REFERRALS, trial


@pytest.mark.parametrize("seed", [101, 104])
def test_whatever_happens_each_letter_is_there_or_announced(world, monkeypatch, seed):
    assert len(trial(world, monkeypatch, seed)) == REFERRALS

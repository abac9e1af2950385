"""What `make test` runs a slice of, at length: kills of the service, random rules and visits in two languages. A failure names its seed."""

from pathlib import Path

import pytest

from tests.decide.test_two_languages import compare
from tests.flow.killed_service import Killed
from visitapp.formlang import load_catalogue
from visitapp.wiring import FORMS

SEEDS = range(1, 26)


def test_forty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    killed = Killed(tmp_path)
    killed.trial(rounds=40, seed=1)
    kept = killed.kept()
    assert len(killed.acknowledged) > 100
    assert {id: kept.get(id) for id in killed.acknowledged} == killed.acknowledged


@pytest.mark.parametrize("seed", SEEDS)
def test_half_a_million_findings_are_the_same_in_both_languages(seed: int) -> None:
    assert compare(load_catalogue(FORMS), seed) >= 20_000

"""The service is killed while tablets send: whatever had a receipt is there, with the bytes that were acknowledged."""

from pathlib import Path

from tests.flow.killed_service import Killed

SEED = 20261122


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    killed = Killed(tmp_path)
    killed.trial(rounds=2, seed=SEED)
    kept = killed.kept()
    assert killed.acknowledged, "nothing was acknowledged before the first kill: the trial shows nothing"
    assert {id: kept.get(id) for id in killed.acknowledged} == killed.acknowledged

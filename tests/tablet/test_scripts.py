"""Runs the tablet's own unit tests, which are written in JavaScript, in node: one test here for each file of them."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SUITES = sorted(HERE.glob("*.test.mjs"))


def test_there_are_suites_to_run() -> None:
    assert len(SUITES) > 5


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name.removesuffix(".test.mjs"))
def test_script(suite: Path) -> None:
    node = Path(sys.executable).with_name("node")
    run = subprocess.run([str(node), "--test", "--test-reporter=spec", str(suite)], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr

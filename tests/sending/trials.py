"""Trials of tablet and service together, which node runs: the tablet's own modules on a disk that can lose power, the service in a process
that can be killed, and between them a network that does to a visit whatever a network can."""

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.browser.service import free_port

HERE = Path(__file__).parent
NODE = Path(sys.executable).with_name("node")
SEED = "VISITAPP_SEED"
"""Set in the environment, it is the one trial that is run: that of a failure."""


def trials(folder: Path, first: int, many: int, at_once: int = 1) -> dict[str, Any]:
    """Run that many trials from this seed on, and add up what happened in them."""
    if SEED in os.environ:
        first, many, at_once = int(os.environ[SEED]), 1, 1
    share = -(-many // at_once)
    starts = range(first, first + many, share)
    with ThreadPoolExecutor(at_once) as pool:
        done = list(pool.map(lambda start: _some(folder, start, min(share, first + many - start)), starts))
    return {
        "trials": sum(one["trials"] for one in done),
        "network": _sum(done, "network"),
        "steps": _sum(done, "steps"),
        "photographs": sum(one["photographs"] for one in done),
    }


def cuts(folder: Path, seed: int, of_each: int | str) -> dict[str, Any]:
    """Cut connections at that many bytes of an upload and as many of its answer, or at "every" one."""
    return _node("cut.mjs", folder, seed, of_each, patience=300 if of_each != "every" else 3600)


def _some(folder: Path, first: int, many: int) -> dict[str, Any]:
    return _node("run.mjs", folder / str(first), first, many, patience=120 + 6 * many)


def _sum(done: list[dict[str, Any]], part: str) -> dict[str, int]:
    return dict(sum((Counter(one[part]) for one in done), Counter()))


def _node(script: str, folder: Path, *given: object, patience: int) -> dict[str, Any]:
    """What it printed last. `patience` is in seconds, many times what it takes."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [NODE, HERE / script, sys.executable, folder, free_port(), *given]
    ended = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=HERE.parents[1], timeout=patience)
    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]
    return dict(json.loads(ended.stdout.splitlines()[-1]))

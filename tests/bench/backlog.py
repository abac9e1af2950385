"""A long weekend's backlog over a bad link: sixty visits and forty photographs, sent by the tablet's own modules while a link of 200 kbit/s
is gone a fifth of the time. Time and link are simulated (`backlog.mjs`), so that it says how many bytes and how many minutes, and not how
fast this machine is."""

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.report import table

SCRIPT = Path(__file__).with_suffix(".mjs")
SEEDS = range(1, 9)
PIECES = (65_536, 32_768, 16_384)
"""Bytes; the last is the tablet's."""


def measure() -> str:
    rows = []
    for piece in PIECES:
        told = [_trial(piece, seed) for seed in SEEDS]
        more = [one["more"] for one in told]
        rows.append(
            [
                f"{piece // 1024} kB", "yes" if all(one["whole"] for one in told) else "NO", str(sum(one["twice"] for one in told)),
                f"{min(more):.1%} to {max(more):.1%}", f"{sum(one['requests'] for one in told) // len(told)}",
                f"{sum(one['minutes'] for one in told) / len(told):.0f} min",
            ]
        )  # fmt: skip
    head = ["pieces", "all of it kept", "pieces sent whole twice", "bytes more than needed", "requests", "until all is sent"]
    method = f"60 visits of 24 kB, 40 photographs of 300 kB; {len(SEEDS)} seeds. Aim: nothing lost, under 5 % of bytes sent twice."
    return table("A backlog over a bad link", method, head, rows)


def _trial(piece: int, seed: int) -> dict[str, float]:
    node = Path(sys.executable).with_name("node")
    done = subprocess.run([node, SCRIPT, str(piece), str(seed)], check=True, capture_output=True, text=True, timeout=120)
    told: dict[str, float] = json.loads(done.stdout)
    return told

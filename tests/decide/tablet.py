"""The tablet's evaluator, run by node once for many visits, so that both languages can be asked the same."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NODE = Path(sys.executable).with_name("node")
SCRIPT = Path(__file__).with_name("rules_process.mjs")


@dataclass(frozen=True)
class Asked:
    bundle: str
    body: Any
    given: Any
    only: str | None = None
    """The one finding that is asked about; without it, every one, and all that is made of them."""


def ask_the_tablet(bundles: dict[str, Any], visits: list[Asked]) -> dict[str, Any]:
    """`answers` in the order of `visits`, each with findings, level, urgency, scores and prompts; and the names of the
    `operators`."""
    question = json.dumps({"bundles": bundles, "visits": [vars(visit) for visit in visits]})
    answer = subprocess.run([str(NODE), str(SCRIPT)], input=question, capture_output=True, text=True, check=True)
    return dict(json.loads(answer.stdout))

"""The directions in which the code may point, from .importlinter, held on every run of the tests as well as by `make lint`.

In a process of its own: import-linter sets up logging for itself and silences every logger that was there before.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_no_import_goes_against_the_plan() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    told = subprocess.run([program, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout

"""The browser's code is checked for types as the service's is: TypeScript reads the JSDoc, and nothing is compiled."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_javascript_agrees_with_its_types() -> None:
    node = Path(sys.executable).with_name("node")
    check = [str(node), str(ROOT / "node_modules/typescript/bin/tsc"), "--project", str(ROOT), "--pretty", "false"]
    found = subprocess.run(check, cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr

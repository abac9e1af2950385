"""What a tablet is sent: the bytes of script and style, compressed as a server in front would."""

import gzip

from tests.bench.report import table
from tests.bench.tablet import shell_files

MOST = 100_000
"""Issues 2 and 4: compressed bytes of JavaScript and CSS together."""


def measure() -> str:
    rows, total = [], 0
    for kind in ("js", "css"):
        files = [path for path in shell_files() if path.suffix == f".{kind}"]
        sent = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)
        total += sent
        rows.append([kind, str(len(files)), f"{sum(path.stat().st_size for path in files):,}", f"{sent:,}"])
    rows.append(["both", "", "", f"{total:,}"])
    return table(
        "Bytes of script and style", f"Every file that the tablet's worker keeps, gzip level 9, file by file. Aim: under {MOST:,}.",
        ["kind", "files", "bytes", "compressed"], rows,
    )  # fmt: skip

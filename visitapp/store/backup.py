"""A copy of an embedded database that is in use: SQLite's own online copy, which sees one moment and holds nobody up."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copy(url: str, to: Path) -> None:
    """Write a whole copy of `sqlite:///…` to a file that is not there yet, and check it. Raises OSError when it cannot be done."""
    try:
        source = sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(to)) as target:
            source.backup(target)
            (verdict,) = target.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as fault:
        to.unlink(missing_ok=True)
        raise OSError(str(fault)) from fault
    if verdict != "ok":
        raise OSError(f"the copy is damaged ({verdict})")

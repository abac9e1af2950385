"""`visitapp bring-in`: the way in for visits that their author cannot bring, because the tablet is broken or the author is gone. It takes
visits of any author, so it is for a person at the machine itself, and the journal says who that was.
"""

import argparse
import getpass
import os
import sys
from pathlib import Path

from visitapp.cli.accounts import open_house
from visitapp.config import Settings
from visitapp.flow import bring_in as files
from visitapp.problems import Problem
from visitapp.wiring import Wired


def bring_in(settings: Settings, chosen: argparse.Namespace) -> int:
    """A line for each visit; exit status 1 when any was not kept. A file that cannot be read does not stop the next."""
    with open_house(settings) as w:
        whole = [_file(w, path) for path in chosen.file]
    return 0 if all(whole) else 1


def _file(w: Wired, path: Path) -> bool:
    """Whether everything in this file is kept now."""
    try:
        copy = files.copy_in(path.read_bytes())
    except Problem as problem:
        return _complain(f"{path}: {problem.message}")
    except OSError as fault:
        return _complain(f"{path}: {fault.strerror or fault}")
    kept = True
    for one in files.anybodys(w, copy, operator()):
        print(f"{path}: visit {one.place}{f' ({one.id})' if one.id else ''}: {one.words}", flush=True)
        kept = kept and one.kept
    if not copy.whole:
        return _complain(f"{path}: the file is not whole. There may have been more visits in it: save a new copy on the tablet.")
    return kept


def _complain(words: str) -> bool:
    print(f"visitapp: {words}", file=sys.stderr)
    return False


def operator() -> str:
    """Who types this, as the machine knows them: whoever asked for root's rights, not root."""
    if "SUDO_USER" in os.environ:
        return os.environ["SUDO_USER"]
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        return f"user {os.getuid()}"

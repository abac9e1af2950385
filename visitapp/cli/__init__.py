"""The command line: what a person who runs the service types. Every fault that they can mend is one line on standard error and exit
status 2, never a traceback; a traceback means that the program itself is wrong.

Nothing heavy is imported before a command is known, so that `visitapp serve` listens within a second or two.
"""

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from visitapp.cli import arguments
from visitapp.config import ConfigurationFault, Settings
from visitapp.problems import Problem

FAULT = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Do one command; the exit status."""
    chosen = arguments.parser().parse_args(argv)
    try:
        return do(chosen)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read what was printed has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ConfigurationFault as fault:
        return refused(str(fault))
    except Problem as fault:
        return refused(fault.message)
    except Exception as fault:
        lines = mendable(fault)
        if not lines:
            raise
        return refused(*lines)


def do(chosen: argparse.Namespace) -> int:
    command = arguments.command(chosen)
    if chosen.needs_settings:
        return command(Settings.from_environment(os.environ), chosen) or 0
    return command(chosen) or 0


def log_to_stderr() -> None:
    """What the service has to say while it runs: when, which part, and ids; never a name or an answer."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")


def refused(*lines: str) -> int:
    for line in lines:
        print(f"visitapp: {line}", file=sys.stderr)
    return FAULT


def mendable(fault: Exception) -> list[str]:
    """What to say of a fault that a person can mend: a form file, or a database that is not as this version expects."""
    from visitapp.formlang import FormFault
    from visitapp.store.migrate import SchemaFault

    if isinstance(fault, FormFault):
        return [str(one) for one in fault.faults]
    return [str(fault)] if isinstance(fault, SchemaFault) else []

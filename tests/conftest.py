"""What tests of several folders stand on, each made once a process; and where their files are, which is in memory if there is room."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.databases import engine, migrated, postgres, postgres_url
from tests.deliver.sandbox import certificates, mesh_url
from visitapp.formlang import Catalogue, Form, load_catalogue
from visitapp.formlang.cases import Case, cases_of
from visitapp.formlang.reading import read
from visitapp.wiring import FORMS

__all__ = ["certificates", "engine", "mesh_url", "migrated", "postgres", "postgres_url"]

MEMORY, DISK = Path("/dev/shm"), Path("/var/tmp")
ROOM = 3 * 2**30
"""Bytes free there, several times what the tests have at once."""


BROWSER = "tests/browser/"
WAY = 5
"""Niceness: a third of what a browser gets where both want a core."""
SLOWEST_FIRST = ("browser", "sending", "decide", "cli", "flow", "store", "web", "letter", "tablet", "deliver", "formlang", "domain")
"""The folders, by how long their longest files take: what is short comes last, so that all processes end at the same time."""


def pytest_configure(config: pytest.Config) -> None:
    """Every transaction waits for a disk, tens of thousands of times in a run, and no test pulls the plug. What depends on how long a disk
    takes asks for one (`on_disk`). The processes of a run, and what they start, find the same place in the environment; what a failed test
    left is there until the third run after it."""
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        made = tempfile.mkdtemp(prefix="visitapp-tests-", dir=MEMORY)
        Path(made).chmod(0o755)  # PostgreSQL runs as a user of its own
        os.environ["TMPDIR"], tempfile.tempdir = made, made
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)
        config.add_cleanup(lambda: shutil.rmtree(made, ignore_errors=True))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {folder: number for number, folder in enumerate(SLOWEST_FIRST)}
    if "PYTEST_XDIST_WORKER" not in os.environ:
        place["browser"] = len(place) + 1  # in one process for all it comes last: it leaves an event loop behind
    items.sort(key=lambda item: place.get(item.path.parent.name, len(place)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What is not timed by a browser gives way to it."""
    if "PYTEST_XDIST_WORKER" in os.environ and not item.nodeid.startswith(BROWSER):
        _give_way()


@cache
def _give_way() -> None:
    os.nice(WAY)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file stays whole. One process has the browser and nothing else: two browsers at once leave one another too little time, and what
    drives one leaves an event loop behind."""
    from xdist.scheduler import LoadFileScheduling

    class OneBrowser(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return BROWSER if nodeid.startswith(BROWSER) else super()._split_scope(nodeid)

        def _reschedule(self, node: Any) -> None:
            if BROWSER in self.assigned_work[node] and len(self.nodes) > 1 and not node.shutting_down:
                node.shutdown()  # once it has done these
            else:
                super()._reschedule(node)

    config.option.loadscopereorder = False  # it would begin with the files of many tests, and end with the long ones
    return OneBrowser(config, log)


@pytest.fixture
def on_disk() -> Iterator[Path]:
    """A folder on a disk, and not in memory."""
    with tempfile.TemporaryDirectory(prefix="visitapp-", dir=DISK if DISK.is_dir() else None, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The forms of the house."""
    return load_catalogue(FORMS)


@pytest.fixture(scope="session")
def worked(catalogue: Catalogue) -> list[tuple[Form, Case]]:
    """Their worked cases."""
    found = []
    for form in catalogue.forms:
        path = Path(form.file)
        found += [(form, case) for case in cases_of(form, read(path, path.read_bytes(), number=1))]
    return found

"""What tests of several folders stand on, each made once a process; and where their files are, which is in memory if there is room."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

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


SLOWEST_FIRST = ("sending", "decide", "cli", "flow", "store", "web", "letter", "tablet", "deliver", "formlang", "domain", "browser")
"""The folders, by how long their longest files take: what is short comes last, so that all processes end at the same time. What drives a
browser comes after everything: it leaves an event loop behind."""


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
    items.sort(key=lambda item: place.get(item.path.parent.name, len(place)))


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

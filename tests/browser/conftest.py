"""A service furnished with one family, and a tablet with an empty profile. Both can be ended and begun again in a test. `begun.ready` takes
the tablet to where a visit can be written with no network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.browser.begun import Begun, begin, copied
from tests.browser.service import NOW, Place, Service
from tests.browser.tablet import Tablet

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def begun(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Begun:
    return begin(playwright, tmp_path_factory.mktemp("begun"))


@pytest.fixture
def service(begun: Begun, tmp_path: Path) -> Iterator[Service]:
    started = copied(begun, tmp_path / "service")
    started.start()
    yield started
    started.close()


@pytest.fixture
def place(begun: Begun) -> Place:
    return begun.place


@pytest.fixture
def tablet(playwright: Playwright, tmp_path: Path) -> Iterator[Tablet]:
    one = Tablet(playwright, tmp_path / "profile", NOW)
    yield one
    one.kill()

"""A service on a free port, furnished with one family, and a tablet with an empty profile. Both can be ended and begun again in a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.browser.service import NOW, Place, Service, furnish
from tests.browser.tablet import Tablet

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    started = Service(tmp_path / "service")
    started.start()
    yield started
    started.close()


@pytest.fixture
def place(service: Service) -> Place:
    return furnish(service)


@pytest.fixture
def tablet(playwright: Playwright, tmp_path: Path) -> Iterator[Tablet]:
    one = Tablet(playwright, tmp_path / "profile", NOW)
    yield one
    one.kill()

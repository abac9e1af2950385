"""The browser, its tablet and its service, as the browser tests have them."""

from tests.browser.conftest import place, playwright, service, tablet

__all__ = ["place", "playwright", "service", "tablet"]

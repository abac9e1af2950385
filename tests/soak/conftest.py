"""The browser, its tablet and its service, as the browser tests have them."""

from tests.browser.conftest import begun, place, playwright, service, tablet

__all__ = ["begun", "place", "playwright", "service", "tablet"]

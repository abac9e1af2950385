"""A service with two teams, two families and one receiving team, a clock that stands still, and clients that inspect what they fetch."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.ready_made import TEMPLATES, with_every_table
from tests.web import place
from tests.web.inspect_page import inspect
from visitapp.config import Settings
from visitapp.web import build
from visitapp.wiring import Wired, wire

ORIGIN = "http://localhost:8150"
Enter = Callable[[str], "Visitor"]


class Visitor(FlaskClient):
    """A browser of somebody: it sends the headers a browser sends, and every page it fetches is inspected."""

    def open(self, *args: object, **options: object) -> TestResponse:  # type: ignore[override]
        headers = dict(options.pop("headers", None) or {})  # type: ignore[call-overload]
        if options.get("method") in ("POST", "PUT") and not {"Origin", "Sec-Fetch-Site", "Authorization"} & set(headers):
            headers["Origin"] = ORIGIN
        response = super().open(*args, headers=headers, **options)  # type: ignore[arg-type]
        if response.mimetype == "text/html" and response.status_code not in (204, 302):
            inspect(response, place.NAMES)
        return response


@pytest.fixture
def wired(tmp_path: Path) -> Iterator[Wired]:
    settings = Settings.from_environment({"DATA_DIR": str(tmp_path), "VISITAPP_ORIGIN": ORIGIN})
    with_every_table(tmp_path / "visitapp.db")
    whole = replace(wire(settings), clock=lambda: place.NOW)
    yield whole
    whole.close()


@pytest.fixture
def app(wired: Wired) -> Flask:
    place.furnish(wired)
    app = build(wired)
    app.jinja_env.bytecode_cache = TEMPLATES
    app.test_client_class = Visitor
    return app


@pytest.fixture
def enter(app: Flask, wired: Wired) -> Enter:
    """A client signed in as that account, or as nobody with an empty name."""

    def entered(account: str) -> Visitor:
        client = app.test_client()
        if account:
            client.set_cookie("visitapp", place.session(wired, account))
        return client  # type: ignore[return-value]

    return entered

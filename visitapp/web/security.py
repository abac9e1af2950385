"""The same-origin rule for whatever changes something, the limit on what is sent, and the headers on every answer.

There are no form tokens: a token expires under the hands of somebody who was called away, and another site's page cannot set the two
headers that are asked for here. Attackers, and what holds against each, are tabled in docs/security.md.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Request, Response, current_app, request
from flask_login import current_user

from visitapp.problems import problem

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY = 4_000_000
"""Bytes. A visit is about six thousand; the rest is room for ten thousand characters in every text of a large family."""

LARGEST_FILE = 40_000_000
"""Bytes of a file of waiting visits: ten of the largest, so that what a tablet may send is not refused for being in a file."""

View = TypeVar("View", bound=Callable)

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types visitapp",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with "no-referrer" a browser sends `Origin: null` with our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "X-Frame-Options": "DENY",
}

HALF_A_KEY = "/answer/"
"""Under this path an address is half a key: no page that is gone to from there, ours included, is to learn it as a referrer. "no-referrer"
would have our own forms sent with `Origin: null`."""


def same_origin(asked: Request, origin: str) -> bool:
    """Whether an unsafe request came from one of our own pages: a browser says so in headers that no other site's page can set."""
    said = asked.headers.get("Origin")
    if said is not None:
        return said == origin
    return asked.headers.get("Sec-Fetch-Site") == "same-origin"


def refuse_other_origins() -> None:
    """A device credential is sent on purpose by a script that holds it; the browser never adds it by itself. So it needs no origin."""
    if request.method in SAFE_METHODS or request.headers.get("Authorization", "").startswith("Device "):
        return
    if not same_origin(request, current_app.extensions["visitapp"].settings.origin):
        raise problem("cross_site")


def takes(largest: int) -> Callable[[View], View]:
    """Lets a view take up to so many bytes instead of LARGEST_BODY."""

    def put(view: View) -> View:
        view.largest_body = largest  # type: ignore[attr-defined]
        return view

    return put


def largest_body() -> int:
    """What the view that is asked for takes, in bytes."""
    return getattr(current_app.view_functions.get(request.endpoint or ""), "largest_body", LARGEST_BODY)


def refuse_large_bodies() -> None:
    """Before a byte of it is read. A body that does not give its length is cut off at the same size by Werkzeug."""
    request.max_content_length = largest_body()
    if (request.content_length or 0) > largest_body():
        raise problem("too_large", limit=largest_body() // 1_000_000)


def add_headers(response: Response) -> Response:
    response.headers.extend(HEADERS)
    if request.path.startswith(HALF_A_KEY):
        response.headers["Referrer-Policy"] = "strict-origin"
    if current_app.extensions["visitapp"].settings.origin.startswith("https://"):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if keeps_out_of_caches(response):
        response.headers["Cache-Control"] = "no-store"
    return response


def keeps_out_of_caches(response: Response) -> bool:
    """Only what says of itself that it holds no person may be kept, by asking for a cache outright; files under /static/ do."""
    if request.endpoint == "static" and response.status_code < 400:
        return False
    if current_user and current_user.is_authenticated and request.endpoint and not request.endpoint.startswith("tablet."):
        return True
    return "Cache-Control" not in response.headers

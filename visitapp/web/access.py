"""Who may use what: one decorator on every view, and one gate that refuses before the view runs.

A view without the decorator is refused to everybody, so forgetting it can only close a door. Which family or referral an account may see is
not decided here: that is joined inside the SQL by `look/` and `store/`.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request
from flask_login import current_user

from visitapp.domain import roles
from visitapp.problems import problem
from visitapp.web.session import was_revoked

VISITING_STAFF = frozenset(roles.VISITING)
EVERYBODY = VISITING_STAFF | {"supervisor", "social_care", "administrator"}

LISTS: dict[str, frozenset[str]] = {
    "public": frozenset(),
    "link": frozenset(),
    "signed_in": EVERYBODY,
    "visiting_staff": VISITING_STAFF,
    "registered": frozenset(roles.REGISTERED),
    "accountable": frozenset({*roles.REGISTERED, "supervisor"}),
    "team": VISITING_STAFF | {"supervisor"},
    "staff": VISITING_STAFF | {"supervisor", "administrator"},
    "casework": VISITING_STAFF | {"supervisor", "social_care"},
    "supervisor": frozenset({"supervisor"}),
    "oversight": frozenset({"supervisor", "administrator"}),
    "social_care": frozenset({"social_care"}),
    "administrator": frozenset({"administrator"}),
    "device": VISITING_STAFF,
}
"""Access list -> the roles on it. `public` asks nothing. `link` asks for no account: each of its views opens nothing but what the link in a
letter's message opens, with the code that went to the receiving team (`flow/answer_by_link.py`). `registered` are those who may say that a
referral is not needed, and `accountable` that somebody need not be told: not a student, nor a nursery nurse, whose own records a registrant
signs. `device` also takes a tablet's own
credential, which can only deliver visits with their photographs, read receipts, say which visits it has not sent, hand over and list drafts
that nobody here can read, and ask for a second worker."""

View = TypeVar("View", bound=Callable)


def access(name: str) -> Callable[[View], View]:
    """Puts a view on exactly one access list."""
    if name not in LISTS:
        raise ValueError(f"{name!r} is not an access list: {', '.join(LISTS)}")

    def put(view: View) -> View:
        if hasattr(view, "access_list"):
            raise ValueError(f"{view.__name__} is already on the list {view.access_list!r}")
        view.access_list = name  # type: ignore[attr-defined]
        return view

    return put


def list_of(app: Flask, endpoint: str) -> str | None:
    """The access list of an endpoint, or None when its view names none."""
    return getattr(app.view_functions[endpoint], "access_list", None)


def decide(name: str | None, role: str | None, by_device: bool) -> str | None:
    """The code of the problem with this request, or None when it may go on. `role` is None when nobody is signed in."""
    if name in ("public", "link"):
        return None
    if by_device and name == "device":
        return None
    if role is None:
        return "not_signed_in"
    return None if role in LISTS.get(name or "", frozenset()) else "not_allowed"


def gate() -> None:
    """Runs before every view. A path or method that does not exist goes on to its 404 or 405, which tells nothing about any record."""
    if request.endpoint is None:
        return
    somebody = current_user._get_current_object()  # asked once: each look through the proxy costs as much as deciding
    role = somebody.role if somebody.is_authenticated else None
    by_device = somebody.is_authenticated and somebody.device is not None
    code = decide(list_of(current_app, request.endpoint), None if by_device else role, by_device)
    if code:
        raise problem("device_revoked" if role is None and was_revoked(request) else code)

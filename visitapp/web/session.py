"""Who is asking: Flask-Login around our own cookie, or a tablet's own credential.

The cookie holds a random token and nothing else; what it means, how long it lasts and when it ends is known only to `flow.sign_in`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, Request, current_app
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin
from werkzeug.wrappers import Response

from visitapp.flow import devices, sign_in

if TYPE_CHECKING:
    from visitapp.wiring import Wired


@dataclass(frozen=True)
class Somebody(UserMixin):
    """The signed-in account, or the author in whose name a tablet delivers (`device` is then set, and only deliveries are open to it)."""

    id: str
    name: str
    role: str
    device: str | None = None


def cookie_name(wired: Wired) -> str:
    """`__Host-` makes the browser refuse the cookie from anywhere but this very host over https; plain http on loopback cannot have it."""
    return "__Host-visitapp" if wired.settings.origin.startswith("https://") else "visitapp"


def who_asks(request: Request) -> Somebody | None:
    """With a device credential the cookie is not looked at: a request is one or the other, never the sum of both."""
    wired = current_app.extensions["visitapp"]
    authorization = request.headers.get("Authorization", "")
    if authorization.startswith("Device "):
        sender = devices.authenticate(wired, authorization)
        return Somebody(sender.account, "", "", sender.device) if sender else None
    account = sign_in.account_of_session(wired, request.cookies.get(cookie_name(wired), ""))
    return Somebody(account.id, account.name, account.role) if account else None


def was_revoked(request: Request) -> bool:
    """Whether a tablet asks that was taken out of use. It is told so, and then opens nothing of what is on it."""
    return devices.is_revoked(current_app.extensions["visitapp"], request.headers.get("Authorization", ""))


def give(response: Response, wired: Wired, token: str) -> Response:
    secure = wired.settings.origin.startswith("https://")
    response.set_cookie(cookie_name(wired), token, path="/", httponly=True, samesite="Lax", secure=secure)
    return response


def take_back(response: Response, wired: Wired) -> Response:
    secure = wired.settings.origin.startswith("https://")
    response.set_cookie(cookie_name(wired), "", max_age=0, path="/", httponly=True, samesite="Lax", secure=secure)
    return response


class NoCookieOfFlask(SessionInterface):
    """Flask's own signed cookie is not used for anything: it is neither read nor written, and nothing can be kept in it by mistake."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        return SecureCookieSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert not session.modified, "this service keeps nothing in Flask's session"


def install(app: Flask) -> None:
    app.session_interface = NoCookieOfFlask()
    app.config["REMEMBER_COOKIE_NAME"] = ""  # Flask-Login's own long-lived cookie is not used
    manager = LoginManager(app)
    manager.session_protection = None
    manager.request_loader(who_asks)

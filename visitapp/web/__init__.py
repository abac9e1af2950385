"""HTTP: the only room that knows Flask. Everything a request needs comes in with `Wired`; every view names its access list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import ChainableUndefined, ChoiceLoader, FileSystemLoader, PackageLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from visitapp.web import access, api, compression, drafts, errors, screens, security, session, tablet, words

if TYPE_CHECKING:
    from visitapp.wiring import Wired

ROOT = Path(__file__).resolve().parents[2]


class Visitapp(Flask):
    """The design system's macros ask for keys that are not there, and expect an empty answer."""

    def select_jinja_autoescape(self, filename: str | None) -> bool:
        """Every template is HTML, the design system's `.jinja` macros too."""
        return True

    jinja_options = {**Flask.jinja_options, "undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True}  # noqa: RUF012


def build(wired: Wired) -> Flask:
    """One application around one set of wires."""
    app = Visitapp("visitapp", root_path=str(ROOT), static_folder="static", template_folder="templates")
    app.extensions["visitapp"] = wired
    app.secret_key = wired.settings.secret
    app.config.update(MAX_CONTENT_LENGTH=security.LARGEST_BODY, MAX_FORM_MEMORY_SIZE=security.LARGEST_BODY)
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), PackageLoader("nhsuk_frontend_jinja")])
    app.view_functions["static"] = access.access("public")(app.view_functions["static"])
    for module in (compression, session, errors, words):
        module.install(app)
    app.before_request(security.refuse_other_origins)
    app.before_request(security.refuse_large_bodies)
    app.before_request(access.gate)
    app.after_request(security.add_headers)
    if wired.settings.proxies:  # else everybody has the proxy's address, and one who guesses passwords slows all the others
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=wired.settings.proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    for blueprint in (api.blueprint, drafts.blueprint, tablet.blueprint, *screens.BLUEPRINTS):
        app.register_blueprint(blueprint)
    return app

"""visitapp: home visits to young families, recorded without a network and followed until a referral is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from visitapp.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application for a WSGI server. Without settings they come from the environment, and a setting that is missing stops the start.

    The imports stand inside so that `import visitapp.domain` does not bring a web server with it.
    """
    import os

    from visitapp.config import Settings
    from visitapp.web import build
    from visitapp.wiring import wire

    return build(wire(settings or Settings.from_environment(os.environ)))

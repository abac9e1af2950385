"""The service's own screens, one module a subject. Each works without script."""

from visitapp.web.screens import sign_in

BLUEPRINTS = (sign_in.blueprint,)

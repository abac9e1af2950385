"""What a tablet asks of the service, as JSON."""

from flask import Blueprint

blueprint = Blueprint("api", __name__, url_prefix="/tablet/api")

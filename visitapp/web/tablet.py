"""The tablet's shell and blank forms: pages that hold no person and are kept by the worker."""

from flask import Blueprint

blueprint = Blueprint("tablet", __name__, url_prefix="/tablet")

"""Whether the service itself is well: what is stuck and whose it is, a plain health check, and who may sign in."""

from dataclasses import asdict

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow.stuck import MOST_OVERDUE, what_is_stuck
from visitapp.look import accounts
from visitapp.look import health as health_of
from visitapp.web.access import access
from visitapp.web.asking import me, wired
from visitapp.web.errors import wants_json

blueprint = Blueprint("oversight", __name__)


@blueprint.get("/health")
@access("public")
def health() -> ResponseReturnValue:
    """For a load balancer: the process answers and its database can be read. Says nothing else."""
    return {"well": health_of.well(wired())}


@blueprint.get("/status")
@access("oversight")
def status() -> ResponseReturnValue:
    stuck = what_is_stuck(wired(), me())
    if wants_json():
        return {"stuck": [asdict(one) for one in stuck]}
    more = sum(one.what.startswith("overdue_") for one in stuck) >= MOST_OVERDUE
    names = accounts.names(wired(), (one.owner for one in stuck))
    return render_template("screens/status.html", stuck=stuck, most=MOST_OVERDUE if more else None, names=names)


@blueprint.get("/accounts")
@access("administrator")
def people() -> ResponseReturnValue:
    return render_template("screens/accounts.html", page=accounts.accounts(wired(), me(), request.args.get("after", "")))

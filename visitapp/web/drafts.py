"""Unfinished visits between the devices of one practitioner: revisions that the service cannot read. A device hands them over with its own
credential; taking one back needs its author signed in. The shapes are in docs/sync.md."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from visitapp.domain.outside import is_id
from visitapp.flow import devices, drafts
from visitapp.flow.devices import Sender
from visitapp.problems import problem, wrong
from visitapp.web.access import access
from visitapp.web.api import sent
from visitapp.web.asking import me, wired
from visitapp.web.security import takes

blueprint = Blueprint("drafts", __name__, url_prefix="/tablet/api/drafts")

LARGEST = 1_600_000
"""Bytes of one revision: a visit of about six thousand with all that was changed in it, and room for long texts in a large family."""

HOW = ("finished", "discarded")


@blueprint.put("/<draft>/<revision>")
@access("device")
@takes(LARGEST)
def put(draft: str, revision: str) -> ResponseReturnValue:
    _known(draft, revision)
    resume = request.args.get("resume") == "1"
    kept = drafts.put(wired(), _sender(), draft, revision, request.get_data(), resume=resume)
    return {"revision": revision, "received_at": kept.received_at, **kept.draft}, 201 if kept.new else 200


@blueprint.get("")
@access("device")
def index() -> ResponseReturnValue:
    """Which of the author's drafts there are: ids, times, sizes and devices, and nothing that is in them."""
    _sender()
    return {"drafts": drafts.listed(wired(), me(), frozenset(request.args.get("here", "").split(",")))}


@blueprint.get("/<draft>/<revision>")
@access("visiting_staff")
def one(draft: str, revision: str) -> ResponseReturnValue:
    _known(draft, revision)
    device = devices.own(wired(), me(), request.args.get("device", ""))
    return Response(drafts.take(wired(), me(), device, draft, revision), mimetype="application/json")


@blueprint.post("/<draft>/end")
@access("device")
def end(draft: str) -> ResponseReturnValue:
    _known(draft)
    how = sent().get("how")
    if how not in HOW:
        raise wrong("how", "Say whether the visit was finished or discarded.")
    drafts.end(wired(), _sender(), draft, how)
    return "", 204


def _known(*ids: str) -> None:
    """What cannot be an id is not there."""
    if not all(map(is_id, ids)):
        raise problem("not_found")


def _sender() -> Sender:
    """Whose device asks: by its own credential, else the one that a signed-in practitioner names. One that was revoked is refused."""
    if current_user.device is not None:
        return Sender(me(), current_user.device)
    return Sender(me(), devices.own(wired(), me(), request.args.get("device", "")))

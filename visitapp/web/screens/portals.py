"""A council's own form, to be filled in by hand: each answer in the form's order, to copy, and the reference that the form gave."""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow import portals
from visitapp.look import portals as sheets
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import me, wired

blueprint = Blueprint("portals", __name__)


@blueprint.get("/referrals/<id>/portal")
@access("team")
def one(id: str) -> ResponseReturnValue:
    return shown(id)


@blueprint.post("/referrals/<id>/portal/<recipient>")
@access("visiting_staff")
def sent(id: str, recipient: str) -> ResponseReturnValue:
    try:
        portals.sent(wired(), me(), id, recipient, request.form.get("reference", ""))
    except Problem as problem:
        return shown(id, recipient, problem.by_field()), 422
    return redirect(f"/referrals/{id}")


def shown(id: str, recipient: str = "", wrong: dict[str, str] | None = None) -> str:
    found = sheets.of_referral(wired(), me(), id)
    if found is None:
        abort(404)
    forms = wired().catalogue.portals
    return render_template(
        "screens/portal.html", id=id, sheets=found, forms=forms, recording=recipient, wrong=wrong or {}, typed=request.form
    )

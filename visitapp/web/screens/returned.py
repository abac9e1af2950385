"""What came back after letters were sent and a person must look at: what it is, where it lies, and what was done about it."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow import returns
from visitapp.look import returned
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import me, wired

blueprint = Blueprint("returned", __name__)


@blueprint.get("/returned")
@access("staff")
def index() -> ResponseReturnValue:
    return shown()


@blueprint.post("/returned/<id>")
@access("staff")
def settle(id: str) -> ResponseReturnValue:
    try:
        returns.settle(wired(), me(), id, request.form.get("what", ""))
    except Problem as problem:
        return shown(id, problem.by_field()), 422
    return redirect("/returned")


def shown(settling: str = "", wrong: dict[str, str] | None = None) -> str:
    page = returned.waiting(wired(), me())
    return render_template("screens/returned.html", page=page, settling=settling, wrong=wrong or {}, typed=request.form)

"""The page at the desk for visits that a tablet could not send: their author brings the encrypted copy, and reads what became of each."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow import bring_in
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import me, wired
from visitapp.web.security import LARGEST_BODY, LARGEST_FILE, takes

blueprint = Blueprint("bring_in", __name__)

NONE_CHOSEN = "Choose the file that the tablet saved."


@blueprint.get("/bring-in")
@access("visiting_staff")
def page() -> ResponseReturnValue:
    return shown()


@blueprint.post("/bring-in")
@access("visiting_staff")
@takes(LARGEST_FILE)
def read() -> ResponseReturnValue:
    """The answer is the page itself and no redirect: read again, it says of each visit that it was here already."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return shown({"file": NONE_CHOSEN}), 422
    try:
        copy = bring_in.copy_in(file.read())
    except Problem as problem:
        return shown({"file": problem.message}), 422
    return shown(brought=bring_in.own(wired(), me(), copy, LARGEST_BODY), whole=copy.whole)


def shown(wrong: dict[str, str] | None = None, brought: list[bring_in.Brought] | None = None, whole: bool = True) -> str:
    return render_template("screens/bring_in.html", wrong=wrong or {}, brought=brought, whole=whole)

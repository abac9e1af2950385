"""Finding a family, and who looked at one. What is looked for is sent in the body of a request and never in an address: it names people."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.domain.sought import MOST_CHARACTERS
from visitapp.look import find
from visitapp.look import looked as looked_at
from visitapp.web.access import access
from visitapp.web.asking import me, number, wired

blueprint = Blueprint("find", __name__)


@blueprint.get("/find")
@access("team")
def page() -> ResponseReturnValue:
    return render_template("screens/find.html", most=MOST_CHARACTERS)


@blueprint.post("/find")
@access("team")
def results() -> ResponseReturnValue:
    typed = request.form.get("words", "")
    found = find.find(wired(), me(), typed, request.form.get("after", ""), _before())
    wrong = {} if found.items else {"words": "Enter a name, an NHS number, an address, a date of birth, or words from the notes."}
    shown = render_template("screens/find.html", typed=typed, found=found, wrong=wrong, most=MOST_CHARACTERS)
    return shown, 422 if wrong else 200


@blueprint.get("/families/<household>/looked")
@access("supervisor")
def looked(household: str) -> ResponseReturnValue:
    page = looked_at.looked_at(wired(), me(), household, number("before", looked_at.NEWEST))
    if page is None:
        abort(404)
    return render_template("screens/looked.html", page=page)


def _before() -> int:
    given = request.form.get("before", "")
    if not given:
        return find.END
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        abort(404)
    return int(given)

"""The pages of one family beside its overview: its course over the visits, and its people over time."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow import course
from visitapp.look import families, people_over_time
from visitapp.web import course_chart, time_line
from visitapp.web.access import access
from visitapp.web.asking import me, number, today, wired

blueprint = Blueprint("family", __name__)


@blueprint.get("/families/<household>/course")
@access("team")
def over_the_visits(household: str) -> ResponseReturnValue:
    """Every area over the newest hundred visits, or those before a key."""
    before = (request.args["before"], number("seq", 0)) if "before" in request.args else course.END_OF_TIME
    home = named(household, "read.course")
    over = course.read(wired(), me(), household, before) or abort(404)
    return render_template(
        "screens/family_course.html",
        family=home,
        over=over,
        drawn=[course_chart.drawn(one) for one in over.courses],
        older=before != course.END_OF_TIME,
        tables=request.args.get("tables") == "open",
    )


@blueprint.get("/families/<household>/people")
@access("team")
def people(household: str) -> ResponseReturnValue:
    """Births, moves, partners, two homes."""
    home = named(household, "read.people")
    over = people_over_time.read(wired(), me(), household)
    return render_template("screens/family_people.html", family=home, over=over, drawn=time_line.drawn(over, today()))


def named(household: str, kind: str) -> dict[str, Any]:
    """The family as its pages name it, its reading of this kind written down; a page that does not exist to who may not see it."""
    return families.named(wired(), me(), household, kind) or abort(404)

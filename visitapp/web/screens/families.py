"""The families of a team, one family with its chronology, what a supervisor was told, and visits set aside."""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow import arrangements, aside, course, whose_turn
from visitapp.look import chronology, families, family_referrals, told
from visitapp.problems import Problem
from visitapp.web import course_chart
from visitapp.web.access import access
from visitapp.web.asking import me, number, today, wired
from visitapp.web.staff_pages import beside

blueprint = Blueprint("families", __name__)

SMALL_MARKS = 12
"""Visits on a small course."""
GLANCED_AT = 40
"""Visits that are looked at for what got worse and which doors stayed shut."""


@blueprint.get("/families")
@access("team")
def index() -> ResponseReturnValue:
    page = families.listed(wired(), me(), request.args.get("after", ""))
    return render_template("screens/families.html", page=page, now=wired().clock(), after=request.args.get("after", ""))


@blueprint.get("/families/<household>")
@access("team")
def one(household: str) -> ResponseReturnValue:
    wanted = request.args.get("show", "")
    if wanted not in chronology.KINDS:
        abort(404)
    family = families.family(wired(), me(), household)
    if family is None:
        abort(404)
    before = from_there()
    found = chronology.read(wired(), me(), household, wanted, before)
    newest = not wanted and before == chronology.END_OF_TIME
    over = course.read(wired(), me(), household, most=GLANCED_AT) if newest else None
    return render_template(
        "screens/family.html",
        family=family,
        around=arrangements.around(wired(), me(), household),
        referrals=family_referrals.read(wired(), me(), household),
        over=over,
        small=[course_chart.drawn(course_chart.newest(one, SMALL_MARKS), course_chart.SMALL) for one in over.courses] if over else [],
        chronology=found,
        turns=whose_turn.of_family(wired(), me(), household),
        wanted=wanted,
        topics=chronology.KINDS,
        older=before != chronology.END_OF_TIME,
        now=wired().clock(),
        today=today(),
        catalogue=wired().catalogue,
        **beside(household),
    )


def from_there() -> tuple[str, int]:
    """Where the page of the chronology begins: at the key of an older page, at the end of a year, or at the newest."""
    if "before" in request.args:
        return request.args["before"], number("seq", 0)
    year = number("year", 0)
    return (str(year + 1), 0) if 1900 <= year < 9999 else chronology.END_OF_TIME


@blueprint.get("/told")
@access("team")
def notices() -> ResponseReturnValue:
    page = told.notices(wired(), me(), number("before", told.NEWEST))
    return render_template("screens/told.html", page=page)


@blueprint.get("/quarantine")
@access("supervisor")
def set_aside() -> ResponseReturnValue:
    return aside_shown()


@blueprint.post("/quarantine/<id>")
@access("supervisor")
def settle(id: str) -> ResponseReturnValue:
    try:
        aside.resolve(wired(), me(), id, request.form.get("outcome", ""), request.form.get("reason", ""))
    except Problem as problem:
        return aside_shown(id, problem.by_field()), 422
    return redirect("/quarantine")


def aside_shown(settling: str = "", wrong: dict[str, str] | None = None) -> str:
    page = told.set_aside(wired(), me(), number("before", told.NEWEST))
    return render_template(
        "screens/set_aside.html", page=page, settling=settling, wrong=wrong or {}, typed=request.form, outcomes=aside.OUTCOMES
    )

"""What is made of a family's record for others: a chronology with charts for a conference. Made on request, kept, opened as it was made."""

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow import conference, record_request_read
from visitapp.look import papers
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import dates_typed, me, number, today, wired
from visitapp.web.dates import date_typed

blueprint = Blueprint("papers", __name__)


@blueprint.get("/families/<household>/papers")
@access("team")
def index(household: str) -> ResponseReturnValue:
    return shown(household)


@blueprint.post("/families/<household>/papers")
@access("team")
def make(household: str) -> ResponseReturnValue:
    """The chronology of a period."""
    found, problems = dates_typed(("first_on", date_typed), ("last_on", date_typed))
    wrong = {one["field"]: one["message"] for one in problems}
    if not wrong:
        try:
            made = conference.make(wired(), me(), household, found["first_on"], found["last_on"])
            return redirect(f"/families/{household}/papers?made={made}")
        except Problem as problem:
            wrong = problem.by_field()
    return shown(household, wrong), 422


@blueprint.get("/families/<household>/papers/<id>.pdf")
@access("team")
def one(household: str, id: str) -> ResponseReturnValue:
    """The file's name says nothing of whom it is about."""
    found = papers.paper(wired(), me(), household, id)
    if found is None:
        abort(404)
    headers = {"Content-Disposition": f'inline; filename="paper-{id[:8]}.pdf"'}
    return Response(found, mimetype="application/pdf", headers=headers)


def shown(household: str, wrong: dict[str, str] | None = None) -> str:
    page = papers.made(wired(), me(), household, number("before", papers.NEWEST))
    if page is None:
        abort(404)
    typed = request.form or _a_year(today())
    copies = record_request_read.of_family(wired(), me(), household)
    return render_template(
        "screens/papers.html", page=page, copies=copies, wrong=wrong or {}, typed=typed, made=request.args.get("made", "")
    )


def _a_year(today: str) -> dict[str, str]:
    """What stands in the boxes at first: the last twelve months."""
    year, month, day = today.split("-")
    last_year = str(int(year) - 1)
    return {
        "first_on-day": "28" if (month, day) == ("02", "29") else day.lstrip("0"), "first_on-month": month.lstrip("0"),
        "first_on-year": last_year, "last_on-day": day.lstrip("0"), "last_on-month": month.lstrip("0"), "last_on-year": year,
    }  # fmt: skip

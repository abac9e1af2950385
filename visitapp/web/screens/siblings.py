"""The children of a family side by side."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.domain import ages
from visitapp.look import people_over_time, siblings
from visitapp.web import comparing, side_by_side
from visitapp.web.access import access
from visitapp.web.asking import me, today, wired
from visitapp.web.screens.family import named
from visitapp.web.screens.visits import form_of

blueprint = Blueprint("siblings", __name__)


@blueprint.get("/families/<household>/siblings")
@access("team")
def beside(household: str) -> ResponseReturnValue:
    """Who belongs now; with `who=all` those too who no longer do."""
    home = named(household, "read.siblings")
    people = [one for one in people_over_time.read(wired(), me(), household).people if one.row["role"] == "child"]
    everybody = request.args.get("who") == "all"
    children = siblings.read(wired(), household, tuple(one for one in people if everybody or one.belongs))
    told = [(one.person.row["person"], _visit(one)) for one in children]
    questions = side_by_side.questions(told)
    return render_template(
        "screens/family_siblings.html",
        family=home,
        children=[(one, age(one.person.row)) for one in children],
        questions=questions,
        others=len(people) - len(children),
        everybody=everybody,
        different_only=request.args.get("only") == "different",
        most=siblings.MOST,
    )


def _visit(child: siblings.Child) -> comparing.Visit:
    row, person = child.visit, child.person.row
    return comparing.Visit(form_of(row) if row else None, child.body, {person["person"]: person["given_names"] or ""})


def age(person: people_over_time.Row) -> str:
    """How old a child is, and corrected for an early birth until two years; empty of who is not born or has no date."""
    days = ages.age_days(person["born_on"], today())
    if days is None:
        return ""
    corrected = ages.corrected_age_days(person["born_on"], person["gestation_days"], today())
    shown = _words(days)
    return f"{shown}, corrected {_words(corrected)}" if corrected is not None and 0 <= corrected < days < 2 * 365 else shown


def _words(days: int) -> str:
    if days < 14:
        return f"{days} {'day' if days == 1 else 'days'}"
    if days < 90:
        return f"{days // 7} weeks"
    if days < 2 * 365:
        return f"{int(days / 30.44)} months"
    return f"{int(days / 365.25)} years"

"""One person recorded twice in a family: both entries in view before one of them stands, and what was said of it taken back."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow import twice
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import me, wired
from visitapp.web.recording import Field

blueprint = Blueprint("twice", __name__)

WHY = Field("why", "How do you know, and how did it come about?", "words")


@blueprint.get("/families/<household>/twice")
@access("team")
def form(household: str) -> ResponseReturnValue:
    return page(household, {})


@blueprint.post("/families/<household>/twice")
@access("team")
def record(household: str) -> ResponseReturnValue:
    said = {name: request.form.get(name, "") for name in ("stands", "other", "why")}
    try:
        twice.are_one(wired(), me(), household, **said)
    except Problem as problem:
        return page(household, problem.by_field()), 422
    return redirect(f"/families/{household}/people")


@blueprint.get("/families/<household>/twice/<same>/error")
@access("team")
def error(household: str, same: str) -> ResponseReturnValue:
    return taking_back(household, same, {})


@blueprint.post("/families/<household>/twice/<same>/error")
@access("team")
def take_back(household: str, same: str) -> ResponseReturnValue:
    if not any(one["id"] == same for one in same_of(household)):
        abort(404)
    try:
        twice.two_after_all(wired(), me(), same, why=request.form.get("why", ""))
    except Problem as problem:
        return taking_back(household, same, problem.by_field()), 422
    return redirect(f"/families/{household}/people")


def page(household: str, wrong: dict[str, str]) -> str:
    stands, other = request.values.get("stands", ""), request.values.get("other", "")
    found = twice.page(wired(), me(), household, stands, other) or abort(404)
    return render_template(
        "screens/twice.html",
        household=household,
        found=found,
        both=bool(found.stands and found.other and stands != other),
        why=WHY,
        typed=request.values,
        chosen={},
        wrong=wrong,
        offered=None,
    )


def taking_back(household: str, same: str, wrong: dict[str, str]) -> str:
    twice.page(wired(), me(), household, "", "") or abort(404)  # the reading is written down
    row = next((one for one in same_of(household) if one["id"] == same and not one["joined"]), None) or abort(404)
    return render_template(
        "screens/asked.html",
        asked={
            "title": "Two people after all",
            "button": "They are two people",
            "fields": (WHY,),
            "hint": "Each has again what was recorded under it, and belongs where it did. What was recorded since of the one that stood "
            "stays with it: look through it.",
        },
        path=request.path,
        subject=f"{row['stands_name']}, and the other entry: {row['given_names']} {row['family_name']}",
        typed=request.form,
        chosen={},
        wrong=wrong,
        offered=None,
        back=("People over time", f"/families/{household}/people"),
    )


def same_of(household: str) -> tuple[dict[str, Any], ...]:
    """Which entries of a family are read as another, for its pages, whose reading is journalled there."""
    return twice.of_family(wired(), me(), household)


blueprint.add_app_template_global(same_of)

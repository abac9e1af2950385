"""Putting a record right, both sides in view before it is done: a visit entered in error, a family recorded twice, two families in one
record."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow import entered_in_error, in_error, records
from visitapp.look import families, find
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import me, wired
from visitapp.web.recording import Field

blueprint = Blueprint("records", __name__)

WHY = Field("why", "What is wrong, how did it come about, and how do you know?", "words")
HOW = Field("why", "How do you know, and how did it come about?", "words")
NAME = Field("name", "What is the other family called?", "line")


@blueprint.get("/visits/<submission>/error")
@access("team")
def visit(submission: str) -> ResponseReturnValue:
    return misfiled(submission, {})


@blueprint.post("/visits/<submission>/error")
@access("team")
def enter(submission: str) -> ResponseReturnValue:
    to, stood = request.form.get("belongs_to") or None, request.form.get("stood_with", "")
    try:
        waits = entered_in_error.enter(wired(), me(), submission, why=request.form.get("why", ""), belongs_to=to, stood_with=stood)
    except Problem as problem:
        return misfiled(submission, problem.by_field()), 422
    return redirect(f"/families/{to}" if to and not waits else f"/visits/{submission}")


@blueprint.get("/families/<household>/join")
@access("team")
def join(household: str) -> ResponseReturnValue:
    return joining(household, {})


@blueprint.post("/families/<household>/join")
@access("team")
def joined(household: str) -> ResponseReturnValue:
    same = {name.removeprefix("same-"): who for name, who in request.form.items() if name.startswith("same-") and who}
    try:
        records.join(wired(), me(), household, duplicate=request.form.get("with", ""), why=request.form.get("why", ""), same=same)
    except Problem as problem:
        return joining(household, problem.by_field()), 422
    return redirect(f"/families/{household}")


@blueprint.get("/families/<household>/joined/<joining>/error")
@access("team")
def apart(household: str, joining: str) -> ResponseReturnValue:
    return taking_apart(household, joining, {})


@blueprint.post("/families/<household>/joined/<joining>/error")
@access("team")
def take_apart(household: str, joining: str) -> ResponseReturnValue:
    try:
        stays = records.joined_in_error(wired(), me(), joining, why=request.form.get("why", ""))
    except Problem as problem:
        return taking_apart(household, joining, problem.by_field()), 422
    return redirect(f"/families/{stays}")


@blueprint.get("/families/<household>/split")
@access("team")
def split(household: str) -> ResponseReturnValue:
    return splitting(household, {})


@blueprint.post("/families/<household>/split")
@access("team")
def was_split(household: str) -> ResponseReturnValue:
    people, visits = request.form.getlist("people"), request.form.getlist("visits")
    said = {name: request.form.get(name, "") for name in ("name", "why")}
    try:
        other = records.split(wired(), me(), household, people=people, submissions_there=visits, **said)
    except Problem as problem:
        return splitting(household, problem.by_field()), 422
    return redirect(f"/families/{other}")


def side(household: str) -> families.Family:
    """One side as its own page would show it; its reading is journalled."""
    return families.family(wired(), me(), household) or abort(404)


def looked_for(but: str) -> tuple[Any, ...]:
    """The families that answer to what was typed, without the one in hand."""
    words = request.values.get("find", "")
    found = find.find(wired(), me(), words).families if words.strip() else ()
    return tuple(one.family for one in found if one.family["household"] != but)


def misfiled(submission: str, wrong: dict[str, str]) -> str:
    found = in_error.page(wired(), me(), submission) or abort(404)
    to = request.values.get("belongs_to") or request.args.get("with", "")
    return draw(
        "screens/visit_error.html", wrong, found=found, there=side(to) if to else None, others=looked_for(found.family["household"])
    )


def joining(household: str, wrong: dict[str, str]) -> str:
    other = request.values.get("with", "")
    page = {"here": side(household), "there": side(other) if other and other != household else None, "others": looked_for(household)}
    return draw("screens/record_join.html", wrong, household=household, **page)


def taking_apart(household: str, joining: str, wrong: dict[str, str]) -> str:
    found = next((one for one in records.of_family(wired(), me(), household) if one["id"] == joining), None) or abort(404)
    return draw(
        "screens/record_apart.html", wrong, household=household, row=found, here=side(found["household"]), there=side(found["duplicate"])
    )


def splitting(household: str, wrong: dict[str, str]) -> str:
    page = {"here": side(household), "visits": records.visits_of(wired(), me(), household), "people": request.form.getlist("people")}
    return draw("screens/record_split.html", wrong, household=household, chosen_visits=request.form.getlist("visits"), **page)


def draw(template: str, wrong: dict[str, str], **page: Any) -> str:
    """A page with everything as it was typed and what is wrong beside its field."""
    fields = {"why": WHY, "how": HOW, "name": NAME}
    return render_template(template, typed=request.form, chosen={}, wrong=wrong, offered=None, fields_of_page=fields, **page)


def joinings_of(household: str) -> tuple[dict[str, Any], ...]:
    """The joinings of a record, for its page, whose reading is journalled there."""
    return records.of_family(wired(), me(), household)


def errors_of(submission: str) -> tuple[tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]:
    """What was said of a visit in error, and what waits for a second person, for its page, whose reading is journalled there."""
    return in_error.of_visit(wired(), me(), submission)


blueprint.add_app_template_global(joinings_of)
blueprint.add_app_template_global(errors_of)
blueprint.add_app_template_filter(lambda code: records.WORDS.get(code, code), "record_words")

"""One visit exactly as it was sealed: every answer, what was found in it and from which answers."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.domain import photographs
from visitapp.flow import concern
from visitapp.flow import photographs as coming
from visitapp.flow.whose import filled
from visitapp.formlang.model import Form
from visitapp.look import chronology, reviews
from visitapp.look import photographs as pictures
from visitapp.problems import Problem
from visitapp.web import answers
from visitapp.web.access import access
from visitapp.web.asking import me, typed, wired

blueprint = Blueprint("visits", __name__)


@dataclass(frozen=True)
class Shown:
    """A finding with the answers that made it, or whose absence keeps it from being told."""

    row: dict[str, Any]
    because: tuple[answers.Line, ...]
    missing: tuple[answers.Line, ...]
    ask: str


@blueprint.get("/visits/<submission>")
@access("team")
def one(submission: str) -> ResponseReturnValue:
    return page(submission)


@blueprint.post("/visits/<submission>/refer")
@access("visiting_staff")
def refer(submission: str) -> ResponseReturnValue:
    """A referral that the rules did not propose."""
    said = typed("destination", "urgency", "reason")
    try:
        return redirect(f"/referrals/{concern.refer_by_hand(wired(), me(), submission, **said)}")
    except Problem as problem:
        return page(submission, problem.by_field()), 422


@blueprint.get("/visits/<submission>/photographs/<id>")
@access("team")
def photograph(submission: str, id: str) -> ResponseReturnValue:
    """One photograph of a place, as the tablet made it."""
    picture = pictures.one(wired(), me(), submission, id)
    if picture is None:
        abort(404)
    return Response(picture, mimetype="image/jpeg")


@blueprint.post("/visits/<submission>/photographs")
@access("supervisor")
def photographs_given_up(submission: str) -> ResponseReturnValue:
    """Those that are missing will not come."""
    try:
        coming.give_up(wired(), me(), submission, request.form.get("photographs_reason", ""))
    except Problem as problem:
        return page(submission, problem.by_field()), 422
    return redirect(f"/visits/{submission}")


def page(submission: str, wrong: dict[str, str] | None = None, *, screen: str = "screens/visit.html", **more: Any) -> str:
    """The visit, on its own page or on another that shows more beside it."""
    visit = chronology.visit(wired(), me(), submission)
    if visit is None:
        abort(404)
    form = form_of(visit.row)
    groups = answers.groups(form, visit.body, visit.people) if form and visit.body else ()
    newest = next((judged for judged in visit.assessments if judged["kind"] == "today"), None)
    findings = visit.findings.get(newest["id"], ()) if newest else ()
    return render_template(
        screen,
        visit=visit,
        form=form,
        groups=groups,
        newest=newest,
        findings=shown(findings, form, answers.by_path(groups)),
        wrong=wrong or {},
        typed=request.form,
        places=concern.PLACES,
        added=[(one.row, added_words(one, visit.people)) for one in visit.added],
        adds_to=visit.adds_to,
        photographs=photographs.listed(visit.body),
        arrived=pictures.arrived(wired(), submission),
        photograph_places=photographs.PLACES,
        given_up=pictures.given_up(wired(), submission),
        review=reviews.of_visit(wired(), submission),
        **more,
    )


def added_words(one: chronology.Added, people: dict[str, str]) -> tuple[answers.Group, ...]:
    """What was added, in the words of its form; nothing where its form is not here or its bytes cannot be read."""
    form = form_of(one.row)
    return answers.groups(form, one.body, people) if form and one.body else ()


def form_of(row: dict[str, Any]) -> Form | None:
    """The version it was written on; None when this installation does not have it."""
    try:
        return wired().catalogue.form(row["form"], row["form_version"])
    except LookupError:
        return None


def shown(rows: tuple[dict[str, Any], ...], form: Form | None, lines: dict[str, answers.Line]) -> tuple[Shown, ...]:
    rules = form.rules if form else {}

    def pointed(paths: str) -> tuple[answers.Line, ...]:
        return tuple(lines[path] for path in json.loads(paths or "[]") if path in lines)

    def one(row: dict[str, Any]) -> Shown:
        rule = rules.get(row["code"])
        said = row["said"] or (filled(rule.wording, row["about"]) if rule else row["code"])  # of what was not found no sentence is kept
        ask = filled(rule.ask, row["about"]) if rule and rule.ask else ""
        return Shown(row | {"said": said}, pointed(row["because"]), pointed(row["missing"]), ask)

    return tuple(one(row) for row in rows)

"""A second person reads a visit: the queue of what waits, one visit with the form beside its answers, agreement with each finding, and what
a practitioner writes for themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from visitapp.domain import reviews as words
from visitapp.flow import reflecting, reviewing
from visitapp.look import reviews
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import me, number, wired
from visitapp.web.screens import visits
from visitapp.web.words import rule_words

blueprint = Blueprint("reviews", __name__)

MOST = 500
"""Findings of one visit that somebody can say something of at once."""
CAPACITIES = {"sign": words.REVIEWED, "countersign": words.COUNTERSIGNED}
"""The button that was pressed -> what a visit is signed as."""


@dataclass(frozen=True)
class Rule:
    """How often reviewers disagreed with one version of a rule; `name` is its address."""

    name: str
    words: str
    form: str
    reviewed: int
    disagreed: int

    @property
    def too_often(self) -> bool:
        return words.too_often(self.disagreed)


@blueprint.get("/reviews")
@access("team")
def queue() -> ResponseReturnValue:
    first, since, visit = reviews.FIRST
    after = (number("place", first), request.args.get("since", since), request.args.get("after", visit))
    whole = current_user.role == "supervisor"
    page = reviews.queue(wired(), me(), whole, wired().clock(), after)
    return render_template("screens/reviews.html", page=page, whole=whole, waits_for=words.WAITS_FOR)


@blueprint.get("/reviews/findings")
@access("team")
def findings() -> ResponseReturnValue:
    return render_template("screens/review/findings.html", rules=[rule_of(row) for row in reviews.findings(wired())], last=words.LAST)


@blueprint.get("/reviews/findings/<name>")
@access("team")
def finding(name: str) -> ResponseReturnValue:
    """The visits in which one rule was disagreed with, of the families that the reader may see."""
    rule = next((one for one in map(rule_of, reviews.findings(wired())) if one.name == name), None) or abort(404)
    rows, before = reviews.disagreed(wired(), me(), words.of_rule(name), number("before", reviews.NEWEST))
    return render_template("screens/review/finding.html", rule=rule, rows=rows, before=before, last=words.LAST)


def rule_of(row: Mapping[str, Any]) -> Rule:
    name = words.rule(row["form"], row["form_version"], row["code"])
    return Rule(name, rule_words(row), f"{row['form']}, version {row['form_version']}", row["reviewed"], row["disagreed"])


@blueprint.get("/reviews/<submission>")
@access("team")
def one(submission: str) -> ResponseReturnValue:
    return page(submission)


@blueprint.post("/reviews/<submission>")
@access("team")
def review(submission: str) -> ResponseReturnValue:
    """Keep what was said of the findings and ask; or sign. On an error everything stays as it was typed."""
    does, question = request.form.get("do", "keep"), request.form.get("question", "")
    try:
        if does in CAPACITIES:
            written, seen = request.form.get("words", ""), request.form.get("seen", "")
            reviewing.sign(
                wired(), me(), submission, said(), capacity=CAPACITIES[does], question=question, words_too=written,
                seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else None,
            )  # fmt: skip
        else:
            reviewing.keep(wired(), me(), submission, said(), question=question)
    except Problem as problem:
        return page(submission, problem.by_field()), 422
    return redirect(f"/reviews/{submission}")


def said() -> list[reviewing.Word]:
    """What was chosen for each finding on the page; where the box says so, yes for each that nothing was chosen for."""
    form, rest = request.form, reviewing.YES if request.form.get("rest") == "yes" else ""
    found = []
    for place in range(MOST):
        about = form.get(f"about-{place}")
        if about is None:
            break
        code, _, row = about.partition("/")
        agrees, reason = form.get(f"agrees-{place}", ""), form.get(f"reason-{place}", "")
        found.append(reviewing.Word(code, row, agrees or ("" if reason.strip() else rest), reason, f"agrees-{place}"))
    return found


@blueprint.post("/reviews/<submission>/answers/<question>")
@access("team")
def answer(submission: str, question: str) -> ResponseReturnValue:
    field = f"answer-{question}"  # of which a page has as many as it has questions
    try:
        about = reviewing.answer(wired(), me(), question, request.form.get(field, ""))
    except Problem as problem:
        return page(submission, {field: problem.by_field()["answer"]}), 422
    return redirect(f"/reviews/{about}")


@blueprint.post("/reviews/<submission>/reflections")
@access("team")
def reflect(submission: str) -> ResponseReturnValue:
    try:
        reflecting.write(wired(), me(), reflection=request.form.get("reflection", ""), submission=submission)
    except Problem as problem:
        return page(submission, problem.by_field()), 422
    return redirect(f"/reviews/{submission}#reflections")


def page(submission: str, wrong: dict[str, str] | None = None) -> str:
    return visits.page(
        submission,
        wrong,
        screen="screens/review.html",
        may=reviewing.allowed(wired(), me(), submission),
        me=me(),
        reflections=reviews.reflections_on(wired(), me(), submission),
        waits_for=words.WAITS_FOR,
        why_sampled=words.WHY_SAMPLED,
        capacities=words.CAPACITIES,
    )


@blueprint.get("/reflections")
@access("team")
def reflections() -> ResponseReturnValue:
    return reflected()


@blueprint.post("/reflections")
@access("team")
def reflect_on_none() -> ResponseReturnValue:
    try:
        reflecting.write(wired(), me(), reflection=request.form.get("reflection", ""))
    except Problem as problem:
        return reflected(problem.by_field()), 422
    return redirect("/reflections")


def reflected(wrong: dict[str, str] | None = None) -> str:
    rows, before = reviews.reflections_of(wired(), me(), number("before", reviews.NEWEST))
    return render_template("screens/reflections.html", rows=rows, before=before, wrong=wrong or {}, typed=request.form)

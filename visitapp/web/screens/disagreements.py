"""Raising a professional disagreement over a referral, writing what was said at its stage, and ending it."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.domain import disagreements as words
from visitapp.flow import disagreements, disagreements_shown
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import me, wired
from visitapp.web.recording import Field, typed
from visitapp.web.standing_in import Asked

blueprint = Blueprint("disagreements", __name__)

RAISE = Asked(
    "Raise a professional disagreement", "Raise it", "",
    lambda w, actor, said: disagreements.raise_one(w, actor, said.pop("about"), **said),
    (
        Field("why", "What do you not agree with, and why?", "words", "What it means for each child, and what you ask for instead."),
        Field("meanwhile", "What keeps the children safe meanwhile?", "words", "What is arranged, and who does it."),
        Field("at_risk", "A child is at risk if this waits: it runs by the hour", "yes"),
    ),
    "Speak to whoever answered first: most of it is settled there. From now on each stage has its time, and the next opens by itself.",
)  # fmt: skip
SAID = Asked(
    "Write what was said", "Keep this", "", lambda w, actor, said: disagreements.record(w, actor, said.pop("about"), **said),
    (
        Field("who", "Who spoke with whom?", "words", "Names and roles on both sides."),
        Field("on_date", "On which day?", "day", "For example 27 3 2026."),
        Field("said", "What was said?", "words", "By them and by us."),
        Field("comes_to", "What did it come to?", "one_of", options=words.COMES_TO),
        Field("meanwhile", "What keeps the children safe meanwhile?", "words", "What is arranged, and by whom."),
    ),
)  # fmt: skip
RESOLVED = Asked(
    "Say how it was resolved", "It is resolved", "", lambda w, actor, said: disagreements.resolve(w, actor, said.pop("about"), **said),
    (Field("how", "How was it resolved, and by whom?", "words", "Where it was agreed at its stage, write what was said there instead."),),
)  # fmt: skip


@blueprint.get("/referrals/<id>/disagree")
@access("team")
def form(id: str) -> ResponseReturnValue:
    if not disagreements_shown.may_raise(wired(), me(), id):
        abort(404)
    return page(RAISE, id, {})


@blueprint.post("/referrals/<id>/disagree")
@access("team")
def raise_one(id: str) -> ResponseReturnValue:
    return kept(RAISE, id, id)


@blueprint.get("/disagreements/<id>")
@access("team")
def one(id: str) -> ResponseReturnValue:
    return redirect(f"/referrals/{referral_of(id)}#disagreement")


@blueprint.get("/disagreements/<id>/said")
@access("team")
def said_form(id: str) -> ResponseReturnValue:
    return page(SAID, referral_of(id), {})


@blueprint.post("/disagreements/<id>/said")
@access("team")
def said(id: str) -> ResponseReturnValue:
    return kept(SAID, id, referral_of(id))


@blueprint.get("/disagreements/<id>/resolved")
@access("team")
def resolved_form(id: str) -> ResponseReturnValue:
    return page(RESOLVED, referral_of(id), {})


@blueprint.post("/disagreements/<id>/resolved")
@access("team")
def resolved(id: str) -> ResponseReturnValue:
    return kept(RESOLVED, id, referral_of(id))


def referral_of(id: str) -> str:
    return disagreements_shown.referral_of(wired(), me(), id) or abort(404)


def kept(asked: Asked, about: str, referral: str) -> ResponseReturnValue:
    """Keep it and go back to the referral, or the same page with everything as typed and what is wrong beside its field."""
    said, wrong = typed(asked.fields, request.form)
    if not wrong:
        try:
            asked.do(wired(), me(), said | {"about": about})
        except Problem as problem:
            wrong = problem.by_field()
    return (page(asked, referral, wrong), 422) if wrong else redirect(f"/referrals/{referral}#disagreement")


def page(asked: Asked, referral: str, wrong: dict[str, str]) -> str:
    answers: dict[str, Any] = request.form.to_dict(flat=False)
    return render_template(
        "screens/asked.html",
        asked=asked,
        path=request.path,
        offered=None,
        typed={name: values[-1] for name, values in answers.items()},
        chosen=answers,
        wrong=wrong,
        back=("The referral", f"/referrals/{referral}"),
    )

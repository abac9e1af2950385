"""A child’s death, a stillbirth, the end of a pregnancy: the page to record it, and the one to take back what was recorded in error."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.domain.losses import KINDS
from visitapp.domain.losses import words as loss_words
from visitapp.flow import losses
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import me, wired
from visitapp.web.recording import Field, put_right, typed

blueprint = Blueprint("losses", __name__)


@dataclass(frozen=True)
class Offered:
    """Whom it may be about, and what stands planned."""

    people: Mapping[str, str]
    planned: Mapping[str, str]


FIELDS = (
    Field("kind", "What happened?", "one_of", options=KINDS),
    Field("person", "To whom?", "one_of", "For a pregnancy that was never recorded as a child, choose the mother.", "people"),
    Field("on_date", "On which day?", "day", "For example 27 3 2026."),
    Field("words", "What is known? (if anything is to be kept)", "words", "Who told us and how. No cause that nobody has established."),
)
PLANNED = Field(
    "still_planned", "Which planned visits still stand?", "some_of", "Choose only what you have agreed with the family, or what is for a "
    "brother or sister. Everything else stops reminding anybody.", "planned",
)  # fmt: skip
WHY = (Field("why", "Why, and how do you know?", "words"),)


@blueprint.get("/families/<household>/loss")
@access("team")
def form(household: str) -> ResponseReturnValue:
    return page(household, {})


@blueprint.post("/families/<household>/loss")
@access("team")
def record(household: str) -> ResponseReturnValue:
    said, unread = typed((*FIELDS, PLANNED), request.form)
    wrong = put_right(lambda: losses.record(wired(), me(), household, **said), unread)
    return (page(household, wrong), 422) if wrong else redirect(f"/families/{household}")


@blueprint.get("/families/<household>/loss/<event>/error")
@access("team")
def error(household: str, event: str) -> ResponseReturnValue:  # noqa: ARG001
    return ask(household, "This was recorded in error", "Take it back", {})


@blueprint.post("/families/<household>/loss/<event>/error")
@access("team")
def take_back(household: str, event: str) -> ResponseReturnValue:
    said, _ = typed(WHY, request.form)
    try:
        losses.in_error(wired(), me(), household, event, **said)
    except Problem as problem:
        return ask(household, "This was recorded in error", "Take it back", problem.by_field()), 422
    return redirect(f"/families/{household}")


@blueprint.get("/families/<household>/loss/resume")
@access("supervisor")
def may_write(household: str) -> ResponseReturnValue:
    return ask(household, "Letters and reminders may go to the family again", "They may go again", {})


@blueprint.post("/families/<household>/loss/resume")
@access("supervisor")
def resume(household: str) -> ResponseReturnValue:
    said, _ = typed(WHY, request.form)
    try:
        losses.resume(wired(), me(), household, **said)
    except Problem as problem:
        return ask(household, "Letters and reminders may go to the family again", "They may go again", problem.by_field()), 422
    return redirect(f"/families/{household}")


def page(household: str, wrong: dict[str, str]) -> str:
    found = losses.page(wired(), me(), household) or abort(404)
    answers: dict[str, Any] = request.form.to_dict(flat=False)
    return render_template(
        "screens/loss.html",
        household=household,
        found=found,
        fields_of_page=FIELDS,
        planned=PLANNED,
        offered=Offered(found.people, found.planned),
        typed={name: values[-1] for name, values in answers.items()},
        chosen=answers,
        wrong=wrong,
    )


def ask(household: str, title: str, button: str, wrong: dict[str, str]) -> str:
    """A page with one question, for a family that the asker may see."""
    if not losses.of_family(wired(), me(), household).losses:
        abort(404)
    return render_template(
        "screens/asked.html",
        asked={"title": title, "button": button, "fields": WHY},
        path=request.path,
        typed=request.form,
        chosen={},
        wrong=wrong,
        offered=None,
        back=("Family record", f"/families/{household}"),
    )


def losses_of(household: str) -> losses.Shown:
    """For any page of a family, whose reading is journalled there."""
    return losses.of_family(wired(), me(), household)


blueprint.add_app_template_global(losses_of)
blueprint.add_app_template_global(loss_words, "loss_words")

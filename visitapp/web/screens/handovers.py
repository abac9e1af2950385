"""Handovers: a family is offered with what the next one must know, the offer is read and answered, and somebody who leaves is let go only
when no family is named to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.domain.handovers import ENDS, KINDS
from visitapp.flow import handovers, handovers_shown, leaving
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import me, number, wired
from visitapp.web.recording import Field, typed

blueprint = Blueprint("handovers", __name__)


@dataclass(frozen=True)
class Offered:
    """Whom somebody may choose: who accepts, or who holds families meanwhile."""

    takes: Mapping[str, str]


OFFER = (
    Field("kind", "Why is the family handed over?", "one_of", options=KINDS),
    Field("to", "To whom?", "to", "Until they accept, the practitioner who is named now stays named."),
    Field("words", "What must the next one know, in your own words?", "words",
          "What you would watch for, what you have not managed to ask, what you promised. The record speaks beside it for itself."),
    Field("safe", "How is it safe to visit and to phone?", "words",
          "Dogs, who may be there, when not to call, which number. Where nothing is known, say that."),
)  # fmt: skip
REASON = Field("reason", "Why?", "words")
TAKES = Field("account", "Who takes the family?", "one_of", "Leave empty to take it yourself, if you visit families.", "takes")
LEAVING = (Field("why", "Why, and from when?", "words"),)
HOLDS = Field("supervisor", "Who holds their families until somebody accepts each?", "one_of", options="takes")


@blueprint.get("/handovers")
@access("team")
def index() -> ResponseReturnValue:
    return listed({})


@blueprint.post("/handovers")
@access("supervisor")
def accept_several() -> ResponseReturnValue:
    try:
        handovers.accept_several(wired(), me(), request.form.getlist("offers"), request.form.get("account", ""))
    except Problem as problem:
        return listed(problem.by_field()), 422
    return redirect("/handovers")


@blueprint.get("/families/<household>/handover")
@access("team")
def form(household: str) -> ResponseReturnValue:
    return offering(household, {})


@blueprint.post("/families/<household>/handover")
@access("team")
def offer(household: str) -> ResponseReturnValue:
    said, _ = typed(OFFER, request.form)
    try:
        made = handovers.offer(wired(), me(), household, **said)
    except Problem as problem:
        return offering(household, problem.by_field()), 422
    return redirect(f"/handovers/{made}")


@blueprint.get("/handovers/<id>")
@access("team")
def one(id: str) -> ResponseReturnValue:
    return shown(id, {})


@blueprint.post("/handovers/<id>/accept")
@access("team")
def accept(id: str) -> ResponseReturnValue:
    try:
        household = handovers.accept(wired(), me(), id, account=request.form.get("account"))
    except Problem as problem:
        return shown(id, problem.by_field(), "accept"), 422
    return redirect(f"/families/{household}")


@blueprint.post("/handovers/<id>/refuse")
@access("team")
def refuse(id: str) -> ResponseReturnValue:
    try:
        handovers.refuse(wired(), me(), id, reason=request.form.get("reason", ""))
    except Problem as problem:
        return shown(id, problem.by_field(), "refuse"), 422
    return redirect("/handovers")


@blueprint.post("/handovers/<id>/keep")
@access("team")
def keep(id: str) -> ResponseReturnValue:
    try:
        handovers.keep(wired(), me(), id, reason=request.form.get("reason", ""))
    except Problem as problem:
        return shown(id, problem.by_field(), "keep"), 422
    return redirect("/handovers")


@blueprint.get("/accounts/<account>/leaving")
@access("oversight")
def leaves(account: str) -> ResponseReturnValue:
    return leaver(account, {})


@blueprint.post("/accounts/<account>/leaving")
@access("oversight")
def let_go(account: str) -> ResponseReturnValue:
    said, _ = typed((*LEAVING, HOLDS), request.form)
    try:
        held = leaving.end(wired(), me(), account, **said)
    except Problem as problem:
        return leaver(account, problem.by_field()), 422
    return redirect("/handovers" if held else "/cover")


def listed(wrong: dict[str, str]) -> str:
    page = handovers_shown.listed(wired(), me(), number("mine", 0), number("ours", 0))
    several = Field("account", "Who takes the families that you chose?", "one_of", options="takes")
    ticked = request.form.getlist("offers")
    return draw(
        "screens/handovers.html", wrong, page=page, now=wired().clock(), several=several, ticked=ticked, offered=Offered(page.takes)
    )  # fmt: skip


def offering(household: str, wrong: dict[str, str]) -> str:
    sought = request.values.get("team", "")
    found = handovers_shown.page(wired(), me(), household, sought) or abort(404)
    return draw("screens/handover_offer.html", wrong, found=found, household=household, fields_of_page=OFFER, sought=sought)


def shown(id: str, wrong: dict[str, str], doing: str = "") -> str:
    found = handovers_shown.shown(wired(), me(), id) or abort(404)
    page = {"found": found, "doing": doing, "reason": REASON, "takes": TAKES, "now": wired().clock(), "offered": Offered(found.takes)}
    return draw("screens/handover.html", wrong, **page)


def leaver(account: str, wrong: dict[str, str]) -> str:
    found = leaving.page(wired(), me(), account) or abort(404)
    fields = (*LEAVING, HOLDS) if found.families else LEAVING
    return draw("screens/leaving.html", wrong, found=found, fields_of_page=fields, offered=Offered(found.supervisors))


def draw(template: str, wrong: dict[str, str], **page: Any) -> str:
    """A page with everything as it was typed, or as the link says that led here, and what is wrong beside its field."""
    return render_template(template, typed=request.values, chosen=request.form.to_dict(flat=False), wrong=wrong, kinds=KINDS, **page)


def handovers_to_me() -> tuple[dict[str, Any], ...]:
    """The offers that wait for whoever asks, for their own page."""
    return handovers_shown.to_me(wired(), me())


def handover_of(household: str) -> dict[str, Any] | None:
    """The open offer of a family, for its page, whose reading is journalled there."""
    return handovers_shown.of_family(wired(), me(), household)


blueprint.add_app_template_global(handovers_to_me)
blueprint.add_app_template_global(handover_of)
blueprint.add_app_template_filter(lambda code: KINDS.get(code, code), "handover_kind")
blueprint.add_app_template_filter(lambda code: ENDS.get(code, code), "handover_end")

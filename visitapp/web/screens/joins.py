"""Asking another team whether a record of theirs is of the same family, and answering it: whoever asks sees nothing of the other record,
and who answers sees of the asking family who its people are."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.domain.joins import ENDS, GOES_ON
from visitapp.flow import joins
from visitapp.look import families, find
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import me, number, wired
from visitapp.web.recording import Field, typed

blueprint = Blueprint("joins", __name__)

ASK = (
    Field("nhs_number", "NHS number of somebody in both records (if known)", "line",
          "Leave empty to ask by the numbers in this record. Whether it led to a record is told to the other team alone."),
    Field("words", "What do you know of the other record, and how do you know that it is the same family?", "words",
          "Names and dates as you heard them, and from whom. The other team’s supervisor reads it."),
    Field("goes_on", "Who goes on with the family when they are one?", "one_of",
          "They agree to this too. The other team sees the record no more.", GOES_ON),
)  # fmt: skip
BACK = (Field("reason", "Why do you ask no more?", "words"),)
HOW = Field("why", "How do you know that they are one family?", "words", "Both records say it afterwards.")
REASON = Field("reason", "Why not?", "words", "The other team reads this. Say of your families no more than they need.")


@blueprint.get("/families/<household>/join/ask")
@access("team")
def ask(household: str) -> ResponseReturnValue:
    return asking(household, {})


@blueprint.post("/families/<household>/join/ask")
@access("team")
def asked(household: str) -> ResponseReturnValue:
    said, _ = typed(ASK, request.form)
    try:
        joins.ask(wired(), me(), household, to_team=request.form.get("to_team", ""), **said)
    except Problem as problem:
        return asking(household, problem.by_field()), 422
    return redirect(f"/families/{household}#handover")


@blueprint.get("/families/<household>/join/asked/<id>/back")
@access("team")
def back(household: str, id: str) -> ResponseReturnValue:
    return taking_back(household, id, {})


@blueprint.post("/families/<household>/join/asked/<id>/back")
@access("team")
def take_back(household: str, id: str) -> ResponseReturnValue:
    try:
        joins.take_back(wired(), me(), household, id, reason=request.form.get("reason", ""))
    except Problem as problem:
        return taking_back(household, id, problem.by_field()), 422
    return redirect(f"/families/{household}#handover")


@blueprint.get("/joins")
@access("supervisor")
def index() -> ResponseReturnValue:
    rows, more = joins.waiting(wired(), me(), number("after", 0))
    return render_template("screens/joins.html", rows=rows, more=more, now=wired().clock())


@blueprint.get("/joins/<id>")
@access("supervisor")
def one(id: str) -> ResponseReturnValue:
    return shown(id, {})


@blueprint.post("/joins/<id>/agree")
@access("supervisor")
def agree(id: str) -> ResponseReturnValue:
    same = {name.removeprefix("same-"): who for name, who in request.form.items() if name.startswith("same-") and who}
    try:
        stays = joins.agree(wired(), me(), id, other=request.form.get("with", ""), same=same, why=request.form.get("why", ""))
    except Problem as problem:
        wrong = problem.by_field()
        return shown(id, {"other" if name == "duplicate" else name: said for name, said in wrong.items()}), 422
    return redirect(f"/families/{stays}" if families.named(wired(), me(), stays, "read.people") else "/joins")


@blueprint.post("/joins/<id>/refuse")
@access("supervisor")
def refuse(id: str) -> ResponseReturnValue:
    try:
        joins.refuse(wired(), me(), id, reason=request.form.get("reason", ""))
    except Problem as problem:
        return shown(id, problem.by_field()), 422
    return redirect("/joins")


def asking(household: str, wrong: dict[str, str]) -> str:
    families.named(wired(), me(), household, "read.family") or abort(404)
    sought = request.values.get("team", "")
    found = joins.page(wired(), me(), household, sought) or abort(404)
    return draw("screens/join_ask.html", wrong, household=household, found=found, sought=sought, fields_of_page=ASK)


def taking_back(household: str, id: str, wrong: dict[str, str]) -> str:
    home = families.named(wired(), me(), household, "read.family") or abort(404)
    if not any(one["id"] == id and not one["how"] for one in asked_of(household)):
        abort(404)
    asked = {"title": "Take the question back", "button": "Take it back", "fields": BACK}
    return draw(
        "screens/asked.html", wrong, asked=asked, path=request.path, subject=home["name"], back=("Family record", f"/families/{household}")
    )


def shown(id: str, wrong: dict[str, str]) -> str:
    """Both sides: who the people of the asking family are, and the own record that was found or is chosen."""
    found = joins.shown(wired(), me(), id) or abort(404)
    words, chosen = request.values.get("find", ""), request.values.get("with") or found.row["other"]
    others = tuple(one.family for one in find.find(wired(), me(), words).families) if words.strip() else ()
    ours = families.family(wired(), me(), chosen) if chosen else None
    hidden = bool(chosen) and joins.kept_back(wired(), me(), str(chosen))
    return draw(
        "screens/join_answer.html", wrong, found=found, ours=ours, hidden=hidden, others=others, how=HOW, reason=REASON, goes_on=GOES_ON
    )


def draw(template: str, wrong: dict[str, str], **page: Any) -> str:
    """A page with everything as it was typed and what is wrong beside its field."""
    return render_template(template, typed=request.values, chosen={}, wrong=wrong, offered=None, **page)


def asked_of(household: str) -> tuple[dict[str, Any], ...]:
    """What was asked for a family, for its page, whose reading is journalled there."""
    return joins.of_family(wired(), me(), household)


def asked_unplaced() -> int:
    """How many questions wait for the team that no line of today's list stands for."""
    return joins.unplaced(wired(), me())


blueprint.add_app_template_global(asked_of)
blueprint.add_app_template_global(asked_unplaced)
blueprint.add_app_template_filter(lambda how: ENDS.get(how, how), "join_end")

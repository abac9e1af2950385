"""What is mine now, and who stands in: leave with its deputy, the weekend rota, and who holds which post of the team."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.domain import ladder
from visitapp.flow import countersigning, standing_in, today, whose_turn
from visitapp.web.access import access
from visitapp.web.asking import me, number, wired
from visitapp.web.recording import put_right, typed
from visitapp.web.standing_in import LEAVE, TEAM, Asked, People

blueprint = Blueprint("whose_turn", __name__)


@blueprint.get("/mine")
@access("team")
def mine() -> ResponseReturnValue:
    """The first page of each of somebody's lists, or a later page of one of them alone."""
    only = request.args.get("list", "")
    if only not in ("", "assigned", "owed", "climbed"):
        abort(404)
    key = (request.args.get("due", ""), number("seq", 0))
    found = whose_turn.mine(wired(), me(), *(key if only == part else whose_turn.BEGINNING for part in ("owed", "climbed")))
    first = (number("grave", 0), request.args.get("since", ""), request.args.get("after", "")) if only == "assigned" else today.BEGINNING
    assigned = today.assigned(wired(), me(), first)
    return render_template("screens/mine.html", mine=found, assigned=assigned, only=only, now=wired().clock())


@blueprint.get("/cover")
@access("team")
def cover() -> ResponseReturnValue:
    here = team()
    named = countersigning.registrants(wired(), here.now.team)
    return render_template("screens/cover.html", team=here, me=me(), posts=ladder.POSTS, rungs=ladder.RUNGS, registrants=named)


@blueprint.get("/cover/leave")
@access("team")
def leave() -> ResponseReturnValue:
    return page(LEAVE, {})


@blueprint.post("/cover/leave")
@access("team")
def take_leave() -> ResponseReturnValue:
    return recorded(LEAVE)


@blueprint.post("/cover/leave/<id>/end")
@access("team")
def end_leave(id: str) -> ResponseReturnValue:
    standing_in.end_leave(wired(), me(), id)
    return redirect("/cover")


@blueprint.get("/cover/team/<what>")
@access("supervisor")
def of_team(what: str) -> ResponseReturnValue:
    return page(TEAM.get(what) or abort(404), {})


@blueprint.post("/cover/team/<what>")
@access("supervisor")
def record_of_team(what: str) -> ResponseReturnValue:
    return recorded(TEAM.get(what) or abort(404))


def team() -> standing_in.Team:
    return standing_in.shown(wired(), me()) or abort(404)


def recorded(asked: Asked) -> ResponseReturnValue:
    """Keep it, or the same page with everything as typed and what is wrong beside its field."""
    said, unread = typed(asked.fields, request.form)
    wrong = put_right(lambda: asked.do(wired(), me(), said), unread)
    return (page(asked, wrong), 422) if wrong else redirect("/cover")


def page(asked: Asked, wrong: dict[str, str]) -> str:
    here = team().now
    everybody = {one.account: one.name for one in here.members.values()}
    whom = everybody if here.members[me()].role == "supervisor" else {me(): everybody[me()]}
    answers: dict[str, Any] = request.form.to_dict(flat=False)
    return render_template(
        "screens/asked.html",
        asked=asked,
        offered=People(whom, everybody),
        typed={"account": me() if asked is LEAVE else ""} | {name: values[-1] for name, values in answers.items()},
        chosen=answers,
        wrong=wrong,
        back=("Who stands in", "/cover"),
    )

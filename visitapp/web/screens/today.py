"""Today: where a supervisor begins. The list of why each family is there, and what stands for one family with what can be said of it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from visitapp.domain import today as kinds
from visitapp.flow import people, phoning, today, today_marks
from visitapp.web.access import access
from visitapp.web.asking import me, number, typed, wired
from visitapp.web.dates import NotADate, date_typed, moment_typed
from visitapp.web.recording import UNREAD, put_right

blueprint = Blueprint("today", __name__, url_prefix="/today")


@blueprint.get("")
@access("supervisor")
def index() -> ResponseReturnValue:
    show = request.args.get("show", "")
    if show not in today.SHOWN:
        abort(404)
    after = (number("grave", 0), request.args.get("since", ""), request.args.get("after", ""))
    page = today.today(wired(), me(), show, after)
    return render_template("screens/today/list.html", page=page, show=show, later="after" in request.args, graves=kinds.GRAVE)


@blueprint.get("/<household>")
@access("team")
def one(household: str) -> ResponseReturnValue:
    """Whoever something was assigned to sees what stands, too, and may say that somebody was spoken to; the rest is a supervisor's."""
    return shown(household, {})


@blueprint.post("/<household>/assign")
@access("supervisor")
def assign(household: str) -> ResponseReturnValue:
    return kept(household, lambda: today_marks.assign(wired(), me(), household, **typed("account", "words")))


@blueprint.post("/<household>/wait")
@access("supervisor")
def wait(household: str) -> ResponseReturnValue:
    said, (until, unread) = typed("waits_for", "until"), _until()
    unread = unread if said["until"] == "other" else {}
    return kept(
        household, lambda: today_marks.wait(wired(), me(), household, until_at=until, **said), unread if said["until"] == "other" else {}
    )


@blueprint.post("/<household>/back")
@access("supervisor")
def back(household: str) -> ResponseReturnValue:
    return kept(household, lambda: today_marks.bring_back(wired(), me(), household))


@blueprint.post("/<household>/call")
@access("team")
def call(household: str) -> ResponseReturnValue:
    at, unread = _called_at()
    call = phoning.Call(at_time=at, **typed("whom", "number", "reached", "spoke_to", "agreed"))
    return kept(household, lambda: today_marks.spoke(wired(), me(), household, call), unread)


def kept(household: str, do: Callable[[], Any], unread: dict[str, str] | None = None) -> ResponseReturnValue:
    """Back to the list, or the same page with everything as typed and what is wrong beside its field."""
    wrong = put_right(do, unread)
    if wrong:
        return shown(household, wrong, 422)
    return redirect(f"/today#family-{household}" if current_user.role == "supervisor" else "/mine")


def shown(household: str, wrong: dict[str, str], status: int = 200) -> ResponseReturnValue:
    """The page of one family, which also says that nothing stands for it."""
    line = today.of_family(wired(), me(), household)
    if line is None and not people.may_see(wired(), me(), household):
        abort(404)
    reasons = line.reasons if line else ()
    page = render_template(
        "screens/today/family.html",
        line=line,
        household=household,
        danger=any(one.kind.grave == kinds.DANGER for one in reasons),
        waits=any(one.waits for one in reasons),
        staff=today_marks.staff(wired(), me()),
        until=today_marks.UNTIL,
        longest=today_marks.longest_for_danger(wired()),
        wrong=wrong,
        typed=request.form,
    )
    return page, status


def _until() -> tuple[str | None, dict[str, str]]:
    """The day and time that were typed, of a day alone when offices open; and what cannot be read of them."""
    try:
        day = date_typed(request.form, "until_at")
        if day and not request.form.get("until_at-time", "").strip():
            return today_marks.opens_on(wired(), day), {}
        return moment_typed(request.form, "until_at"), {}
    except NotADate as fault:
        return UNREAD, {"until_at": str(fault)}


def _called_at() -> tuple[str | None, dict[str, str]]:
    try:
        return moment_typed(request.form, "call_at"), {}
    except NotADate as fault:
        return UNREAD, {"call_at": str(fault)}

"""Today: where a supervisor begins. The list of why each family is there, and what stands for one family with what can be said of it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from visitapp.domain import today as kinds
from visitapp.flow import people, phoning, today, today_marks
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import me, number, typed, wired
from visitapp.web.dates import NotADate, date_typed, moment_typed

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
    return kept(household, lambda: today_marks.wait(wired(), me(), household, until_at=_until(), **typed("waits_for", "until")))


@blueprint.post("/<household>/back")
@access("supervisor")
def back(household: str) -> ResponseReturnValue:
    return kept(household, lambda: today_marks.bring_back(wired(), me(), household))


@blueprint.post("/<household>/call")
@access("team")
def call(household: str) -> ResponseReturnValue:
    return kept(household, lambda: today_marks.spoke(wired(), me(), household, _call()))


def kept(household: str, do: Callable[[], Any]) -> ResponseReturnValue:
    """Back to the list, or the same page with everything as typed and what is wrong beside its field."""
    try:
        do()
    except Problem as problem:
        if problem.field is None:
            raise
        return shown(household, {problem.field: problem.message}, 422)
    except Unread as fault:
        return shown(household, {fault.field: str(fault)}, 422)
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


class Unread(ValueError):
    """A date or time that cannot be read, and beside which field that is said."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def _until() -> str | None:
    """The day and time that were typed; of a day alone, when offices open."""
    try:
        day = date_typed(request.form, "until_at")
        if day and not request.form.get("until_at-time", "").strip():
            return today_marks.opens_on(wired(), day)
        return moment_typed(request.form, "until_at")
    except NotADate as fault:
        raise Unread("until_at", str(fault)) from fault


def _call() -> phoning.Call:
    try:
        at = moment_typed(request.form, "call_at")
    except NotADate as fault:
        raise Unread("call_at", str(fault)) from fault
    return phoning.Call(at_time=at, **typed("whom", "number", "reached", "spoke_to", "agreed"))

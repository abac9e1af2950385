"""A parent's request for a copy of the record: taken down, gone through entry by entry, checked by a second person, and given by hand."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.domain import record_requests as words
from visitapp.flow import record_items
from visitapp.flow import record_request_read as reading
from visitapp.flow import record_requests as requests
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import dates_typed, me, number, typed, wired
from visitapp.web.dates import date_typed

blueprint = Blueprint("record_requests", __name__)
blueprint.add_app_template_filter(record_items.field_id, "field_id")


@blueprint.get("/families/<household>/copies/new")
@access("team")
def form(household: str) -> ResponseReturnValue:
    return new(household)


@blueprint.post("/families/<household>/copies/new")
@access("team")
def ask(household: str) -> ResponseReturnValue:
    found, problems = dates_typed(("received_on", date_typed))
    wrong = {one["field"]: one["message"] for one in problems}
    if not wrong:
        try:
            made = requests.ask(wired(), me(), household, received_on=found["received_on"], **typed("person", "identity", "said"))
            return redirect(f"/copies/{made}")
        except Problem as problem:
            wrong = said_at(problem)
    return new(household, wrong), 422


def new(household: str, wrong: dict[str, str] | None = None) -> str:
    adults = reading.adults(wired(), me(), household)
    if adults is None:
        abort(404)
    return render_template("screens/copies/new.html", household=household, adults=adults, typed=request.form, wrong=wrong or {})


@blueprint.get("/copies/<id>")
@access("team")
def one(id: str) -> ResponseReturnValue:
    return shown(id)


@blueprint.get("/copies/<id>/next")
@access("team")
def left(id: str) -> ResponseReturnValue:
    """The next entry that nobody went through; the request itself where there is none."""
    seq = reading.next_left(wired(), me(), id)
    return redirect(f"/copies/{id}" if seq is None else f"/copies/{id}/entries/{seq}")


@blueprint.get("/copies/<id>/taken-out")
@access("team")
def taken_out(id: str) -> ResponseReturnValue:
    found = reading.taken_out(wired(), me(), id)
    return render_template("screens/copies/taken_out.html", it=reading.one(wired(), me(), id), entries=found, words=words)


@blueprint.get("/copies/<id>/entries/<int:seq>")
@access("team")
def entry(id: str, seq: int) -> ResponseReturnValue:
    return entry_shown(id, seq)


@blueprint.post("/copies/<id>/entries/<int:seq>")
@access("team")
def mark(id: str, seq: int) -> ResponseReturnValue:
    """What was decided of one entry; then the next that is left."""
    try:
        requests.mark(wired(), me(), id, seq, marks_typed(), all_out=request.form.get("all", ""))
    except Problem as problem:
        return entry_shown(id, seq, said_at(problem)), 422
    return redirect(f"/copies/{id}/next")


def marks_typed() -> dict[str, dict[str, str]]:
    """The fields of each item by its key."""
    found: dict[str, dict[str, str]] = {}
    for name in request.form:
        part, _, key = name.partition(":")
        if part in ("does", "reason", "words", "why") and key:
            found.setdefault(key, {})[part] = request.form[name]
    return found


def entry_shown(id: str, seq: int, wrong: dict[str, str] | None = None) -> str:
    found, marks, done = reading.entry(wired(), me(), id, seq)
    before: Mapping[str, Mapping[str, Any]] = {item.key: record_items.decided(item, marks) for item in found.items}
    given = {key: {**one, "words": "\n".join(one["words"])} for key, one in before.items()}
    for key, one in (marks_typed() if wrong else {}).items():
        given.setdefault(key, {}).update(one)
    it = reading.one(wired(), me(), id)
    return render_template(
        "screens/copies/entry.html", it=it, entry=found, given=given, done=done, words=words, typed=request.form, wrong=wrong or {}
    )


@blueprint.post("/copies/<id>/<what>")
@access("team")
def happen(id: str, what: str) -> ResponseReturnValue:
    """The next step of the request."""
    do = STEPS.get(what) or abort(404)
    found, problems = dates_typed(("on_date", date_typed))
    wrong = {one["field"]: one["message"] for one in problems}
    if not wrong:
        try:
            do(id, found)
            return redirect(f"/copies/{id}")
        except Problem as problem:
            wrong = said_at(problem)
    return shown(id, wrong, what), 422


STEPS: dict[str, Callable[[str, dict[str, str | None]], None]] = {
    "for-check": lambda id, _: requests.send_for_check(wired(), me(), id, **typed("answer", "ground", "reason")),
    "check": lambda id, _: requests.check(wired(), me(), id, agrees=request.form.get("agrees", ""), reason=request.form.get("reason", "")),
    "extend": lambda id, _: requests.extend(wired(), me(), id, why=request.form.get("why", "")),
    "withdraw": lambda id, _: requests.withdraw(wired(), me(), id, why=request.form.get("why", "")),
    "give": lambda id, found: requests.give(wired(), me(), id, on_date=found["on_date"], how=request.form.get("how", "")),
}
"""What can be done with a request, by the last word of its address."""


def shown(id: str, wrong: dict[str, str] | None = None, doing: str = "") -> str:
    before = (request.args["before"], number("seq", 0)) if "before" in request.args else reading.NEWEST
    return render_template(
        "screens/copies/one.html", it=reading.one(wired(), me(), id), page=reading.page(wired(), me(), id, before), words=words,
        older="before" in request.args, typed=request.form, wrong=wrong or {}, doing=doing, now=wired().clock(),
    )  # fmt: skip


def said_at(problem: Problem) -> dict[str, str]:
    """The message at its field; what is no field's is the whole page's problem."""
    if problem.field is None:
        raise problem
    return {problem.field: problem.message}

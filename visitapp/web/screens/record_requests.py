"""A parent's request for a copy of the record: taken down, gone through entry by entry, checked by a second person, and given by hand."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.domain import record_requests as words
from visitapp.flow import record_check as checking
from visitapp.flow import record_items
from visitapp.flow import record_marks as deciding
from visitapp.flow import record_request_read as reading
from visitapp.flow import record_requests as requests
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import dates_typed, me, typed, wired
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
            wrong = problem.by_field()
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


@blueprint.get("/copies/<id>/check/next")
@access("team")
def unread(id: str) -> ResponseReturnValue:
    """The next page that the second person did not read; the request itself where there is none."""
    before = checking.next_unread(wired(), me(), id)
    return redirect(f"/copies/{id}#check" if before is None else _page_of(id, before))


def _page_of(id: str, before: tuple[str, int]) -> str:
    """The address of the page from before that key, which is an instant or a day and a number."""
    return f"/copies/{id}/check" + ("" if before == reading.NEWEST else f"?before={before[0]}&seq={before[1]}")


@blueprint.get("/copies/<id>/check")
@access("team")
def check(id: str) -> ResponseReturnValue:
    """A page of the copy as it would be given, for the second person."""
    return check_shown(id)


@blueprint.post("/copies/<id>/check/read")
@access("team")
def check_read(id: str) -> ResponseReturnValue:
    """The second person read the page; then the next."""
    try:
        checking.said_read(wired(), me(), id, before_key(request.form), request.form.get("shown", ""))
    except Problem as problem:
        return check_shown(id, problem.by_field()), 422
    return redirect(f"/copies/{id}/check/next")


def check_shown(id: str, wrong: dict[str, str] | None = None) -> str:
    before = before_key(request.form if request.method == "POST" else request.args)
    return render_template(
        "screens/copies/check.html", it=reading.one(wired(), me(), id), page=checking.page(wired(), me(), id, before), words=words,
        before=before, newest=before == reading.NEWEST, next_page=_page_of, wrong=wrong or {},
    )  # fmt: skip


def before_key(typed: Mapping[str, str]) -> tuple[str, int]:
    """The key from before which a page begins; the newest where none is given."""
    at, seq = typed.get("before", ""), typed.get("seq", "")
    return (at, int(seq)) if at and seq.isascii() and seq.isdigit() and len(seq) < 18 else reading.NEWEST


@blueprint.post("/copies/<id>/plain")
@access("team")
def plain(id: str) -> ResponseReturnValue:
    """The entries of one page in which nobody else is and nothing was typed or said are passed together."""
    before = before_key(request.form)
    try:
        deciding.pass_plain(wired(), me(), id, before, request.form.get("shown", ""))
    except Problem as problem:
        return shown(id, problem.by_field(), before=before), 422
    return redirect(f"/copies/{id}?before={before[0]}&seq={before[1]}#entries" if before != reading.NEWEST else f"/copies/{id}#entries")


@blueprint.get("/copies/<id>/entries/<int:seq>/photographs/<picture>")
@access("team")
def photograph(id: str, seq: int, picture: str) -> ResponseReturnValue:
    """One photograph of an entry, as the tablet made it."""
    return Response(reading.photograph(wired(), me(), id, seq, picture), mimetype="image/jpeg")


@blueprint.get("/copies/<id>/entries/<int:seq>")
@access("team")
def entry(id: str, seq: int) -> ResponseReturnValue:
    return entry_shown(id, seq)


@blueprint.post("/copies/<id>/entries/<int:seq>")
@access("team")
def mark(id: str, seq: int) -> ResponseReturnValue:
    """What was decided of one entry; then the next that is left."""
    try:
        deciding.mark(wired(), me(), id, seq, marks_typed(), shown_as=request.form.get("shown", ""), all_out=request.form.get("all", ""))
    except Problem as problem:
        return entry_shown(id, seq, problem.by_field()), 422
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
    found, marks, passed = reading.entry(wired(), me(), id, seq)
    before: Mapping[str, Mapping[str, Any]] = {item.key: record_items.decided(item, marks) for item in found.items}
    given = {key: {**one, "words": "\n".join(one["words"])} for key, one in before.items()}
    for item in found.items:
        if item.picture and item.key not in marks:
            given[item.key]["does"] = ""  # somebody looks at it and chooses
    for key, one in (marks_typed() if wrong else {}).items():
        given.setdefault(key, {}).update(one)
    it = reading.one(wired(), me(), id)
    return render_template(
        "screens/copies/entry.html",
        it=it,
        entry=found,
        given=given,
        passed=passed,
        marks=marks,
        words=words,
        typed=request.form,
        wrong=wrong or {},
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
            wrong = problem.by_field()
    return shown(id, wrong, what), 422


STEPS: dict[str, Callable[[str, dict[str, str | None]], None]] = {
    "for-check": lambda id, _: requests.send_for_check(wired(), me(), id, **typed("answer", "ground", "reason", "grounds")),
    "check": lambda id, _: requests.check(wired(), me(), id, agrees=request.form.get("agrees", ""), reason=request.form.get("reason", "")),
    "extend": lambda id, _: requests.extend(wired(), me(), id, why=request.form.get("why", "")),
    "withdraw": lambda id, _: requests.withdraw(wired(), me(), id, why=request.form.get("why", "")),
    "give": lambda id, found: requests.give(wired(), me(), id, on_date=found["on_date"], how=request.form.get("how", "")),
}
"""What can be done with a request, by the last word of its address."""


def shown(id: str, wrong: dict[str, str] | None = None, doing: str = "", before: tuple[str, int] | None = None) -> str:
    before = before or before_key(request.args)
    return render_template(
        "screens/copies/one.html", it=reading.one(wired(), me(), id), page=reading.page(wired(), me(), id, before), words=words,
        before=before, older=before != reading.NEWEST, typed=request.form, wrong=wrong or {}, doing=doing, now=wired().clock(),
    )  # fmt: skip

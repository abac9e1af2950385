"""The pages behind the link in a letter's message. Nobody signs in here: a code that went to the address in the directory opens one
referral, in one browser, for an hour. Until then each page says the same, whatever the link."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.domain.replies import CHOICES, Reply, Speaker
from visitapp.flow import answer_by_link
from visitapp.flow.protected import for_others
from visitapp.look import by_link
from visitapp.problems import Problem
from visitapp.web.access import access
from visitapp.web.asking import typed, wired
from visitapp.web.dates import NotADate, date_typed

blueprint = Blueprint("answer_link", __name__, url_prefix="/answer/<token>")

TEXTS = ("outcome", "reason", "next_step", "contact", "not_ours_reason", "whose")
FIELDS = ("answer", "said_by", "said_role", *TEXTS, "next_on-day", "next_on-month", "next_on-year")
"""What a person may have typed: carried along when the code ran out under their hands, so that nothing is lost."""
COOKIE_SECONDS = 2 * 60 * 60


@blueprint.get("")
@access("link")
def page(token: str) -> ResponseReturnValue:
    return form(token) if opened(token) else ask(token)


@blueprint.post("/code")
@access("link")
def send_code(token: str) -> ResponseReturnValue:
    kept = answer_by_link.ask_code(wired(), token, browser(), request.remote_addr or "")
    return give(code_page(token), kept)


@blueprint.post("/open")
@access("link")
def enter(token: str) -> ResponseReturnValue:
    try:
        kept = answer_by_link.enter_code(wired(), token, browser(), request.form.get("code", ""), request.remote_addr or "")
    except Problem as problem:
        return code_page(token, problem.by_field()), 422
    found = answer_by_link.opened(wired(), token, kept)
    return give(form(token, found) if found and carried() else redirect(f"/answer/{token}"), kept)


@blueprint.get("/letter.pdf")
@access("link")
def letter(token: str) -> ResponseReturnValue:
    found = opened(token)
    pdf = by_link.letter(wired(), found.actor, found.household, wanted(found)) if found else None
    if found is None or pdf is None:
        return redirect(f"/answer/{token}")
    headers = {"Content-Disposition": f'inline; filename="referral-{found.referral}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def wanted(found: answer_by_link.Opened) -> str:
    """The letter that the link came with; by `?number=` an update or correction that the same team got."""
    number = request.args.get("number", type=int)
    return (by_link.numbered(wired(), found.referral, found.recipient, number) if number else None) or found.letter


@blueprint.post("/answer")
@access("link")
def answer(token: str) -> ResponseReturnValue:
    found = opened(token)
    if found is None:
        return ask(token), 422
    try:
        given = Reply(request.form.get("answer", ""), next_on=date_typed(request.form, "next_on"), **typed(*TEXTS))
        speaker = Speaker(request.form.get("said_by", ""), request.form.get("said_role", ""))
        answer_by_link.answer(wired(), token, browser(), given, speaker)
    except NotADate as wrong:
        return form(token, found, {"next_on": str(wrong)}), 422
    except Problem as problem:
        return form(token, found, problem.by_field()), 422
    return render_template("screens/answer/thanks.html", answer=given.answer, token=token)


def opened(token: str) -> answer_by_link.Opened | None:
    return answer_by_link.opened(wired(), token, browser())


def ask(token: str) -> str:
    return render_template("screens/answer/ask.html", token=token, carried=carried())


def code_page(token: str, wrong: dict[str, str] | None = None) -> str:
    return render_template(
        "screens/answer/code.html", token=token, carried=carried(), wrong=wrong or {}, minutes=answer_by_link.CODE_MINUTES
    )


def form(token: str, found: answer_by_link.Opened | None = None, wrong: dict[str, str] | None = None) -> str:
    to = found or opened(token)
    assert to is not None
    shown = by_link.read(wired(), to.actor, to.referral, to.letter, to.recipient)
    shown = replace(shown, asked=for_others(wired(), to.household, shown.asked))
    return render_template(
        "screens/answer/answer.html", token=token, shown=shown, to=to, typed=request.form, wrong=wrong or {}, choices=CHOICES
    )


def carried() -> dict[str, str]:
    """What was typed into the answer, while it waits for a code."""
    return {name: request.form[name] for name in FIELDS if request.form.get(name)}


def cookie_name() -> str:
    return "__Host-visitapp-answer" if _secure() else "visitapp-answer"


def browser() -> str:
    """What this browser was given to keep; empty when it was given nothing."""
    return request.cookies.get(cookie_name(), "")


def give(answered: Any, kept: str) -> Response:
    response: Response = current_app.make_response(answered)
    response.set_cookie(cookie_name(), kept, max_age=COOKIE_SECONDS, path="/", httponly=True, samesite="Lax", secure=_secure())
    return response


def _secure() -> bool:
    return bool(wired().settings.origin.startswith("https://"))

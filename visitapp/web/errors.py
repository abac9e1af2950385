"""Everything that goes wrong, in one shape: JSON for programs, a page with the same words for people, both from the catalogue in
`visitapp.problems`."""

import logging

from flask import Flask, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin
from werkzeug.exceptions import HTTPException

from visitapp.problems import Problem, problem
from visitapp.web.security import largest_body

log = logging.getLogger("visitapp.web")

CODES = {400: "unreadable", 403: "not_allowed", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
"""What Flask and Werkzeug raise by themselves -> its code in the catalogue."""


def wants_json() -> bool:
    """The tablet's API always speaks JSON; elsewhere only to a caller that prefers it."""
    if request.path.startswith("/tablet/api/"):
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def answer(what: Problem, reference: str = "") -> ResponseReturnValue:
    if wants_json():
        told = what.as_json()
        if reference:
            told["problem"]["reference"] = reference
        return told, what.status
    if what.code == "not_signed_in" and request.method == "GET":
        return redirect(url_for("sign_in.page", next=request.full_path.rstrip("?")))
    return render_template("problem.html", problem=what, reference=reference), what.status


def on_http(error: HTTPException) -> ResponseReturnValue:
    """Redirects and answers that already carry a response pass through untouched."""
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    return answer(problem(CODES.get(error.code or 500, "unreadable"), limit=largest_body() // 1_000_000))


def on_surprise(error: Exception) -> ResponseReturnValue:
    """The page shows an id and the log carries the same one. The log has the kind of fault and the place in our code, never its message:
    a message may quote what somebody typed."""
    if "_login_user" not in g:
        g._login_user = AnonymousUserMixin()  # the fault may lie in finding out who asks: the page must not ask again
    reference = current_app.extensions["visitapp"].new_id()
    log.error("unexpected %s %s %s at %s", reference, type(error).__name__, request.endpoint, places(error))
    return answer(problem("fault"), reference)


def places(error: BaseException) -> str:
    """`file:line` of each step, innermost last; no values."""
    steps = []
    trace = error.__traceback__
    while trace:
        steps.append(f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(steps[-8:])


def install(app: Flask) -> None:
    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(Exception, on_surprise)

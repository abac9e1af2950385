"""Signing in and out, and the start page, which is a different one for each role."""

from flask import Blueprint, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from visitapp.flow import sign_in
from visitapp.problems import Problem
from visitapp.web import session
from visitapp.web.access import access
from visitapp.web.words import menu

blueprint = Blueprint("sign_in", __name__)


def local_path(wanted: str | None) -> str:
    """Where to go after signing in: only a path of this service, so that a link in a message cannot send anybody elsewhere."""
    given = wanted or ""
    plain = given.isprintable() and "\\" not in given  # a browser reads a backslash as a slash and leaves out tabs and line ends
    return given if plain and given.startswith("/") and not given.startswith("//") else "/"


@blueprint.get("/")
@access("signed_in")
def home() -> ResponseReturnValue:
    return redirect(menu(current_user.role)[0][0])


@blueprint.get("/sign-in")
@access("public")
def page() -> ResponseReturnValue:
    return render_template("screens/sign_in.html", username="", problem=None, next=local_path(request.args.get("next")))


@blueprint.post("/sign-in")
@access("public")
def submit() -> ResponseReturnValue:
    wired = current_app.extensions["visitapp"]
    username, password = request.form.get("username", ""), request.form.get("password", "")
    wanted = local_path(request.form.get("next"))
    try:
        signed_in = sign_in.sign_in(wired, username, password, request.remote_addr or "")
    except Problem as problem:
        return render_template("screens/sign_in.html", username=username, problem=problem, next=wanted), problem.status
    return session.give(redirect(wanted), wired, signed_in.token)


@blueprint.post("/sign-out")
@access("signed_in")
def leave() -> ResponseReturnValue:
    wired = current_app.extensions["visitapp"]
    sign_in.sign_out(wired, request.cookies.get(session.cookie_name(wired), ""))
    return session.take_back(redirect("/sign-in"), wired)

"""The page that the code on a letter leads to. It is public, because whoever was forwarded a letter has no account; it says nothing about
anybody, and a file that is compared stays in the browser.
"""

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow import check
from visitapp.web.access import access
from visitapp.web.asking import wired

blueprint = Blueprint("check", __name__)


@blueprint.get("/check")
@access("public")
def ask() -> ResponseReturnValue:
    typed = "".join(request.args.get("code", "").split())
    return redirect(f"/check/{''.join(letter for letter in typed if letter.isalnum())[:64] or '-'}") if typed else shown("", None)


@blueprint.get("/check/<code>")
@access("public")
def one(code: str) -> ResponseReturnValue:
    found = check.look_up(wired(), code, request.remote_addr or "")
    return shown(code, found), 200 if found else 404


@blueprint.get("/check/certificates.pem")
@access("public")
def certificates() -> ResponseReturnValue:
    return Response(check.certificates(wired()), mimetype="application/x-pem-file")


def shown(code: str, found: check.Checked | None) -> str:
    return render_template("screens/check.html", code=code[:64], found=found)

"""What staff are owed and must know: talks after hard visits, second workers, dates of supervision, and the known risks of a home."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from visitapp.domain import debriefs as talks
from visitapp.domain import risks as known
from visitapp.flow import staff
from visitapp.look import families
from visitapp.web.access import access
from visitapp.web.asking import me, number, today, wired
from visitapp.web.recording import put_right, typed
from visitapp.web.screens.whose_turn import team as cover
from visitapp.web.staff_pages import ANSWER, ASK, DEBRIEF, RISK, RISK_WORDS, SUPERVISION
from visitapp.web.standing_in import Asked, People

blueprint = Blueprint("staff", __name__)


@blueprint.get("/staff")
@access("supervisor")
def index() -> ResponseReturnValue:
    after = [(request.args.get(name, ""), number(f"{name}_seq", 0)) for name in ("debriefs", "requests")]
    return render_template("screens/staff.html", team=staff.team(wired(), me(), *after), now=wired().clock(), today=today())


@blueprint.get("/staff/debrief/<submission>")
@access("team")
def debrief(submission: str) -> ResponseReturnValue:
    about = staff.to_talk_about(wired(), me(), submission) or abort(404)
    if not about.may:
        return render_template("screens/talk.html", about=about, judged=talks.JUDGED, how_is=talks.HOW_IS, now=wired().clock())
    return page(DEBRIEF, worked_through(about), {}, owed_about(about), f"/visits/{submission}")


@blueprint.post("/staff/debrief/<submission>")
@access("team")
def record_debrief(submission: str) -> ResponseReturnValue:
    about = staff.to_talk_about(wired(), me(), submission) or abort(404)
    return kept(DEBRIEF, submission, worked_through(about), owed_about(about), f"/visits/{submission}")


@blueprint.get("/staff/second/<id>")
@access("team")
def second(id: str) -> ResponseReturnValue:
    about = staff.to_answer(wired(), me(), id) or abort(404)
    if not about.may:
        return render_template("screens/second_worker.html", about=about, state=staff.state_of(about.row), now=wired().clock())
    return page(ANSWER, worked_through(about), {}, f"{owed_about(about)} {about.row['words']}")


@blueprint.post("/staff/second/<id>")
@access("team")
def answer_second(id: str) -> ResponseReturnValue:
    about = staff.to_answer(wired(), me(), id) or abort(404)
    return kept(ANSWER, id, worked_through(about), f"{owed_about(about)} {about.row['words']}")


@blueprint.get("/staff/supervision/<account>")
@access("supervisor")
def supervised(account: str) -> ResponseReturnValue:
    whom, dates = staff.supervised(wired(), me(), account)
    return render_template("screens/supervision.html", whom=whom, dates=dates)


@blueprint.get("/staff/supervision/<account>/<what>")
@access("supervisor")
def supervision(account: str, what: str) -> ResponseReturnValue:
    whom, _ = staff.supervised(wired(), me(), account)
    return page(SUPERVISION.get(what) or abort(404), ("Supervision", f"/staff/supervision/{account}"), {}, whom["name"])


@blueprint.post("/staff/supervision/<account>/<what>")
@access("supervisor")
def record_supervision(account: str, what: str) -> ResponseReturnValue:
    whom, _ = staff.supervised(wired(), me(), account)
    asked = SUPERVISION.get(what) or abort(404)
    return kept(asked, account, ("Supervision", f"/staff/supervision/{account}"), whom["name"])


@blueprint.get("/families/<household>/second-worker")
@access("team")
def ask(household: str) -> ResponseReturnValue:
    return page(ASK, *of_family(household))


@blueprint.post("/families/<household>/second-worker")
@access("team")
def ask_for_second(household: str) -> ResponseReturnValue:
    back, _, name = of_family(household)
    return kept(ASK, household, back, name)


@blueprint.get("/families/<household>/risks")
@access("team")
def risks(household: str) -> ResponseReturnValue:
    family, listed = staff.risks_of(wired(), me(), household, number("before", staff.LAST)) or abort(404)
    return render_template("screens/risks.html", family=family, page=listed, kinds=known.KINDS)


@blueprint.get("/families/<household>/risks/new")
@access("team")
def new_risk(household: str) -> ResponseReturnValue:
    return page(RISK, *of_family(household, "/risks"))


@blueprint.post("/families/<household>/risks/new")
@access("team")
def record_risk(household: str) -> ResponseReturnValue:
    back, _, name = of_family(household, "/risks")
    return kept(RISK, household, back, name)


@blueprint.get("/risks/<id>/<word>")
@access("team")
def risk(id: str, word: str) -> ResponseReturnValue:
    about = staff.to_say(wired(), me(), id) or abort(404)
    return page(RISK_WORDS.get(word) or abort(404), risks_page(about), {}, risk_about(about))


@blueprint.post("/risks/<id>/<word>")
@access("team")
def say_of_risk(id: str, word: str) -> ResponseReturnValue:
    about = staff.to_say(wired(), me(), id) or abort(404)
    return kept(RISK_WORDS.get(word) or abort(404), id, risks_page(about), risk_about(about))


def of_family(household: str, then: str = "") -> tuple[tuple[str, str], dict[str, str], str]:
    """Where a form of a family leads back to, with nothing wrong yet, and the family's name."""
    family = families.family(wired(), me(), household) or abort(404)
    back = ("Known risks", f"/families/{household}{then}") if then else ("Family record", f"/families/{household}")
    return back, {}, family.household["name"]


def worked_through(about: staff.About) -> tuple[str, str]:
    """Back to the list that a supervisor works through, or to the family for whoever stands in for one."""
    here = "Family record", f"/families/{about.family['household']}"
    return ("Staff", "/staff") if current_user.role == "supervisor" else here


def risks_page(about: staff.About) -> tuple[str, str]:
    return "Known risks", f"/families/{about.family['household']}/risks"


def owed_about(about: staff.About) -> str:
    return about.duty["what"] if about.duty else about.family["name"]


def risk_about(about: staff.About) -> str:
    return f"{known.KINDS[about.row['kind']]}. {about.row['words']}"


def kept(asked: Asked, about: str, back: tuple[str, str], subject: str, read: str = "") -> ResponseReturnValue:
    """Keep it and go back, or the same page with everything as typed and what is wrong beside its field."""
    said, unread = typed(asked.fields, request.form)
    wrong = put_right(lambda: asked.do(wired(), me(), said | {"about": about}), unread)
    return (page(asked, back, wrong, subject, read), 422) if wrong else redirect(back[1])


def page(asked: Asked, back: tuple[str, str], wrong: dict[str, str], subject: str, read: str = "") -> str:
    """`read` is where what it is about is read."""
    everybody = {one.account: one.name for one in cover().now.members.values()} if asked is ANSWER else {}
    answers: dict[str, Any] = request.form.to_dict(flat=False)
    return render_template(
        "screens/asked.html",
        asked=asked,
        path=request.path,
        subject=subject,
        read=read,
        offered=People({}, everybody),
        typed={name: values[-1] for name, values in answers.items()},
        chosen=answers,
        wrong=wrong,
        back=back,
    )

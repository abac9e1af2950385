"""Referrals from both sides: what is to be completed, what waits for an answer and whose it is, and what was answered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from visitapp.domain import referrals as states
from visitapp.domain.moments import LONDON, is_instant, moment
from visitapp.domain.replies import CHOICES
from visitapp.flow import asking_again, disagreements_shown, joined_referrals, phoning, raised, refer, reply, send_on, whose_turn
from visitapp.flow.people_schemas import VISITING
from visitapp.flow.protected import for_others
from visitapp.look import referrals
from visitapp.problems import Problem
from visitapp.web.access import LISTS, access
from visitapp.web.asking import me, number, side, today, wired
from visitapp.web.going import going, wishes
from visitapp.web.screens import completing
from visitapp.web.words import DECISIONS

blueprint = Blueprint("referrals", __name__)

SENT_MEANWHILE = (
    "It was sent meanwhile, perhaps from another window. What you typed here was not sent: send what is new in it as an update."
)
NOT_TOLD_WHY = {
    "raises_risk": "It would raise the risk of significant harm to a child",
    "endangers": "It would put somebody in danger",
    "hinders_police": "It would hinder the police or harm evidence",
    "delay": "Reaching them would delay the referral too long",
}


@blueprint.get("/referrals")
@access("casework")
def index() -> ResponseReturnValue:
    part, after = request.args.get("list", ""), request.args.get("after", "")
    try:
        page = referrals.worklist(wired(), side(), me(), number("before", referrals.NEWEST), part, after)
    except ValueError:
        abort(404)
    if side() == "received":
        page = replace(page, parts={name: _part_as_theirs(one) for name, one in page.parts.items()}, closed=_each_as_theirs(page.closed))
    name = "screens/inbox.html" if side() == "received" else "screens/referrals.html"
    return render_template(name, page=page, now=wired().clock(), states=states, outcomes=DECISIONS, whole=not part)


@blueprint.get("/referrals/<id>")
@access("casework")
def one(id: str) -> ResponseReturnValue:
    return shown(id)


@blueprint.get("/referrals/<id>/letter.pdf")
@access("casework")
def letter(id: str) -> ResponseReturnValue:
    found = referrals.letter(wired(), side(), me(), id)
    if found is None:
        abort(404)
    headers = {"Content-Disposition": f'inline; filename="referral-{id}.pdf"'}
    return Response(found, mimetype="application/pdf", headers=headers)


@blueprint.post("/referrals/<id>/send")
@access("visiting_staff")
def send(id: str) -> ResponseReturnValue:
    if completing.LOOK_OVER in request.form:
        return shown(id, "send")
    completion, problems = completing.completed(id)
    if completion is not None:
        try:
            problems = done(lambda: refer.send(wired(), me(), id, completion, wishes()))
        except Problem as problem:
            return sent_already(id, problem)
    return settled(id, "send", problems)


def sent_already(id: str, problem: Problem) -> ResponseReturnValue:
    """It was sent meanwhile, as from another window: what was typed in this one is kept, to be told as an update. Anything else goes on as
    the problem it is."""
    if problem.code != "state_wrong":
        raise problem
    kept = MultiDict({"words": completing.as_words()})
    return shown(id, "update", [{"field": "words", "message": SENT_MEANWHILE}], kept), problem.status


@blueprint.post("/referrals/<id>/raise")
@access("team")
def ask_again(id: str) -> ResponseReturnValue:
    """Whoever has it is told that it became graver, and asked again."""
    if completing.LOOK_OVER in request.form:
        return shown(id, "raise")
    completion, problems = completing.completed(id)
    if completion is not None:
        try:
            problems = done(lambda: asking_again.send(wired(), me(), id, completion, wishes()))
        except Problem as problem:
            return sent_already(id, problem)
    return settled(id, "raise", problems)


@blueprint.post("/referrals/<id>/let-stand")
@access("accountable")
def let_stand(id: str) -> ResponseReturnValue:
    return settled(id, "let_stand", done(lambda: raised.let_stand(wired(), me(), id, request.form.get("stand_reason", ""))))


@blueprint.post("/referrals/<id>/withdraw")
@access("registered")
def withdraw(id: str) -> ResponseReturnValue:
    return settled(id, "withdraw", done(lambda: refer.withdraw(wired(), me(), id, request.form.get("reason", ""))))


@blueprint.post("/referrals/<id>/acknowledge")
@access("social_care")
def acknowledge(id: str) -> ResponseReturnValue:
    return settled(id, "acknowledge", done(lambda: reply.acknowledge(wired(), me(), id)))


def done(act: Callable[[], object]) -> list[dict[str, str]]:
    """Do it; what the person can put right comes back to stand beside its field, anything else goes on as the problem it is."""
    try:
        act()
    except Problem as problem:
        return [{"field": field, "message": message} for field, message in problem.by_field().items()]
    return []


def settled(id: str, form: str, problems: list[dict[str, str]]) -> ResponseReturnValue:
    """Back to the referral, or the same page with everything as typed."""
    return (shown(id, form, problems), 422) if problems else redirect(f"/referrals/{id}")


def already_told(calls: Iterable[Mapping[str, Any]]) -> MultiDict[str, str]:
    """What the practitioner recorded at the visit is not asked for again: whom they reached, and when."""
    reached = next((call for call in reversed(tuple(calls)) if call["reached"] and is_instant(call["at_time"])), None)
    if reached is None:
        return MultiDict()
    at = moment(reached["at_time"]).astimezone(LONDON)
    day = {"phoned_at-day": str(at.day), "phoned_at-month": str(at.month), "phoned_at-year": str(at.year), "phoned_at-time": f"{at:%H:%M}"}
    return MultiDict(day | {"phoned_who": f"{reached['spoke_to']} ({reached['who']})"})


def _part_as_theirs(part: referrals.Part) -> referrals.Part:
    return replace(part, referrals=_each_as_theirs(part.referrals))


def _each_as_theirs(found: Iterable[referrals.Referral]) -> tuple[referrals.Referral, ...]:
    return tuple(map(_as_theirs, found))


def _as_theirs(one: referrals.Referral) -> referrals.Referral:
    """As the team reads it to which it was referred."""
    return replace(one, events=for_others(wired(), one.row["household"], one.events))


def shown(id: str, form: str = "", problems: list[dict[str, str]] | None = None, kept: MultiDict[str, str] | None = None) -> str:
    found = referrals.opened(wired(), side(), me(), id)
    if found is None:
        abort(404)
    if side() == "received":
        found = replace(found, referral=_as_theirs(found.referral))
    untold = side() != "received" and states.is_untold(event["event"] for event in found.referral.events)
    to_complete = (found.referral.state == states.PROPOSED and current_user.role in VISITING) or untold
    proposed = found.referral.events[0]
    made = [call for call in found.calls if phoning.about_it(call, proposed["at"], proposed["actor_name"] is not None)]
    said = kept or request.form or (completing.asked_before(found.referral.asked) if untold else already_told(made))
    return render_template(
        "screens/referral.html",
        **completing.asking(id) if to_complete else {},
        **going(id, said),
        opened=found,
        referral=found.referral,
        states=states,
        wrong={problem["field"]: problem["message"] for problem in problems or ()},
        form=form,
        typed=said,
        why=NOT_TOLD_WHY,
        choices=CHOICES,
        teams=send_on.choices(wired()) if found.referral.state == states.RETURNED else (),
        children=completing.children(id) if found.referral.state == states.RETURNED and side() == "team" else (),
        today=today(),
        disagreements=disagreements_shown.shown(wired(), me(), id),
        may_disagree=disagreements_shown.may_raise(wired(), me(), id),
        turns=whose_turn.of_family(wired(), me(), found.referral.row["household"], id),
        receiving=current_user.role == "social_care",
        may_let_stand=current_user.role in LISTS["accountable"],
        may_withdraw=current_user.role in LISTS["registered"],
        beside=joined_referrals.beside(wired(), id) if side() == "team" else (),
        now=wired().clock(),
    )

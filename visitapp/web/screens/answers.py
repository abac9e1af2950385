"""The answers to a referral: given by the team that has it, or written down as they told it by phone; and sending it on when it was given
back."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from visitapp.domain.replies import DECISION, NOT_FOR_US, Reply, Speaker
from visitapp.flow import reply, send_on
from visitapp.web.access import access
from visitapp.web.asking import dates_typed, me, typed, wired
from visitapp.web.dates import date_typed, moment_typed
from visitapp.web.screens import completing
from visitapp.web.screens.referrals import done, settled

blueprint = Blueprint("answers", __name__)

TEXTS = ("outcome", "reason", "next_step", "contact", "not_ours_reason", "whose")


@blueprint.post("/referrals/<id>/decide")
@access("social_care")
def decide(id: str) -> ResponseReturnValue:
    return given(id, "decide", DECISION)


@blueprint.post("/referrals/<id>/not-for-us")
@access("social_care")
def not_for_us(id: str) -> ResponseReturnValue:
    return given(id, "not_for_us", NOT_FOR_US)


def given(id: str, form: str, answer: str) -> ResponseReturnValue:
    dates, problems = dates_typed(("next_on", date_typed))
    if not problems:
        said = Reply(answer, next_on=dates["next_on"], **typed(*TEXTS))
        problems = done(lambda: reply.answer(wired(), me(), id, said))
    return settled(id, form, problems)


@blueprint.post("/referrals/<id>/told-by-phone")
@access("team")
def told_by_phone(id: str) -> ResponseReturnValue:
    dates, problems = dates_typed(("said_at", moment_typed), ("next_on", date_typed))
    if not problems:
        said = Reply(request.form.get("answer", ""), next_on=dates["next_on"], **typed(*TEXTS))
        speaker = Speaker(request.form.get("said_by", ""), request.form.get("said_role", ""), dates["said_at"])
        problems = done(lambda: reply.told_by_phone(wired(), me(), id, said, speaker))
    return settled(id, "told_by_phone", problems)


@blueprint.post("/referrals/<id>/send-on")
@access("team")
def pass_on(id: str) -> ResponseReturnValue:
    said = typed("team", "why", "asked_for", "where_child_is")
    dates, problems = dates_typed(("asked_by_on", date_typed))
    if not problems:
        where = completing.whereabouts(id)
        anew = send_on.Anew(said["asked_for"], dates["asked_by_on"], said["where_child_is"], where) if "asked_for" in request.form else None
        problems = done(lambda: send_on.send_on(wired(), me(), id, said["team"], said["why"], anew))
    return settled(id, "send_on", problems)

"""Who gets a referral: shown before it is sent with what the practitioner wishes otherwise, and afterwards added to, or handed over by
hand."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from visitapp.flow import hand_over, phoning, routing, updates
from visitapp.look import recipients
from visitapp.web.access import access
from visitapp.web.asking import dates_typed, me, side, typed, wired
from visitapp.web.dates import moment_typed
from visitapp.web.going import added
from visitapp.web.screens.referrals import done, settled, shown

blueprint = Blueprint("recipients", __name__)


@blueprint.post("/referrals/<id>/who")
@access("team")
def who(id: str) -> ResponseReturnValue:
    """The same page with everything as typed, and who gets it by what was typed."""
    return shown(id, "who")


@blueprint.post("/referrals/<id>/calls")
@access("team")
def call(id: str) -> ResponseReturnValue:
    dates, problems = dates_typed(("call_at", moment_typed))
    if not problems:
        said = phoning.Call(**typed("whom", "number", "reached", "spoke_to", "agreed"), at_time=dates["call_at"])
        problems = done(lambda: phoning.record(wired(), me(), id, said))
    return settled(id, "call", problems)


@blueprint.post("/referrals/<id>/updates")
@access("team")
def update(id: str) -> ResponseReturnValue:
    more = updates.More(updates.UPDATE, words=request.form.get("words", ""), submission=request.form.get("news") or None)
    return settled(id, "update", done(lambda: updates.tell(wired(), me(), id, more)))


@blueprint.post("/referrals/<id>/corrections")
@access("team")
def correct(id: str) -> ResponseReturnValue:
    more = updates.More(updates.CORRECTION, **typed("was_wrong", "is_right", "says_who"))  # type: ignore[arg-type]
    return settled(id, "correction", done(lambda: updates.tell(wired(), me(), id, more)))


@blueprint.post("/referrals/<id>/copies")
@access("team")
def add_copy(id: str) -> ResponseReturnValue:
    return settled(id, "copy", done(lambda: routing.add_copy(wired(), me(), id, added())))


@blueprint.post("/referrals/<id>/handed-over")
@access("team")
def handed_over(id: str) -> ResponseReturnValue:
    recipient = request.form.get("recipient", "")
    how = request.form.get(f"how-{recipient}", "")
    return settled(id, "handed_over", done(lambda: hand_over.handed_over(wired(), me(), id, recipient, how)))


@blueprint.get("/referrals/<id>/letters/<letter>.pdf")
@access("casework")
def one_letter(id: str, letter: str) -> ResponseReturnValue:
    """A letter of the referral that is not the one to its receiver: a copy, an update, a correction."""
    found = recipients.letter(wired(), side(), me(), id, letter)
    if found is None:
        abort(404)
    return Response(found, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="referral-{letter}.pdf"'})

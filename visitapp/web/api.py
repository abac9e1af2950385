"""What a tablet asks of the service, as JSON: who is signed in, its caseload, what it delivers and what became of it. The shapes are in
docs/sync.md."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from visitapp.flow import devices, photographs, receive, reviewing, second_workers, unsent
from visitapp.look import results
from visitapp.look.reading import opened_offline
from visitapp.problems import problem, wrong
from visitapp.web.access import access
from visitapp.web.asking import me, wired
from visitapp.web.caseload import as_json as caseload_json

blueprint = Blueprint("api", __name__, url_prefix="/tablet/api")

MOST_OPENINGS = 500


@blueprint.get("/whoami")
@access("signed_in")
def whoami() -> ResponseReturnValue:
    return {"account": {"id": current_user.id, "name": current_user.name, "role": current_user.role}}


@blueprint.post("/devices")
@access("visiting_staff")
def register() -> ResponseReturnValue:
    label = sent().get("label")
    if not isinstance(label, str):
        raise wrong("label", "Give this tablet a name.")
    return asdict(devices.register(wired(), me(), label)), 201


@blueprint.get("/device")
@access("device")
def device() -> ResponseReturnValue:
    """That this tablet's own credential still counts. A tablet asks whenever it is online, locked or not, and opens nothing after a no."""
    return {"account": me(), "device": current_user.device}


@blueprint.get("/recovery")
@access("visiting_staff")
def recovery() -> ResponseReturnValue:
    return {"recovery": devices.recovery(wired(), me(), request.args.get("device", ""))}


@blueprint.get("/caseload")
@access("visiting_staff")
def caseload() -> ResponseReturnValue:
    return caseload_json(wired(), current_user)


@blueprint.post("/submissions")
@access("device")
def submissions() -> ResponseReturnValue:
    received = receive.receive(wired(), devices.Sender(me(), current_user.device), request.get_data())
    return received.body, received.status


@blueprint.post("/submissions/<visit>/photographs/<id>/missing")
@access("device")
def missing(visit: str, id: str) -> ResponseReturnValue:
    """Which pieces of a photograph have not come yet, or its receipt when all have."""
    received = photographs.missing(wired(), devices.Sender(me(), current_user.device), visit, id, request.get_data())
    return received.body, received.status


@blueprint.put("/submissions/<visit>/photographs/<id>/pieces/<sha256>")
@access("device")
def piece(visit: str, id: str, sha256: str) -> ResponseReturnValue:
    received = photographs.piece(wired(), devices.Sender(me(), current_user.device), visit, id, sha256, request.get_data())
    return received.body, received.status


@blueprint.put("/unsent")
@access("device")
def unsent_held() -> ResponseReturnValue:
    """What this tablet holds and has not sent: ids and times, and nothing that is in it."""
    device = current_user.device or devices.own(wired(), me(), request.args.get("device", ""))
    unsent.told(wired(), devices.Sender(me(), device), sent())
    return "", 204


@blueprint.post("/second-workers")
@access("device")
def second_worker() -> ResponseReturnValue:
    """One tap, perhaps of a while ago and perhaps not for the first time: what is known of the request. It names the family and reads
    nothing of it."""
    asked = {name: str(value) for name, value in sent().items() if name in ("household", "id", "asked_from", "asked_at")}
    if len(asked) < 4:
        raise wrong("id", "A request has a family, an id, where it was asked and when.")
    return second_workers.ask_by_tap(wired(), me(), asked.pop("household"), **asked)


@blueprint.get("/receipts/<id>")
@access("device")
def receipt(id: str) -> ResponseReturnValue:
    found = results.receipt(wired(), me(), id)
    if found is None:
        abort(404)
    return found


@blueprint.get("/results")
@access("visiting_staff")
def outcomes() -> ResponseReturnValue:
    """What became of the visits that a tablet asks about. The answer's tag says whether anything is new for whoever asks, to take the
    families again for; asked for no visit, and nothing new, the answer is 304 and nothing more."""
    news, ids = results.news(wired(), me()), [id for id in request.args.get("ids", "").split(",") if id]
    if not ids and request.if_none_match.contains_weak(news):
        answer = Response(status=304)
    else:
        answer = jsonify([with_words(one) for one in results.of(wired(), me(), ids)])
    answer.set_etag(news)
    return answer


@blueprint.post("/questions/<question>/answer")
@access("visiting_staff")
def answer(question: str) -> ResponseReturnValue:
    """Whoever visited answers a question about their visit. The same answer again changes nothing."""
    words = sent().get("answer")
    return {"submission": reviewing.answer(wired(), me(), question, words if isinstance(words, str) else "")}


@blueprint.post("/openings")
@access("visiting_staff")
def openings() -> ResponseReturnValue:
    """Families that were opened offline: the audit lines that the tablet could not send at the time."""
    told = sent(list)
    if len(told) > MOST_OPENINGS or not all(isinstance(one, dict) for one in told):
        raise wrong("openings", f"Send up to {MOST_OPENINGS} openings at a time, each with a household and a time.")
    opened_offline(wired(), me(), [(str(one.get("household", ""))[:36], str(one.get("at", ""))[:24]) for one in told])
    return "", 204


def sent(kind: type = dict) -> Any:
    found = request.get_json(force=True, silent=True)
    if not isinstance(found, kind):
        raise problem("not_json")
    return found


def with_words(result: dict[str, Any]) -> dict[str, Any]:
    """A result with the destination in the words of the family's area."""
    area = result.pop("council_area", None)
    if "destination" in result:
        code = result["destination"]["code"]
        result["destination"]["words"] = destination_words(code, area)
    return result


def destination_words(code: str, area: str | None) -> str:
    """The area's own words for a destination; the code itself where the area has no routes any more."""
    routes = wired().catalogue.routes_by_area.get(area or "")
    return routes.destinations[code].words if routes and code in routes.destinations else code

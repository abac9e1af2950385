"""What is agreed for a family and who carries it: plans and what came of them, other agencies, meetings, help, the agreed level, what is
owed; and a page to record each. Every such page is drawn from one table, and works without script."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from visitapp.flow import arrangements, supervision
from visitapp.look import accounts
from visitapp.web.access import access
from visitapp.web.asking import me, wired
from visitapp.web.recording import RECORDS, Offered, Record, on_page, put_right, typed

blueprint = Blueprint("arrangements", __name__)


@blueprint.get("/families/<household>/arrangements")
@access("team")
def one(household: str) -> ResponseReturnValue:
    family, decided = shown(household), supervision.decisions(wired(), me(), household)
    return render_template("screens/arrangements.html", shown=family, decisions=decided, now=wired().clock())


@blueprint.get("/families/<household>/record/<what>")
@access("team")
def form(household: str, what: str) -> ResponseReturnValue:
    return page(household, record_of(what), {})


@blueprint.post("/families/<household>/record/<what>")
@access("team")
def record(household: str, what: str) -> ResponseReturnValue:
    record = record_of(what)
    said, unread = typed(record.fields, request.form)
    about, named = request.args.get("about", ""), on_page(record.fields, request.form)
    wrong = put_right(lambda: record.do(wired(), me(), household, about, said), unread, named)
    if wrong:
        return page(household, record, wrong), 422
    return redirect(f"/families/{household}/arrangements")


def record_of(what: str) -> Record:
    return RECORDS.get(what) or abort(404)


def shown(household: str) -> arrangements.Shown:
    return arrangements.shown(wired(), me(), household) or abort(404)


def page(household: str, record: Record, wrong: dict[str, str]) -> str:
    family = shown(household)
    about = request.args.get("about", "")
    offered = Offered(
        {row["person"]: row["given_names"] for row in family.people},
        {row["person"]: row["given_names"] for row in family.people if row["role"] == "child"},
        {row["account"]: row["name"] for row in accounts.colleagues(wired(), me())},
        {row["code"]: row["said"] for row in family.findings},
        {row["id"]: row["name"] for row in family.of.agencies if row["closed_on"] is None},
        {level.level: f"{level.level}: {level.name}" for level in wired().catalogue.levels.levels},
    )
    answers: dict[str, Any] = request.form.to_dict(flat=False)
    return render_template(
        "screens/record.html",
        household=household,
        record=record,
        offered=offered,
        about=about,
        subject=record.subject(family, about),
        typed={name: values[-1] for name, values in answers.items()},
        chosen=answers,
        wrong=wrong,
    )

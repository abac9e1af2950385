"""Registering a family: its first child, the adult who cares for them, and where they live. A mistake is said beside its field, and
everything stays as it was typed."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from visitapp.domain import roles
from visitapp.flow import people
from visitapp.look import accounts
from visitapp.web.access import access
from visitapp.web.asking import me, wired
from visitapp.web.dates import NotADate, date_typed
from visitapp.web.recording import UNREAD, put_right

blueprint = Blueprint("registration", __name__)

FAMILY = ("name", "address", "postcode", "area", "practitioner")
CHILD = ("given_names", "family_name", "nhs_number", "nhs_number_absent_why", "language")
ADULT = ("role", "given_names", "family_name", "nhs_number", "phone")


@blueprint.get("/families/new")
@access("team")
def form() -> ResponseReturnValue:
    return shown({})


@blueprint.post("/families/new")
@access("team")
def register() -> ResponseReturnValue:
    wrong: dict[str, str] = {}
    child: dict[str, Any] = part("child", CHILD) | dates("child", ("born_on", "due_on"), wrong)
    child |= {"gestation_days": gestation(wrong), "interpreter": {"yes": True, "no": False}.get(request.form.get("child-interpreter", ""))}
    adult: dict[str, Any] = part("adult", ADULT) | dates("adult", ("born_on",), wrong)
    made: list[str] = []
    family = part("family", FAMILY)
    wrong = put_right(lambda: made.append(people.register_family(wired(), me(), family=family, child=child, adult=adult)), wrong)
    return (shown(wrong), 422) if wrong else redirect(f"/families/{made[0]}")


def part(name: str, fields: tuple[str, ...]) -> dict[str, str]:
    return {field: request.form.get(f"{name}-{field}", "") for field in fields}


def dates(name: str, fields: tuple[str, ...], wrong: dict[str, str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for field in fields:
        try:
            found[field] = date_typed(request.form, f"{name}-{field}")
        except NotADate as fault:
            found[field], wrong[f"{name}-{field}"] = UNREAD, str(fault)
    return found


def gestation(wrong: dict[str, str]) -> int | str | None:
    """The length of the pregnancy in days from its weeks and days; None when neither was given, `UNREAD` where they cannot be read."""
    weeks, days = (request.form.get(f"child-gestation-{unit}", "").strip() for unit in ("weeks", "days"))
    if not weeks and not days:
        return None
    if not all(one.isascii() and one.isdigit() and len(one) <= 2 for one in (weeks, days or "0")) or int(days or 0) > 6:
        wrong["child-gestation_days"] = "Write whole weeks, and days from 0 to 6, for example 39 and 4."
        return UNREAD
    return int(weeks) * 7 + int(days or 0)


def shown(wrong: dict[str, str]) -> str:
    colleagues = accounts.colleagues(wired(), me()) if current_user.role == "supervisor" else ()
    return render_template(
        "screens/registration.html",
        typed=request.form,
        wrong=wrong,
        areas=sorted(wired().catalogue.routes_by_area),
        carers=roles.ADULTS,
        colleagues=colleagues,
    )

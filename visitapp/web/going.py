"""What the page of a referral shows of who gets it, and what the practitioner typed of whom they wish otherwise."""

from collections.abc import Mapping
from typing import Any

from flask import request

from visitapp.domain.documents import KINDS, as_kind
from visitapp.flow import asking_again, phoning, routing, updates
from visitapp.web.asking import typed, wired

ADDABLE = {code: KINDS[as_kind(code)].title for code in routing.ADDABLE}
ELSEWHERE = "other"


def areas() -> dict[str, str]:
    """The council areas that can be chosen, by code, with one for those that are not here."""
    return {code: code.replace("_", " ").capitalize() for code in routing.areas(wired())} | {ELSEWHERE: "Another area, not in this list"}


def going(referral: str, said: Mapping[str, str]) -> dict[str, Any]:
    """What the page shows of who gets a referral that is not sent yet, or that became graver and is asked for again."""
    told = said.get("parents_told") or "yes"  # until somebody says, what is offered to parents who were told is shown
    where = routing.Said(said.get("area_now", ""), told)
    chosen, again = routing.before_sending(wired(), referral, where), asking_again.shown(wired(), referral, where)
    chosen = again.going if again and again.may else chosen
    return {
        "going": chosen,
        "again": again,
        "areas": areas(),
        "addable": ADDABLE,
        "phoning": phoning.phoning(wired(), referral, chosen),
        "updates": updates.shown(wired(), referral),
    }


def wishes() -> routing.Wishes:
    """What the practitioner wishes otherwise, as typed."""
    form = request.form
    leave_out = {key: form.get(f"leave_out_why-{key}", "") for key in form.getlist("leave_out")}
    return routing.Wishes(leave_out, tuple(form.getlist("ask_for")), added(), form.get("receiver"))


def added() -> routing.Added:
    said = typed("add_name", "add_address", "add_document", "add_why")
    return routing.Added(said["add_name"], said["add_address"], said["add_document"] or "health_copy", said["add_why"])

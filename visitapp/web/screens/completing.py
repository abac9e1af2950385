"""What a practitioner types to complete a referral, from the fields of the page to a completion and back, with nothing lost on the way."""

from collections.abc import Mapping
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from visitapp.domain.plain_words import INSTEAD, Pointed, pointed_out
from visitapp.flow import completing, refer
from visitapp.web.asking import dates_typed, me, typed, wired
from visitapp.web.dates import date_typed, moment_typed

TEXTS = (
    "asked_for", "why_not_early_help", "parents_told", "parents_said", "not_told_detail", "agreement", "agreed_by", "phoned_who",
    "where_child_is", "area_now", "safe_number", "safe_times", "meanwhile",
)  # fmt: skip
WATCHED = ("asked_for", "why_not_early_help", "parents_said", "not_told_detail", "where_child_is", "meanwhile")
"""The texts in which words that judge are pointed out."""
TO_TELL = {
    "asked_for": "What I ask for", "why_not_early_help": "Why early help is not enough", "where_child_is": "Where the children are",
    "parents_said": "What the parents said", "not_told_detail": "Why they were not told", "meanwhile": "Meanwhile",
}  # fmt: skip
STILL_TRUE = ("why_not_early_help", "agreement", "agreed_by", "area_now", "safe_number", "safe_times", "meanwhile")
SENTENCE, SAID_BY = "sentence-", "said_by-"
LOOK_OVER = "look"
"""The name of the button that shows the page again, with words pointed out, and sends nothing."""


def completed(referral: str) -> tuple[refer.Completion | None, list[dict[str, str]]]:
    """The completion as it was typed, or everything that is to be put right where a date of it cannot be read."""
    dates, problems = dates_typed(("asked_by_on", date_typed), ("phoned_at", moment_typed))
    asked = completing.asking(wired(), me(), referral)
    completion = refer.Completion(
        **typed(*TEXTS),  # type: ignore[arg-type]
        not_told_why=tuple(request.form.getlist("not_told_why")),  # type: ignore[arg-type]
        tonight=tuple(found for one in asked.children if (found := _tonight(one.person))),
        sentences=completing.changes(asked, _sentences()),
        as_known="as_known" in request.form,
        said_by=tuple(words for one in asked.parents if (words := _said_by(one))),
        said_may_stand="said_may_stand" in request.form,
        **{name: dates.get(name) for name in ("asked_by_on", "phoned_at")},  # type: ignore[arg-type]
    )
    if not problems:
        return completion, []
    unread = {one["field"] for one in problems}
    more = [(field, message) for field, message in refer.to_put_right(wired(), me(), referral, completion) if field not in unread]
    return None, [*problems, *({"field": field, "message": message} for field, message in more)]


def as_words() -> str:
    """What was typed, as one text: so that it can be told where it can no longer be sent."""
    parts = [(label, request.form.get(name, "").strip()) for name, label in TO_TELL.items()]
    return "\n".join(f"{label}: {text}" for label, text in parts if text)


def asked_before(said: Mapping[str, Any]) -> MultiDict[str, str]:
    """What is as true when a referral is asked for again as when it was first sent. What is asked, whether the parents know, and where the
    children are tonight is said anew."""
    return MultiDict({name: said.get(name) or "" for name in STILL_TRUE})


def children(referral: str) -> tuple[completing.Child, ...]:
    """Who is asked after, of a referral that is sent on."""
    return completing.asking(wired(), me(), referral).children


def whereabouts(referral: str) -> tuple[refer.Whereabouts, ...]:
    """Where each child is tonight, as far as it was typed."""
    return tuple(found for one in completing.asking(wired(), me(), referral).children if (found := _tonight(one.person)))


def _tonight(person: str) -> refer.Whereabouts | None:
    where, beside = (request.form.get(f"tonight-{person}-{part}", "") for part in ("where", "with"))
    return refer.Whereabouts(person, where, beside) if where.strip() or beside.strip() else None


def _said_by(one: completing.Parent) -> refer.SaidBy | None:
    words = request.form.get(f"{SAID_BY}{one.person}", "")
    return refer.SaidBy(one.person, one.name, words) if words.strip() else None


def _sentences() -> dict[str, str]:
    return {name.removeprefix(SENTENCE): text for name, text in request.form.items() if name.startswith(SENTENCE)}


def asking(referral: str) -> dict[str, Any]:
    """What the page needs beside what was typed: what is asked, and the words to point out by field."""
    asked = completing.asking(wired(), me(), referral)
    shown = {f"{SENTENCE}{one.id}": one.text for one in asked.sentences} | request.form.to_dict()
    return {"asked": asked, "pointed": _pointed(shown), "instead": INSTEAD}


def _pointed(texts: Mapping[str, str]) -> dict[str, tuple[Pointed, ...]]:
    watched = {name: text for name, text in texts.items() if name in WATCHED or name.startswith((SENTENCE, SAID_BY))}
    return {name: found for name, text in watched.items() if (found := pointed_out(text))}

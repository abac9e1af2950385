"""Codes, instants and dates as people read them: the filters that every template may use. Times are shown as in London."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import Flask, current_app, request
from flask_login import current_user

from visitapp.domain import agencies, curiosity, disagreements, documents, duties, helping, ladder, losses, moments, plans, reviews, roles
from visitapp.domain.answers import WHY_ABSENT
from visitapp.domain.findings import LEVELS
from visitapp.domain.nhs_number import spaced
from visitapp.domain.past import INFORMATION, NOT_COMPLETED
from visitapp.domain.replies import OUTCOMES
from visitapp.flow import aside, returns
from visitapp.flow.whose import filled
from visitapp.formlang.model import Form
from visitapp.web.standing_in import stands_in

URGENCIES = {"tonight": "Tonight", "this_week": "This week", "routine": "Routine"}
DESTINATIONS = {
    "social_care_urgent": "Children’s social care, urgent",
    "social_care": "Children’s social care",
    "early_help": "Early help",
    "none": "No referral suggested",
}
EVENTS = {
    "proposed": "Referral proposed",
    "withdrawn": "Referral withdrawn",
    "requested": "Referral sent by the practitioner",
    "lettered": "Letter written",
    "delivered": "Letter delivered",
    "acknowledged": "Received by the receiving team",
    "returned": "Not for that team: given back",
    "bounced": "Letter came back: the receiving team does not have it",
    "sent_on": "Sent on to another team",
    "decided": "Decision recorded",
    "news": "Something new was learnt and attached",
    "raised": "Found graver by a later visit",
    "requested_again": "Asked for again, more urgently",
    "let_stand": "Found graver, and left as it was sent",
}
DELIVERIES = {
    "sent": "Letter handed over",
    "refused": "Letter refused by the receiver’s system",
    "try_again": "Letter could not be handed over yet: it is tried again",
    "unknown": "It is not known whether the letter arrived",
    "collected": "Letter collected by the receiver’s system",
}
TRANSPORTS = {"smtp": "secure e-mail", "folder": "a folder", "mesh": "MESH", "portal": "the receiver’s own form", "by_hand": "hand"}
MAILBOXES = {
    "imap": "to the mailbox letters are sent from",
    "folder": "to the mailbox letters are sent from",
    "mesh": "to our mailbox of MESH",
}
DECISIONS = OUTCOMES
LIFE_EVENTS = {
    "home_from_hospital": "Home from hospital",
    "into_hospital": "Into hospital",
    losses.DIED: "Died",
    losses.STILLBORN: "Stillborn",
    losses.MISCARRIED: "The pregnancy ended",
}
WHY_OPEN = {code: words.lower() for code, words in WHY_ABSENT.items()} | {
    "refused": "refused",
    "unanswered": "not answered",
    "unknown": "not known",
    "not_known": "not known",
    "not_all": "known in part",
}
"""Why something was left open at a visit."""
ANNOUNCED = {True: "Arranged with the family", False: "Not arranged with the family"}
DOCUMENTS: dict[str, str] = {code: kind.title for code, kind in documents.KINDS.items()}

MENUS: dict[str, tuple[tuple[str, str], ...]] = {
    "visiting": (
        ("/tablet/", "Visits on this tablet"),
        ("/mine", "Mine now"),
        ("/families", "Families"),
        ("/find", "Find"),
        ("/referrals", "Referrals"),
        ("/reviews", "Reviews"),
    ),
    "supervisor": (
        ("/today", "Today"),
        ("/mine", "Mine now"),
        ("/families", "Families"),
        ("/find", "Find"),
        ("/team", "Team"),
        ("/referrals", "Referrals"),
        ("/reviews", "Reviews"),
        ("/staff", "Staff"),
        ("/quarantine", "Set aside"),
        ("/status", "What is stuck"),
    ),
    "social_care": (("/referrals", "Referrals to you"),),
    "administrator": (("/accounts", "Accounts"), ("/status", "What is stuck")),
}


def menu(role: str) -> tuple[tuple[str, str], ...]:
    return MENUS.get(role, MENUS["visiting"])


def day(text: str | None) -> str:
    """`2026-11-22` (or an instant) -> `22 November 2026`; nothing -> nothing."""
    if not text:
        return ""
    return moments.date_words(moments.day_of(text) if len(text) > 10 else date.fromisoformat(text))


def short_day(text: str | None) -> str:
    """`2026-11-22` -> `22 Nov 2026`, for tables."""
    if not text:
        return ""
    on = date.fromisoformat(text)
    return f"{on.day} {on:%b %Y}"


def moment(instant: str | None) -> str:
    """An instant -> `22 November 2026 at 10:40`, in London; nothing -> nothing."""
    return moments.moment_words(instant) if instant else ""


def clock(instant: str) -> str:
    """An instant -> `10:40`, in London."""
    return moments.time_words(instant)


def moment_or_text(text: object) -> str:
    """An instant in words; what is not one, as it was written."""
    try:
        return moment(str(text or ""))
    except ValueError:
        return str(text)


def said_by(table: Mapping[Any, str]) -> Callable[[str | None], str]:
    """A filter that puts a code into the words of a table; a code that is not there is shown as it is."""
    return lambda code: table.get(code or "", code or "")


role_words = said_by(roles.ACCOUNTS)


def level_words(row: Mapping[str, Any]) -> str:
    """An interval in words: `At least 2 Early help, could be 4 Acute`. No assessment is said, not left blank, and neither is that no visit
    was completed (the row has the day of the last one) or that this one was not."""
    at_least = row.get("level_at_least", row.get("at_least"))
    could_be = row.get("level_could_be", row.get("could_be"))
    if not at_least or not could_be:
        return "Not assessed yet"
    if row.get("last_visit_on", "") is None and at_least < LEVELS[-1]:  # doors that stayed shut say nothing of the home
        return f"At least {at_least} – {level_name(at_least)}; no visit was completed, so it could be higher"
    if row.get("kind") in (NOT_COMPLETED, INFORMATION) and at_least < LEVELS[-1]:
        return f"At least {at_least} – {level_name(at_least)}; nobody saw the home, so it could be higher"
    if at_least == could_be:
        return f"{at_least} – {level_name(at_least)}"
    return f"At least {at_least} – {level_name(at_least)}; could be {could_be} – {level_name(could_be)}"


def level_name(level: int) -> str:
    return current_app.extensions["visitapp"].catalogue.levels.words(level).name


def form_of(row: Mapping[str, Any]) -> Form | None:
    try:
        return current_app.extensions["visitapp"].catalogue.form(row["form"], row["form_version"])
    except KeyError:
        return None


def form_title(row: Mapping[str, Any]) -> str:
    """The title of the form a visit was recorded on."""
    form = form_of(row)
    return form.title if form else str(row["form"])


def outcome_words(row: Mapping[str, Any]) -> str:
    """A visit's outcome in the words of its own form."""
    form, code = form_of(row), row.get("outcome")
    if not form or not code:
        return code or ""
    return next((one.label for question, _ in form.placed.values() for one in question.options if one.code == code), code)


def announced_words(announced: bool | None) -> str:
    """Whether the family expected a visit; nothing where that was not said."""
    return "" if announced is None else ANNOUNCED[announced]


def rule_words(row: Mapping[str, Any]) -> str:
    """What a finding says where it is present, in the words of its form's version, about no child by name."""
    form = form_of(row)
    rule = form.rules.get(row["code"]) if form else None
    return filled(rule.wording, None) if rule else str(row["code"])


def first_sentence(text: str) -> str:
    return text.partition(". ")[0].removesuffix(".")


def after_first_sentence(text: str) -> str:
    return text.partition(". ")[2]


TABLES: dict[str, Mapping[Any, str]] = {
    "person_role": roles.MEMBERS,
    "urgency_words": URGENCIES,
    "destination_words": DESTINATIONS,
    "event_words": EVENTS,
    "rung_words": ladder.RUNGS,
    "review_waits": reviews.WAITS_FOR,
    "review_tag": reviews.IN_SHORT,
    "why_sampled": reviews.WHY_SAMPLED,
    "stage_words": disagreements.STAGES,
    "disagreement_over": disagreements.OVER,
    "disagreement_event": disagreements.EVENTS,
    "disagreement_end": disagreements.ENDS,
    "comes_to_words": disagreements.COMES_TO,
    "delivery_words": DELIVERIES,
    "transport_words": TRANSPORTS,
    "returned_words": returns.KINDS,
    "mailbox_words": MAILBOXES,
    "document_words": DOCUMENTS,
    "decision_words": DECISIONS,
    "aside_words": aside.REASONS,
    "role_words": roles.ACCOUNTS,
    "plan_source": plans.SOURCES,
    "duty_how": duties.HOWS,
    "why_open": WHY_OPEN,
    "life_event_words": LIFE_EVENTS,
    "agency_kind": agencies.KINDS,
    "agency_how": agencies.HOWS,
    "help_kind": helping.HELP,
    "help_step": helping.STEPS,
}


def help_beside(finding: str) -> list[curiosity.Help]:
    """What to try with a family who keeps us at a distance, where a finding shows such a pattern."""
    return [one for one in curiosity.HELP.values() if finding in one.findings]


def on_paper(household: str = "", referral: str = "") -> str:
    """Whose page it is, at the head of each sheet: a reference that names nobody, so that a loose sheet finds the others."""
    at = request.view_args or {}
    family, about = household or at.get("household", ""), referral or at.get("referral", "")
    said = [f"{word} {letter}-{id[:8].upper()}." for word, letter, id in (("Family", "F", family), ("Referral", "R", about)) if id]
    return "".join(f"{one} " for one in said)


def read_at() -> str:
    """When a page was made: what it says is of that instant."""
    at: str = current_app.extensions["visitapp"].clock()
    return at


def staff_page(duty: Mapping[str, Any]) -> str:
    """Where a duty that is about staff is ended; empty for any other, and where it is not this account that may end it."""
    if duty["kind"] == duties.SUPERVISION and current_user.role != "supervisor":
        return ""
    page = duties.STAFF_PAGES.get(duty["kind"], "")
    return page.format(id=duties.about(duty["subject"]), household=duty["household"]) if page else ""


def install(app: Flask) -> None:
    for word in (
        day, short_day, moment, clock, moment_or_text, spaced, level_words, form_title, outcome_words, announced_words, first_sentence,
        after_first_sentence,
    ):  # fmt: skip
        app.add_template_filter(word)
    app.add_template_filter(duties.reference_words)
    app.add_template_filter(stands_in)
    app.add_template_filter(staff_page)
    app.add_template_filter(help_beside)
    for name, table in TABLES.items():
        app.add_template_filter(said_by(table), name)
    app.add_template_global(menu)
    app.add_template_global(on_paper)
    app.add_template_global(read_at)

"""Codes, instants and dates as people read them: the filters that every template may use. Times are shown as in London."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

LONDON = ZoneInfo("Europe/London")

ROLES = {
    "health_visitor": "Health visitor",
    "midwife": "Midwife",
    "nursery_nurse": "Community nursery nurse",
    "supervisor": "Supervisor",
    "social_care": "Children’s social care",
    "administrator": "Administrator",
}

MENUS: dict[str, tuple[tuple[str, str], ...]] = {
    "visiting": (("/tablet/", "Visits on this tablet"), ("/families", "Families"), ("/referrals", "Referrals")),
    "supervisor": (
        ("/overview", "Overview"),
        ("/families", "Families"),
        ("/referrals", "Referrals"),
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
    when = at_home(text) if len(text) > 10 else date.fromisoformat(text)
    return f"{when.day} {when:%B %Y}"


def at_home(instant: str) -> datetime:
    return datetime.fromisoformat(instant.replace("Z", "+00:00")).astimezone(LONDON)


def moment(instant: str | None) -> str:
    """An instant -> `22 November 2026 at 10:40`, in London."""
    if not instant:
        return ""
    when = at_home(instant)
    return f"{when.day} {when:%B %Y} at {when:%H:%M}"


def role_words(role: str) -> str:
    return ROLES.get(role, role)


def first_sentence(text: str) -> str:
    return text.partition(". ")[0].removesuffix(".")


def after_first_sentence(text: str) -> str:
    return text.partition(". ")[2]


def install(app: Flask) -> None:
    for word in (day, moment, role_words, first_sentence, after_first_sentence):
        app.add_template_filter(word)
    app.add_template_global(menu)

"""The words a letter uses, in one place: how dates, numbers and ways of knowing are said, and how an absence is said. An absence is
always said, because a blank field reads as "no" to a tired person.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from visitapp.letter.facts import Area, Child, Known, NotToldReason, Severity, Urgency

UK = ZoneInfo("Europe/London")
NOT_RECORDED = "No information recorded"
KEPT_BACK = "Kept back"

KNOWN: dict[Known | None, str] = {
    "seen": "seen",
    "shown": "shown to the visitor",
    "told": "said to the visitor",
    "told_by_agency": "told by another agency",
    None: "how known: not recorded",
}
EVIDENCE_HEADINGS: dict[Known | None, str] = {
    "seen": "Seen",
    "shown": "Shown to the visitor",
    "told": "Said to the visitor",
    "told_by_agency": "Told by another agency",
    None: "Shown by the record",
}
AREAS: dict[Area, str] = {
    "sleep": "Sleep",
    "home": "Home",
    "engagement": "Visits and contact",
    "substances": "Alcohol, drugs and medicines",
    "care": "Health and care",
}
URGENCY: dict[Urgency, tuple[str, str]] = {
    "tonight": ("TONIGHT (highest of three)", "A child may not be safe tonight. Please act straight away."),
    "this_week": ("THIS WEEK (second of three)", "Please act within this week."),
    "routine": ("ROUTINE (lowest of three)", "No urgent action is asked for. Your usual times apply."),
}
SEVERITIES: tuple[Severity, ...] = ("tonight", "this_week", "advise")
NOT_TOLD: dict[NotToldReason, str] = {
    "raises_risk": "telling them would raise the risk of significant harm to a child",
    "endangers": "telling them would put somebody in danger",
    "hinders_police": "telling them would hinder the police or harm evidence",
    "delay": "reaching them would have caused undue delay",
}


def recorded(text: str | None) -> str:
    return (text or "").strip() or NOT_RECORDED


def stop(text: str) -> str:
    """Text as a sentence: with an end. Nothing else about it is changed."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…", "”", '"')) or not text else text + "."


def day(iso: str | None) -> str:
    """22 November 2026. What is not a date is said as it was written, since a wrong date is still evidence."""
    if not (iso or "").strip():
        return NOT_RECORDED
    try:
        on = date.fromisoformat(iso or "")
    except ValueError:
        return iso or NOT_RECORDED
    return f"{on.day} {on:%B %Y}"


def short_day(iso: str) -> str:
    """22 Nov 2026, for a narrow column."""
    said = day(iso).split(" ")
    return f"{said[0]} {said[1][:3]} {said[2]}" if len(said) == 3 and said[0].isdigit() else day(iso)


def moment(instant: str | None) -> str:
    """22 November 2026 at 10:40, by the clock on a British wall."""
    if not (instant or "").strip():
        return NOT_RECORDED
    try:
        at = datetime.fromisoformat((instant or "").replace("Z", "+00:00")).astimezone(UK)
    except ValueError:
        return instant or NOT_RECORDED
    return f"{at.day} {at:%B %Y at %H:%M}"


def listed(words: list[str]) -> str:
    """a, b and c"""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def nhs_number(child: Child) -> str:
    digits = child.nhs_number.replace(" ", "")
    if len(digits) == 10 and digits.isdigit():
        return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    if not digits and child.due_on and not child.born_on:
        return "None yet"
    return recorded(child.nhs_number)


def born(child: Child) -> str:
    return f"Unborn, due {day(child.due_on)}" if child.due_on and not child.born_on else day(child.born_on)


def phone(number: str) -> str:
    """A telephone number that is never broken over two lines."""
    number = number.strip()
    return number.replace(" ", "\u00a0") if len(number) <= 20 else number

"""A parent's request for a copy of the record: what can happen to it, why something may be taken out, and by when it is answered.

Sources: UK GDPR articles 12 and 15; Data Protection Act 2018, schedules 2 and 3; the Information Commissioner on counting the month
(docs/sources.md: ico-month, dpa-2018). Whether a ground applies is always a person's decision, and a second person's.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date

ASKED, EXTENDED, FOR_CHECK, RETURNED, APPROVED, GIVEN, WITHDRAWN = (
    "asked", "extended", "for_check", "returned", "approved", "given", "withdrawn",
)  # fmt: skip
EVENTS: dict[str, str] = {
    ASKED: "Asked for",
    EXTENDED: "Its time was extended",
    FOR_CHECK: "Sent to be checked by a second person",
    RETURNED: "Given back by the second person",
    APPROVED: "Approved by a second person",
    GIVEN: "Answered",
    WITHDRAWN: "Withdrawn by the parent",
}

OPEN, CHECKING, READY, ANSWERED, ENDED = "open", "checking", "ready", "answered", "ended"
STATES: dict[str, str] = {
    OPEN: "Being gone through",
    CHECKING: "Waiting for a second person",
    READY: "Approved, to be given",
    ANSWERED: "Answered",
    ENDED: "Withdrawn",
}
AFTER: dict[tuple[str | None, str], str] = {
    (None, ASKED): OPEN,
    (OPEN, EXTENDED): OPEN, (OPEN, FOR_CHECK): CHECKING, (OPEN, WITHDRAWN): ENDED,
    (CHECKING, EXTENDED): CHECKING, (CHECKING, RETURNED): OPEN, (CHECKING, APPROVED): READY, (CHECKING, WITHDRAWN): ENDED,
    (READY, GIVEN): ANSWERED, (READY, RETURNED): OPEN, (READY, WITHDRAWN): ENDED,
}  # fmt: skip
"""State and event -> the next state; what is not here cannot happen."""

COPY, REFUSAL = "copy", "refusal"
ANSWERS: dict[str, str] = {COPY: "A copy, without what is taken out", REFUSAL: "No copy: it is refused, and the parent is told why"}

APART, INFORMANT, OTHER_PARENT, THIRD_PARTY, ADDRESS = "apart", "informant", "other_parent", "third_party", "address"
CHILD_SAID = "child_said"
SERIOUS_HARM, CHILD_ABUSE, CRIME, UNFOUNDED = "serious_harm", "child_abuse", "crime", "unfounded"
REASONS: dict[str, str] = {
    APART: "Said in confidence, or recorded apart (serious harm: DPA 2018, schedule 3, paragraph 5)",
    INFORMANT: "Who told us, or what would show who (rights of others: schedule 2, paragraph 16)",
    OTHER_PARENT: "The other parent’s own information (rights of others: schedule 2, paragraph 16)",
    THIRD_PARTY: "About somebody else (rights of others: schedule 2, paragraph 16)",
    CHILD_SAID: "What a child said or showed us (rights of others: schedule 2, paragraph 16)",
    ADDRESS: "An address that must be kept from somebody (serious harm: schedule 3, paragraph 5)",
    SERIOUS_HARM: "Likely to cause serious harm to somebody’s health (schedule 3, paragraph 5)",
    CHILD_ABUSE: "About harm to a child, and not in the child’s best interests to give (schedule 3, paragraph 21)",
    CRIME: "Would hinder the preventing or detecting of a crime (schedule 2, paragraph 2)",
}
"""Why something is taken out."""
IN_THE_COPY = "[Taken out]"
"""What stands in the copy in place of what was taken out, whatever the reason: two kinds of mark would tell what somebody told us, or
disclosed."""
GROUND_IN_THE_COPY: dict[str, str] = dict.fromkeys((OTHER_PARENT, THIRD_PARTY), "[Taken out: it is about somebody else]")
"""What stands there where it was decided that the ground is said: only in a copy from which nothing was taken out for any other reason."""
GROUNDS: dict[str, str] = {
    code: REASONS[code] for code in (SERIOUS_HARM, CHILD_ABUSE, THIRD_PARTY, CRIME)
} | {UNFOUNDED: "Manifestly unfounded or excessive (UK GDPR, article 12(5))"}  # fmt: skip
"""Why a whole request is refused."""

TOGETHER = "together"
"""Beside what is decided of an entry: it was passed with others of its page in which nobody else is and nothing was typed or said."""
SHOWN, OUT, WORDS = "shown", "out", "words"
DOES: dict[str, str] = {SHOWN: "Stays in", OUT: "All of it is taken out", WORDS: "Only these words are taken out"}

MONTH, EXTENSION = 1, 2
"""Calendar months to answer in, and by how many more a complex request may be extended (UK GDPR, article 12(3))."""


def state(events: Iterable[str]) -> str | None:
    """The state after these events, in order; ValueError where one could not happen."""
    here: str | None = None
    for event in events:
        if (here, event) not in AFTER:
            raise ValueError(f"{event} cannot happen in {here}")
        here = AFTER[here, event]
    return here


def answer_by(received: date, months: int, is_working_day: Callable[[date], bool]) -> date:
    """The last day to answer: the same day so many months on, the last of a shorter month, and the next working day where offices are shut.
    The day of receipt counts (the Information Commissioner's way of counting)."""
    year, month = divmod(received.year * 12 + received.month - 1 + months, 12)
    day = date(year, month + 1, min(received.day, monthrange(year, month + 1)[1]))
    while not is_working_day(day):
        day = date.fromordinal(day.toordinal() + 1)
    return day


def without(text: str, words: Iterable[str], instead: str) -> str:
    """A text with each of these passages taken out wherever it stands, in capitals or not, however it is spaced; the longest first."""
    each = sorted({" ".join(word.split()) for word in words if word.strip()}, key=len, reverse=True)
    patterns = [r"\s+".join(re.escape(part) for part in one.split()) for one in each]
    return re.sub("|".join(patterns), lambda _: instead, text, flags=re.IGNORECASE) if patterns else text


def stand_in(text: str, words: str) -> bool:
    """Whether these words stand in a text, as `without` finds them."""
    return without(text, [words], "") != text

"""Where a child stands with the contacts that every child is to have: due now, overdue, made and when, or not known. From birth and due
dates and the windows of the policy; nothing here says that a contact went well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from visitapp.domain.contacts import ANTENATAL, MANDATED, PREGNANCY
from visitapp.formlang.model import Policy

DUE, OVERDUE, PASSED_OVER = "due", "overdue", "passed_over"
IN_TIME, LATE, NOT_SEEN, ELSEWHERE, NO_DATE = "in_time", "late", "not_seen", "elsewhere", "no_date"
STANDINGS: Mapping[str, str] = {
    DUE: "Due now, not made yet",
    OVERDUE: "Overdue: the time is over and it was not made",
    NOT_SEEN: "Made, and not known that this child was seen: still to be made",
    PASSED_OVER: "Not made, and a later contact was or this one can be made no more",
    IN_TIME: "Made in its time",
    LATE: "Made outside its time",
    ELSEWHERE: "Not known: the child came to us after its time",
    NO_DATE: "Not known: no date of birth and no due date",
}


@dataclass(frozen=True)
class Window:
    """From which to which day a contact is made in time, both included, and from which day on one can be this child's at all."""

    contact: str
    earliest: str
    opens: str
    closes: str


@dataclass(frozen=True)
class Made:
    """A contact that took place, and whether the child was seen; None where there was nobody to see yet or it was not said."""

    contact: str
    on: str
    seen: bool | None

    @property
    def counts(self) -> bool:
        """Whether it was made for the child: once there is a child, only where it is known that they were seen."""
        return self.contact == ANTENATAL or self.seen is True


@dataclass(frozen=True)
class Standing:
    """Where a child stands with one contact; `on` is the day that it was made, or the last day that it is in time, which `closes` always
    is."""

    contact: str
    how: str
    on: str
    closes: str


def times(policy: Policy) -> tuple[tuple[str, int, int], ...]:
    """Of each contact the days that it opens and closes by; the contact before birth closes with the birth, and has 0 there."""
    return tuple((one.code, policy.number(one.opens), policy.number(one.closes) if one.closes else 0) for one in MANDATED)


def windows(times: Sequence[tuple[str, int, int]], born_on: str | None, due_on: str | None) -> tuple[Window, ...]:
    """The windows of a child, born or expected; of one with neither date there is none. Those after birth need the day of birth, for an
    unborn child the due date stands in for it."""
    birth = born_on or due_on
    if birth is None:
        return ()
    day = date.fromisoformat(birth).toordinal()
    begun = date.fromisoformat(due_on or birth).toordinal() - PREGNANCY
    (_, opens, _), *after = times
    found = [Window(ANTENATAL, _day(begun), _day(begun + opens), birth)] if begun + opens < day else []  # a baby may come before it
    before = 0
    for contact, opens, closes in after if born_on is not None else ():
        found.append(Window(contact, _day(day + (before + opens) // 2), _day(day + opens), _day(day + closes)))
        before = closes
    return tuple(found)


def standings(windows: Sequence[Window], born_on: str | None, came_on: str, made: Iterable[Made], today: str) -> tuple[Standing, ...]:
    """Where a child stands with each contact whose time has begun, or that was made before it began. A contact belongs to this child where
    it was made nearer to its own time than to the one before, and before the next one begins, so that an older sister's is not taken for a
    baby's."""
    each, found = list(made), []
    for number, window in enumerate(windows):
        next_one = windows[number + 1 :]
        until = window.closes if window.contact == ANTENATAL or not next_one else next_one[0].opens
        ours = [one for one in each if one.contact == window.contact and window.earliest <= one.on and (one.on < until or not next_one)]
        how = _how(window, ours, came_on, today, gone=_gone(window, next_one, each, born_on))
        if how is not None:
            found.append(Standing(window.contact, how, _on(window, ours, how), window.closes))
    return tuple(found)


def _gone(window: Window, later: Sequence[Window], made: Iterable[Made], born_on: str | None) -> bool:
    """Whether a contact can be made no more: a later one was, or the child is born."""
    if window.contact == ANTENATAL:
        return born_on is not None
    return any(one.contact == next_.contact and one.on >= next_.earliest and one.counts for next_ in later for one in made)


def _how(window: Window, made: Sequence[Made], came_on: str, today: str, *, gone: bool) -> str | None:
    whole = [one for one in made if one.counts]
    if whole:
        return IN_TIME if window.opens <= whole[0].on <= window.closes else LATE
    if today < window.opens:
        return None
    if gone and (made or came_on <= window.closes):
        return PASSED_OVER
    if gone:
        return ELSEWHERE
    if made:
        return NOT_SEEN
    if today <= window.closes:
        return DUE
    return ELSEWHERE if came_on > window.closes else OVERDUE


def _on(window: Window, made: Sequence[Made], how: str) -> str:
    whole = [one for one in made if one.counts] if how in (IN_TIME, LATE) else made
    return whole[0].on if whole and how in (IN_TIME, LATE, NOT_SEEN) else window.closes


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()

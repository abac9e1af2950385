"""The measures that a family's history is read from, by the names that outlive versions of a form, and what one visit said in them.

A measure is (person, name, value, how it is known) and, where a form carries the answer to the next visit, the day since when it stands.
No value means that it is not known, and then the fourth part says why. A score's value is the least it was, its fourth part the most it
could be.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

OUTCOME, ANNOUNCED, PLACE = "visit.outcome", "visit.announced", "visit.place"
SEEN, SEEN_AT_DOOR = "child.seen", "child.seen_at_door"
HOME, ROOMS = "home.state", "home.rooms"
OPEN_TO, PAST = "family.open_to", "family.past"
SMALL = "child.low_birth_weight"
HOSPITAL, HOSPITAL_ON = "child.hospital", "child.hospital_on"
SOURCE, PRIVATE = "information.source", "private"
FAMILY_SOURCES = ("parent", PRIVATE)
"""Sources of information that are no agency."""

ASKED_BY_NAME = (SEEN, SEEN_AT_DOOR)
"""The measures that queries ask for by name."""

UNANSWERED = "unanswered"
"""Why a question that applied has no value, where nobody gave a reason."""
UNKNOWN = ("unknown", "not_known", "not_all")
"""Codes by which an answer says that it does not know; beside others they only say that there may be more."""

_YES = {"announced": True, "true": True, "unannounced": False, "false": False}
_COULD_BE = re.compile(r"could be ([0-9]{1,9})")


class Range(NamedTuple):
    """A number that was at least this and could have been that."""

    at_least: int
    could_be: int


class Account(NamedTuple):
    """What one visit says of one thing about one person: the values, and how each is known."""

    person: str
    measure: str
    values: tuple[str, ...]
    known: tuple[str, ...]


class Stay(NamedTuple):
    """What was said of a child and a hospital: `home` or `admitted` are what happened there, and the day, empty where it was not said."""

    person: str
    what: str
    on: str


class Said(NamedTuple):
    """What one visit said, as history needs it; None where it did not say. `seen` are the people seen awake or asleep, `awake` those seen
    awake; `by_agency` is whether what the family is open to was said by an agency or shown, and not told by the family."""

    seen: tuple[str, ...] = ()
    at_door: bool | None = None
    announced: bool | None = None
    home: Range | None = None
    rooms: Range | None = None
    open_to: tuple[str, ...] | None = None
    awake: tuple[str, ...] = ()
    stays: tuple[Stay, ...] = ()
    by_agency: bool = False
    past: tuple[str, ...] | None = None


class Asked(NamedTuple):
    """The measures that one visit asked about: known of everybody whom it asked about, or not known of somebody."""

    known: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()


def could_be(most: int) -> str:
    """How a score's upper end is written in the fourth part of its measure."""
    return f"could be {most}"


def said(measures: Iterable[Sequence[Any]]) -> Said:
    """What a visit's measures say, as history needs it."""
    by_name: dict[str, list[Sequence[Any]]] = {}
    for one in measures:
        by_name.setdefault(one[1], []).append(one)
    announced = [_YES[one[2]] for one in by_name.get(ANNOUNCED, ()) if one[2] in _YES]
    doors = [_YES[one[2]] for one in by_name.get(SEEN_AT_DOOR, ()) if one[2] in _YES]
    return Said(
        seen=_who(by_name.get(SEEN, ()), ("awake", "asleep")),
        at_door=any(doors) if doors else None,
        announced=announced[0] if announced else None,
        home=_score(by_name.get(HOME, ())),
        rooms=_score(by_name.get(ROOMS, ())),
        open_to=_codes(by_name.get(OPEN_TO, ())),
        awake=_who(by_name.get(SEEN, ()), ("awake",)),
        stays=_stays(by_name),
        by_agency=_by_agency(by_name),
        past=_codes(by_name.get(PAST, ())),
    )


def asked(measures: Iterable[Sequence[Any]]) -> Asked:
    """Which of the measures a visit asked about were known. One that is not known of a single person is not known."""
    known: dict[tuple[str, str], bool] = {}
    for one in measures:
        key = one[0], one[1]
        known[key] = known.get(key, False) or (one[2] != "" and one[2] not in UNKNOWN)
    unknown = frozenset(measure for (_, measure), is_known in known.items() if not is_known)
    return Asked(frozenset(measure for _, measure in known) - unknown, unknown)


def left_open(measures: Iterable[Sequence[Any]]) -> dict[str, dict[str, int]]:
    """The measures that are not known of somebody, each with why not (not asked, not seen, refused, not safe to ask, unanswered, or a code
    that says that it is not known) and of how many."""
    found: dict[str, dict[str, int]] = {}
    for one in measures:
        why = one[3] if one[2] == "" else one[2] if one[2] in UNKNOWN else ""
        if why:
            of = found.setdefault(one[1], {})
            of[why] = of.get(why, 0) + 1
    return found


def accounts(measures: Iterable[Sequence[Any]], of: Iterable[str]) -> tuple[Account, ...]:
    """What a visit's measures say of the things named, one account for each person."""
    wanted = frozenset(of)
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for one in measures:
        if one[1] in wanted and one[2] != "" and one[2] not in UNKNOWN:
            found.setdefault((one[0], one[1]), []).append((one[2], one[3]))
    return tuple(
        Account(person, measure, tuple(value for value, _ in said), tuple(sorted({known for _, known in said})))
        for (person, measure), said in sorted(found.items())
    )


# --- as it is kept ------------------------------------------------------------------------------------------


def kept(measures: Sequence[Sequence[Any]], of: Iterable[str]) -> dict[str, str]:
    """What is kept of a visit's measures for history, by the names of the columns. Of what a private person told us nothing is: by itself
    it decides nothing, and that two accounts differ, or a line of the family's past, would say that somebody spoke."""
    private = any(one[1] == SOURCE and one[2] == PRIVATE for one in measures)
    heard = () if private else measures
    about = asked(heard)
    return {
        "said": _compact(said(heard)),
        "asked": _compact({"known": sorted(about.known), "unknown": sorted(about.unknown)}),
        "accounts": _compact(accounts(heard, of)),
    }


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def said_of(kept: str) -> Said:
    """What a visit said, from what is kept of it."""
    if not kept:
        return Said()
    seen, at_door, announced, home, rooms, open_to, *later, past = json.loads(kept)
    later += [seen, (), False][len(later) :]  # each was told apart later than the one before
    awake, stays, by_agency = later
    state, shown = (None if one is None else Range(*one) for one in (home, rooms))
    open_codes, past_codes = (None if one is None else tuple(one) for one in (open_to, past))
    told = tuple(Stay(*one) for one in stays)
    return Said(tuple(seen), at_door, announced, state, shown, open_codes, tuple(awake), told, by_agency, past_codes)


def tells_of_past(kept: str) -> bool:
    """Whether what is kept of a visit says anything of the family's past, the last of its parts."""
    return bool(kept) and not kept.endswith(",null]")


def asked_of(kept: str) -> Asked:
    """What a visit asked about, from what is kept of it."""
    whole = json.loads(kept) if kept else {"known": (), "unknown": ()}
    return Asked(frozenset(whole["known"]), frozenset(whole["unknown"]))


def accounts_of(kept: str) -> tuple[Account, ...]:
    """What a visit said of things that can be contradicted, from what is kept of it."""
    return tuple(Account(person, measure, tuple(values), tuple(known)) for person, measure, values, known in json.loads(kept or "[]"))


# --- parts --------------------------------------------------------------------------------------------------


def _score(found: Iterable[Sequence[Any]]) -> Range | None:
    for one in found:
        most = _COULD_BE.fullmatch(one[3])
        if one[0] == "" and most and one[2].isdigit():
            return Range(int(one[2]), int(most[1]))
    return None


def _codes(found: Iterable[Sequence[Any]]) -> tuple[str, ...] | None:
    codes = sorted({one[2] for one in found if one[2] != "" and one[2] not in UNKNOWN})
    return tuple(codes) if codes else None


def _by_agency(by_name: dict[str, list[Sequence[Any]]]) -> bool:
    """What an agency itself told counts however the answer to that one question is said to be known."""
    outside = any(one[2] not in ("", *FAMILY_SOURCES) for one in by_name.get(SOURCE, ()))
    return OPEN_TO in by_name and (outside or any(one[3] in ("shown", "told_by_agency") for one in by_name[OPEN_TO]))


def _who(found: Iterable[Sequence[Any]], how: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({one[0] for one in found if one[0] and one[2] in how}))


def _stays(by_name: dict[str, list[Sequence[Any]]]) -> tuple[Stay, ...]:
    days = {one[0]: one[2] for one in by_name.get(HOSPITAL_ON, ())}
    told = by_name.get(HOSPITAL, ())
    return tuple(sorted(Stay(one[0], one[2], days.get(one[0], "")) for one in told if one[0] and one[2] in ("home", "admitted")))

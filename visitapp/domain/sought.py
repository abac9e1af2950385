"""What somebody typed to find a family, taken apart: words, numbers, postcodes, and dates in any usual way of writing them. Pure, and it
keeps nothing: what was looked for names people."""

import re
from calendar import month_abbr, month_name
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from visitapp.domain.names import folded

Kind = Literal["word", "number", "postcode", "day"]
LONGEST_TERM = 40
"""Characters of a word that it can be found by: what is in an index must be short."""
MOST_CHARACTERS, MOST_ITEMS = 200, 8
"""What is read of what was typed: nobody remembers more of a family than this."""

_MONTHS = {name.casefold(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{4}|\d{2})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+(?P<month>{_MONTH})\.?,?[\s\-]+(?P<year>\d{{4}}|\d{{2}})(?!\d)",
        rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
        rf"\b(?P<month>{_MONTH})\.?,?\s+(?P<year>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:19|20)\d{2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\s(?P<month>\d{1,2})\s(?P<year>(?:19|20)\d{2})(?!\d)",
    )
)
_NUMBER = re.compile(r"(?<!\w)\+?\d(?:[\s\-().]*\d){8,}(?!\w)")
_POSTCODE = re.compile(r"(?<!\w)([a-z]{1,2}\d[a-z\d]?)\s+(\d[a-z]{0,2})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One thing that a family must answer to. `value` is as it is looked up: a folded word, digits, a postcode without its space, or the
    beginning of a date, `2026-03-04` or `2026-03-`."""

    kind: Kind
    value: str


def sought(typed: str, today: date) -> tuple[Item, ...]:
    """The things that were typed, each once: dates before numbers, numbers before postcodes, and the rest word by word."""
    rest = typed[:MOST_CHARACTERS]
    found: list[Item] = []
    for take in (_take_days(today), _take_numbers, _take_postcodes):
        rest, items = take(rest)
        found += items
    found += [Item("word", word[:LONGEST_TERM]) for word in folded(rest).split()]
    return tuple(dict.fromkeys(found))[:MOST_ITEMS]


def phone(digits: str) -> str:
    """A phone number's digits as they begin in this country, whichever way it was written: `+44 7700` and `07700` are one."""
    bare = "".join(c for c in digits if c.isascii() and c.isdigit())
    for abroad in ("0044", "44"):
        if bare.startswith(abroad) and len(bare) > 10:
            return "0" + bare.removeprefix(abroad).removeprefix("0")
    return bare


def _take_days(today: date) -> Callable[[str], tuple[str, list[Item]]]:
    def take(text: str) -> tuple[str, list[Item]]:
        items = []
        for pattern in _DAYS:
            for match in pattern.finditer(text):
                if value := _day(match.groupdict(), today):
                    items.append(Item("day", value))
                    text = text.replace(match[0], " ", 1)
        return text, items

    return take


def _day(parts: dict[str, str], today: date) -> str:
    """As ISO, its day left out where none was said; empty where the parts are no date. Two figures are this century's up to this year."""
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000 if year <= today.year % 100 + 1 else 1900  # a due date may be next year's
    month = _MONTHS.get(parts["month"].casefold()) or int(parts["month"])
    try:
        on = date(year, month, int(parts.get("day") or 1))
    except ValueError:
        return ""
    return on.isoformat() if parts.get("day") else on.isoformat()[:8]


def _take_numbers(text: str) -> tuple[str, list[Item]]:
    found = [match[0] for match in _NUMBER.finditer(text)]
    return _NUMBER.sub(" ", text), [Item("number", phone(one)) for one in found]


def _take_postcodes(text: str) -> tuple[str, list[Item]]:
    found = [match[1] + match[2] for match in _POSTCODE.finditer(text)]
    return _POSTCODE.sub(" ", text), [Item("postcode", one.casefold()) for one in found]


def one_letter_apart(word: str, other: str) -> bool:
    """Whether two words differ by one letter more, less, otherwise, or by two neighbours that changed places."""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    same = next(_differ(word, other), min(len(word), len(other)))
    rest, others = word[same:], other[same:]
    if len(rest) == len(others):
        return rest[1:] == others[1:] or (rest[:2] == others[1::-1] and rest[2:] == others[2:])
    return rest[1:] == others if len(rest) > len(others) else rest == others[1:]


def _differ(word: str, other: str) -> Iterator[int]:
    return (place for place, (one, two) in enumerate(zip(word, other, strict=False)) if one != two)

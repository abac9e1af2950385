"""Levels, policy and routes out of their files: the words and numbers a place may change without touching a form or the code."""

from datetime import date
from pathlib import Path
from types import MappingProxyType

from visitapp.domain.findings import DESTINATIONS, LEVELS, SEVERITIES, URGENCIES
from visitapp.formlang.forms import check_name
from visitapp.formlang.model import Levels, LevelWords, Policy, Raise, RouteRule, Routes, RouteWords, Setting
from visitapp.formlang.reading import Document, read
from visitapp.formlang.recipients import OPEN_TO, TEAMS, recipient_rules
from visitapp.formlang.shape import Shape

LENGTHS = ("working_days", "days", "hours", "minutes")
UNITS = (*LENGTHS, "count", "grams", "time_of_day")


def read_levels(path: Path, content: bytes) -> tuple[Levels, Document]:
    document = read(path, content)
    shape = Shape(document).keys("name version levels raises")
    levels = tuple(_level(item, number) for number, item in enumerate(shape.items("levels"), start=1))
    if len(levels) != len(LEVELS):
        shape.fault("There are four levels of need, 1 to 4.", "levels")
    name, version = _named(path, shape, document)
    return Levels(name, version, document.hash, levels, tuple(_raise(item) for item in shape.items("raises"))), document


def _level(shape: Shape, number: int) -> LevelWords:
    shape.keys("level name local words")
    if shape.integer("level", 1, 4) != number:
        shape.fault(f"Level {number} belongs here.", "level")
    return LevelWords(number, shape.text("name"), shape.text("local"), shape.text("words"))


def _raise(shape: Shape) -> Raise:
    shape.keys("to count areas from_level severities source")
    return Raise(
        to=shape.integer("to", 2, 4) or 2,
        count=shape.integer("count", 2, 99) or 2,
        areas=shape.integer("areas", 1, 5) or 1,
        from_level=shape.integer("from_level", 2, 4) or 2,
        severities=shape.words("severities", SEVERITIES),
        source=shape.text("source"),
    )


def read_policy(path: Path, content: bytes) -> tuple[Policy, Document]:
    document = read(path, content)
    shape = Shape(document).keys("name version settings", "holidays differs_from")
    settings = {name: _setting(item) for name, item in shape.members("settings")}
    holidays = frozenset(day for day in map(_holiday, shape.items("holidays")) if day)
    name, version = _named(path, shape, document)
    return Policy(name, version, document.hash, MappingProxyType(settings), holidays, shape.maybe_text("differs_from")), document


def _holiday(shape: Shape) -> date | None:
    """A day on which offices are shut, beside the bank holidays that the calendar knows."""
    shape.keys("day source")
    shape.text("source")
    try:
        return date.fromisoformat(shape.text("day"))
    except ValueError:
        shape.fault("'day' must be a date such as \"2027-05-03\", in quotation marks.", "day")
        return None


def policy_misfits(area: Policy, standard: Policy) -> list[str]:
    """Why an area's policy cannot stand over the standard: a sentence for each reason, none when it can."""
    if area.differs_from != standard.name:
        return [f"This differs from '{area.differs_from}', and the standard is '{standard.name}'."]
    unknown = [name for name in area.settings if name not in standard.settings]
    fixed = [name for name in area.settings if name in standard.settings and not standard.settings[name].by_area]
    endless = [name for name, one in area.settings.items() if one.units not in LENGTHS]
    return [
        *[f"'{name}' must be a length of time here." for name in endless],
        *[f"'{name}' is no setting of {standard.name}-{standard.version}." for name in unknown],
        *[f"'{name}' is the same everywhere: {standard.name}-{standard.version} does not have it by_area." for name in fixed],
    ]


def _setting(shape: Shape) -> Setting:
    shape.keys("value units source", "by_area")
    units = shape.one_of("units", UNITS)
    value = shape.text("value") if units == "time_of_day" else shape.integer("value", 0, 100_000)
    return Setting(value if value is not None else 0, units, shape.text("source"), shape.flag("by_area"))


def read_routes(path: Path, content: bytes) -> tuple[Routes, Document]:
    document = read(path, content)
    shape = Shape(document).keys("name version destinations rules", "documents receivers copies assured")
    destinations = {code: _destination(item) for code, item in shape.members("destinations")}
    for code in DESTINATIONS:
        if code not in destinations:
            shape.fault(f"The destination '{code}' has no words.", "destinations")
    for code in destinations:
        if code not in DESTINATIONS:
            shape.fault(f"'{code}' is not one of {', '.join(DESTINATIONS)}.", "destinations")
    rules = tuple(_route(item) for item in shape.items("rules"))
    if not rules or rules[-1].level != 1 or set(rules[-1].urgency) != set(URGENCIES) or rules[-1].open_to:
        shape.fault("The last rule must take whatever is left: level 1 and every urgency.", "rules")
    name, version = _named(path, shape, document)
    return Routes(name, version, document.hash, MappingProxyType(destinations), rules, **recipient_rules(shape)), document


def _destination(shape: Shape) -> RouteWords:
    shape.keys("words", "team")
    return RouteWords(shape.text("words"), shape.one_of("team", TEAMS) if "team" in shape.value else None)


def _route(shape: Shape) -> RouteRule:
    shape.keys("level urgency go reason", "open_to")
    level = shape.integer("level", 1, 4) or 1
    open_to = shape.words("open_to", OPEN_TO) if "open_to" in shape.value else ()
    return RouteRule(level, shape.words("urgency", URGENCIES), shape.one_of("go", DESTINATIONS), shape.text("reason"), open_to)


def _named(path: Path, shape: Shape, document: Document) -> tuple[str, int]:
    name, version = shape.text("name"), shape.integer("version", 1, 9999) or 0
    check_name(path, name, version, document)
    return name, version

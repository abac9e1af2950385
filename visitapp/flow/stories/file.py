"""A story file (docs/stories.md), read into `model.Story`. Everything that is wrong with it is said at once, each with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from visitapp.flow.stories.days import instant_of
from visitapp.flow.stories.events import Reading, in_order
from visitapp.flow.stories.expect import Expecting
from visitapp.flow.stories.families import Living
from visitapp.flow.stories.happening import Names
from visitapp.flow.stories.looking import Spot, as_day, merged_in
from visitapp.flow.stories.model import Story
from visitapp.flow.stories.persons import Born, Times, days_of_gestation, grams, people_of
from visitapp.flow.stories.services import Services
from visitapp.formlang import Catalogue
from visitapp.formlang.reading import read

TOP = ("story", "about", "today", "people", "household", "households", "events", "expect")
EVENING = "23:00"
LONGEST_BYTES = 1_000_000


def read_story(path: Path, content: bytes, catalogue: Catalogue, services: Services) -> Story:
    """The story in a file's bytes. Raises FormFault with everything that is wrong with it."""
    document = read(path, content)
    merged_in(document)
    top = Spot(document).keys(TOP, ("people", "events"), what="in a story")
    document.stop_if_faulty()
    spots = list(top.each("events"))
    for spot in spots:
        if not isinstance(spot.raw, dict):
            spot.fault("An event is 'on: date' and what happened.")
    times = _times(top, spots)
    said = people_of(top.at("people"), times)
    people = {key: one.person for key, one in said.items()}
    areas = tuple(sorted(catalogue.routes_by_area))
    households = Living(services, areas, said, times).read(top)
    codes = frozenset(code for form in catalogue.forms for code in form.rules)
    names = Names(services, areas, frozenset(people), frozenset(one.key for one in households), codes)
    events = Reading(catalogue, names, people, households, times.today).read(spots)
    expect = Expecting(codes, frozenset(people)).read(top.at("expect")) if top.has("expect") else ()
    document.stop_if_faulty()
    return Story(
        title=top.text("story") or path.stem.replace("-", " ").capitalize(), file=str(path), today=times.today,
        ends=instant_of(times.today, EVENING), people=people, households=households, events=events, expect=expect,
    )  # fmt: skip


def _times(top: Spot, events: list[Spot]) -> Times:
    """When the story begins and ends, and what its events say of births. A story ends on `today`, or when its last event is over: a visit
    is when the tablet has sent it."""
    days = [day for spot in in_order(events) for key in ("on", "sent_on") if (day := as_day(spot.mapping.get(key)))]
    today = top.day("today") or max(days, default=None)
    if today is None:
        top.fault("Say on which day the story ends, with 'today: 2026-11-22'.")
        today = date(2026, 11, 22)
    births = {key: born for spot in in_order(events) if spot.has("birth") and (born := _birth(spot)) for key in [_whose(spot)]}
    joining = frozenset(_whose(spot, "joins") for spot in in_order(events) if spot.has("joins"))
    return Times(min([*days, today]), today, births, joining)


def _whose(spot: Spot, kind: str = "birth") -> str:
    raw = spot.mapping[kind]
    return str(raw.get("person", "") if isinstance(raw, dict) else raw)


def _birth(spot: Spot) -> Born | None:
    on, inner = as_day(spot.mapping.get("on")), spot.at("birth")
    if on is None:
        return None
    where = inner if isinstance(inner.raw, dict) else spot
    return Born(on, days_of_gestation(where, "gestation"), grams(where, "birth_weight"))

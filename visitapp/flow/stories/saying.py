"""How an event says what happened: the one word that names it, and its fields under that word or beside it."""

from __future__ import annotations

from visitapp.flow.stories.happening import Happening
from visitapp.flow.stories.happenings import HAPPENINGS
from visitapp.flow.stories.looking import Spot
from visitapp.formlang.reading import Where

FORMS = {
    "not_completed": "not_let_in",
    "information": "information_received",
    "antenatal": "antenatal",
    "sleep_review": "safer_sleep_review",
}
"""Words for the forms that are written most often; every other form is `visit: its name`."""
VISITS = ("visit", *FORMS)
ALWAYS = ("on", "at", "by", "household", "expect", "note")


def kinds_of(spot: Spot) -> list[str]:
    """The words that say what happened. A word that another one has for a field of its own (the plan of an action) says no more than
    that."""
    words = [key for key in spot.mapping if key in VISITS or key in HAPPENINGS]
    whole = [one for one in words if one in HAPPENINGS and all(other in HAPPENINGS[one].fields for other in words if other != one)]
    return whole[:1] or words


def inside(spot: Spot, kind: str, happening: Happening) -> Spot:
    """Where an event says what it says: under its word; and where that has one plain value, beside it too."""
    raw = spot.mapping[kind]
    if isinstance(raw, dict):
        spot.keys((*ALWAYS, kind), what=f"beside '{kind}', which says everything under it")
        return spot.at(kind).keys((*happening.fields, *(("key",) if happening.makes else ())), what=f"of '{kind}'")
    beside = (*happening.fields, *(("key",) if happening.makes else ()))
    spot.keys((*ALWAYS, kind, *beside), what=f"of an event with '{kind}'")
    if raw is not None and happening.short is None:
        spot.fault(f"'{kind}' is said with {', '.join(happening.required)}, one a line under it.", kind)
    inner = {happening.short: raw} if raw is not None and happening.short else {}
    for name in beside:
        if name in spot.mapping and name != kind:
            inner[name] = spot.mapping[name]
            _same_lines(spot, (name,), (kind, name))
    spot.mapping[kind] = inner
    return spot.at(kind)


def _same_lines(spot: Spot, there: Where, here: Where) -> None:
    lines, deep = spot.document.lines, len(spot.where) + len(there)
    for where, line in list(lines.items()):
        if where[:deep] == (*spot.where, *there):
            lines[(*spot.where, *here, *where[deep:])] = line

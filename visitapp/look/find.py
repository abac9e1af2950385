"""Finding a family: which of the team's families answer to everything that was typed, and in words why each is there.

Each family that is shown is a read of it and leaves its line in the journal; what was typed is kept nowhere, because it names people.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from visitapp.domain.moments import date_words, day_of
from visitapp.domain.names import folded, sound
from visitapp.domain.nhs_number import spaced
from visitapp.domain.roles import MEMBERS
from visitapp.domain.sought import Item, phone, sought
from visitapp.look.reading import Desk, each_noted, noted
from visitapp.store import notes, search
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

PAGE, PAGE_OF_NOTES = 20, 10
END = 2**62
AROUND = 90
"""Letters of a note that are shown on each side of what was found."""


@dataclass(frozen=True)
class Found:
    """A family and why it was found, each reason in words with what matched."""

    family: Row
    why: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Passage:
    """A place in a note: the words before, those that were looked for, and those after. `apart`: it was recorded apart."""

    household: str
    family: str
    link: str
    on: str
    what: str
    before: str
    match: str
    after: str
    apart: bool


@dataclass(frozen=True)
class Results:
    """`items`: whether anything was typed that can be looked for. `after` and `before` are the keys of the next pages."""

    items: tuple[Item, ...]
    families: tuple[Found, ...] = ()
    after: str | None = None
    many: int = 0
    passages: tuple[Passage, ...] = ()
    before: int | None = None


def find(desk: Desk, actor: str, typed: str, after: str = "", before: int = END) -> Results:
    """The families in scope, from after that one, and the notes, from before that one."""
    at = desk.clock()
    items = sought(typed, day_of(at))
    if not items:
        return Results(())
    with desk.engine.read() as tx:
        by_item = {item: search.hits(tx, actor, item) for item in items}
        order = [row["household"] for row in search.families(tx, actor, by_item)]
        place = order.index(after) + 1 if after in order else 0
        shown = order[place : place + PAGE]
        families = _explained(tx, actor, shown, by_item)
        passages, older = _passages(tx, actor, by_item, before)
    noted(desk, actor, "read.find")
    each_noted(desk, actor, "read.found", dict.fromkeys([*shown, *(one.household for one in passages)]), at)
    return Results(
        items, families, shown[-1] if len(order) > place + PAGE else None, len(order), passages, older,
    )  # fmt: skip


# --- why ------------------------------------------------------------------------------------------------------------------------------


def _explained(tx: Tx, actor: str, shown: list[str], by_item: Mapping[Item, list[Row]]) -> tuple[Found, ...]:
    if not shown:
        return ()
    these = Families.several(tuple(shown))
    known = {row["household"]: row for row in search.told(tx, actor, these)}
    said: dict[str, list[Row]] = defaultdict(list)
    for row in search.people_of(tx, these):
        said[row["household"]].append(row)
    homes: dict[str, list[Row]] = defaultdict(list)
    for row in search.homes_of(tx, these):
        homes[row["household"]].append(row)
    hits: dict[str, list[Row]] = defaultdict(list)
    for rows in by_item.values():
        for household, those in _best_of(rows).items():
            hits[household] += those
    return tuple(Found(known[one], tuple(_reasons(known[one], hits[one], said[one], homes[one]))) for one in shown)


def _best_of(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Of each family the hits of one item that are best: where its name was typed right, what sounds like it is no reason."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["household"]].append(row)
    for household, those in found.items():
        best = min(search.BEST.get(row["kind"], 0) for row in those)
        found[household] = [row for row in those if search.BEST.get(row["kind"], 0) == best]
    return found


def _reasons(family: Row, hits: Iterable[Row], people: list[Row], homes: list[Row]) -> list[tuple[str, str]]:
    """Each reason once: what kind of match, and what matched."""
    found = []
    for hit in hits:
        if hit["person"]:
            found += _of_person(hit, [row for row in people if row["person"] == hit["person"]])
        elif hit["kind"] in (search.ADDRESS, search.POSTCODE) or (hit["kind"] == search.SLIP and not _names(hit, family["name"])):
            found += _of_home(hit, homes)
        else:
            found.append((_LIKE.get(hit["kind"], "Name of the family"), family["name"]))
    return list(dict.fromkeys(found))


_LIKE = {search.SOUND: "Sounds like", search.SLIP: "One letter otherwise"}


def _of_person(hit: Row, sayings: list[Row]) -> list[tuple[str, str]]:
    """The newest saying of the person that matches; where that is not what is known now, it was so before."""
    place = next((n for n, row in enumerate(sayings) if _answers(hit, row)), None)
    if place is None:
        return []
    row, now = sayings[place], sayings[0]
    who = f"{now['given_names']} {now['family_name']}"
    role = MEMBERS.get(row["role"], "").lower()
    before = " before" if place else ""
    whose = f"{who} ({role})" if role else who
    if hit["kind"] in (search.NAME, search.SOUND, search.SLIP):
        name = f"{row['given_names']} {row['family_name']}"
        return [(_LIKE.get(hit["kind"], "Name") + before, f"{name}, now {whose}" if place else whose)]
    label, said = {
        search.NUMBER: ("NHS number", spaced(row["nhs_number"] or "")),
        search.PHONE: ("Phone number", row["phone"]),
        search.BORN: ("Born", _day(row["born_on"])),
        search.DUE: ("Due", _day(row["due_on"])),
    }[hit["kind"]]
    return [(label + before, f"{said}, {whose}")]


def _day(on: str | None) -> str:
    return date_words(date.fromisoformat(on)) if on else ""


def _answers(hit: Row, row: Row) -> bool:
    """Whether one saying of a person holds the term of a hit."""
    kind, term = hit["kind"], hit["term"]
    if kind in (search.NAME, search.SOUND, search.SLIP):
        return _names(hit, f"{row['given_names']} {row['family_name']}")
    column = {search.NUMBER: "nhs_number", search.PHONE: "phone", search.BORN: "born_on", search.DUE: "due_on"}[kind]
    value = row[column] or ""
    return bool((phone(value) if kind == search.PHONE else value)[: search.LONGEST_TERM] == term)


def _names(hit: Row, name: str) -> bool:
    words = search.name_words(name)
    return hit["term"] in ([sound(word)[: search.LONGEST_TERM] for word in words] if hit["kind"] == search.SOUND else words)


def _of_home(hit: Row, homes: list[Row]) -> list[tuple[str, str]]:
    for place, home in enumerate(homes):
        code = folded(home["postcode"]).replace(" ", "")
        if hit["term"] == code or (hit["kind"] != search.POSTCODE and hit["term"] in search.address_words(home["address"])):
            label = "Address before" if place else "Address"
            return [(label, ", ".join(part for part in (home["address"], home["postcode"]) if part))]
    return []


# --- notes ----------------------------------------------------------------------------------------------------------------------------


def _passages(tx: Tx, actor: str, by_item: Mapping[Item, list[Row]], before: int) -> tuple[tuple[Passage, ...], int | None]:
    """Notes with every word that was typed; or, where some of what was typed is a family's own, those of such families with the rest."""
    words = tuple(item.value for item in by_item if item.kind == "word")
    rows = notes.found(tx, actor, words, before, PAGE_OF_NOTES + 1) if len(words) == len(by_item) else []
    theirs = [item for item, hits in by_item.items() if hits]
    rest = tuple(item.value for item in by_item if item not in theirs and item.kind == "word")
    if theirs and rest and len(theirs) + len(rest) == len(by_item):
        families = set.intersection(*({row["household"] for row in by_item[item]} for item in theirs))
        if families:
            more = notes.found_of(tx, actor, rest, Families.several(tuple(sorted(families))), before, PAGE_OF_NOTES + 1)
            rows = sorted({row["id"]: row for row in [*rows, *more]}.values(), key=lambda row: -row["id"])
    shown = rows[:PAGE_OF_NOTES]
    said = notes.wordings(tx, shown)
    return tuple(_passage(row, *said[row["id"]], words) for row in shown), shown[-1]["id"] if len(rows) > PAGE_OF_NOTES else None


_WHAT = {
    notes.VISIT: "Visit", "plan": "Agreed plan", "plan_ended": "End of an agreed plan", "trigger_met": "Moment of an agreed plan",
    "agency": "Another agency", "agency_told": "Told to or by an agency", "agency_closed": "An agency ended its part", "meeting": "Meeting",
    "help_order": "Help that is needed", "help_step": "Help", "level_agreed": "Agreed level", "level_answer": "Answer to a level",
    "closing": "End of our work", "closing_answer": "Answer to the end of our work",
    "life_event": "What happened", "duty_closed": "How a duty ended",
    "supervision_decision": "Decision in supervision",
}  # fmt: skip


def _passage(row: Row, on: str, texts: list[str], words: tuple[str, ...]) -> Passage:
    before, match, after = next((cut for text in texts if (cut := _cut(text, words))), ("", "", ""))
    link = f"/visits/{row['subject']}" if row["source"] == notes.VISIT else f"/families/{row['household']}/arrangements"
    return Passage(row["household"], row["name"], link, on, _WHAT[row["source"]], before, match, after, bool(row["apart"]))


def _cut(text: str, words: tuple[str, ...]) -> tuple[str, str, str] | None:
    """The first word of a text that was looked for, with what stands around it."""
    place = 0
    for piece in text.split():
        start = text.index(piece, place)
        place = start + len(piece)
        if any(part.startswith(word) for part in folded(piece).split() for word in words):
            first, last = max(0, start - AROUND), place + AROUND
            before = f"… {text[first:start].partition(' ')[2]}" if first else text[:start]
            return before, piece, text[place:last] + (" …" if last < len(text) else "")
    return None

"""A family's record as entries made of items, for a copy that a parent asked for: the people, every line of the chronology with every
answer of every visit and its photographs, and every letter that was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.domain import record_requests as words
from visitapp.domain import roles
from visitapp.domain.moments import day_of
from visitapp.domain.nhs_number import spaced
from visitapp.flow import record_letter, record_visit, told_lines
from visitapp.flow.record_asker import Asker
from visitapp.flow.record_items import Entry, Item
from visitapp.letter.sentences import day
from visitapp.store import chronology, chronology_line, letters, life_events, photographs, recipients, search, submissions
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

PEOPLE = 0
"""The entry that says who belongs to the family; every other is a line of the chronology or a letter, by its seq."""
LETTER = "letter"
AT_ONCE = 200
TITLES: dict[str, str] = {
    "event": "Referral", "delivery": "Referral: letter", "disagreement": "Disagreement", "call": "Call", "referral_call": "Call",
    "danger_call": "Call",
    "plan": "Agreed plan", "plan_ended": "Agreed plan", "trigger": "Agreed plan", "duty_closed": "What was done", "help": "Help",
    "help_step": "Help", "level": "Level of need", "level_answer": "Level of need", "closing": "End of our work",
    "closing_answer": "End of our work", "decision": "Supervision", "agency": "Other agency",
    "agency_told": "Other agency", "agency_closed": "Other agency", "lead": "Who leads", "meeting": "Meeting", "residence": "Address",
    "person_same": "The record put right", "person_same_error": "The record put right",
    "join_asked": "The record put right", "join_answered": "The record put right",
    "residence_error": "Address", "phone_number": "Phone", "second_home": "Second home", "second_home_ended": "Second home",
    "membership": "People", "membership_end": "People", "life_event": "What happened", "life_event_error": "What happened",
    "reminders_resumed": "Reminders", "practitioner": "Named practitioner", "handover": "Handover", "handover_ended": "Handover",
    "visit_error": "Entered in error", "record_put_right": "The record put right",
}  # fmt: skip
"""What an entry is headed by: it names nobody, so it is never taken out."""

OF_ANOTHER_FAMILY = ("visit_error", "record_put_right", "join_asked", "join_answered", "second_home", "second_home_ended")
"""Kinds of line that may say something of another family."""
OF_THE_HOME = (
    "residence", "residence_error", "person_same", "person_same_error", "membership", "membership_end", "practitioner", "help", "help_step",
)  # fmt: skip
"""Kinds of line that the family knows itself. Any other says what others told us or did about the family, and is proposed to be taken out
where that may harm."""
OURS_ALONE = ("delivery", "practitioner")
"""Kinds of line in which nothing was typed and nobody stands but ours."""


def lines(tx: Tx, actor: str, request: Row, before: tuple[str, int], limit: int) -> list[Row]:
    """The lines that the copy is made of, those of confirmed earlier households in their place; newest first, from before that key."""
    every = life_events.earlier(tx, request["household"])
    found = letters.lines(tx, Families.several(every), request["as_of"], before, limit)
    for one in every:
        rows: list[Row] = []
        start = before
        while len(rows) < limit:
            more = chronology_line.page(tx, actor, request["household"], one, "", start, limit)
            rows += [row for row in more if row["seq"] <= request["as_of"]]
            if len(more) < limit:
                break
            start = (more[-1]["happened"], more[-1]["seq"])
        found += rows
    return sorted(found, key=lambda row: (row["happened"], row["seq"]), reverse=True)[:limit]


def line(tx: Tx, request: Row, seq: int) -> Row | None:
    """One line of the copy by its seq; the caller has shown that the actor may see the family."""
    if seq > request["as_of"]:
        return None
    families = Families.several(life_events.earlier(tx, request["household"]))
    return chronology_line.one(tx, families, seq) or letters.line(tx, families, seq)


def every_line(tx: Tx, actor: str, request: Row) -> Iterator[Row]:
    """All of them, a page at a time."""
    before = ("9999", 0)
    while True:
        found = lines(tx, actor, request, before, AT_ONCE)
        yield from found
        if len(found) < AT_ONCE:
            return
        before = (found[-1]["happened"], found[-1]["seq"])


def people(tx: Tx, asking: Asker, household: str) -> Entry:
    """Everybody who belongs or belonged, as they are known now."""
    items, seen = [], set()
    for row in search.people_of(tx, Families.several(life_events.earlier(tx, household))):
        if row["person"] in seen:
            continue
        seen.add(row["person"])
        born = f"born {day(row['born_on'])}" if row["born_on"] else f"due {day(row['due_on'])}" if row["due_on"] else ""
        number = f"NHS number {spaced(row['nhs_number'])}" if row["nhs_number"] else ""
        phone = f"phone {row['phone']}" if row["phone"] else ""
        name = f"{row['given_names']} {row['family_name']}".strip()
        role = str(roles.MEMBERS.get(row["role"], row["role"])).capitalize()
        said = ", ".join(part for part in (name, born, number, phone) if part)
        items.append(Item(f"person/{row['person']}", role, said, asking.about(row["person"])))
    return Entry(PEOPLE, "", "People of the family", "", tuple(items))


def entries(w: Wired, tx: Tx, asking: Asker, request: Row, found: Iterable[Row]) -> list[Entry]:
    """These lines with their items."""
    found = list(found)
    kinds: dict[str, list[int]] = {}
    for line in found:
        kinds.setdefault(line["kind"], []).append(line["seq"])
    written = kinds.pop(LETTER, [])
    rows = {row["seq"]: row for kind, seqs in kinds.items() for row in chronology.entries(tx, kind, seqs)}
    rows |= {row["seq"]: row for row in letters.told_of(tx, written)} if written else {}
    visits = [row["submission"] for line in found if line["kind"] == "visit" and (row := rows.get(line["seq"]))]
    findings: dict[str, list[Row]] = {}
    for row in chronology.findings(tx, visits) if visits else []:
        findings.setdefault(row["submission"], []).append(row)
    page = _Page(
        w, tx, asking, findings, submissions.bodies(tx, visits) if visits else {}, _given_names(tx, found),
        photographs.here(tx, visits, request["as_of"]) if visits else {}, search.times_of(tx, asking.person),
    )  # fmt: skip
    return [_entry(page, line, rows[line["seq"]]) for line in found if line["seq"] in rows]


@dataclass(frozen=True)
class _Page:
    """What the entries of one page are made of: what was found in each visit and its bytes, given names by person in each household, the
    photographs of each visit, and from when until when the asker belonged to which household."""

    w: Wired
    tx: Tx
    asking: Asker
    findings: Mapping[str, list[Row]]
    bodies: Mapping[str, bytes]
    names: Mapping[str, Mapping[str, str]]
    pictures: Mapping[str, frozenset[str]]
    times: list[Row]

    def lived(self, household: str, on: str) -> bool:
        """Whether the asker belonged to this household on that day."""
        return any(one["household"] == household and one["from_on"] <= on and (one["to_on"] or "9999") >= on for one in self.times)


def _given_names(tx: Tx, found: Iterable[Row]) -> dict[str, dict[str, str]]:
    households = dict.fromkeys(line["household"] for line in found)
    return {one: {row["person"]: row["given_names"] for row in chronology.people_named_in(tx, one)} for one in households}


def _entry(page: _Page, line: Row, row: Row) -> Entry:
    on = day_of(line["happened"]).isoformat() if len(line["happened"]) > 10 else line["happened"]
    if line["kind"] == "visit":
        return _visit(page, line, on, row)
    if line["kind"] == LETTER:
        to = recipients.of_letter(page.tx, row["referral"], row["document"], row["number"], row["round"])
        return record_letter.entry(page.asking, on, row, [one["name"] for one in to if one["name"]])
    return _told(page, line, on, row)


def _visit(page: _Page, line: Row, on: str, row: Row) -> Entry:
    id, household = row["submission"], line["household"]
    visit = record_visit.Visit(
        row, on, page.bodies.get(id), page.findings.get(id, []), page.names.get(household, {}), page.pictures.get(id, frozenset()),
        page.lived(household, on),
    )  # fmt: skip
    return record_visit.entry(page.w.catalogue, page.asking, visit)


def _told(page: _Page, line: Row, on: str, row: Row) -> Entry:
    asking, kind = page.asking, line["kind"]
    said = told_lines.tell(page.w.catalogue, kind, row)
    texts = [(key, text) for key, text in (("what", said.what), ("words", said.words)) if text.strip()]
    address = words.ADDRESS if kind in ("residence", "residence_error") and asking.address else ""
    other = words.THIRD_PARTY if kind in OF_ANOTHER_FAMILY else "" if kind in OF_THE_HOME else asking.said_by_others()
    why = address or other or next((why for _, text in texts if (why := asking.in_words(text))), "")  # a line is about one thing, all of it
    items = [Item(key, "", text, why, plain=kind in OURS_ALONE) for key, text in texts]
    return Entry(line["seq"], on, TITLES.get(kind, "Entry"), said.who, tuple(items))

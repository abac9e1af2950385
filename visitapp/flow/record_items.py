"""A family's record as entries made of items, for a copy that a parent asked for: every answer of every visit, what was found, and every
line of the chronology, each with what the service proposes to take out and why. It proposes too much rather than too little; people decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from visitapp.domain import record_requests as words
from visitapp.domain import roles
from visitapp.domain.answers import WHY_ABSENT
from visitapp.domain.moments import day_of
from visitapp.domain.names import folded
from visitapp.domain.nhs_number import spaced
from visitapp.domain.past import INFORMATION
from visitapp.flow import telling, told_lines
from visitapp.flow.family_plan import readable
from visitapp.flow.protected import address_kept_back
from visitapp.flow.reading import rows as rows_of
from visitapp.letter.sentences import KNOWN, day
from visitapp.letter.withheld import stands_in
from visitapp.store import chronology, chronology_line, letters, life_events, search, submissions
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.formlang import Form, Question
    from visitapp.wiring import Wired

PEOPLE = 0
"""The entry that says who belongs to the family; every other entry is a line of the chronology, by its seq."""
AT_ONCE = 200
SHORTEST_NAME = 3
TITLES: dict[str, str] = {
    "event": "Referral", "delivery": "Referral: letter", "disagreement": "Disagreement", "call": "Call", "referral_call": "Call",
    "danger_call": "Call",
    "plan": "Agreed plan", "plan_ended": "Agreed plan", "trigger": "Agreed plan", "duty_closed": "What was done", "help": "Help",
    "help_step": "Help", "level": "Level of need", "level_answer": "Level of need", "closing": "End of our work",
    "closing_answer": "End of our work", "decision": "Supervision", "agency": "Other agency",
    "agency_told": "Other agency", "agency_closed": "Other agency", "lead": "Who leads", "meeting": "Meeting", "residence": "Address",
    "membership": "People", "membership_end": "People", "life_event": "What happened", "life_event_error": "What happened",
    "reminders_resumed": "Reminders", "practitioner": "Named practitioner", "handover": "Handover", "handover_ended": "Handover",
    "visit_error": "Entered in error", "record_put_right": "The record put right",
}  # fmt: skip
"""What an entry is headed by: it names nobody, so it is never taken out."""


OF_ANOTHER_FAMILY = ("visit_error", "record_put_right")
"""Kinds of line that may say something of another family."""


@dataclass(frozen=True)
class Item:
    """One thing that stays in or is taken out. `why` is the reason for which the service proposes to take it out; empty: it does not."""

    key: str
    label: str
    said: str
    why: str = ""


@dataclass(frozen=True)
class Entry:
    """`on` is the day it happened (empty for the people); `who` of ours, who is never taken out."""

    seq: int
    on: str
    title: str
    who: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Asker:
    """Whose request it is, and what the proposals look for: adults beside the asker by person with the words of their names, children for
    whom others alone are recorded as responsible, and the address where it must be kept back."""

    person: str
    adults: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    not_theirs: frozenset[str] = frozenset()
    address: tuple[str, ...] = ()

    def about(self, person: str) -> str:
        """Why something about this person is proposed to be taken out."""
        if person in self.not_theirs:
            return words.THIRD_PARTY
        role = self.adults.get(person)
        return "" if role is None else words.OTHER_PARENT if role in ("mother", "father") else words.THIRD_PARTY

    def in_words(self, said: str) -> str:
        """Why a text is: it holds the address, or the name of another adult."""
        if self.address and stands_in(said, self.address):
            return words.ADDRESS
        spoken = {*folded(said).split(), *folded(re.sub("[’']", " ", said)).split()}  # "Jordan's" is Jordan
        return next((self.about(person) for word, person in self.names.items() if word in spoken), "")


def asker(w: Wired, tx: Tx, household: str, person: str) -> Asker:
    """What to look for in the record of this family, former members and names included."""
    every = life_events.earlier(tx, household)
    known = search.people_of(tx, Families.several(every))
    adults = {row["person"]: row["role"] for row in known if row["role"] != "child" and row["person"] != person}
    ours = {word for row in known if row["person"] not in adults for word in _name_words(row)}
    names = {word: row["person"] for row in known if row["person"] in adults for word in _name_words(row) if word not in ours}
    holders: dict[str, set[str]] = {}
    for row in letters.responsibility(tx, household):
        holders.setdefault(row["child"], set()).add(row["holder"])
    homes = search.homes_of(tx, Families.several(every)) if address_kept_back(w, tx, every) else []
    address = tuple(part for row in homes for part in (row["address"], row["postcode"]) if part)
    return Asker(person, adults, names, frozenset(child for child, held in holders.items() if person not in held), address)


def _name_words(row: Row) -> list[str]:
    return [word for word in folded(f"{row['given_names']} {row['family_name']}").split() if len(word) >= SHORTEST_NAME]


def lines(tx: Tx, actor: str, request: Row, before: tuple[str, int], limit: int) -> list[Row]:
    """The lines that the copy is made of, those of confirmed earlier households in their place; newest first, from before that key."""
    every = life_events.earlier(tx, request["household"])
    found = []
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
    return chronology_line.one(tx, Families.several(life_events.earlier(tx, request["household"])), seq)


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


def entries(w: Wired, tx: Tx, asking: Asker, found: Iterable[Row]) -> list[Entry]:
    """These lines with their items."""
    found = list(found)
    kinds: dict[str, list[int]] = {}
    for line in found:
        kinds.setdefault(line["kind"], []).append(line["seq"])
    rows = {row["seq"]: row for kind, seqs in kinds.items() for row in chronology.entries(tx, kind, seqs)}
    visits = [row["submission"] for line in found if line["kind"] == "visit" and (row := rows.get(line["seq"]))]
    findings: dict[str, list[Row]] = {}
    for row in chronology.findings(tx, visits) if visits else []:
        findings.setdefault(row["submission"], []).append(row)
    page = _Page(w, asking, findings, submissions.bodies(tx, visits) if visits else {}, _given_names(tx, found))
    return [_entry(page, line, rows[line["seq"]]) for line in found if line["seq"] in rows]


@dataclass(frozen=True)
class _Page:
    """What the entries of one page are made of: what was found in each visit and its bytes, and given names by person in each household."""

    w: Wired
    asking: Asker
    findings: Mapping[str, list[Row]]
    bodies: Mapping[str, bytes]
    names: Mapping[str, Mapping[str, str]]


def _given_names(tx: Tx, found: Iterable[Row]) -> dict[str, dict[str, str]]:
    households = dict.fromkeys(line["household"] for line in found)
    return {one: {row["person"]: row["given_names"] for row in chronology.people_named_in(tx, one)} for one in households}


def _entry(page: _Page, line: Row, row: Row) -> Entry:
    asking = page.asking
    on = day_of(line["happened"]).isoformat() if len(line["happened"]) > 10 else line["happened"]
    if line["kind"] == "visit":
        return _visit(page, line, on, row)
    said = told_lines.tell(page.w.catalogue, line["kind"], row)
    texts = [(key, text) for key, text in (("what", said.what), ("words", said.words)) if text.strip()]
    address = words.ADDRESS if line["kind"] == "residence" and asking.address else ""
    other = words.THIRD_PARTY if line["kind"] in OF_ANOTHER_FAMILY else ""
    why = address or other or next((why for _, text in texts if (why := asking.in_words(text))), "")  # a line is about one thing, all of it
    items = [Item(key, "", text, why) for key, text in texts]
    return Entry(line["seq"], on, TITLES.get(line["kind"], "Entry"), said.who, tuple(items))


def _visit(page: _Page, line: Row, on: str, row: Row) -> Entry:
    catalogue, asking, body = page.w.catalogue, page.asking, page.bodies.get(row["submission"])
    known = any((form.name, form.version) == (row["form"], row["form_version"]) for form in catalogue.forms)
    form = catalogue.form(row["form"], row["form_version"]) if known else None
    told = row["kind"] == INFORMATION
    items: list[Item] = []
    if form and body:
        answers = readable(body).get("answers")
        top = [question for section in form.sections for question in section.questions]
        here = _At(page.names.get(line["household"], {}), informant=told)
        items += _answers(form, top, answers if isinstance(answers, dict) else {}, asking, here)
    for one in page.findings.get(row["submission"], []):
        why = words.INFORMANT if told else asking.about(one["person"]) or asking.in_words(one["said"])
        state = "Found" if one["state"] == "present" else "Could not be told"
        items.append(Item(f"finding/{one['code']}/{one['person']}", state, one["said"], why))
    role = str(roles.ACCOUNTS.get(row["author_role"] or "", "")).lower()
    who = ", ".join(part for part in (row["author_name"] or "", role) if part)
    return Entry(row["seq"], on, form.title if form else "Visit", who, tuple(items))


@dataclass(frozen=True)
class _At:
    """Where in a visit a question stands: names by person, the path, of whom the row is, and whether all of it is told by an informant or
    stands apart."""

    names: Mapping[str, str]
    path: str = ""
    person: str = ""
    apart: bool = False
    informant: bool = False


def _answers(form: Form, questions: Iterable[Question], answers: Mapping[str, Any], asking: Asker, at: _At) -> Iterator[Item]:
    for question in questions:
        answer = answers.get(question.id)
        if not isinstance(answer, dict):
            continue
        apart = at.apart or question.confidential
        if question.kind == "rows":
            for row in rows_of(answer):
                here = _At(at.names, f"{at.path}{question.id}/{row.get('id')}/", str(row.get("person") or at.person), apart, at.informant)
                yield from _answers(form, question.questions, row["answers"], asking, here)
        elif said := _said(question, answer):
            whose = f" ({at.names[at.person]})" if at.person in at.names else ""
            label = f"{question.label}{whose}"
            why = words.APART if apart else words.INFORMANT if at.informant else asking.about(at.person) or asking.in_words(said)
            yield Item(f"answer/{at.path}{question.id}", label, said, why)


def _said(question: Question, answer: Mapping[str, Any]) -> str:
    """An answer in words with how it is known, or why there is none."""
    absent = answer.get("absent")
    if isinstance(absent, str):
        return WHY_ABSENT.get(absent, absent)
    value = telling.words(question, answer.get("value"))
    known = KNOWN.get(answer.get("known"), "") if answer.get("known") else ""
    return f"{value} ({known.lower()})" if value and known else value


# --- with what was decided -----------------------------------------------------------------------------------------------------------


def decided(item: Item, marks: Mapping[str, Any]) -> dict[str, Any]:
    """What becomes of an item: what somebody decided, else what is proposed."""
    mark = marks.get(item.key)
    if isinstance(mark, dict):
        return {
            "does": mark.get("does", words.OUT),
            "reason": mark.get("reason", ""),
            "words": mark.get("words", []),
            "why": mark.get("why", ""),
        }
    return {"does": words.OUT if item.why else words.SHOWN, "reason": item.why, "words": [], "why": ""}


@dataclass(frozen=True)
class Given:
    """An item as the copy has it. `stays`: at least some of it is given; `reason`: why something was taken out."""

    label: str
    said: str
    reason: str
    stays: bool


def as_given(item: Item, marks: Mapping[str, Any]) -> Given:
    """An item with what was decided. Of what is taken out whole not even the question stays."""
    mark = decided(item, marks)
    if mark["does"] == words.SHOWN:
        return Given(item.label, item.said, "", True)
    if mark["does"] == words.OUT:
        return Given("", words.IN_THE_COPY, mark["reason"], False)
    label, said = (words.without(text, mark["words"], words.IN_THE_COPY) for text in (item.label, item.said))
    return Given(label, said, mark["reason"], True)


_ID = re.compile(r"[^A-Za-z0-9_-]")


def field_id(key: str) -> str:
    """An item's key as an id on a page."""
    return _ID.sub("-", key)

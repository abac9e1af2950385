"""A visit as items of a copy of the record: every answer, what was found, and every photograph of the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from visitapp.domain import photographs, roles
from visitapp.domain import record_requests as words
from visitapp.domain.answers import WHY_ABSENT
from visitapp.domain.past import INFORMATION
from visitapp.flow import telling
from visitapp.flow.family_plan import readable
from visitapp.flow.reading import rows as rows_of
from visitapp.flow.record_asker import PARENTS
from visitapp.flow.record_items import Entry, Item
from visitapp.letter.sentences import KNOWN

if TYPE_CHECKING:
    from visitapp.flow.record_asker import Asker
    from visitapp.formlang import Catalogue, Question
    from visitapp.store.tx import Row

TYPED = ("text",)
"""Kinds of question that are answered in free words."""
TOLD = ("told", "told_by_agency")
"""Ways of knowing in which somebody said it."""
OF_A_CHILD = re.compile(r"\bchild(?:[’']s| own|) .*\b(?:say|words)\b", re.IGNORECASE)
"""How forms ask for what a child said: it is the child's, and neither parent's."""
OF_PARENTS = re.compile(r"\bparents?\b.*\bsay\b", re.IGNORECASE)
"""How they ask for what the parents say, one of whom may not be the asker."""
SHOWS_THE_DOOR = ("outside", "stairs")
"""Places by whose picture a home can be found."""


@dataclass(frozen=True)
class Visit:
    """One visit of a page of entries: its line, its bytes where they can be read, what was found, names by person, and which of its
    photographs are here."""

    row: Row
    on: str
    body: bytes | None
    findings: list[Row]
    names: Mapping[str, str]
    here: frozenset[str]
    lived_here: bool


def entry(catalogue: Catalogue, asking: Asker, visit: Visit) -> Entry:
    """One visit with its items."""
    row = visit.row
    known = any((form.name, form.version) == (row["form"], row["form_version"]) for form in catalogue.forms)
    form = catalogue.form(row["form"], row["form_version"]) if known else None
    told = row["kind"] == INFORMATION
    items: list[Item] = []
    body = readable(visit.body) if visit.body else {}
    if form and body:
        answers = body.get("answers")
        top = [question for section in form.sections for question in section.questions]
        here = _At(visit.names, informant=told)
        items += _answers(top, answers if isinstance(answers, dict) else {}, asking, here)
    items += [_finding(one, asking, told) for one in visit.findings]
    items += _photographs(body, asking, visit, told)
    role = str(roles.ACCOUNTS.get(row["author_role"] or "", "")).lower()
    who = ", ".join(part for part in (row["author_name"] or "", role) if part)
    return Entry(row["seq"], visit.on, form.title if form else "Visit", who, tuple(items), row["submission"])


def _finding(one: Row, asking: Asker, told: bool) -> Item:
    why = words.INFORMANT if told else asking.about(one["person"]) or asking.in_words(one["said"])
    why = why or asking.said_by_others(one["person"])  # it rests on what was said too
    state = "Found" if one["state"] == "present" else "Could not be told"
    return Item(f"finding/{one['code']}/{one['person']}", state, one["said"], why)


@dataclass(frozen=True)
class _At:
    """Where in a visit a question stands: names by person, the path, of whom the row is, why all of it is proposed to be taken out, and
    whether all of it is told by an informant or stands apart."""

    names: Mapping[str, str]
    path: str = ""
    person: str = ""
    why: str = ""
    apart: bool = False
    informant: bool = False


def _answers(questions: Iterable[Question], answers: Mapping[str, Any], asking: Asker, at: _At) -> Iterator[Item]:
    for question in questions:
        answer = answers.get(question.id)
        if not isinstance(answer, dict):
            continue
        here = replace(at, apart=at.apart or question.confidential)
        if question.kind == "rows":
            for row in rows_of(answer):
                inside = replace(
                    here, path=f"{at.path}{question.id}/{row.get('id')}/", person=str(row.get("person") or at.person),
                    why=at.why or _of_another(question, row["answers"], asking),
                )  # fmt: skip
                yield from _answers(question.questions, row["answers"], asking, inside)
        elif said := _said(question, answer):
            yield _answer(question, answer, said, asking, here)


def _of_another(rows: Question, answers: Mapping[str, Any], asking: Asker) -> str:
    """Why a row is about another adult than the asker, where one of its choices says whose it is: who shared a bed, and had taken what."""
    of_whom = [one.id for one in rows.questions if one.kind == "choice" and {*PARENTS} <= {each.code for each in one.options}]
    chosen = [answer.get("value") for id in of_whom if isinstance(answer := answers.get(id), dict)]
    return next((asking.of_role(str(value)) for value in chosen if value), "")


def _answer(question: Question, answer: Mapping[str, Any], said: str, asking: Asker, at: _At) -> Item:
    whose = f" ({at.names[at.person]})" if at.person in at.names else ""
    typed = question.kind in TYPED and "absent" not in answer
    why = words.APART if at.apart else words.INFORMANT if at.informant else at.why or asking.about(at.person) or asking.in_words(said)
    if typed and not why:
        why = _spoken(question, asking) or asking.said_by_others(at.person)
    told = answer.get("known") in TOLD
    if told and not why:
        why = asking.said_by_others(at.person)
    return Item(f"answer/{at.path}{question.id}", f"{question.label}{whose}", said, why, plain=not (typed or told or why))


def _spoken(question: Question, asking: Asker) -> str:
    """Why the words of a child, or of parents of whom the asker is one of several, are."""
    if OF_A_CHILD.search(f"{question.label} {question.letter or ''}"):
        return words.CHILD_SAID
    both = any(role in PARENTS for role in asking.adults.values())
    return words.OTHER_PARENT if both and OF_PARENTS.search(question.label) else ""


def _said(question: Question, answer: Mapping[str, Any]) -> str:
    """An answer in words with how it is known, or why there is none."""
    absent = answer.get("absent")
    if isinstance(absent, str):
        return WHY_ABSENT.get(absent, absent)
    value = telling.words(question, answer.get("value"))
    known = KNOWN.get(answer.get("known"), "") if answer.get("known") else ""
    return f"{value} ({known.lower()})" if value and known else value


def _photographs(body: Mapping[str, Any], asking: Asker, visit: Visit, told: bool) -> Iterator[Item]:
    """Each photograph that the visit lists, in the order in which they were taken; of one that is not here it is said."""
    listed = photographs.listed(body)
    for one in listed.taken if listed else ():
        here = one.id in visit.here
        place = photographs.PLACES.get(one.place, one.place)
        label = f"Photograph: {place}" if place else "Photograph"
        missing = "The tablet could not keep it." if one.lost else "It did not reach us before the request was written down."
        said = " ".join(part for part in (one.caption, "" if here else missing) if part)
        found = "" if visit.lived_here else words.THIRD_PARTY  # a home that was not the asker's
        address = words.ADDRESS if asking.address and one.place in SHOWS_THE_DOOR else ""
        why = words.INFORMANT if told else address or asking.in_words(said) or found
        yield Item(f"photograph/{one.id}", label, said, why, picture=one.id if here else "")

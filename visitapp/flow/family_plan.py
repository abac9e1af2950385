"""The one-page plan for a family, out of the answers of one visit. Which answers go into it is said by their measures, so any form that
asks for a plan can print one and no form is named here. What is confidential never gets this far, and nothing else of the visit is read.

It is a read of a family: whoever may not see the family is told that there is nothing, and the reading is journalled before it is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

from visitapp.domain import roles
from visitapp.domain.ages import PRETERM_BELOW_DAYS, age_days, corrected_age_days
from visitapp.domain.answers import whole_number
from visitapp.domain.helping import HELP as HELP_WORDS
from visitapp.domain.helping import ORDERED
from visitapp.domain.measures import SMALL
from visitapp.flow import reading, telling
from visitapp.flow.losses import stopped
from visitapp.formlang import Form
from visitapp.problems import problem
from visitapp.store import accounts, helping, households, same, scope, submissions, teams
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.letter.family_plan import ChildsPlan, FamilyPlan, Phone
    from visitapp.wiring import Wired

TONIGHT, NEXT_NIGHT, NEXT_PLACE, NEXT_SOBER, AGREED = (
    "sleep.tonight_place",
    "sleep.next_night",
    "sleep.next_place",
    "sleep.next_sober",
    "sleep.plan",
)
HELP, HELP_BY, NEXT_VISIT = "help.needed", "help.by", "visit.next"
PLAN = frozenset((NEXT_NIGHT, NEXT_PLACE, NEXT_SOBER, AGREED))
"""The measures of a plan: a form with a question for one of them has a page for the family."""

GOODS = ("cot", "bedding", "mattress", "food")
"""Help that somebody carries through the door; the rest is helped with."""

BABY_DAYS = 730


@dataclass(frozen=True)
class Visit:
    """A kept visit with the form it was written on."""

    row: Row
    form: Form
    body: dict[str, Any]

    @property
    def household(self) -> str:
        return str(self.row["household"])


def printable(form: Form | None) -> TypeGuard[Form]:
    """Whether visits on this form have a page for the family; none has one where the form is not here."""
    return form is not None and any(question.measure in PLAN and not question.confidential for question, _ in form.placed.values())


def family_plan(w: Wired, actor: str, submission: str) -> bytes:
    """The page as a PDF. Raises Problem not_found where there is no such visit, it is not this actor's to see, or it has no plan."""
    from visitapp.letter.family_plan import draw  # drawing needs reportlab: only a page that is asked for waits for it

    with w.engine.read() as tx:
        row = submissions.submission(tx, submission)
        if row is None or not scope.may_see_family(tx, actor, row["household"]) or not printable(form := _form(w, row)):
            raise problem("not_found")
        if stopped(tx, row["household"]):
            raise problem("letters_stopped")
        plan = gather(tx, Visit(row, form, readable(same.body(tx, row["household"], row["body"]))))
    at = w.clock()
    w.writer.submit(lambda tx: tx.journal("read.family_plan", at=at, actor=actor, household=row["household"], detail=submission))
    return draw(plan)


def _form(w: Wired, row: Row) -> Form | None:
    try:
        return w.catalogue.form(row["form"], row["form_version"])
    except LookupError:
        return None


def readable(body: bytes) -> dict[str, Any]:
    """The answers as they were sealed; nothing where they cannot be read."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def gather(tx: Tx, visit: Visit) -> FamilyPlan:
    """What the page says, from the visit's own answers, the given names of the children, and the telephone numbers of today."""
    from visitapp.letter.family_plan import FamilyPlan
    from visitapp.letter.safer_sleep import lines

    members = [one for one in households.members(tx, visit.household) if one["role"] == "child"]
    told = telling.tell(visit.form, visit.body, {one["person"]: one["person"] for one in members})  # two children may share a name
    babies = [one for one in members if (days := _age(one, visit)) is None or days < BABY_DAYS]
    named, numbers = _phones(tx, visit)
    return FamilyPlan(
        made_on=visit.row["occurred_on"],
        made_with=named,
        children=tuple(_children(told, members, {one["person"] for one in babies})),
        agreed=tuple(dict.fromkeys(_words(told, AGREED))),
        promised=tuple(_promised(tx, visit, told)),
        next_visit=next(iter(_days(visit, NEXT_VISIT)), ""),
        phones=numbers,
        lines=lines(_said_of(visit, babies), _youngest(babies, visit)) if babies else (),
    )


def _children(told: telling.Told, members: list[Row], babies: set[str]) -> Iterator[ChildsPlan]:
    """Each child that something was agreed for; what was agreed once, in no child's row, is for the babies."""
    from visitapp.letter.family_plan import ChildsPlan

    def of(person: str, measure: str) -> str:
        whose = (person, "") if person in babies or not babies else (person,)
        return ", ".join(dict.fromkeys(line.words for line in _lines(told, measure) if line.words and line.whose in whose))

    spoken_of = {line.whose for measure in (TONIGHT, *PLAN) for line in _lines(told, measure)}
    for one in members:
        if one["person"] in spoken_of or len(members) == 1:
            yield ChildsPlan(one["given_names"], *(of(one["person"], measure) for measure in (TONIGHT, NEXT_NIGHT, NEXT_PLACE, NEXT_SOBER)))


def _lines(told: telling.Told, measure: str) -> list[telling.Line]:
    return [line for line in told.by_path.values() if line.question.measure == measure]


def _words(told: telling.Told, measure: str) -> Iterator[str]:
    return (line.words for line in _lines(told, measure) if line.words)


def _promised(tx: Tx, visit: Visit, told: telling.Told) -> Iterator[str]:
    """Each kind of help that the visit asked for, with the day by which it comes, and what was ordered before and is not there yet.
    "None of these" is nothing to bring, and what staff wrote about an order is theirs."""
    by = next(_words(told, HELP_BY), "")
    options = {one.code: one for question, _ in visit.form.placed.values() if question.measure == HELP for one in question.options}
    asked = dict.fromkeys(value for _, name, value in _measures(visit) if name == HELP and value in options)
    real = [code for code in asked if not (options[code].alone or options[code].rest_unknown)]
    for code in real:
        yield _help(code, options[code].label) + (f", by {by}" if by else "")
    for order in helping.orders(tx, Families.one(visit.household)):
        if order["step"] in (None, ORDERED) and order["what"] not in real and order["what"] in HELP_WORDS:
            real.append(order["what"])
            yield _help(order["what"], HELP_WORDS[order["what"]])


def _help(code: str, words: str) -> str:
    return f"{'We bring' if code in GOODS else 'We help with'}: {words[:1].lower()}{words[1:]}"


def _days(visit: Visit, measure: str) -> Iterator[str]:
    return (value for _, name, value in _measures(visit) if name == measure and value)


def _measures(visit: Visit) -> tuple[tuple[str, str, str], ...]:
    """(person, measure, value) of the visit, without confidential questions."""
    apart = {question.measure for question, _ in visit.form.placed.values() if question.confidential}
    return tuple((one[0], one[1], one[2]) for one in reading.read(visit.form, visit.body).measures if one[1] not in apart)


def _said_of(visit: Visit, babies: list[Row]) -> Iterable[tuple[str, str]]:
    """(measure, value) of what was said of a baby or of nobody in particular, and of the adults; and whether a baby came early or small."""
    children = {one["person"] for one in babies}
    older = {whose for whose in reading.people_named(visit.form, visit.body) if whose not in children}
    for person, measure, value in _measures(visit):
        if person not in older or measure.startswith("adult."):
            yield measure, value
            if measure == SMALL and value == "true":
                yield "early", "true"
    if any(0 < (whole_number(one["gestation_days"]) or 0) < PRETERM_BELOW_DAYS for one in babies):
        yield "early", "true"


def _age(child: Row, visit: Visit) -> int | None:
    """By the corrected age where it can be worked out; None for a child unborn or of unknown age."""
    on = visit.row["occurred_on"]
    corrected = corrected_age_days(child["born_on"], child["gestation_days"], on)
    return age_days(child["born_on"], on) if corrected is None else corrected


def _youngest(babies: list[Row], visit: Visit) -> int | None:
    ages = [_age(one, visit) for one in babies]
    return None if None in ages else min(days for days in ages if days is not None)


def _phones(tx: Tx, visit: Visit) -> tuple[str, tuple[Phone, ...]]:
    """Who came, in words; and their number, then their team's."""
    from visitapp.letter.family_plan import Phone

    account: dict[str, Any] = accounts.account(tx, visit.row["author"]) or {}
    role = roles.ACCOUNTS.get(account.get("role", ""), "").lower()
    team = teams.team(tx, account["team"]) if account.get("team") else None
    name = ", ".join(part for part in (account.get("name", ""), f"your {role}" if role else "") if part)
    ours = ((name, account.get("phone") or ""), (team["name"] if team else "", team["phone"] if team else ""))
    return name, tuple(Phone(who, number) for who, number in ours if who and number)

"""The contacts that every child is to have, from before birth to two and a half years: what is due or overdue now, and what was made."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from visitapp.decide import contacts as decide
from visitapp.domain.contacts import ANTENATAL, MANDATED, PREGNANCY, Contact
from visitapp.domain.moments import date_words
from visitapp.flow.team.figures import Line, Section, Table, Tally
from visitapp.store import team_figures

if TYPE_CHECKING:
    from visitapp.flow.team.facts import Facts
    from visitapp.store.tx import Row

ALL = "all"
CONTACT = ("contact", "contacts")
NOW = (decide.OVERDUE, decide.NOT_SEEN, decide.DUE)
OF_A_TIME = (decide.IN_TIME, decide.LATE, decide.PASSED_OVER, decide.ELSEWHERE)
COLUMNS: dict[str, str] = {
    decide.OVERDUE: "Overdue",
    decide.NOT_SEEN: "Made, child not seen",
    decide.DUE: "Due now",
    decide.IN_TIME: "Made in its time",
    decide.LATE: "Made outside its time",
    decide.PASSED_OVER: "Not made, time gone",
    decide.ELSEWHERE: "Not known",
}


def section(facts: Facts) -> Section:
    tally = counted(facts)
    every = Line(
        "All of them", tuple(tally.cell(f"{how}.{ALL}", f"All contacts: {decide.STANDINGS[how]}", unit=CONTACT) for how in COLUMNS)
    )
    lines = [
        Line(one.name, tuple(tally.cell(f"{how}.{one.code}", f"{one.name}: {decide.STANDINGS[how]}") for how in COLUMNS), _when(facts, one))
        for one in MANDATED
    ]
    unknown = Line("Which child, or which date", (tally.cell("unnamed", "Contacts that name no child", unit=CONTACT),
                                                 tally.cell("no_date", decide.STANDINGS[decide.NO_DATE])))  # fmt: skip
    return Section(
        "contacts",
        "Contacts that every child is to have",
        (
            Table("Mandated contacts, by child", "Contact", tuple(COLUMNS.values()), (*lines, every)),
            Table("What is not known", "", ("Contacts that name no child", "Children without a date"), (unknown,)),
        ),
        (
            "Overdue, due and “child not seen” are as of today; the rest is of the time chosen. A contact counts where the child was "
            "seen, made by "
            "whoever does it for the health visitor; a midwife’s is the midwives’ own. “Not known”: the child came to us after its time.",
            "Windows: policy, after the Healthy Child Programme guidance of 6 February 2026 (the statutory five).",
        ),
    )


def counted(facts: Facts) -> Tally:
    """Children by where they stand with each contact. A child in two homes is counted in each."""
    tally = Tally(("child", "children"))
    born_after = facts.days_ago(facts.policy.number("contacts_until"))
    since = facts.days_ago(facts.policy.number("contacts_until") + PREGNANCY)
    made = _made(facts, since)
    for row in team_figures.children(facts.tx, facts.actor, born_after):
        windows = decide.windows(facts.policy, row["born_on"], row["due_on"])
        theirs = made[row["household"], row["person"]] + made[row["household"], ""]
        for one in decide.standings(windows, row["born_on"], row["from_on"], theirs, facts.today):
            if one.how in NOW or one.on >= facts.since:
                for key in (f"{one.how}.{one.contact}", f"{one.how}.{ALL}"):
                    tally.add(key, row["household"], on=one.on, words=_words(row))
    for row in team_figures.contacts_unnamed(facts.tx, facts.actor, facts.since):
        tally.add("unnamed", row["household"], on=row["on_date"])
    for row in team_figures.undated(facts.tx, facts.actor):
        tally.add("no_date", row["household"], words=row["given_names"])
    return tally


def _made(facts: Facts, since: str) -> dict[tuple[str, str], list[decide.Made]]:
    """The contacts of each child, oldest first; under no name those before birth that named none: of whoever was expected then."""
    made: dict[tuple[str, str], list[decide.Made]] = defaultdict(list)
    for row in team_figures.contacts(facts.tx, facts.actor, since):
        seen = None if row["seen"] is None else row["seen"] == 1
        made[row["household"], row["person"]].append(decide.Made(row["contact"], row["on_date"], seen))
    for row in team_figures.contacts_unnamed(facts.tx, facts.actor, since):
        if row["contact"] == ANTENATAL:
            made[row["household"], ""].append(decide.Made(row["contact"], row["on_date"], None))
    return made


def _words(child: Row) -> str:
    born, name = child["born_on"], child["given_names"] or "a child without a name yet"
    return f"{name}, {'born' if born else 'expected'} {date_words(date.fromisoformat(born or child['due_on']))}"


def _when(facts: Facts, contact: Contact) -> str:
    opens = facts.policy.number(contact.opens)
    if contact.code == ANTENATAL:
        return f"from {opens // 7} weeks of pregnancy"
    return f"day {opens} to {facts.policy.number(contact.closes)}"

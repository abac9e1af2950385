"""The contacts that every child is to have, from before birth to two and a half years: what is due or overdue now, and what was made."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from visitapp.decide import contacts as decide
from visitapp.domain.contacts import ANTENATAL, MANDATED, PREGNANCY, Contact
from visitapp.domain.moments import date_words, day_of
from visitapp.flow.team.figures import Line, Section, Table, Tally
from visitapp.store import team_figures

if TYPE_CHECKING:
    from visitapp.flow.team.facts import Facts
    from visitapp.store.tx import Row

ALL = "all"
CONTACT = ("contact", "contacts")
NOW: dict[str, str] = {
    decide.OVERDUE: "Overdue",
    decide.NOT_SEEN: "Made, child not known to be seen",
    decide.DUE: "Due now",
}
CLOSED = "closed"
ENDED: dict[str, str] = {
    CLOSED: "Children whose time for it ended",
    decide.IN_TIME: "Made in time",
    decide.LATE: "Made outside its time",
    "not_made": "Not made",
    decide.ELSEWHERE: "Not known: came to us later",
}
NOT_MADE = (decide.OVERDUE, decide.NOT_SEEN, decide.PASSED_OVER)


def section(facts: Facts) -> Section:
    tally = counted(facts)
    unknown = Line("Which child, or which date", (tally.cell("unnamed", "Contacts that name no child", unit=CONTACT),
                                                 tally.cell("no_date", decide.STANDINGS[decide.NO_DATE])))  # fmt: skip
    return Section(
        "contacts",
        "Contacts that every child is to have",
        (
            Table("Mandated contacts to be made", "Contact", tuple(NOW.values()), _lines(facts, tally, NOW, "")),
            Table("Mandated contacts whose time ended", "Contact", tuple(ENDED.values()), _lines(facts, tally, ENDED, CLOSED)),
            Table("What is not known", "", ("Contacts that name no child", "Children without a date"), (unknown,)),
        ),
        NOTES,
    )


NOTES = (
    "To be made is as of today; time that ended is in the time chosen. A contact counts where it is known that the child was seen, made by "
    "whoever does it for the health visitor; a midwife’s is the midwives’ own.",
    "Windows are policy, after the Healthy Child Programme guidance of 6 February 2026: the statutory five.",
)


def _lines(facts: Facts, tally: Tally, columns: dict[str, str], whole: str) -> tuple[Line, ...]:
    """A row for each contact and one for all. `whole` is the figure that the others of a row are parts of."""
    each = [(one.code, one.name, _when(facts, one)) for one in MANDATED] + [(ALL, "All of them", "")]
    return tuple(
        Line(name, tuple(
            tally.cell(
                _key(whole, how, code), f"{words}: {name[:1].lower()}{name[1:]}",
                tally.total(_key(whole, whole, code)) if whole not in ("", how) else None, CONTACT if code == ALL else None,
            )
            for how, words in columns.items()
        ), under)
        for code, name, under in each
    )  # fmt: skip


def _key(whole: str, how: str, code: str) -> str:
    return f"{whole}_{how}.{code}" if whole not in ("", how) else f"{how}.{code}"


def counted(facts: Facts) -> Tally:
    """Children by where they stand with each contact. A child in two homes is counted in each."""
    tally, times = facts.tally(("child", "children")), decide.times(facts.policy)
    made = _made(facts, tally)
    for row in team_figures.children(facts.tx, facts.actor, facts.days_ago(facts.policy.number("contacts_until"))):
        windows = decide.windows(times, row["born_on"], row["due_on"])
        theirs = [*made[row["household"], row["person"]], *made[row["household"], ""]]
        came_on, words = max(row["from_on"], day_of(row["known_at"]).isoformat()), _child(row)
        for one in decide.standings(windows, row["born_on"], came_on, theirs, facts.today):
            for figure in _figures(one, facts):
                for code in (one.contact, ALL):
                    tally.add(f"{figure}.{code}", row["household"], on=one.on, words=f"{_said(one)}, {words}")
        if not windows:
            tally.add("no_date", row["household"], words=words)
    return tally


def _figures(one: decide.Standing, facts: Facts) -> tuple[str, ...]:
    """The figures that a child's standing with a contact counts in."""
    now = (one.how,) if one.how in NOW else ()
    if not facts.since <= one.closes < facts.today:
        return now
    return (*now, CLOSED, f"{CLOSED}_{'not_made' if one.how in NOT_MADE else one.how}")


def _made(facts: Facts, tally: Tally) -> dict[tuple[str, str], list[decide.Made]]:
    """The contacts of each child, oldest first; under no name those before birth that named none: of whoever was expected then. What names
    no child is counted too."""
    since = facts.days_ago(facts.policy.number("contacts_until") + PREGNANCY)
    made: dict[tuple[str, str], list[decide.Made]] = defaultdict(list)
    for one in team_figures.contacts(facts.tx, facts.actor, since):
        made[one.household, one.person].append(decide.Made(one.contact, one.on, None if one.seen is None else one.seen == 1))
    for one in team_figures.contacts_unnamed(facts.tx, facts.actor, since):
        if one.contact == ANTENATAL:
            made[one.household, ""].append(decide.Made(one.contact, one.on, None))
        if one.on >= facts.since:
            tally.add("unnamed", one.household, on=one.on, words=NAMES[one.contact])
    return made


NAMES = {one.code: one.name.lower() for one in MANDATED}
MADE = (decide.IN_TIME, decide.LATE, decide.NOT_SEEN)


def _said(standing: decide.Standing) -> str:
    return f"{'made' if standing.how in MADE else 'last day of its time'}: {NAMES[standing.contact]}"


def _child(row: Row) -> str:
    name, born = row["given_names"] or "a child without a name yet", row["born_on"] or row["due_on"]
    if born is None:
        return name
    return f"{name}, {'born' if row['born_on'] else 'expected'} {date_words(date.fromisoformat(born))}"


def _when(facts: Facts, contact: Contact) -> str:
    opens = facts.policy.number(contact.opens)
    if contact.code == ANTENATAL:
        return f"from {opens // 7} weeks of pregnancy"
    return f"day {opens} to {facts.policy.number(contact.closes)}"

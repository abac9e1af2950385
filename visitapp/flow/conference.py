"""A family's chronology with charts as a PDF, for a conference: gathered from the facts of a period, drawn by the letter's own code, kept
to the byte, and every making and reading of it journalled."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from visitapp.decide.charts import ROOMS, courses
from visitapp.domain import referrals as states
from visitapp.domain import roles
from visitapp.domain.moments import day_of, moment_words
from visitapp.domain.nhs_number import spaced
from visitapp.domain.outcomes import NEVER_COUNTED
from visitapp.domain.past import NOT_COMPLETED, Moment, PastVisit
from visitapp.flow import told_lines
from visitapp.flow.arrangements import gather as gather_arrangements
from visitapp.flow.conference_first import first_asked
from visitapp.flow.given import Recalled, recall
from visitapp.flow.letter_arrangements import arrangements
from visitapp.flow.letter_history import outcome_words
from visitapp.flow.letters import reference
from visitapp.flow.page_faults import Parts
from visitapp.flow.protected import kept_from_others
from visitapp.letter import conference as paper
from visitapp.letter.blocks import CourseAt
from visitapp.letter.sentences import day, stop
from visitapp.problems import problem, wrong
from visitapp.store import accounts, chronology, chronology_line, households, life_events, papers, referrals, scope
from visitapp.store.seen import Families
from visitapp.store.together import LAST
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

CHRONOLOGY = "chronology"
AT_ONCE = 400
MOST_LINES = 4_000
"""Entries of one paper; a period with more is asked for in parts."""
ANSWERED = (
    states.REQUESTED, states.DELIVERED, states.ACKNOWLEDGED, states.RETURNED, states.SENT_ON, states.BOUNCED, states.DECIDED,
    states.WITHDRAWN,
)  # fmt: skip


SAYS = (states.RETURNED, states.SENT_ON, states.DECIDED, states.WITHDRAWN)
"""Steps whose words belong beside the referral."""
HANDED_OVER = ("sent", "collected")
"""What came of attempts that say no more than the referral's own steps."""


def make(w: Wired, actor: str, household: str, first_on: str | None, last_on: str | None) -> str:
    """Draw the paper of a period and keep it; its id. Raises Problem with a field, or not_found where the family is not the actor's."""
    from visitapp.letter.render import render  # drawing needs reportlab: only who asks for a paper waits for it

    at = w.clock()
    first, last = _period(first_on, last_on, day_of(at))
    with w.engine.read() as tx:
        if not scope.may_see_family(tx, actor, household):
            raise problem("not_found")
        facts = gather(w, tx, household, actor, at, first, last, id := w.new_id())
    drawn = render(paper.compose(facts))
    sha256 = hashlib.sha256(drawn.bytes).hexdigest()

    def keep(tx: Tx) -> None:
        if not scope.may_see_family(tx, actor, household):
            raise problem("not_found")
        papers.add(
            tx, id=id, household=household, kind=CHRONOLOGY, request=None, first_on=first, last_on=last, pages=drawn.pages, sha256=sha256,
            bytes=drawn.bytes, at=at, actor=actor,
        )  # fmt: skip
        tx.journal("read.export", at=at, actor=actor, household=household, detail=id)

    w.writer.submit(keep)
    return id


def _period(first_on: str | None, last_on: str | None, today: date) -> tuple[str, str]:
    parts, last = Parts(), last_on or today.isoformat()
    with parts.each():
        if first_on is None:
            raise wrong("first_on", "Enter the day from which the chronology begins.")
        if first_on > last:
            raise wrong("first_on", "The first day must not be after the last.")
    with parts.each():
        if last > today.isoformat():
            raise wrong("last_on", "That day is not here yet.")
    parts.check()
    return first_on or "", last


def gather(w: Wired, tx: Tx, household: str, actor: str, at: str, first: str, last: str, id: str) -> paper.ConferenceFacts:
    """Everything the paper may say of the period, and of today where it says how things stand. Not scoped: `make` is."""
    every = life_events.earlier(tx, household)
    family = households.household(tx, household) or {}
    members = households.members(tx, household)
    back = recall(w.catalogue, tx, Families.one(household), Moment(day_of(at).isoformat()))
    known = [one for one in back.known(household).visits if first <= one.on <= last]
    names = {one["person"]: one["given_names"] for one in members}
    found = gather_arrangements(tx, household)
    arranged = arrangements(found, names, w.catalogue.levels)
    by = {one.author: (accounts.account(tx, one.author) or {"name": ""})["name"] for one in known}
    facts = paper.ConferenceFacts(
        reference=f"C-{id[:8].upper()}",
        made_at=at,
        made_by=_account(accounts.account(tx, actor)),
        first_on=first,
        last_on=last,
        people=tuple(_person(one) for one in members),
        address=", ".join(part for part in (family.get("address"), family.get("postcode")) if part),
        practitioner=_account(accounts.account(tx, family["practitioner"]) if family.get("practitioner") else None),
        agreed_level=arranged["agreed_level"],
        curves=tuple(_curves(back, household, first, last)),
        visits=tuple(sorted(Counter(_how(w, one) for one in known if one.made).items())),
        not_completed=tuple(
            paper.NotCompleted(one.on, _how(w, one), by[one.author], one.outcome not in NEVER_COUNTED)
            for one in known
            if one.kind == NOT_COMPLETED
        ),
        plans=arranged["plans"],
        referrals=tuple(_referrals(w, tx, every, first, last)),
        lines=tuple(_lines(w, tx, household, every, actor, first, last)),
        first=first_asked(w, tx, household, found),
    )
    hidden: paper.ConferenceFacts = kept_from_others(w, tx, household, facts)
    return hidden


def _person(row: Row) -> paper.Person:
    born = day(row["born_on"]) if row["born_on"] else f"due {day(row['due_on'])}" if row["due_on"] else ""
    name = f"{row['given_names']} {row['family_name']}".strip()
    return paper.Person(
        name, str(roles.MEMBERS.get(row["role"], row["role"])).lower(), born, spaced(row["nhs_number"]) if row["nhs_number"] else ""
    )


def _account(row: Row | None) -> str:
    role = str(roles.ACCOUNTS.get(row["role"], "")).lower() if row else ""
    return f"{row['name']}, {role}" if row else ""


def _how(w: Wired, visit: PastVisit) -> str:
    known = any((form.name, form.version) == (visit.form, visit.form_version) for form in w.catalogue.forms)
    how = outcome_words(w.catalogue, visit.form, visit.form_version, visit.outcome) if known else visit.form
    arranged = visit.said.announced
    return how if arranged is None else f"{how} ({'arranged' if arranged else 'not arranged'} with the family)"


def _curves(back: Recalled, household: str, first: str, last: str) -> Iterator[paper.Curve]:
    days = (date.fromisoformat(back.moment.on) - date.fromisoformat(first)).days + 1
    for course in courses(back.known(household), days, back.areas, 10_000):
        points = [
            CourseAt(one["on"], one["value"], max(one["value"], one["could_be"]), one["announced"])
            for one in course["points"]
            if first <= one["on"] <= last
        ]
        if points:
            yield paper.Curve(course["title"], tuple(points), course["title"] == ROOMS)


def _referrals(w: Wired, tx: Tx, every: tuple[str, ...], first: str, last: str) -> Iterator[paper.Asked]:
    """Each referral of which something happened in the period, with every step and how long after its sending that was."""
    by_referral: dict[str, list[Row]] = {}
    for row in referrals.steps(tx, Families.several(every), LAST):
        if row["event"] in ANSWERED:
            by_referral.setdefault(row["referral"], []).append(row)
    for id, steps in by_referral.items():
        if any(first <= day_of(row["at"]).isoformat() <= last for row in steps):
            sent = next((row["at"] for row in steps if row["event"] == states.REQUESTED), None)
            told = _told(tx, [row["seq"] for row in steps])
            to = [told[row["seq"]]["team_name"] for row in steps if row["event"] != states.WITHDRAWN and told[row["seq"]]["team_name"]]
            said = [(moment_words(row["at"]), _step(w, told[row["seq"]], row["event"]), _after(sent, row["at"])) for row in steps]
            yield paper.Asked(reference(id), to[-1] if to and sent else "not sent", tuple(said))


def _told(tx: Tx, seqs: list[int]) -> dict[int, Row]:
    return {row["seq"]: row for row in chronology.entries(tx, "event", seqs)}


def _step(w: Wired, row: Row, event: str) -> str:
    """What happened; of an answer what it says too, which stands among many entries otherwise."""
    said = told_lines.tell(w.catalogue, "event", row)
    return " ".join(part for part in (stop(said.what), said.words if event in SAYS else "") if part)


def _after(sent: str | None, at: str) -> str:
    if sent is None or at <= sent:
        return "–"
    days = (day_of(at) - day_of(sent)).days
    return "The same day" if days == 0 else f"{days} day{'s' * (days != 1)}"


def _lines(w: Wired, tx: Tx, household: str, every: tuple[str, ...], actor: str, first: str, last: str) -> Iterator[paper.Line]:
    """Every line of the period, those of confirmed earlier households in their place; oldest first."""
    found = sorted((line for one in every for line in _between(tx, actor, household, one, first, last)), key=_order)
    if len(found) > MOST_LINES:
        raise wrong("first_on", f"There are more than {MOST_LINES} entries in this period. Ask for it in parts.")
    rows = _rows(tx, found)
    findings = _findings(tx, rows)
    for line in found:
        row = rows.get(line["seq"])
        if row is not None and not _said_with_its_referral(line["kind"], row):
            said = told_lines.tell(w.catalogue, line["kind"], row, findings.get(row.get("submission", ""), ()))
            yield paper.Line(_day(line["happened"]), said.what, said.words, said.who)


def _said_with_its_referral(kind: str, row: Row) -> bool:
    """Whether a line says no more than the referral's own steps: a letter was written and handed over. That one was refused, or that it is
    not known, stays."""
    written = kind == "event" and row["event"] in (states.LETTERED, states.DELIVERED)
    return written or (kind == "delivery" and row["outcome"] in HANDED_OVER)


def _between(tx: Tx, actor: str, household: str, one: str, first: str, last: str) -> Iterator[Row]:
    """The lines of one household, a page at a time from the newest."""
    before = ((date.fromisoformat(last) + timedelta(days=1)).isoformat(), 0)
    while True:
        rows = chronology_line.page(tx, actor, household, one, "", before, AT_ONCE)
        yield from (row for row in rows if first <= _day(row["happened"]) <= last)
        if len(rows) < AT_ONCE or _day(rows[-1]["happened"]) < first:
            return
        before = (rows[-1]["happened"], rows[-1]["seq"])


def _order(line: Row) -> tuple[str, int]:
    return line["happened"], line["seq"]


def _day(happened: str) -> str:
    """A line's day in London: it happened on a date, or at an instant."""
    return day_of(happened).isoformat() if len(happened) > 10 else happened


def _rows(tx: Tx, lines: list[Row]) -> dict[int, Row]:
    kinds: dict[str, list[int]] = {}
    for line in lines:
        kinds.setdefault(line["kind"], []).append(line["seq"])
    parts = [(kind, seqs[start : start + AT_ONCE]) for kind, seqs in kinds.items() for start in range(0, len(seqs), AT_ONCE)]
    return {row["seq"]: row for kind, seqs in parts for row in chronology.entries(tx, kind, seqs)}


def _findings(tx: Tx, rows: Mapping[int, Row]) -> dict[str, list[Row]]:
    visits = [row["submission"] for row in rows.values() if "submission" in row and "form" in row]
    found: dict[str, list[Row]] = {}
    for start in range(0, len(visits), AT_ONCE):
        for row in chronology.findings(tx, visits[start : start + AT_ONCE]):
            found.setdefault(row["submission"], []).append(row)
    return found

"""One person who was recorded twice: one entry stands, and what was recorded under the other is read as the standing one's, in one record
or in two that are joined. Nothing is deleted or written anew: who stands for whom is one fact, taken back by another. The entry that stands
gets what only the other one knew; what is owed about the other is owed about it, and the visits are judged again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from visitapp.domain import duties as owed
from visitapp.domain.moments import date_words, day_of
from visitapp.flow import assess, plans, whose
from visitapp.flow.children import KNOWN
from visitapp.flow.duties import HANDED_OVER
from visitapp.flow.family_fields import Said, load
from visitapp.flow.family_fields import words as must_say
from visitapp.flow.kept_visit import read_visit, routes_of
from visitapp.flow.refer import propose
from visitapp.problems import problem, wrong
from visitapp.store import assessments, duties, family_list, households, life_events, losses, people, same, scope, submissions
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

REASON = "Recorded twice."
READ_AS = "Owed about the entry that stands from now on."
TWO_AGAIN = "They are two people after all; it is owed about the other again."
UNLIKE = "What is recorded of their birth differs: the day, the weeks, or which of twins came first. If that is wrong, put it right first."
BIRTH = ("born_on", "gestation_days", "birth_order")
OLDEST = ("", 0)
NEVER_FILLED = ("given_names", "family_name", "phone")
"""What the standing entry keeps as it is: a name may be why one was recorded twice, and a number has its own page."""


class _Why(Said):
    why = must_say("Say how you know, and how it came about.")


WHY = _Why()


@dataclass(frozen=True)
class Side:
    """One entry as the page shows it: what is known, at how many visits it was seen and when last, and what is owed about it."""

    row: Row
    seen: int
    last_seen: str
    owed: tuple[Row, ...]


@dataclass(frozen=True)
class Page:
    """The people of a family, and the two entries that are looked at, where they are chosen."""

    family: Row
    people: tuple[Row, ...]
    stands: Side | None
    other: Side | None


def page(w: Wired, actor: str, household: str, stands: str, other: str) -> Page | None:
    """None when the family is not there or not this actor's to see. The reading is journalled."""
    with w.engine.read() as tx:
        family = family_list.one(tx, actor, household)
        if family is None:
            return None
        here = households.members(tx, household)
        found = Page(family, tuple(here), _side(tx, household, here, stands), _side(tx, household, here, other))
    at = w.clock()
    w.writer.submit(lambda tx: tx.journal("read.same", at=at, actor=actor, household=household))
    return found


def _side(tx: Tx, household: str, here: list[Row], person: str) -> Side | None:
    row = next((one for one in here if one["person"] == person), None)
    if row is None:
        return None
    days = duties.seen_days(tx, Families.several(life_events.earlier(tx, household)), person)
    about = [duty for duty in duties.of_household(tx, household) if f":{person}" in duty["subject"]]
    return Side(row, len(days), max(days, default=""), tuple(about))


def are_one(w: Wired, actor: str, household: str, *, stands: str, other: str, why: str) -> str:
    """Two who belong to a family are one person: `stands` from now on, and `other` is read as it; the id of this. Raises Problem with a
    field."""
    id, at = w.new_id(), w.clock()
    said = load(WHY, {"why": why})

    def write(tx: Tx) -> str:
        whose.act_for(tx, actor, household)
        homes = _homes_of(tx, actor, household, stands, other)
        moved = _leave(w, tx, other, stands, homes, at, actor)
        say(tx, id, household, other, stands, said["why"], None, moved, homes, at, actor)
        judge_again(w, tx, homes, at)
        return id

    return w.writer.submit(write)


def _homes_of(tx: Tx, actor: str, household: str, stands: str, other: str) -> list[str]:
    """Every household to which the other entry belongs, under its lock, for an actor who sees each. Raises Problem with the field."""
    here = {one["person"]: one for one in households.members(tx, household)}
    if stands not in here or other not in here or stands == other:
        raise wrong("other", "Choose two entries of people who belong to this family now.")
    if (here[stands]["role"] == "child") != (here[other]["role"] == "child"):
        raise wrong("other", "A child and an adult are not one person.")
    if unlike([here[stands], here[other]]):
        raise wrong("other", UNLIKE)
    if {row["person"] for row in losses.of(tx, Families.one(household))} & {stands, other}:
        raise wrong("other", "A loss is recorded of one of these. Take that back first, if it is wrong.")
    homes = sorted({row["household"] for row in losses.homes(tx, other)})
    for home in homes:
        if not scope.may_see_family(tx, actor, home):
            raise wrong("other", "This entry belongs to a household of another team too. Ask them to put it right there first.")
        tx.lock_household(home)
    return homes


def unlike(entries: Collection[Row]) -> bool:
    """Whether entries of a child cannot be one as they are: what is known of the birth differs. Read as an older child, what was found of a
    baby would be no danger any more, by one person's word."""
    known = [{one[part] for one in entries} - {None} for part in BIRTH if entries]
    return all(one["role"] == "child" for one in entries) and any(len(values) > 1 for values in known)


def _leave(w: Wired, tx: Tx, other: str, stands: str, homes: Iterable[str], at: str, actor: str) -> dict[str, list[str]]:
    """The other entry belongs nowhere any more, and the standing one wherever it did. The memberships that ended and began."""
    ended, began = [], []
    for home in homes:
        members = households.members(tx, home)
        for row in members:
            if row["person"] == other:
                households.end_membership(
                    tx, membership=row["membership"], on_date=day_of(at).isoformat(), reason=REASON, at=at, actor=actor
                )  # fmt: skip
                ended.append(row["membership"])
                if not any(one["person"] == stands for one in members):
                    began.append(belong(w, tx, home, row | {"person": stands}, at, actor))
    return {"ended": ended, "began": began}


def belong(w: Wired, tx: Tx, household: str, row: Row, at: str, actor: str) -> str:
    """Somebody belongs to a household as a membership says; the id of the new one."""
    id = w.new_id()
    households.add_member(
        tx, id=id, household=household, person=row["person"], role=row["role"], from_on=row["from_on"], care_role=row["care_role"], at=at,
        actor=actor,
    )  # fmt: skip
    return id


def say(
    tx: Tx, id: str, household: str, other: str, stands: str, why: str, joined: str | None, moved: dict[str, Any], homes: Iterable[str],
    at: str, actor: str,
) -> None:  # fmt: skip
    """Keep that an entry is read as another from now on, by itself or with the joining of two records (`joined`), give the standing one
    what only the other knew, and let what is owed about the other in these households be owed about it. Under their locks."""
    filled = _fill(tx, household, other, stands, at, actor)
    owed_now = [one for home in homes for one in _owed_about(tx, home, other, stands, at, actor)]
    kept = moved | {"filled": filled, "owed": owed_now}
    same.add(
        tx, id=id, household=household, person=other, stands=stands, why=why, joined=joined, moved=json.dumps(kept), at=at, actor=actor
    )  # fmt: skip
    _seen_already(tx, household, stands, at, actor)


def _fill(tx: Tx, household: str, other: str, stands: str, at: str, actor: str) -> list[str]:
    """Give the standing entry what is known of the other alone; the names of it."""
    theirs, ours = people.person(tx, other), people.person(tx, stands)
    if theirs is None or ours is None:
        return []
    names = [name for name in KNOWN if name not in NEVER_FILLED and ours[name] is None and theirs[name] is not None]
    if names:
        detail = {name: theirs[name] if name in names else ours[name] for name in KNOWN}
        people.add_detail(tx, person=stands, household=household, at=at, actor=actor, **detail)
    return names


def _owed_about(tx: Tx, household: str, other: str, stands: str, at: str, actor: str) -> list[tuple[str, str, bool]]:
    """What is owed about the other entry is owed about the standing one, once, by the earlier of two times: (subject before, subject now,
    whether it was new)."""
    pairs = []
    for duty in duties.of_household(tx, household):
        subject = ":".join(stands if part == other else part for part in duty["subject"].split(":"))
        if duty["referral"] is None and subject != duty["subject"]:
            theirs = duties.duty(tx, subject)
            new = theirs is None
            if theirs is None or duty["due_at"] < theirs["due_at"]:
                kept = {part: duty[part] for part in HANDED_OVER} | {"subject": subject}
                duties.owe(tx, at=at, actor=actor, household=household, owner_account=duty["owner_account"], **kept)
            duties.close(tx, duty, how=owed.NOT_NEEDED, evidence=READ_AS, at=at, actor=actor)
            pairs.append((duty["subject"], subject, new))
    return pairs


def _seen_already(tx: Tx, household: str, stands: str, at: str, actor: str) -> None:
    """End the duty to see a child who came home where a visit saw the child since, under either entry."""
    duty = duties.duty(tx, owed.see_subject(household, stands))
    home = life_events.newest(tx, stands, life_events.HOME)
    seen = duties.seen_on(tx, household, stands)
    if duty is not None and home is not None and seen >= home["on_date"]:
        on = date_words(date.fromisoformat(seen))
        duties.close(tx, duty, how=owed.VISIT, evidence=f"Seen at the visit on {on}.", at=at, actor=actor)


def judge_again(w: Wired, tx: Tx, homes: Iterable[str], at: str) -> None:
    """Judge every visit of these households again, because who is who has changed. What is found graver than before is proposed."""
    for home in homes:
        place = assess.Place(w, tx, routes_of(w, tx, home), at)
        for visit in assessments.later(tx, home, *OLDEST):
            kept, before = submissions.submission(tx, visit), assessments.of_kind(tx, visit, "today")
            again = assess.judge_again(place, read_visit(w, tx, kept)) if kept else None
            if again and before and again.level.at_least > before["at_least"]:
                propose(w, tx, again, at)
        plans.watch(w, tx, home, at)


# --- taken back -----------------------------------------------------------------------------------------------------------------------


def two_after_all(w: Wired, actor: str, id: str, *, why: str) -> str:
    """They are two people: each has again what was recorded under it; the household. What was recorded since of the standing entry stays
    there. Raises Problem with a field."""
    at = w.clock()
    said = load(WHY, {"why": why})

    def write(tx: Tx) -> str:
        row = same.one(tx, id)
        if row is None:
            raise problem("not_found")
        whose.act_for(tx, actor, row["household"])
        if row["joined"]:
            raise wrong("why", "This was said when two records were joined, and is taken back with that.")
        if same.in_error(tx, same=id, household=row["household"], at=at, actor=actor, **said) is None:
            raise wrong("why", "This was said before.")
        moved = json.loads(row["moved"])
        homes = _back(w, tx, row, moved, at, actor)
        apart(tx, row, moved, at, actor)
        judge_again(w, tx, homes, at)
        return str(row["household"])

    return w.writer.submit(write)


def _back(w: Wired, tx: Tx, row: Row, moved: dict[str, Any], at: str, actor: str) -> list[str]:
    """Both belong where they did; the households."""
    for membership in moved["began"]:
        if households.stands(tx, membership):
            households.end_membership(
                tx, membership=membership, on_date=day_of(at).isoformat(), reason=TWO_AGAIN, at=at, actor=actor
            )  # fmt: skip
    homes = {row["household"]}
    for membership in moved["ended"]:
        was = households.membership(tx, membership)
        if was is not None:
            homes.add(was["household"])
            belong(w, tx, was["household"], was, at, actor)
    return sorted(homes)


def apart(tx: Tx, row: Row, moved: dict[str, Any], at: str, actor: str) -> None:
    """Take from the standing entry what it had only from the other, and owe about the other again what is not ended yet."""
    theirs, ours = people.person(tx, row["person"]), people.person(tx, row["stands"])
    if theirs and ours:
        gone = [name for name in moved.get("filled", ()) if ours[name] == theirs[name]]
        if gone:
            detail: dict[str, Any] = {name: None if name in gone else ours[name] for name in KNOWN}
            people.add_detail(tx, person=row["stands"], household=row["household"], at=at, actor=actor, **detail)
    for before, now, new in moved.get("owed", ()):
        duty = duties.duty(tx, now)
        if duty is not None:
            kept = {part: duty[part] for part in HANDED_OVER} | {"subject": before}
            duties.owe(tx, at=at, actor=actor, household=duty["household"], owner_account=duty["owner_account"], **kept)
            if new:
                duties.close(tx, duty, how=owed.NOT_NEEDED, evidence=TWO_AGAIN, at=at, actor=actor)


def of_family(w: Wired, actor: str, household: str) -> tuple[Row, ...]:
    """Which entries of a family are read as another, for its page, whose reading is journalled already."""
    with w.engine.read() as tx:
        families = Families.several(life_events.earlier(tx, household))
        return tuple(same.of_families(tx, families)) if scope.may_see_family(tx, actor, household) else ()

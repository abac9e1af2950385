"""What the next practitioner must know of a family, made of its facts: danger first, then what is owed, agreed, referred and known, and who
else works with it. Plain lines under titles, kept with the offer as they stood."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from visitapp.domain import agencies, helping
from visitapp.domain import losses as loss_words
from visitapp.domain import referrals as states
from visitapp.domain.moments import date_words, moment_words
from visitapp.flow.arrangements import Arrangements, gather
from visitapp.flow.protected import address_kept_back, kept_from_others
from visitapp.store import assessments, duties, households, life_events, losses, referrals, visits
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

Section = tuple[str, tuple[str, ...]]
KEPT_BACK = "An adult’s address must be kept from somebody. Read the record before you write or say where they live."
TONIGHT = "tonight"
PLACES = {"social_care_urgent": "children’s social care, urgent", "social_care": "children’s social care", "early_help": "early help"}
NOT_RECORDED = "Not recorded."


def of(w: Wired, tx: Tx, household: str) -> tuple[Section, ...]:
    """Every section that has something to say; what is not recorded is said where its absence matters. No address that must be kept back:
    another team reads the offer before the record is theirs. Not scoped."""
    family = households.household(tx, household)
    if family is None:
        return ()
    here = Families.several(life_events.earlier(tx, household))
    found = gather(tx, household)
    sections = (
        ("Know this first", tuple(_first(w, tx, here, household))),
        ("How it stands", tuple(_stands(family, found))),
        ("Who lives there", tuple(_people(tx, household))),
        ("Owed now", tuple(f"{row['what']} (by {moment_words(row['due_at'])})" for row in duties.of_household(tx, household))),
        ("Agreed plans", tuple(f"{one.words} {one.counted}." for one in found.plans if one.plan.stands or one.not_done)),
        ("Referrals", tuple(_referrals(tx, here))),
        ("Who else works with the family", tuple(_agencies(found))),
        ("Help that is not in use yet", tuple(_help(found))),
        ("Planned", tuple(f"{row['what']}, {_day(row['on_date'])}" for row in losses.planned(tx, household))),
    )
    there = tuple((title, lines) for title, lines in sections if lines)
    safe: tuple[Section, ...] = kept_from_others(w, tx, household, there)
    return safe


def kept(sections: Iterable[Section]) -> str:
    """As it is kept with the offer."""
    return json.dumps([[title, list(lines)] for title, lines in sections], ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> tuple[Section, ...]:
    return tuple((title, tuple(lines)) for title, lines in json.loads(text))


def _first(w: Wired, tx: Tx, here: Families, household: str) -> Iterable[str]:
    for row in losses.of(tx, here):
        yield f"{loss_words.words(row['kind'], row['given_names'])} on {_day(row['on_date'])}."
    newest = visits.visits(tx, household, 1)
    for row in assessments.findings(tx, newest[0]["assessment"]) if newest and newest[0]["assessment"] else ():
        if row["state"] == "present" and row["severity"] == TONIGHT:
            yield f"{row['said']} (visit of {_day(newest[0]['occurred_on'])})"
    if address_kept_back(w, tx, here.ids):
        yield KEPT_BACK


def _stands(family: Row, found: Arrangements) -> Iterable[str]:
    least, could = family["level_at_least"], family["level_could_be"]
    suggested = "not assessed yet" if not least else str(least) if least == could else f"at least {least}, could be {could}"
    if least and not family["last_visit_on"]:
        suggested = f"at least {least}; no visit was completed, so it could be higher"
    yield f"Level of need, suggested from the latest visit made: {suggested}."
    yield f"Level of need, agreed: {found.level['level']}. {found.level['reason']}" if found.level else "No level of need is agreed."
    yield f"Last visit: {_day(family['last_visit_on']) if family['last_visit_on'] else NOT_RECORDED}"
    yield f"A child last seen: {_day(family['last_seen_child_on']) if family['last_seen_child_on'] else NOT_RECORDED}"


def _people(tx: Tx, household: str) -> Iterable[str]:
    for one in households.members(tx, household):
        born = f", born {_day(one['born_on'])}" if one["born_on"] else f", due {_day(one['due_on'])}" if one["due_on"] else ""
        language = f", speaks {one['language']}" if one["language"] else ""
        help_needed = ", needs an interpreter" if one["interpreter"] else ""
        yield f"{one['given_names']} {one['family_name']}, {one['role'].replace('_', ' ')}{born}{language}{help_needed}"


def _referrals(tx: Tx, here: Families) -> Iterable[str]:
    for row in referrals.open_ones(tx, here):
        state = states.words(referrals.state(tx, row["id"]) or states.PROPOSED)
        yield f"To {PLACES.get(row['destination'], row['destination'])}, level {row['level']}: {state[:1].lower()}{state[1:]}."


def _agencies(found: Arrangements) -> Iterable[str]:
    yield f"Lead professional: {found.lead['name'] if found.lead else 'nobody is named'}."
    for row in found.agencies:
        if row["closed_on"] is None:
            told = agencies.HOWS.get(row["told_how"] or "", "whether they were told is not recorded")
            yield f"{row['name']} ({agencies.KINDS.get(row['kind'], row['kind'])}): {told[:1].lower()}{told[1:]}."


def _help(found: Arrangements) -> Iterable[str]:
    for row in found.help:
        if row["step"] not in helping.ENDS:
            state = helping.STEPS.get(row["step"] or "", "Not ordered yet")
            yield f"{helping.HELP[row['what']]}: {state[:1].lower()}{state[1:]}. {row['words']}".strip()


def _day(text: str) -> str:
    return date_words(date.fromisoformat(text))

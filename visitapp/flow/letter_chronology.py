"""The chronology of a letter: one line a thing that happened, oldest first, made from the visits and what they found, plans and their
moments, referrals, meetings, help and births. What others told us is said by the kind of source only; the letter says it elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from visitapp.domain import agencies, helping, referrals
from visitapp.domain.moments import day_of
from visitapp.domain.past import INFORMATION
from visitapp.flow.letter_history import Looking, how_it_went
from visitapp.flow.refer import SERVICE
from visitapp.letter.facts import Event
from visitapp.letter.sentences import stop
from visitapp.store import accounts
from visitapp.store import referrals as kept
from visitapp.store.seen import Families
from visitapp.store.together import LAST
from visitapp.store.tx import Row

if TYPE_CHECKING:
    from visitapp.flow.arrangements import Arrangements

ORDINARY, FOUND, TURNING = 0, 1, 2
"""What weighs more stays where not everything fits on a page: a visit, one that found something, and what changed the course of things."""
REFERRED = {
    referrals.REQUESTED: "Referral sent",
    referrals.DECIDED: "Referral decided by the team that had it",
    referrals.RETURNED: "Referral given back: the team that had it said that it was not for them",
    referrals.SENT_ON: "Referral sent on to another team",
    referrals.REQUESTED_AGAIN: "Referral asked for again, because it was found graver",
    referrals.WITHDRAWN: "Referral withdrawn",
}
NOT_SENT = "A referral that was proposed was not sent"


def chronology(look: Looking, members: Iterable[Row], arranged: Arrangements) -> tuple[Event, ...]:
    """Everything in the order in which it happened."""
    events = [
        *_born(members), *_visits(look), *_plans(arranged), *_together(arranged), *_referred(look),
    ]  # fmt: skip
    return tuple(sorted(events, key=lambda one: one.on))


def _born(members: Iterable[Row]) -> Iterator[Event]:
    for one in members:
        if one["role"] == "child" and one["born_on"]:
            yield Event(one["born_on"], f"{one['given_names']} was born.", weight=TURNING)


def _visits(look: Looking) -> Iterator[Event]:
    found = _gravest(look)
    names: dict[str, str] = {}
    for one in look.known.visits:
        if one.author not in names:
            names[one.author] = (accounts.account(look.tx, one.author) or {"name": ""})["name"]
        what = found.get(one.submission, "")
        if one.kind == INFORMATION:
            yield Event(one.on, "Information was received.", names[one.author])
        else:
            yield Event(
                one.on, f"{stop(how_it_went(look, one))} {what}".strip(), names[one.author], FOUND if what or not one.made else ORDINARY
            )


def _gravest(look: Looking) -> dict[str, str]:
    """The gravest finding of each visit, in its own words."""
    found: dict[str, Row] = {}
    for row in look.told_before:
        if row["submission"] not in found or row["level"] > found[row["submission"]]["level"]:
            found[row["submission"]] = row
    return {submission: row["said"] for submission, row in found.items()}


def _plans(arranged: Arrangements) -> Iterator[Event]:
    for one in arranged.plans:
        yield Event(one.plan.agreed_on, "A plan was agreed with the family.", weight=TURNING)
        for time in one.times:
            done = sum(rung.state == "done" for rung in time.rungs)
            yield Event(time.on, f"The moment of an agreed plan came: {done} of {len(time.wanted)} actions done.", weight=TURNING)
        if one.plan.ended_on:
            yield Event(one.plan.ended_on, "The agreed plan was ended.", weight=TURNING)


def _together(arranged: Arrangements) -> Iterator[Event]:
    for row in arranged.meetings:
        yield Event(row["on_date"], "The agencies met.", weight=FOUND)
    for row in arranged.agencies:
        if row["told_on"]:
            yield Event(row["told_on"], f"{agencies.KINDS.get(row['kind'], 'An agency')} was told.", weight=FOUND)
        if row["closed_on"]:
            yield Event(row["closed_on"], f"{agencies.KINDS.get(row['kind'], 'An agency')} closed.", weight=TURNING)
    for row in arranged.help:
        what = helping.HELP.get(row["what"], "Help")
        yield Event(row["needed_on"], f"{what}: needed.")
        if row["step"] is not None:
            yield Event(row["step_on"], f"{what}: {helping.STEPS[row['step']].lower()}.")


def _referred(look: Looking) -> Iterator[Event]:
    """What was only proposed is nobody's to be told of, but where a person decided not to send it."""
    sent: set[str] = set()
    for row in kept.steps(look.tx, Families.several(look.known.households), LAST):
        sent |= {row["referral"]} if row["event"] == referrals.REQUESTED else set()
        unsent = row["event"] == referrals.WITHDRAWN and row["referral"] not in sent
        if row["event"] in REFERRED and not (unsent and row["actor"] == SERVICE):
            words = NOT_SENT if unsent else REFERRED[row["event"]]
            yield Event(day_of(row["at"]).isoformat(), f"{words}.", weight=TURNING)

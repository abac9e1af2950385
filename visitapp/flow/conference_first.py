"""What a conference asks first, as the family's page answers it: what got worse, which doors stayed shut, which agreed action was not done,
who has not replied. As it stands on the day on which the paper is made, whatever its period.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from visitapp.decide.charts import Course, Mark
from visitapp.decide.plans import trigger
from visitapp.domain import referrals as states
from visitapp.domain.moments import day_of
from visitapp.flow.arrangements import Arrangements
from visitapp.flow.course import OverTime, over_time
from visitapp.letter.sentences import counted, day, listed
from visitapp.store import chronology, households, life_events, referrals
from visitapp.store.seen import Families
from visitapp.store.together import LAST
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

Asked = tuple[tuple[str, tuple[str, ...]], ...]
WAITING = (states.REQUESTED, states.LETTERED, states.DELIVERED, states.ACKNOWLEDGED)
MOST_SHUT = 4


def first_asked(w: Wired, tx: Tx, household: str, found: Arrangements) -> Asked:
    """Each question with its answers. Not scoped."""
    over = over_time(w, tx, household)
    family = households.household(tx, household) or {}
    return (
        ("What got worse", tuple(_worse(over, family))),
        ("Which doors stayed shut", tuple(_shut(over, family))),
        ("Which agreed action was not done", tuple(_not_done(found))),
        ("Who has not replied", tuple(_not_replied(tx, household, found))),
    )


def _worse(over: OverTime, family: Row) -> Iterator[str]:
    worse = [_than_before(over, one) for one in over.worse]
    yield from worse
    if not worse and family.get("last_visit_on") is None:
        yield "No visit was completed: nothing can be said"
    elif not worse and len(over.visits) < 2:
        yield "One visit is no course"
    elif not worse:
        yield f"Nothing is surely at its worst of the last {over.limits.course} visits that say. What was not seen still could be"
    if over.announced:
        yield over.announced


def _than_before(over: OverTime, course: Course) -> str:
    best, last = course.best(over.limits.course), course.last
    fewer = " Fewer is worse" if course.more_is_better else ""
    return f"{course.title}: {_said(last)}, was {_said(best)}.{fewer}"


def _said(mark: Mark | None) -> str:
    if mark is None or mark.value is None:
        return "not known"
    least, most = mark.value
    return f"{least}{f', could be {most},' if most > least else ''} on {day(mark.visit.on)}"


def _shut(over: OverTime, family: Row) -> Iterator[str]:
    days = over.limits.not_completed_days
    if over.shut:
        count = f", {over.counted} of them {'counts' if over.counted == 1 else 'count'}" if over.counted < len(over.shut) else ""
        yield f"{counted(len(over.shut), 'visit', 'visits')} not completed in {days} days{count}"
        yield "; ".join(f"{day(one.on)}: {over.words[one.submission]}" for one in over.shut[:MOST_SHUT])
    elif over.last_shut:
        yield f"None in {days} days. The last was on {day(over.last_shut.on)}"
    else:
        yield "None is recorded"
    seen = family.get("last_seen_child_on")
    yield f"A child was last seen on {day(seen)}" if seen else "When a child was last seen is not recorded"


def _not_done(found: Arrangements) -> Iterator[str]:
    late = [f"If {trigger(one.plan)}: {one.counted}" for one in found.plans if one.not_done]
    yield from late
    if not late:
        yield "No action of a plan is open" if found.plans else "No plan is recorded"


def _not_replied(tx: Tx, household: str, found: Arrangements) -> Iterator[str]:
    waiting = list(_waiting(tx, life_events.earlier(tx, household)))
    silent = [row["name"] for row in found.agencies if row["told_how"] == "told" and not row["closed_on"]]
    untold = [row["name"] for row in found.agencies if row["told_how"] in (None, "not_told") and not row["closed_on"]]
    yield from waiting
    if silent:
        yield f"No reply is recorded of {listed(silent)}, who were told"
    if untold:
        yield f"Not told, or not recorded as told: {listed(untold)}"
    if not (waiting or silent or untold):
        yield "Nobody is waited for"


def _waiting(tx: Tx, every: tuple[str, ...]) -> Iterator[str]:
    """Each referral that waits for an answer: to whom, and how it stands since when."""
    steps: dict[str, list[Row]] = {}
    for row in referrals.steps(tx, Families.several(every), LAST):
        steps.setdefault(row["referral"], []).append(row)
    for those in steps.values():
        state = states.state_of([row["event"] for row in those])
        if state in WAITING:
            told = chronology.entries(tx, "event", [row["seq"] for row in those])
            team = next((one["team_name"] for one in reversed(told) if one["team_name"]), "The team that was asked")
            yield f"{team}: {states.words(state)[:1].lower()}{states.words(state)[1:]}, since {day(day_of(those[-1]['at']).isoformat())}"

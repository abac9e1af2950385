"""Whether the moment that an agreed plan names has come. Pure: the visits and the days on which children were seen come in as facts. Each
cause meets a trigger once, and a later good visit takes nothing back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from visitapp.domain import plans as words
from visitapp.domain.moments import date_words
from visitapp.domain.plans import Plan


@dataclass(frozen=True)
class Seen:
    """A visit as plans are watched by it; `counts` when it was not completed and that counts for the family's side."""

    submission: str
    on: str
    seq: int
    outcome: str | None
    counts: bool


@dataclass(frozen=True)
class Child:
    """A child of the family: since when we could have seen them, when a visit last saw them awake, and when one first saw them at all."""

    since: str
    awake_on: str | None
    first_on: str | None = None


@dataclass(frozen=True)
class Cause:
    """What met a trigger, once, on a day, and the words for it."""

    cause: str
    on: str
    why: str


def met_by_visits(plan: Plan, visits: Sequence[Seen], found: frozenset[str]) -> list[Cause]:
    """Which of the visits, in clinical order, met the plan; `found` are those in which the finding that it names is present."""
    during = [visit for visit in visits if _during(plan, visit)]
    if plan.trigger_kind == words.NOT_COMPLETED:
        return _too_many(plan, [visit for visit in during if visit.counts])
    outcomes = words.BY_OUTCOME.get(plan.trigger_kind, ())
    return [
        Cause(visit.submission, visit.on, _why(plan.trigger_kind, visit.on))
        for visit in during
        if visit.outcome in outcomes or (words.finding_code(plan.trigger_kind) and visit.submission in found)
    ]


def _during(plan: Plan, visit: Seen) -> bool:
    """Whether the plan stood then. Of the day on which it was agreed, only visits that were received after it."""
    begun = visit.on > plan.agreed_on or (visit.on == plan.agreed_on and visit.seq > plan.seq)
    return begun and (plan.ended_on is None or visit.on <= plan.ended_on)


def _too_many(plan: Plan, counted: Sequence[Seen]) -> list[Cause]:
    often, days = plan.trigger_count or 1, plan.trigger_days or 0
    found = []
    for place, visit in enumerate(counted):
        first = (date.fromisoformat(visit.on) - timedelta(days=days)).isoformat()
        number = sum(earlier.on >= first for earlier in counted[: place + 1])
        if number >= often:
            many = "1 visit was" if number == 1 else f"{number} visits were"
            found.append(Cause(visit.submission, visit.on, f"{many} not completed in {days} days, the last on {_day(visit.on)}."))
    return found


def _why(kind: str, on: str) -> str:
    said = {
        words.REFUSED_ENTRY: f"An adult opened the door on {_day(on)} and did not let us in.",
        words.NOT_BROUGHT: f"A child was to be brought to us on {_day(on)} and was not.",
    }
    return said.get(kind, f"The visit on {_day(on)} found what the plan names.")


def met_by_days(plan: Plan, children: Iterable[Child], today: str) -> list[Cause]:
    """The days, up to today, on which a child had not been seen for as long as the plan allows."""
    if plan.trigger_kind != words.CHILD_UNSEEN:
        return []
    days = sorted({on for child in children if (on := _unseen_on(plan, child)) <= min(today, plan.ended_on or today)})
    return [Cause(f"day:{on}", on, f"On {_day(on)} a child had not been seen for {plan.trigger_days} days.") for on in days]


def _unseen_on(plan: Plan, child: Child) -> str:
    watched = max(child.since, plan.agreed_on)
    start = child.awake_on or min(watched, child.first_on or watched)  # never seen awake: not since a visit first saw them asleep either
    reached = (date.fromisoformat(start) + timedelta(days=plan.trigger_days or 0)).isoformat()
    return max(reached, plan.agreed_on)


def _day(on: str) -> str:
    return date_words(date.fromisoformat(on))

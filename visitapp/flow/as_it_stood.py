"""What stands agreed and arranged for families at a moment: plans, agencies, meetings, help and the agreed level, of each family and of its
confirmed earlier households. Dates decide beside `seq`: a visit of last week that is judged today is not judged by what was agreed since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from visitapp.decide.plans import progress
from visitapp.decide.standing import Arranged
from visitapp.domain.moments import day_of
from visitapp.domain.referrals import PROPOSED, is_open, state_of
from visitapp.store import agreed_levels, helping, plans, referrals, together
from visitapp.store.past import with_earlier

if TYPE_CHECKING:
    from visitapp.domain.past import Known, Moment
    from visitapp.domain.plans import Met, Plan, Step
    from visitapp.store.seen import Families
    from visitapp.store.tx import Row, Tx


class Open(NamedTuple):
    """A referral that is not ended: of which family, whether it was sent, and for which level of need."""

    household: str
    sent: bool
    level: int


@dataclass(frozen=True)
class Arrangements:
    """What was known of it up to a moment, of several families."""

    moment: Moment
    plans: tuple[Plan, ...]
    mets: tuple[Met, ...]
    steps: Mapping[str, Step]
    agencies: tuple[Row, ...]
    leads: tuple[Row, ...]
    meetings: tuple[Row, ...]
    orders: tuple[Row, ...]
    levels: tuple[Row, ...]
    referrals: tuple[Open, ...]

    def of(self, known: Known) -> Arranged:
        """What stands for one family."""
        theirs = frozenset(known.households)
        level = agreed_levels.standing_of(_of(theirs, self.levels))
        return Arranged(
            plans=progress([one for one in self.plans if one.household in theirs], self.mets, self.steps),
            agencies=_of(theirs, self.agencies),
            leads=_of(theirs, self.leads),
            meetings=_of(theirs, self.meetings),
            orders=_of(theirs, self.orders),
            level=level["level"] if level else None,
            referred=any(one.sent for one in self.referrals if one.household in theirs),
            proposed=max((one.level for one in self.referrals if one.household in theirs), default=0),
        )


def arrangements(tx: Tx, families: Families, moment: Moment) -> Arrangements:
    """What is kept of it for these families up to a moment."""
    whole, seq, on = with_earlier(families), moment.seq, moment.on
    agreed = plans.plans(tx, whole, seq)
    return Arrangements(
        moment=moment,
        plans=tuple(one for one in agreed if one.agreed_on <= on),
        mets=tuple(one for one in plans.mets(tx, whole, seq) if one.on_date <= on and one.cause != moment.excluding) if agreed else (),
        steps={id: _as_of(step, on) for id, step in plans.steps(tx, whole, seq).items()} if agreed else {},
        agencies=tuple(together.agencies(tx, whole, seq)),
        leads=tuple(together.leads(tx, whole, seq)),
        meetings=tuple(together.meetings(tx, whole, seq)),
        orders=tuple(helping.orders(tx, whole, seq)),
        levels=tuple(row for row in agreed_levels.agreements(tx, whole, seq) if _day(row["at"]) <= on),
        referrals=_open(row for row in referrals.steps(tx, whole, seq) if _day(row["at"]) <= on and row["submission"] != moment.excluding),
    )


def _open(steps: Iterable[Row]) -> tuple[Open, ...]:
    """The referrals that are neither withdrawn nor decided."""
    events: dict[tuple[str, str, int], list[str]] = {}
    for row in steps:
        events.setdefault((row["referral"], row["household"], row["level"]), []).append(row["event"])
    states = [(household, level, state_of(those)) for (_, household, level), those in events.items()]
    return tuple(Open(household, state != PROPOSED, level) for household, level, state in states if is_open(state))


def _of(households: frozenset[str], rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["household"] in households]


def _as_of(step: Step, on: str) -> Step:
    """An action as it stood on a day: what was closed after it was open."""
    return replace(step, how="") if step.closed_at and _day(step.closed_at) > on else step


def _day(at: str) -> str:
    return day_of(at).isoformat()

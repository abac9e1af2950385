"""Which patterns of keeping a distance the newest visits show, for the help that goes with each (`domain/curiosity.py`). Pure, and never
surer than the visits: what could have been otherwise is no pattern.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from visitapp.decide import patterns
from visitapp.decide.history import home
from visitapp.decide.limits import Limits
from visitapp.domain import curiosity as words
from visitapp.domain.outcomes import CANCELLED_BY_FAMILY, NO_ANSWER, REFUSED_ENTRY
from visitapp.domain.past import Moment, PastVisit
from visitapp.formlang.model import Policy


@dataclass(frozen=True)
class Curious:
    """From how many on something is a pattern, as the policy has it, and how many visits are looked at."""

    limits: Limits
    cancelled: int
    asleep: int
    rooms: int
    visits: int


def curious(policy: Policy, limits: Limits) -> Curious:
    """The limits of one version of the policy."""
    return Curious(
        limits, policy.number("curious_cancelled"), policy.number("curious_asleep"), policy.number("curious_rooms"),
        policy.number("curious_visits"),
    )  # fmt: skip


def found(visits: Sequence[PastVisit], on: str, how: Curious) -> list[str]:
    """The patterns (keys of `domain.curiosity.HELP`) that visits, oldest first, show on a day."""
    newest = [one for one in visits if one.on <= on][-how.visits :]
    return [pattern for pattern in words.HELP if SHOWN[pattern](newest, on, how)]


def _cancelled(visits: Sequence[PastVisit], on: str, how: Curious) -> bool:
    since = Moment(on).days_ago(how.limits.not_completed_days)
    return sum(one.outcome in CANCELLED_BY_FAMILY and one.on >= since for one in visits) >= how.cancelled


def _shut(visits: Sequence[PastVisit], on: str, how: Curious) -> bool:
    """As often as cancelling is a pattern, and in the days after which a supervisor is told of a second visit that was not completed."""
    since = Moment(on).days_ago(how.limits.recent_days)
    return sum(one.outcome in (*NO_ANSWER, *REFUSED_ENTRY) and one.on >= since for one in visits) >= how.cancelled


def _hall(visits: Sequence[PastVisit], _on: str, how: Curious) -> bool:
    rooms = [one.said.rooms for one in visits if one.made and one.said.rooms]
    return bool(rooms) and rooms[-1].could_be <= how.rooms


def _ready(visits: Sequence[PastVisit], _on: str, how: Curious) -> bool:
    compared = patterns.compare(home(visits, how.limits))
    return compared.higher_unannounced(how.limits.worse_points, how.limits.compared_each) is True


def _asleep(visits: Sequence[PastVisit], _on: str, how: Curious) -> bool:
    """Whether one child was seen, and only asleep, at each of the newest visits that saw them."""
    seen = [one.said for one in visits if one.made and one.said.seen]
    return any(patterns.always_asleep(seen, child, how.asleep) for child in {child for said in seen for child in said.seen})


SHOWN: dict[str, Callable[[Sequence[PastVisit], str, Curious], bool]] = {
    words.SHUT: _shut,
    words.CANCELLED: _cancelled,
    words.HALL: _hall,
    words.READY: _ready,
    words.ASLEEP: _asleep,
}
"""Pattern -> whether the visits show it."""

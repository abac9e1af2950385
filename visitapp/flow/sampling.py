"""Sampling: some of each practitioner's visits of a month, by chance, once the month is over; and at once each visit in which danger was
found, and each with a finding that whoever visited does not agree with.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from visitapp.decide.sampling import chosen
from visitapp.domain import reviews as words
from visitapp.domain.moments import at_london, day_of
from visitapp.flow.refer import SERVICE
from visitapp.store import reviews, sampling
from visitapp.store.tx import Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

AT_ONCE = 200
SEED_BYTES = 16
TONIGHT = "tonight"


def draw_last_month(w: Wired) -> int:
    """Draw the month before this one for everybody from whom something came in it and who is not drawn yet; how many were drawn. For the
    worker's round."""
    at = w.clock()
    month, first, last = _month_before(day_of(at))
    return sum(_draw(w, account, month, first, last, at) for account in _to_draw(w, month, first, last))


def _month_before(day: date) -> tuple[str, str, str]:
    """The month's name, its first instant, and the first after it, by the clock in England."""
    over = day.replace(day=1)
    began = (over - timedelta(days=1)).replace(day=1)
    return f"{began:%Y-%m}", at_london(began, time(0)), at_london(over, time(0))


def _to_draw(w: Wired, month: str, first: str, last: str) -> Iterator[str]:
    after = ""
    while True:
        with w.engine.read() as tx:
            accounts = sampling.to_draw(tx, month, first, last, after, AT_ONCE)
        yield from accounts
        if len(accounts) < AT_ONCE:
            return
        after = accounts[-1]


def _draw(w: Wired, account: str, month: str, first: str, last: str, at: str) -> int:
    """The unique key decides, so that of two workers only one draws."""
    seed, wanted = w.random_bytes(SEED_BYTES).hex(), w.catalogue.policy.number("visits_sampled")
    with w.engine.write() as tx:
        families = {row["id"]: row["household"] for row in sampling.came_from(tx, account, first, last)}
        kept = sampling.draw(tx, account=account, month=month, seed=seed, wanted=wanted, among=len(families), at=at, actor=SERVICE)
        if kept is None:
            return 0
        for visit in chosen(seed, families, wanted):
            reviews.sample(tx, submission=visit, household=families[visit], why=words.MONTH, at=at, actor=SERVICE)
    return 1


def found_danger(tx: Tx, submission: str, household: str, urgency: str, at: str) -> None:
    """A visit was judged: where danger was found it is sampled, once."""
    if urgency == TONIGHT:
        reviews.sample(tx, submission=submission, household=household, why=words.DANGER, at=at, actor=SERVICE)

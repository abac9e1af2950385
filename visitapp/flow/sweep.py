"""What passing time alone can bring: steps that the queue lost are put back, by the facts, and clocks are watched. What a person must
settle is announced by `flow/stuck.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain.moments import later
from visitapp.flow import (
    answer_by_link,
    disagreements,
    drafts,
    ladder,
    photographs,
    plans,
    risks,
    sampling,
    supervision_dates,
)
from visitapp.flow.directory import tell_of_reviews
from visitapp.flow.letters import handed_as, step_to
from visitapp.flow.recipients import IN_PERSON, written_as
from visitapp.flow.stuck import undelivered
from visitapp.store import (
    assessments,
    notices,
    outbox,
    recipients,
    referrals,
    returned,
)

if TYPE_CHECKING:
    from visitapp.store.tx import Tx
    from visitapp.wiring import Wired

NEVER_LATER_HOURS = 2
"""No step is put off for longer: one that is was so by a clock that ran ahead."""


def put_back(w: Wired) -> int:
    """Put back the steps that the facts call for and the outbox has lost; how many were called for. A step that is there is left alone."""
    now = w.clock()
    with w.engine.write() as tx:
        outbox.bring_back(tx, now=now, latest=later(now, hours=NEVER_LATER_HOURS))
    with w.engine.read() as tx:
        missing = _called_for(tx, later(now, minutes=-1))
    if missing:
        with w.engine.write() as tx:
            for step, key, household in missing:
                outbox.put(tx, step, key, due_at=now, household=household)
    return len(missing)


def keep_watch(w: Wired) -> None:
    """What passing time alone can bring: lost steps are put back, plans that run by the clock are watched, what is overdue is told, the
    visits of last month are sampled, and what is of no more use is let go: unfinished visits that ended long ago, and pieces of photographs
    that nobody asks about any more."""
    put_back(w)
    photographs.forget_stale(w)
    plans.watch_the_clock(w)
    disagreements.watch_the_clock(w)
    risks.watch_the_clock(w)
    supervision_dates.watch_the_clock(w)
    ladder.tell_on_duty(w)
    ladder.climb(w)
    tell_of_reviews(w)
    sampling.draw_last_month(w)
    drafts.forget_ended(w)
    answer_by_link.forget_ended(w)


def _called_for(tx: Tx, before: str) -> list[tuple[str, str, str]]:
    """A minute's grace, so that what is being done at this moment is not asked for again."""
    return [
        *[("assess", row["id"], row["household"]) for row in assessments.unassessed(tx, before)],
        *[("write_letter", row["id"], row["household"]) for row in referrals.unwritten(tx) if row["since"] <= before],
        *[
            ("write_letter", written_as(row["referral"], row["document"], row["number"]), row["household"])
            for row in recipients.unwritten(tx)
            if row["since"] <= before
        ],
        *[
            (step_to(row["transport"]), handed_as(row["id"], row["recipient"]), row["household"])
            for row in undelivered(tx)
            if row["since"] <= before and row["outcome"] != "refused" and not row["by_hand"] and row["transport"] != IN_PERSON
        ],
        *[("follow", row["recipient"], row["household"]) for row in returned.uncollected(tx) if row["since"] <= before],
        *[
            ("send_notice", row["id"], row["household"])
            for row in notices.unsent(tx)
            if row["since"] <= before and (row["outcome"] != "refused" or row["address"] != row["address_now"])
        ],
    ]

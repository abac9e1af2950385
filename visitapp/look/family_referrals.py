"""The referrals of one family for its page: each with its clocks and replies, those on which somebody still owes something first."""

from visitapp.domain import referrals as states
from visitapp.look.reading import Desk
from visitapp.look.referrals import Referral, gathered
from visitapp.store import family_referrals, life_events

MOST = 12


def read(desk: Desk, actor: str, household: str) -> tuple[Referral, ...]:
    """The newest, those of confirmed earlier households among them. The family page has recorded the read."""
    with desk.engine.read() as tx:
        every = life_events.earlier(tx, household)
        rows = [row for one in every for row in family_referrals.newest(tx, actor, household, one, MOST)]
        rows.sort(key=lambda row: row["seq"], reverse=True)
        found = gathered(tx, rows[:MOST])
    return tuple(sorted(found, key=lambda one: not states.is_open(one.state)))

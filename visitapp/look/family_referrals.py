"""The referrals of one family for its page: each with its clocks and replies, those on which somebody still owes something first."""

import json
from collections import defaultdict

from visitapp.domain import referrals as states
from visitapp.look.reading import Desk
from visitapp.look.referrals import Referral
from visitapp.store import family_referrals, life_events
from visitapp.store.tx import Row, Tx

MOST = 12


def read(desk: Desk, actor: str, household: str) -> tuple[Referral, ...]:
    """The newest, those of confirmed earlier households among them. The family page has recorded the read."""
    with desk.engine.read() as tx:
        every = life_events.earlier(tx, household)
        rows = [row for one in every for row in family_referrals.newest(tx, actor, household, one, MOST)]
        rows.sort(key=lambda row: row["seq"], reverse=True)
        found = _gathered(tx, rows[:MOST])
    return tuple(sorted(found, key=lambda one: not states.is_open(one.state)))


def _gathered(tx: Tx, rows: list[Row]) -> list[Referral]:
    ids = [row["id"] for row in rows]
    events: dict[str, list[Row]] = defaultdict(list)
    duties: dict[str, list[Row]] = defaultdict(list)
    for event in family_referrals.events(tx, ids) if ids else []:
        events[event["referral"]].append({**event, "said": json.loads(event["detail"]) if event["detail"] else {}})
    for duty in family_referrals.duties(tx, ids) if ids else []:
        duties[duty["referral"]].append(duty)
    return [Referral(row, tuple(events[row["id"]]), tuple(duties[row["id"]])) for row in rows]

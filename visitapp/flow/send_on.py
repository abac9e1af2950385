"""A referral that was given back as "not for us" goes on to another team: it is the same referral, with a letter of its own to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain import referrals as states
from visitapp.flow import recipients, routing, updates, whose
from visitapp.flow.completion import LONGEST
from visitapp.flow.owing import in_state, move, owe
from visitapp.flow.refer import tell_supervisors
from visitapp.problems import problem, wrong
from visitapp.store import referrals, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

CHOSEN = "Whom it was sent to first said that it is not for them, and the practitioner chose this team."


def send_on(w: Wired, actor: str, referral: str, team: str, why: str = "") -> None:
    """Send a referral that was given back to another team of the directory. Raises Problem with a field, `team` or `why`."""
    if len(why) > LONGEST:
        raise wrong("why", "Make this shorter.")
    at = w.clock()

    def write(tx: Tx) -> None:
        row = referrals.referral(tx, referral)
        if row is None:
            raise problem("not_found")
        whose.act_for(tx, actor, row["household"])
        _check(tx, team)
        in_state(tx, row, states.SENT_ON)
        chosen = routing.able(w, tx, row, recipients.of_team(w, tx, row, team, (CHOSEN, *((why,) if why.strip() else ()))), at, "team")
        recipients.record(w, tx, row, (chosen,), at=at, actor=actor)  # first, so that the event names who has it from then on
        updates.told_before(w, tx, row, chosen, at=at, actor=actor)
        move(tx, row, states.SENT_ON, {"why": why}, at, actor)
        now = row | {"receiving_team": team}
        owe(w, tx, now, at=at, actor=actor, owner=actor)
        tell_supervisors(tx, now, actor, f"A referral at level {row['level']} was given back and sent on to another team.", at)

    w.writer.submit(write)


def choices(w: Wired) -> list[Row]:
    """Every team that it could go to, by name."""
    with w.engine.read() as tx:
        return teams.receiving_teams(tx)


def _check(tx: Tx, team: str) -> None:
    if not team or teams.receiving_team(tx, team) is None:
        raise wrong("team", "Choose where it goes now.")

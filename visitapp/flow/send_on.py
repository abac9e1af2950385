"""A referral that was given back as "not for us" goes on to another team: it is the same referral, with a letter of its own to them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import referrals as states
from visitapp.domain.directory import KINDS
from visitapp.domain.moments import day_of
from visitapp.flow import recipients, routing, updates, whose
from visitapp.flow.completion import LONGEST
from visitapp.flow.owing import in_state, move, owe
from visitapp.flow.refer import tell_supervisors
from visitapp.letter.facts import Whereabouts
from visitapp.problems import problem, wrong
from visitapp.store import referrals, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

TAKE_ON = tuple(kind for kind in KINDS if kind != "named_nurse")
"""Kinds of entry that a referral can be sent on to."""
CHOSEN = "Whom it was sent to first said that it is not for them, and the practitioner chose this team."


@dataclass(frozen=True)
class Anew:
    """What is asked of the next team, where it is other than what was asked of the last; None where nobody looked. `asked_by_on` empty: no
    day. Where the children are is said anew only where something is typed of it."""

    asked_for: str = ""
    asked_by_on: str | None = None
    where_child_is: str = ""
    tonight: tuple[Whereabouts, ...] = ()


def send_on(w: Wired, actor: str, referral: str, team: str, why: str = "", anew: Anew | None = None) -> None:
    """Send a referral that was given back to another team of the directory. Raises Problem with a field."""
    if len(why) > LONGEST:
        raise wrong("why", "Make this shorter.")
    at = w.clock()
    asked = _asked(anew, at) if anew else {}

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
        move(tx, row, states.SENT_ON, {"why": why} | asked, at, actor)
        now = row | {"receiving_team": team}
        owe(w, tx, now, at=at, actor=actor, owner=actor)
        tell_supervisors(tx, now, actor, f"A referral at level {row['level']} was given back and sent on to another team.", at)

    w.writer.submit(write)


def _asked(anew: Anew, at: str) -> dict[str, Any]:
    if not anew.asked_for.strip():
        raise wrong("asked_for", "Say what you are asking for.")
    for name, text in (("asked_for", anew.asked_for), ("where_child_is", anew.where_child_is)):
        if len(text) > LONGEST:
            raise wrong(name, "Make this shorter.")
    if any(len(text) > LONGEST for one in anew.tonight for text in (one.where, one.with_whom)):
        raise wrong("tonight", "Make shorter where a child is tonight, or with whom.")
    if anew.asked_by_on and anew.asked_by_on < day_of(at).isoformat():
        raise wrong("asked_by_on", "This day has passed. Give a day from today on, or none.")
    asked: dict[str, Any] = {"asked_for": anew.asked_for, "asked_by_on": anew.asked_by_on or None}
    where = {"where_child_is": anew.where_child_is, "tonight": [asdict(one) for one in anew.tonight]}
    return asked | (where if anew.where_child_is.strip() or anew.tonight else {})


def choices(w: Wired) -> list[Row]:
    """Every team that it could go to, by name. A named nurse is told of referrals, and takes none on."""
    with w.engine.read() as tx:
        return [row for row in teams.receiving_teams(tx) if row["kind"] in TAKE_ON]


def _check(tx: Tx, team: str) -> None:
    row = teams.receiving_team(tx, team) if team else None
    if row is None or row["kind"] not in TAKE_ON:
        raise wrong("team", "Choose where it goes now.")

"""The dates of safeguarding supervision. The next is owed by name, by a supervisor of the practitioner's team, the policy's time after the
last was held; what is late climbs the ladder as anything else does. Nothing of what is said in it is kept here.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from visitapp.decide.due import end_of
from visitapp.domain import supervision_dates as words
from visitapp.domain.duties import SUPERVISION, supervision_subject
from visitapp.domain.moments import day_of, later
from visitapp.flow import staff_schemas as schemas
from visitapp.flow.family_fields import load
from visitapp.flow.refer import SERVICE
from visitapp.problems import problem
from visitapp.store import accounts, duties, supervision_dates, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

VISITING = ("health_visitor", "midwife", "nursery_nurse")
_SCHEMAS = {words.BOOKED: schemas.BOOKED, words.HELD: schemas.HELD, words.MISSED: schemas.MISSED}


def record(w: Wired, actor: str, account: str, what: str, **said: Any) -> None:
    """Supervision of a practitioner is booked, was held or was missed; by a supervisor of their team who is not them. `said`: on_date, and
    words for a booking or a miss. Raises Problem with a field."""
    at = w.clock()
    if what not in _SCHEMAS:
        raise problem("not_found")
    given = load(_SCHEMAS[what], said, today=day_of(at).isoformat())

    def write(tx: Tx) -> None:
        theirs = whom(tx, actor, account)
        supervision_dates.add(
            tx, account=account, what=what, on_date=given["on_date"], words=given.get("words") or "", at=at, actor=actor
        )  # fmt: skip
        last = supervision_dates.last_held(tx, account)
        if what == words.HELD and last:
            _owe(w, tx, theirs, last, at=at, actor=actor, owner=actor)

    w.writer.submit(write)


def whom(tx: Tx, actor: str, account: str) -> Row:
    """The practitioner, for a supervisor of their team. Raises Problem."""
    asking, theirs = accounts.account(tx, actor), accounts.account(tx, account)
    if asking is None or theirs is None or theirs["role"] not in VISITING or not theirs["team"] or theirs["team"] != asking["team"]:
        raise problem("not_found")
    if asking["role"] != "supervisor":
        raise problem("not_allowed")
    return theirs


def watch_the_clock(w: Wired) -> int:
    """Owe the first supervision of each practitioner of whom none is recorded, once its time comes near; how many. For the worker's
    round."""
    at, policy = w.clock(), w.catalogue.policy
    before = later(at, days=policy.number("supervision_ahead") - policy.number("supervision_every"))
    with w.engine.read() as tx:
        waiting = supervision_dates.never_owed(tx, before)
    for row in waiting:
        with w.engine.write() as tx:
            theirs = accounts.account(tx, row["account"])
            if theirs is not None and duties.duty(tx, supervision_subject(row["account"])) is None:
                _owe(w, tx, theirs, day_of(row["since"]).isoformat(), at=at, actor=SERVICE)
    return len(waiting)


def _owe(w: Wired, tx: Tx, theirs: Row, counted_from: str, *, at: str, actor: str, owner: str | None = None) -> None:
    team = teams.team(tx, theirs["team"])
    policy = w.catalogue.policy_of(team["area"] if team else None)
    by = date.fromisoformat(counted_from) + timedelta(days=int(policy.settings["supervision_every"].value))
    leads = [row["account"] for row in accounts.accounts_in_team(tx, theirs["team"], "supervisor")]
    duties.owe(
        tx, subject=supervision_subject(theirs["account"]), kind=SUPERVISION, what=f"Safeguarding supervision with {theirs['name']}.",
        due_at=max(end_of(by), end_of(day_of(at))) if actor == SERVICE else end_of(by), at=at, actor=actor,
        owner_account=owner or next(iter(leads), None) or theirs["account"],
    )  # fmt: skip

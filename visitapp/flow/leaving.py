"""Somebody stops working here. No family is ever without a named practitioner: an account cannot be ended while families are named to it,
unless they are handed to a supervisor of its team, with whom each is nobody's until somebody who visits accepts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import handovers as words
from visitapp.domain.moments import day_of
from visitapp.flow import handovers as flow
from visitapp.flow import whose
from visitapp.flow.family_fields import Said, load, more
from visitapp.flow.family_fields import words as must_say
from visitapp.flow.page_faults import Parts
from visitapp.problems import problem, wrong
from visitapp.store import accounts, duties, handovers, households, sessions
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

AT_ONCE = 20
LEFT = "Its practitioner left. What they would have said in person is not here: read the record, and ask the supervisor."
UNKNOWN = "Not said by the practitioner who left. Read what was not safe at earlier visits before you go."
GONE = "They left before they answered."


class _Leaving(Said):
    why = must_say("Say why, such as the day and the reason that they gave.")
    supervisor = more()


LEAVING = _Leaving()


@dataclass(frozen=True)
class Page:
    """Who leaves, how many families are named to them, and who may hold those meanwhile."""

    account: Row
    families: int
    supervisors: dict[str, str]


def page(w: Wired, actor: str, account: str) -> Page | None:
    """For an administrator, or a supervisor of the account's team."""
    with w.engine.read() as tx:
        row = _may_end(tx, actor, account)
        if row is None:
            return None
        leads = accounts.accounts_in_team(tx, row["team"], "supervisor") if row["team"] else []
        others = {one["account"]: one["name"] for one in leads if one["account"] != account}
        return Page(row, handovers.how_many(tx, account), others)


def end(w: Wired, actor: str, account: str, **said: Any) -> int:
    """The account signs in no more; how many families its supervisor holds now. `said`: why, and supervisor where families are named to
    it. Each family is handed over in a transaction of its own, so that nothing waits for three hundred; if that is cut short, doing it
    again goes on. Raises Problem with a field."""
    parts, leaving, held = Parts(), dict[str, Any](), 0
    with parts.each():
        leaving = load(LEAVING, said)
    with parts.each():
        _next(w, actor, account, said.get("supervisor"))
    parts.check()
    while rows := _next(w, actor, account, leaving["supervisor"]):
        for row in rows:
            _hold(w, actor, row["household"], account, leaving["supervisor"])
        held += len(rows)
    _end(w, actor, account, leaving["why"])
    return held


def _next(w: Wired, actor: str, account: str, supervisor: str | None) -> list[Row]:
    """Some of the families that are still named to whoever leaves. Raises Problem where nobody holds them."""
    with w.engine.read() as tx:
        row = _may_end(tx, actor, account)
        if row is None:
            raise problem("not_found")
        rows = handovers.named_to(tx, account, "", AT_ONCE)
        leads = [one["account"] for one in accounts.accounts_in_team(tx, row["team"] or "", "supervisor") if one["account"] != account]
        if rows and supervisor not in leads:
            many = handovers.how_many(tx, account)
            raise wrong("supervisor", f"Families are named to them: {many}. Hand each over first, or choose the supervisor who holds them.")
        return rows


def _hold(w: Wired, actor: str, household: str, account: str, supervisor: str | None) -> None:
    id, at = w.new_id(), w.clock()

    def write(tx: Tx) -> None:
        tx.lock_household(household)
        family = households.household(tx, household)
        lead = accounts.account(tx, supervisor or "")
        if family is None or lead is None or family["practitioner"] != account:
            return
        open_one = handovers.open_of(tx, household)
        flow.give(tx, household, lead["account"], at, actor)
        if open_one is None or open_one["refused"]:
            if open_one is not None:
                flow.end_duty(tx, open_one["duty"], "Its practitioner left.", at, actor)
            flow.nobodys(w, tx, id, household, LEFT, UNKNOWN, lead, at, actor)

    w.writer.submit(write)


def _end(w: Wired, actor: str, account: str, why: str) -> None:
    at = w.clock()

    def write(tx: Tx) -> None:
        row = _may_end(tx, actor, account)
        if row is None:
            raise problem("not_found")
        if handovers.how_many(tx, account):
            raise wrong("supervisor", "A family was named to them in this moment. Send this again.")
        for offer in handovers.to_account(tx, account):
            if not offer["refused"]:
                handovers.end(
                    tx, handover=offer["id"], household=offer["household"], how=words.REFUSED, reason=GONE, at=at, actor=actor
                )  # fmt: skip
                flow.owe_another(w, tx, offer, at, actor)
        _pass_on_the_rest(tx, account, at, actor)
        accounts.end(tx, account=account, on_date=day_of(at).isoformat(), why=why, at=at, actor=actor)
        sessions.close_sessions_of(tx, account)
        for device in sessions.devices_of(tx, account):
            if sessions.revoke_device(tx, device["id"], at):
                tx.journal("device.revoked", at=at, actor=actor, detail=device["id"])

    w.writer.submit(write)
    w.recent.forget()


def _pass_on_the_rest(tx: Tx, account: str, at: str, actor: str) -> None:
    """What they owed for families that are somebody else's is owed by whoever is named there."""
    for duty in duties.of_owner(tx, account):
        family = households.household(tx, duty["household"]) if duty["household"] else None
        if family is not None:
            kept = {part: duty[part] for part in flow.HANDED_OVER}
            owner = whose.falls_to(tx, duty, family["practitioner"], gone=account)
            duties.owe(tx, at=at, actor=actor, household=duty["household"], owner_account=owner, **kept)


def _may_end(tx: Tx, actor: str, account: str) -> Row | None:
    """An account that works here, for an administrator or a supervisor of its team; nobody ends their own."""
    asking, row = accounts.account(tx, actor), accounts.account(tx, account)
    if asking is None or row is None or row["ended_on"] or actor == account:
        return None
    leads = asking["role"] == "supervisor" and asking["team"] and asking["team"] == row["team"]
    return row if asking["role"] == "administrator" or leads else None

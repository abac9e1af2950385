"""The call that comes first where something cannot wait: whom to phone on which number, each call as a fact, the next number when nobody
answers. The time for the writing is counted from the first call in which somebody was reached.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.decide.recipients import Chosen
from visitapp.domain import referrals as states
from visitapp.domain.duties import raise_subject
from visitapp.domain.moments import is_instant, later
from visitapp.flow import raised, who_answers, whose
from visitapp.flow.completion import cannot_wait
from visitapp.flow.owing import owe
from visitapp.flow.page_faults import Found, every_problem
from visitapp.flow.refer import SERVICE
from visitapp.problems import problem
from visitapp.store import assessments, danger, duties, referral_calls, referrals
from visitapp.store import raised as kept_raised
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

LONGEST = 10_000
A_DAY = 24
TEXTS = {"whom": "Choose or write whom you phoned.", "number": "Enter the number that you phoned."}


@dataclass(frozen=True)
class Call:
    """A call as it was typed. `reached` is yes or no; `at_time` an instant, None for now."""

    whom: str = ""
    number: str = ""
    reached: str = ""
    spoke_to: str = ""
    at_time: str | None = None
    agreed: str = ""


@dataclass(frozen=True)
class Number:
    """One that can be phoned. `tried`: nobody answered there since anybody was last reached."""

    whom: str
    number: str
    tried: bool = False


@dataclass(frozen=True)
class Phoning:
    """What the page shows: every call that was made, the numbers in the order in which they are tried, and the one to try now. `settled`:
    whoever sent it said whom they phoned, or an answer came. `since` is when it became graver: what was said before
    tells nobody of that."""

    calls: tuple[Row, ...]
    numbers: tuple[Number, ...]
    urgent: bool
    settled: bool = False
    since: str = ""

    @property
    def reached(self) -> Row | None:
        """The first call in which somebody answered, since it became graver where it did."""
        return next((call for call in self.calls if call["reached"] and call["at_time"] >= self.since), None)

    @property
    def comes_first(self) -> bool:
        """Whether somebody is to be phoned before anything else is done."""
        return self.urgent and self.reached is None and not self.settled

    @property
    def next(self) -> Number | None:
        """The first number on which nobody was tried in vain; when all were, the first again."""
        return next((one for one in self.numbers if not one.tried), next(iter(self.numbers), None))


def record(w: Wired, actor: str, referral: str, call: Call) -> None:
    """Keep a call about a referral that is not closed. Raises Problem with a field."""
    at = w.clock()
    said = checked(call, at)

    def write(tx: Tx) -> None:
        row = referrals.referral(tx, referral)
        if row is None:
            raise problem("not_found")
        whose.act_for(tx, actor, row["household"])
        state = referrals.state(tx, referral)
        if not states.is_open(state):
            raise problem("state_wrong", state=states.words(state or states.PROPOSED))
        first = said["reached"] and raised.reached(tx, referral) is None
        referral_calls.add(tx, id=w.new_id(), referral=referral, household=row["record"], at=at, actor=actor, **said)
        if first and state == states.PROPOSED:
            owe(w, tx, row, at=at, actor=actor, owner=_owner(tx, referral, actor), since=said["at_time"])
        elif first and raised.untold(tx, referral):
            owner = _owner(tx, raise_subject(referral), actor)
            raised.owe_telling(w, tx, row, owner=owner, since=said["at_time"], at=at, actor=actor)

    w.writer.submit(write)


def _owner(tx: Tx, subject: str, otherwise: str) -> str:
    owed = duties.duty(tx, subject)
    return (owed["owner_account"] if owed else None) or otherwise


def checked(call: Call, at: str) -> dict[str, Any]:
    """A call as it is kept. Raises Problem with every field to put right."""
    at_time = call.at_time or at
    found = list(_to_put_right(call, at_time, at))
    if found:
        raise every_problem(found)
    return {
        "whom": call.whom, "number": call.number, "reached": call.reached == "yes", "at_time": at_time, "agreed": call.agreed,
        "spoke_to": call.spoke_to if call.reached == "yes" else "",
    }  # fmt: skip


def _to_put_right(call: Call, at_time: str, at: str) -> Found:
    """Each field once, with what is wrong with it."""
    for name, missing in TEXTS.items():
        if not getattr(call, name).strip():
            yield name, missing
    if call.reached not in ("yes", "no"):
        yield "reached", "Say whether somebody answered."
    if call.reached == "yes" and not call.spoke_to.strip():
        yield "spoke_to", "Enter the name of whoever answered, or write that they gave none."
    for name in ("whom", "number", "spoke_to", "agreed"):
        if len(getattr(call, name)) > LONGEST:
            yield name, "Make this shorter."
    if not is_instant(at_time):
        yield "call_at", "Write when you phoned as a date and a time."
    elif at_time > at:
        yield "call_at", "This is still to come. Give when you phoned."


def phoning(w: Wired, referral: str, chosen: Chosen | None = None) -> Phoning | None:
    """What the page shows of phoning; None when it is closed and nobody phoned. The caller has shown that the actor may see it, and may
    know already who would get it (`chosen`)."""
    with w.engine.read() as tx:
        row = referrals.referral(tx, referral)
        if row is None:
            return None
        calls = tuple(referral_calls.of(tx, referral))
        if not states.is_open(referrals.state(tx, referral)) and not calls:
            return None
        since = raised.since(tx, referral)
        after = tuple(call for call in calls if call["at_time"] >= since)
        return Phoning(
            calls, _tried(who_answers.numbers(w, tx, row, chosen, w.clock()), after), cannot_wait(row), _settled(tx, row, since), since
        )


def about_it(call: Row, proposed_at: str, by_hand: bool) -> bool:
    """Whether a call made at the visit was about the referral that was proposed of it. What the rules proposed is of that visit, however
    late the visit arrived; what a person proposed may be of a visit of weeks ago, and a call of then told nobody of now."""
    return not by_hand or call["at_time"] >= later(proposed_at, hours=-A_DAY)


def _settled(tx: Tx, row: Row, since: str) -> bool:
    """Whether they know, since it became graver where it did: an answer came, somebody was reached from the visit, or whoever sent it said
    whom they phoned."""
    whole = referrals.events(tx, row["id"])
    happened = [one for one in whole if one["at"] >= since]
    if any(one["event"] in (states.ACKNOWLEDGED, states.DECIDED, states.RETURNED) for one in happened):
        return True
    said = (json.loads(one["detail"]).get("phoned_who") for one in happened if one["event"] in (states.REQUESTED, states.REQUESTED_AGAIN))
    if since:
        newest = kept_raised.of(tx, row["id"])[-1]
        return any(said) or any(call["reached"] for call in assessments.calls(tx, newest["submission"]))
    proposed_at, by_hand = whole[0]["at"], whole[0]["actor"] != SERVICE
    of_visit = (*assessments.calls(tx, row["submission"]), *danger.calls(tx, row["submission"]))
    made = [call for call in of_visit if about_it(call, proposed_at, by_hand)]
    return any(said) or any(call["reached"] for call in made)


def _tried(numbers: list[tuple[str, str]], calls: tuple[Row, ...]) -> tuple[Number, ...]:
    last = max((place for place, call in enumerate(calls) if call["reached"]), default=-1)
    in_vain = {call["number"] for call in calls[last + 1 :]}
    return tuple(Number(whom, number, number in in_vain) for whom, number in numbers)

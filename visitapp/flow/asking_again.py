"""Asking again, more urgently: whoever has a referral that became graver is told by a numbered update of the same referral. It says at the
top what is graver and what is asked now, and the answer is owed anew by the graver need's clock. Who gets it is looked at again, because
what was for early help may be for social care, and what came by day may go out at night; whoever had the letter is told too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from visitapp.decide.recipients import COPY, Candidate, Choice, Chosen
from visitapp.domain import duties as kinds
from visitapp.domain import referrals as states
from visitapp.domain.documents import ASKING_AGAIN
from visitapp.domain.findings import Destination
from visitapp.flow import addressing, raised, recipients, routing, updates, whose
from visitapp.flow.completion import complete
from visitapp.flow.kept_visit import routes_of
from visitapp.flow.owing import in_state, move, owe
from visitapp.flow.recipients import IN_PERSON, Recipient
from visitapp.flow.refer import AS_ROUTED, SERVICE, Proposal, level_of, propose, tell_supervisors
from visitapp.flow.routing import Wishes
from visitapp.letter.facts import Completion
from visitapp.problems import problem
from visitapp.store import recipients as kept
from visitapp.store import referral_updates, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

KIND = "raised"
SAME = "They have the referral and go on with it. It is graver than when they got it, so they are asked again."
OTHER = "Until now it was with {name}. It is graver now, so the choice was made again."
HAD = "They had the referral before it became graver, so they are told."
DECIDED_BEFORE = "A referral was decided before whoever decided was told of this."
NOBODY_YET = "Nobody by the routes can get it now, so it stays with whoever has it. {why}"


@dataclass(frozen=True)
class Raised:
    """What the page shows of a referral that became graver and is not told yet: what raised it, and who is asked again and told. `may`: it
    can be sent now; one that was given back is sent on first."""

    row: Row
    reasons: tuple[str, ...]
    going: Chosen
    may: bool


def shown(w: Wired, referral: str, said: routing.Said) -> Raised | None:
    """None where nothing is to be told. The caller has shown that the actor may see it."""
    with w.engine.read() as tx:
        row, up = referrals.referral(tx, referral), raised.untold(tx, referral)
        if row is None or up is None:
            return None
        may = referrals.state(tx, referral) in states.MAY_ASK_AGAIN
        return Raised(up, tuple(json.loads(up["reasons"])), going(w, tx, row, said, w.clock()), may)


def going(w: Wired, tx: Tx, row: Row, said: routing.Said, at: str) -> Chosen:
    """Who is asked again, by the routes as they are for the graver need, with why; and everybody else who had the letter, as a copy."""
    before = recipients.receiver(w, tx, row)
    chosen = routing.proposed(w, tx, row, said, at)
    if chosen.receiver is None:
        stays = addressing.as_now(w, tx, row, before, at)
        chosen = replace(chosen, choices=(_stays(stays, chosen.refused),), refused="")
    assert chosen.receiver is not None
    why = SAME if _same(chosen.receiver, before) else OTHER.format(name=before.name)
    first = replace(chosen.receiver, reasons=(why, *chosen.receiver.reasons))
    known = {one.who.address.casefold() for one in chosen.choices if one.who.address} | {one.who.name for one in chosen.choices}
    had = [addressing.as_now(w, tx, row, one, at) for one in updates.had_it(w, tx, row, updates.UPDATE)]
    told = [_had(one) for one in had if one.document != "family_copy" and not {one.address.casefold(), one.name} & known]
    return replace(chosen, choices=(first, *chosen.copies, *told))


def _same(choice: Choice, before: Recipient) -> bool:
    """Whether they have it already. Two teams of a council may share a mailbox, and are two all the same."""
    here, there = choice.who.address.casefold(), before.address.casefold()
    return choice.who.name == before.name or bool(here and here == there and choice.who.receiving_team == before.receiving_team)


def _stays(to: Recipient, why: str) -> Choice:
    who = Candidate(f"had:{to.id}", to.name, to.address, to.phone, to.receiving_team, "", to.transport)
    document = next((asked for asked, again in ASKING_AGAIN.items() if to.document in (asked, again)), "referral")
    return Choice(kept.RECEIVER, document, who, (*to.reasons, NOBODY_YET.format(why=why)), by_hand=to.transport == IN_PERSON)


def _had(to: Recipient) -> Choice:
    who = Candidate(f"had:{to.id}", to.name, to.address, to.phone, to.receiving_team, "", to.transport)
    moved = tuple(one for one in to.reasons if one == addressing.MOVED or one.startswith(addressing.BY_HAND[:26]))
    return Choice(COPY, to.document, who, (HAD, *moved), by_hand=to.transport == IN_PERSON)


def send(w: Wired, actor: str, referral: str, completion: Completion, wishes: Wishes = AS_ROUTED) -> int:
    """Tell them, and ask again; the number of the update. What is asked, by when and whereabouts are said anew. Raises Problem with a
    field."""
    at = w.clock()

    def write(tx: Tx) -> int:
        row = referrals.referral(tx, referral)
        if row is None:
            raise problem("not_found")
        whose.act_for(tx, actor, row["household"])
        up = raised.untold(tx, referral)
        if up is None:
            raise problem("state_wrong", state=states.words(referrals.state(tx, referral) or states.PROPOSED))
        in_state(tx, row, states.REQUESTED_AGAIN)
        said = complete(completion, at, row)
        to = _addressed(w, tx, row, said, wishes, at)
        number = updates.next_number(tx, referral)
        referral_updates.add(
            tx, id=w.new_id(), referral=referral, household=row["record"], number=number, kind=KIND, submission=up["submission"],
            words="", was_wrong="", is_right="", says_who="", at=at, actor=actor,
        )  # fmt: skip
        _ask(w, tx, row, [replace(one, number=number) for one in to], said | _phoned(tx, row, said) | _how(up, number), at, actor)
        return number

    return w.writer.submit(write)


def _ask(w: Wired, tx: Tx, row: Row, to: list[Recipient], said: dict[str, Any], at: str, actor: str) -> None:
    move(tx, row, states.REQUESTED_AGAIN, said, at, actor)
    recipients.record(w, tx, row, tuple(to), at=at, actor=actor)
    now = referrals.referral(tx, row["id"])
    assert now is not None
    owe(w, tx, now, at=at, actor=actor, owner=actor)
    raised.told(tx, row["id"], kinds.DONE, f"Number {said['number']} was sent.", at, actor)
    updates.the_rest_is_done(tx, row, f"Number {said['number']} was sent.", at, actor)
    if said["as_known"]:
        updates.owe_the_rest(w, tx, row, at=at, actor=actor)
    tell_supervisors(tx, now, actor, "A referral that became graver was asked for again. You are told; nothing waits for you.", at)


def _addressed(w: Wired, tx: Tx, row: Row, said: dict[str, Any], wishes: Wishes, at: str) -> list[Recipient]:
    chosen = going(w, tx, row, routing.Said(said["area_now"], said["parents_told"]), at)
    to = routing.as_recipients(w, routing.wished(w, tx, row, chosen, wishes))
    return [replace(one, document=updates.document_of(KIND, one.document, row), answers=one.place == kept.RECEIVER) for one in to]


def _how(up: Row, number: int) -> dict[str, Any]:
    return {"number": number, "kind": KIND, "raised": up["id"], "from_urgency": up["from_urgency"]}


def _phoned(tx: Tx, row: Row, said: dict[str, Any]) -> dict[str, Any]:
    """Whom the practitioner reached since it became graver, where the page did not say it."""
    call = raised.reached(tx, row["id"])
    if said["phoned_who"] or call is None:
        return {}
    return {"phoned_who": f"{call['spoke_to']} ({call['whom']})", "phoned_at": call["at_time"]}


def decided_before_it_was_told(w: Wired, tx: Tx, up: Row, *, at: str, actor: str) -> None:
    """They decided on what they knew and never had the update: the graver need is proposed anew, because that referral is closed. `up` is
    what was untold before the decision. Under the household's lock."""
    raised.told(tx, up["referral"], kinds.NOT_NEEDED, "They decided before they were told: it is proposed anew.", at, actor)
    propose(w, tx, as_raised(w, tx, up, DECIDED_BEFORE), at, anew=True)


def as_raised(w: Wired, tx: Tx, up: Row, *reasons: str) -> Proposal:
    """What raised a referral as a proposal of its own, with more reasons."""
    place = Destination(
        up["destination"], routes_of(w, tx, up["household"]).destinations[up["destination"]].words, (*json.loads(up["reasons"]), *reasons)
    )
    return Proposal(up["household"], up["submission"], up["assessment"], SERVICE, level_of(tx, up["assessment"]), up["urgency"], place)

"""What state a referral is in: computed from its events by one literal table, and stored nowhere.

Events are facts in the order in which they were kept. A pair that is not in the table does not happen: the flow asks `after`
before it appends, under the household's lock.
"""

from collections.abc import Iterable

PROPOSED, WITHDRAWN, REQUESTED, LETTERED = "proposed", "withdrawn", "requested", "lettered"
DELIVERED, ACKNOWLEDGED, DECIDED = "delivered", "acknowledged", "decided"
RETURNED, SENT_ON = "returned", "sent_on"  # "not for us" gives it back to whoever sent it, who sends it on to somebody else
BOUNCED = "bounced"  # the letter came back after it was sent: the receiver does not have it after all
NEWS = "news"  # something learnt since: it is attached and moves nothing

STATES: dict[str, str] = {
    PROPOSED: "Proposed: waiting for the practitioner to complete and send it",
    WITHDRAWN: "Withdrawn",
    REQUESTED: "Sent by the practitioner: the letter is being written",
    LETTERED: "Letter written: being delivered",
    DELIVERED: "Delivered: waiting for somebody to acknowledge it",
    ACKNOWLEDGED: "Acknowledged: waiting for a decision",
    RETURNED: "Not for them: choose where else it goes",
    DECIDED: "Decided",
}
EVENTS = (PROPOSED, WITHDRAWN, REQUESTED, LETTERED, DELIVERED, ACKNOWLEDGED, RETURNED, SENT_ON, BOUNCED, DECIDED, NEWS)
CLOSED = (WITHDRAWN, DECIDED)
OURS = (PROPOSED, REQUESTED, LETTERED, RETURNED)
"""States in which somebody of ours owes the next step."""
THEIRS = (DELIVERED, ACKNOWLEDGED)
"""States in which the receiving team owes an answer."""
ANSWERABLE = (LETTERED, DELIVERED, ACKNOWLEDGED)
"""States in which an answer can be taken: a letter whose delivery nobody confirmed may have arrived all the same."""

# (state, event) -> state. None is a referral with no event yet.
TRANSITIONS: dict[tuple[str | None, str], str] = {
    (None, PROPOSED): PROPOSED,
    (PROPOSED, NEWS): PROPOSED,
    (PROPOSED, WITHDRAWN): WITHDRAWN,
    (PROPOSED, REQUESTED): REQUESTED,
    (REQUESTED, NEWS): REQUESTED,
    (REQUESTED, LETTERED): LETTERED,
    (LETTERED, NEWS): LETTERED,
    (LETTERED, DELIVERED): DELIVERED,
    # somebody who answers has it, whatever the other side's system said
    (LETTERED, ACKNOWLEDGED): ACKNOWLEDGED,
    (LETTERED, DECIDED): DECIDED,
    (LETTERED, RETURNED): RETURNED,
    (DELIVERED, NEWS): DELIVERED,
    (DELIVERED, BOUNCED): LETTERED,
    (DELIVERED, ACKNOWLEDGED): ACKNOWLEDGED,
    # deciding is also acknowledging
    (DELIVERED, DECIDED): DECIDED,
    (DELIVERED, RETURNED): RETURNED,
    (ACKNOWLEDGED, NEWS): ACKNOWLEDGED,
    (ACKNOWLEDGED, DECIDED): DECIDED,
    (ACKNOWLEDGED, RETURNED): RETURNED,
    (RETURNED, NEWS): RETURNED,
    # a letter of its own is written to whoever it goes to now
    (RETURNED, SENT_ON): REQUESTED,
    (RETURNED, WITHDRAWN): WITHDRAWN,
}


def after(state: str | None, event: str) -> str | None:
    """The state that event leads to, or None when it cannot happen in this state."""
    return TRANSITIONS.get((state, event))


def state_of(events: Iterable[str]) -> str | None:
    """The state these events lead to, in the order they were kept; an event that cannot happen there moves nothing."""
    state: str | None = None
    for event in events:
        state = after(state, event) or state
    return state


def words(state: str) -> str:
    """The state as a screen says it."""
    return STATES[state]


def is_open(state: str | None) -> bool:
    """Whether somebody still owes something."""
    return state is not None and state not in CLOSED

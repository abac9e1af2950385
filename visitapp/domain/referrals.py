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
RAISED = "raised"  # a later visit found it graver: it moves nothing, and somebody of ours owes telling them
REQUESTED_AGAIN = "requested_again"  # they are told, by an update that asks for it again, and answer anew
LET_STAND = "let_stand"  # the practitioner says why they are not told, and it stands as it was sent

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
EVENTS = (
    PROPOSED, WITHDRAWN, REQUESTED, LETTERED, DELIVERED, ACKNOWLEDGED, RETURNED, SENT_ON, BOUNCED, DECIDED, NEWS, RAISED, REQUESTED_AGAIN,
    LET_STAND,
)  # fmt: skip
CLOSED = (WITHDRAWN, DECIDED)
OURS = (PROPOSED, REQUESTED, LETTERED, RETURNED)
"""States in which somebody of ours owes the next step."""
THEIRS = (DELIVERED, ACKNOWLEDGED)
ASKING = (REQUESTED, SENT_ON, REQUESTED_AGAIN)
"""Events by which somebody is asked, each with what it is that is asked."""
SENT = (REQUESTED, LETTERED, DELIVERED, ACKNOWLEDGED, RETURNED)
"""States of one that was sent and is open: a graver need raises it."""
MAY_ASK_AGAIN = (REQUESTED, LETTERED, DELIVERED, ACKNOWLEDGED)
"""States in which they can be told that it was raised; one that was given back is sent on first."""
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
    **{(state, event): state for state in SENT for event in (RAISED, LET_STAND)},
    # they are asked again, by a letter that is still to be written
    **{(state, REQUESTED_AGAIN): REQUESTED for state in MAY_ASK_AGAIN},
}
GRAVER = "A later visit found this graver, and they are not told yet: phone, and send the update."


def after(state: str | None, event: str) -> str | None:
    """The state that event leads to, or None when it cannot happen in this state."""
    return TRANSITIONS.get((state, event))


def state_of(events: Iterable[str]) -> str | None:
    """The state these events lead to, in the order they were kept; an event that cannot happen there moves nothing."""
    state: str | None = None
    for event in events:
        state = after(state, event) or state
    return state


def is_untold(events: Iterable[str]) -> bool:
    """Whether it was raised and is open, and neither were they told nor was it let stand."""
    happened = list(events)
    newest = next((event for event in reversed(happened) if event in (RAISED, REQUESTED_AGAIN, LET_STAND)), None)
    return newest == RAISED and is_open(state_of(happened))


def words_of(events: Iterable[str]) -> str:
    """The state that these events lead to as a screen says it, and that it was raised."""
    happened = list(events)
    said = words(state_of(happened) or PROPOSED)
    return f"{said}. {GRAVER}" if is_untold(happened) else said


def words(state: str) -> str:
    """The state as a screen says it."""
    return STATES[state]


def is_open(state: str | None) -> bool:
    """Whether somebody still owes something."""
    return state is not None and state not in CLOSED

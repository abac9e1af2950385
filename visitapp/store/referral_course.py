"""Each referral's way in one row: as grave as it is now, when it was proposed, sent, delivered, first answered and decided, and what was
decided. Figures about a team read these rows and no events."""

import json

from visitapp.domain import referrals as states
from visitapp.store.derivation import Derivation, column
from visitapp.store.scope import as_raised
from visitapp.store.tx import Row, Tx

ANSWERS = (states.ACKNOWLEDGED, states.DECIDED, states.RETURNED)


def _refresh(tx: Tx, referral: str) -> None:
    tx.run("DELETE FROM referral_course WHERE referral = :referral", referral=referral)
    row = tx.one(
        f"SELECT r.id AS referral, r.household, {as_raised('r', 'destination')} AS destination, {as_raised('r', 'level')} AS level,"
        " j.at AS proposed_at FROM referral r JOIN journal j ON j.seq = r.seq WHERE r.id = :referral",
        referral=referral,
    )
    if row is not None:
        events = tx.all(
            "SELECT e.event, e.detail, j.at FROM referral_event e JOIN journal j ON j.seq = e.seq"
            " WHERE e.referral = :referral AND e.event <> :news ORDER BY e.seq",
            referral=referral, news=states.NEWS,
        )  # fmt: skip
        tx.insert("referral_course", [row | _course(events)])


def _course(events: list[Row]) -> Row:
    """Of a step that happened more than once, as after it was given back, the first counts; what was decided is the last."""
    first: dict[str, Row] = {}
    for event in events:
        first.setdefault(event["event"], event)
    decided = next((event for event in reversed(events) if event["event"] == states.DECIDED), None)
    answers = [first[event]["at"] for event in ANSWERS if event in first]
    return {
        "state": states.state_of(event["event"] for event in events) or states.PROPOSED,
        "sent_at": first[states.REQUESTED]["at"] if states.REQUESTED in first else None,
        "delivered_at": first[states.DELIVERED]["at"] if states.DELIVERED in first else None,
        "answered_at": min(answers) if answers else None,
        "decided_at": decided["at"] if decided else None,
        "outcome": _outcome(decided["detail"]) if decided else None,
    }


def _outcome(detail: str) -> str:
    said = json.loads(detail).get("outcome")
    return said if isinstance(said, str) else ""


REFERRAL_COURSE = Derivation(
    tables=("referral_course",),
    after={"referral": column("id"), "referral_raised": column("referral"), "referral_event": column("referral")},
    refresh=_refresh,
    every_key="SELECT id AS key FROM referral",
)

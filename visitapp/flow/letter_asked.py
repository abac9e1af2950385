"""What a letter asks for, as it was said when that letter was asked for: a referral may be sent on with other words, or asked for again
because it became graver, and a letter of before says what was so then.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from visitapp.domain import referrals as states
from visitapp.letter import facts as f
from visitapp.store import raised, recipients, referrals, submissions
from visitapp.store.tx import Row, Tx

PARTS = frozenset(one.name for one in fields(f.Completion))


@dataclass(frozen=True)
class Asked:
    """`referral` has the level, urgency and destination that were told; `at` is when it was said where the children are; `visit` is the
    visit whose sentences were looked over; `own_reason`
    why a person raised it; `raised` is what page one says first where this letter asks again."""

    referral: Row
    at: str
    completion: f.Completion
    visit: str
    own_reason: str = ""
    raised: f.Raised | None = None


def asked(tx: Tx, referral: Row, number: int, round: int) -> Asked:
    """What the letter of that number and round asks for."""
    asking = [one for one in referrals.events(tx, referral["id"]) if one["event"] in states.ASKING and one["round"] <= round]
    said: dict[str, Any] = {}
    at = asking[0]["at"]
    for one in asking:
        new = {name: value for name, value in json.loads(one["detail"]).items() if name in PARTS}
        said, at = said | new, one["at"] if "tonight" in new else at
    again = next((one for one in reversed(asking) if one["event"] == states.REQUESTED_AGAIN), None)
    every = raised.of(tx, referral["id"])
    detail = json.loads(again["detail"]) if again else {}
    up = next((one for one in every if one["id"] == detail.get("raised")), None)
    if up is None:
        first = every[0] if every else None
        then = {name: first[f"from_{name}"] for name in ("level", "urgency", "destination")} if first else {}
        return Asked(referral | then, at, completion(said), referral["submission"])
    now = referral | {name: up[name] for name in ("level", "urgency", "destination")}
    here = _raised(tx, referral, up, detail, asking, number) if again and detail["number"] == number else None
    by_hand = "\n".join(json.loads(up["reasons"])) if up["actor"] != "service" else ""
    return Asked(now, at, completion(said), up["submission"], by_hand, here)


def completion(said: dict[str, Any]) -> f.Completion:
    """A completion as it was kept; of what was not asked yet when it was kept, nothing."""
    parts = {
        "not_told_why": tuple(said["not_told_why"]),
        "tonight": tuple(f.Whereabouts(**one) for one in said.get("tonight", ())),
        "sentences": tuple(f.Reworded(**one) for one in said.get("sentences", ())),
        "said_by": tuple(f.SaidBy(**one) for one in said.get("said_by", ())),
    }
    return f.Completion(**said | parts)


def _raised(tx: Tx, referral: Row, up: Row, detail: dict[str, Any], asking: list[Row], number: int) -> f.Raised:
    again = next(one for one in asking if one["event"] == states.REQUESTED_AGAIN and json.loads(one["detail"])["number"] == number)
    before = [one for one in asking if one["seq"] < again["seq"]]
    had, has = recipients.receiver(tx, referral["id"], number - 1), recipients.receiver(tx, referral["id"], number)
    elsewhere = had is not None and has is not None and had["name"] != has["name"]
    visit = submissions.submission(tx, up["submission"])
    return f.Raised(
        detail["from_urgency"], before[-1]["at"], had["name"] if had and elsewhere else "", visit["occurred_on"] if visit else ""
    )  # fmt: skip

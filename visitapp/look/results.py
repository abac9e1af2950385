"""What became of the visits a tablet sent. Not in the receipt, because keeping comes first: "not yet" until the assessment is made."""

import json
from collections import defaultdict
from typing import Any

from visitapp.domain import referrals
from visitapp.look.reading import Desk, each_noted
from visitapp.store import inbox, results, submissions
from visitapp.store.tx import Row


def receipt(desk: Desk, author: str, id: str) -> dict[str, Any] | None:
    """The receipt of a visit that this author sent; None when there is none, or it is somebody else's."""
    with desk.engine.read() as tx:
        found = submissions.receipt(tx, id)
    if found is None or found["author"] != author:
        return None
    return {part: found[part] for part in ("id", "seq", "sha256", "received_at")}


def news(desk: Desk, actor: str) -> str:
    """A mark of what the actor was told and is asked, as short as it can be: equal marks, nothing new. It costs next to nothing, because
    a tablet asks for it every two minutes; it reads nothing of a family, so no reading is written down."""
    with desk.engine.read() as tx:
        return mark(actor, inbox.newest(tx, actor))


def mark(actor: str, newest: Row) -> str:
    return f"{actor}.{newest['told']}.{newest['owed']}.{newest['asked']}"


def of(desk: Desk, author: str, ids: list[str]) -> list[dict[str, Any]]:
    """The result of each id that this author sent, in the order asked; ids that are not theirs are left out."""
    asked = list(dict.fromkeys(ids))[: results.MOST]
    if not asked:
        return []
    with desk.engine.read() as tx:
        kept = {row["id"]: row for row in results.kept(tx, author, asked)}
        aside = {row["submission"] for row in results.set_aside(tx, author, asked)}
        judged = [row[which] for row in kept.values() for which in ("assessment", "as_shown") if row[which]]
        found: dict[str, list[Row]] = defaultdict(list)
        for row in results.findings(tx, judged) if judged else []:
            found[row["assessment"]].append(row)
        events: dict[str, list[Row]] = defaultdict(list)
        for row in results.referrals(tx, author, asked):
            events[row["submission"]].append(row)
    each_noted(desk, author, "read.results", sorted({row["household"] for row in kept.values() if row["assessment"]}))
    return [result(id, kept.get(id), id in aside, found, events[id]) for id in asked if id in kept or id in aside]


def result(id: str, row: Row | None, aside: bool, found: dict[str, list[Row]], events: list[Row]) -> dict[str, Any]:
    if row is None or not row["assessment"]:
        return {"submission": id, "state": "quarantined" if aside else "not_yet"}
    findings = [finding(one) for one in found[row["assessment"]]]
    return {
        "submission": id,
        "state": "assessed",
        "council_area": row["council_area"],
        "level": {"at_least": row["at_least"], "could_be": row["could_be"]},
        "urgency": row["urgency"],
        "destination": {"code": row["destination"]},
        "findings": findings,
        "changed": changed(findings, [finding(one) for one in found.get(row["as_shown"], ())]) if row["as_shown"] else [],
        "referral": referral(events),
    }


def finding(row: Row) -> dict[str, Any]:
    return {
        "finding": row["code"],
        "area": row["area"],
        "row": row["row_id"],
        "person": row["person"],
        "state": row["state"],
        "severity": row["severity"],
        "level": row["level"],
        "said": row["said"],
        "because": json.loads(row["because"] or "[]"),
        "missing": json.loads(row["missing"] or "[]"),
    }


def changed(today: list[dict[str, Any]], shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The findings that stand differently with today's facts than with those the tablet left with; what it did not show was absent."""
    before = {(one["finding"], one["row"]): one["state"] for one in shown}
    was = [(one, before.get((one["finding"], one["row"]), "absent")) for one in today]
    return [one | {"was": state} for one, state in was if state != one["state"]]


def referral(events: list[Row]) -> dict[str, Any] | None:
    if not events:
        return None
    id = events[-1]["id"]
    state = referrals.state_of(event["event"] for event in events if event["id"] == id) or referrals.PROPOSED
    words = referrals.words_of(event["event"] for event in events if event["id"] == id)
    return {"id": id, "state": state, "words": words, "url": f"/referrals/{id}"}

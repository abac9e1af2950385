"""The answers to a council's own form, for whoever copies them in."""

import json
from dataclasses import dataclass

from visitapp.domain import portals as forms
from visitapp.look.reading import Desk, noted
from visitapp.store import accounts, inbox, portals
from visitapp.store.tx import Row


@dataclass(frozen=True)
class Answer:
    """One question as the form asks it. `fits` goes into its field; `rest` is what it has no room for, in pieces of that size."""

    ask: str
    hint: str
    longest: int | None
    length: int
    fits: str
    rest: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The answers for one recipient; `row` has the reference that shows it was sent, once there is one, and `by` who recorded it."""

    row: Row
    by: str
    answers: tuple[Answer, ...]


def of_referral(desk: Desk, actor: str, referral: str) -> tuple[Sheet, ...] | None:
    """Every sheet of a referral, or None when it is not there, not this actor's to see, or goes into nobody's form."""
    with desk.engine.read() as tx:
        row = inbox.one(tx, "team", actor, referral)
        rows = portals.sheets(tx, referral) if row else []
        names = {one["sent_by"]: (accounts.account(tx, one["sent_by"]) or {}).get("name", "") for one in rows if one["sent_by"]}
    if row is None or not rows:
        return None
    noted(desk, actor, "read.portal", row["household"], referral)
    return tuple(Sheet(one, names.get(one["sent_by"], ""), tuple(map(_answer, json.loads(one["answers"])))) for one in rows)


def _answer(kept: Row) -> Answer:
    fits, *rest = forms.pieces(kept["answer"], kept["longest"])
    return Answer(kept["ask"], kept["hint"], kept["longest"], forms.length(kept["answer"]), fits, tuple(rest))

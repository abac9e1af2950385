"""Who of a team is there at one moment, read once: leave, the weekend rota and the posts as they stand on that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.decide.cover import Cover, Holder, Member, posts_of
from visitapp.domain.moments import clock_of, day_of
from visitapp.domain.working_days import shut
from visitapp.store import cover as facts
from visitapp.store import teams
from visitapp.store.tx import Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


def of(w: Wired, tx: Tx, team: str | None, at: str) -> Cover | None:
    """A visiting team at an instant; None where there is no such team."""
    known = teams.team(tx, team) if team else None
    if known is None:
        return None
    today, policy = day_of(at).isoformat(), w.catalogue.policy_of(known["area"])
    closed = shut(at, clock_of(policy.text("office_opens")), clock_of(policy.text("office_closes")), policy.holidays)
    return Cover(
        team=known["id"],
        members={row["account"]: Member(row["account"], row["name"], row["role"]) for row in facts.members(tx, known["id"])},
        away={row["account"]: row["deputy"] for row in facts.away(tx, known["id"], today)},
        posts=posts_of([Holder(**row) for row in facts.posts(tx, known["id"], today)]),
        weekend=facts.weekend(tx, known["id"], closed.day.isoformat()) if closed else None,
        opens_at=closed.opens_at if closed else None,
    )

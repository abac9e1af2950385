"""What happens to people between visits. A child who comes home from hospital is to be seen at home within the policy's time, whatever else
is planned; and an earlier household that somebody confirms is this family's own past counts from then on.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from visitapp.decide.due import end_of
from visitapp.domain.duties import SEE_CHILD, see_subject
from visitapp.domain.moments import day_of
from visitapp.flow import clocks, joined_referrals, phones, plans, whose
from visitapp.flow import family_schemas as schemas
from visitapp.problems import wrong
from visitapp.store import duties, households, life_events
from visitapp.store.tx import Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

SEE = "See {child} at home, home from hospital."


def home_from_hospital(w: Wired, actor: str, person: str, *, household: str, on_date: str, words: str = "") -> None:
    """A person came home. For a child this opens a duty to see them, which a visit in which they are seen ends. Raises Problem with a
    field."""
    said, at = _said(w, person, on_date, words)

    def write(tx: Tx) -> None:
        role = _role(tx, actor, household, person)
        life_events.add(tx, person=person, household=household, kind=life_events.HOME, at=at, actor=actor, **said)
        if role == "child" and duties.seen_on(tx, household, person) < said["on_date"]:
            start = at if date.fromisoformat(said["on_date"]) == day_of(at) else end_of(date.fromisoformat(said["on_date"]))
            duties.owe(
                tx, subject=see_subject(household, person), kind=SEE_CHILD, what=whose.named(tx, SEE, person),
                due_at=clocks.due(clocks.policy(w, tx, household), "seen_after_hospital", start), at=at, actor=actor, household=household,
                owner_account=whose.practitioner(tx, household, actor),
            )  # fmt: skip

    w.writer.submit(write)


def into_hospital(w: Wired, actor: str, person: str, *, household: str, on_date: str, words: str = "") -> None:
    """A person went into hospital. Raises Problem with a field."""
    said, at = _said(w, person, on_date, words)

    def write(tx: Tx) -> None:
        _role(tx, actor, household, person)
        life_events.add(tx, person=person, household=household, kind=life_events.HOSPITAL, at=at, actor=actor, **said)

    w.writer.submit(write)


def _said(w: Wired, person: str, on_date: str, words: str) -> tuple[dict[str, Any], str]:
    at = w.clock()
    said = schemas.load(schemas.LIFE_EVENT, {"person": person, "on_date": on_date, "words": words}, today=day_of(at).isoformat())
    return {"on_date": said["on_date"], "words": said["words"] or ""}, at


def _role(tx: Tx, actor: str, household: str, person: str) -> str:
    """Who the person is in the family, for somebody who may act for it."""
    whose.act_for(tx, actor, household)
    found = [one["role"] for one in households.members(tx, household) if one["person"] == person]
    if not found:
        raise wrong("person", "Choose somebody who belongs to this family now.")
    return str(found[0])


def same_family(w: Wired, actor: str, household: str, *, earlier: str, why: str) -> None:
    """An earlier household is this family's own past: what was found and counted there counts here, and its plans are watched here. Raises
    Problem with a field."""
    at = w.clock()
    said = schemas.load(schemas.SAME_FAMILY, {"why": why})

    def write(tx: Tx) -> None:
        whose.act_for(tx, actor, household)
        whose.act_for(tx, actor, earlier)
        if household in life_events.earlier(tx, earlier):
            raise wrong("earlier", "This is the same household, or one that continues it. Choose an earlier one.")
        if life_events.join_earlier(tx, household=household, earlier=earlier, at=at, actor=actor, **said) is None:
            raise wrong("earlier", "This was confirmed before.")
        phones.phoned_on(tx, household, at, actor)
        plans.watch(w, tx, household, at)
        joined_referrals.joined(w, tx, household, at=at, actor=actor)

    w.writer.submit(write)

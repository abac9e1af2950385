"""The level that people agree. What the service suggests is computed afresh and may fall; the agreed level moves only by people. Raising
stands at once. Lowering stands when a second person, a supervisor of the team who did not propose it, has agreed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain.duties import DONE, SECOND_OPINION, level_subject
from visitapp.flow import clocks, losses, second_person, whose
from visitapp.flow import family_schemas as schemas
from visitapp.store import agreed_levels, duties, life_events
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

WHAT = "A lower level was proposed for a family. It stands only when a second person agrees: agree, or do not and say why."
OVERTAKEN = "Another level was agreed since."
AGREED, REFUSED = "A second person agreed to the lower level.", "A second person did not agree to the lower level; the reason is there."


def agree(w: Wired, actor: str, household: str, *, level: int, reason: str) -> str:
    """A level is agreed; its id. A raised one, or the same again, stands at once; a lower one waits for a second person, by a time. Where
    none was agreed before, it is lower when it is below what the newest visit suggests at least. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    said = schemas.load(schemas.AGREED_LEVEL, {"level": level, "reason": reason})

    def write(tx: Tx) -> str:
        family = whose.act_for(tx, actor, household)
        losses.check_not_held(tx, household)
        before = _before(tx, household, family, said["level"])
        _overtake(tx, household, at, actor)
        agreed_levels.propose(tx, id=id, household=household, from_level=before, at=at, actor=actor, **said)
        if before is not None and said["level"] < before:
            owner = whose.supervisor(tx, household, but=actor)
            duties.owe(
                tx, subject=level_subject(id), kind=SECOND_OPINION, what=WHAT, at=at, actor=actor, household=household, owner_account=owner,
                due_at=clocks.due(clocks.policy(w, tx, household), "second_opinion", at),
            )  # fmt: skip
            whose.tell_each(tx, [owner], WHAT, household=household, at=at, actor=actor)
        return id

    return w.writer.submit(write)


def _before(tx: Tx, household: str, family: Row, level: int) -> int | None:
    """What stood before; where nothing did, the level that the newest visit suggests at least, if this is lower than that."""
    stood = agreed_levels.standing(tx, household)
    if stood is not None:
        return int(stood["level"])
    suggested = family["level_at_least"]
    return suggested if suggested is not None and level < suggested else None


def _overtake(tx: Tx, household: str, at: str, actor: str) -> None:
    """What waits for a second person waits no longer once another level is agreed."""
    for row in _waiting(tx, household):
        duty = duties.duty(tx, level_subject(row["id"]))
        if duty is not None:
            duties.close(tx, duty, how=DONE, evidence=OVERTAKEN, at=at, actor=actor)


def _waiting(tx: Tx, household: str) -> list[Row]:
    family = Families.several(life_events.earlier(tx, household))
    return [row for row in agreed_levels.agreements(tx, family) if row["answered"] is None]


ASKED = second_person.Asked(
    agreed_levels.agreed, agreed_levels.answer, level_subject, "Somebody else has to agree: you proposed it.", AGREED, REFUSED
)


def answer(w: Wired, actor: str, agreed: str, *, agrees: bool, reason: str = "") -> None:
    """The second person on a lower level. Raises Problem with a field."""
    second_person.answer(w, ASKED, actor, agreed, agrees=agrees, reason=reason)

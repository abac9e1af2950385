"""What one person asks for a family and only a second one can let stand: a supervisor of the family's team who did not ask, under whatever
account (`whose.same_person`), by an answer that ends the duty to give one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain.duties import DONE
from visitapp.flow import family_schemas as schemas
from visitapp.flow import whose
from visitapp.problems import problem, wrong
from visitapp.store import duties
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


@dataclass(frozen=True)
class Asked:
    """A kind of request. `find` gives one by its id with its household and who asked (`actor`); `keep` appends the answer, or gives None
    where there is one; `subject` names the duty to answer; `own` says why whoever asked cannot; `agreed` and `refused` are told to them;
    `check` raises Problem where an agreement is not possible now, and `done` does what was agreed, in the same transaction."""

    find: Callable[[Tx, str], Row | None]
    keep: Callable[..., int | None]
    subject: Callable[[str], str]
    own: str
    agreed: str
    refused: str
    check: Callable[[Tx, Row], None] = lambda _tx, _row: None
    done: Callable[[Wired, Tx, Row, str, str], None] = lambda _w, _tx, _row, _at, _actor: None


def answer(w: Wired, asked: Asked, actor: str, id: str, *, agrees: bool, reason: str) -> None:
    """The second person agrees, with or without words, or does not, with a reason. Raises Problem with a field."""
    at = w.clock()
    said: dict[str, Any] = schemas.load(schemas.ANSWER, {"agrees": agrees, "reason": reason})
    said["reason"] = said["reason"] or ""

    def write(tx: Tx) -> None:
        row = _for_another(tx, asked, actor, id)
        duty = duties.duty(tx, asked.subject(id))
        if said["agrees"]:
            asked.check(tx, row)
        if duty is None or asked.keep(tx, id, household=row["household"], at=at, actor=actor, **said) is None:
            raise wrong("agrees", "This no longer waits for an answer. Open the page again to see what happened.")
        told = asked.agreed if said["agrees"] else asked.refused
        duties.close(tx, duty, how=DONE, evidence=f"{told} {said['reason']}".strip(), at=at, actor=actor)
        if said["agrees"]:
            asked.done(w, tx, row, at, actor)
        whose.tell_each(tx, [row["actor"]], told, household=row["household"], at=at, actor=actor)

    w.writer.submit(write)


def _for_another(tx: Tx, asked: Asked, actor: str, id: str) -> Row:
    """What was asked, for a supervisor of the family's team who did not ask."""
    row = asked.find(tx, id)
    if row is None:
        raise problem("not_found")
    family = whose.act_for(tx, actor, row["household"])
    if whose.same_person(tx, actor, row["actor"]):
        raise wrong("agrees", asked.own)
    if not whose.supervises(tx, actor, family):
        raise wrong("agrees", "A supervisor of the family's team has to agree.")
    return row

"""A child's death, a stillbirth, the end of a pregnancy: recorded once, in every home of the child. From that moment no reminder and no
letter goes to the family, nothing is due for the child any more, and the record is held; what is owed for brothers and sisters stays owed.
Whoever looks after the family owes that those who would write to it are told. A loss recorded in error is taken back whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from visitapp.domain import duties as owed
from visitapp.domain import losses as words
from visitapp.domain.moments import date_words, day_of
from visitapp.flow import clocks, whose
from visitapp.flow.family_fields import Happened, Said, day, load, more, one_of
from visitapp.flow.family_fields import words as must_say
from visitapp.problems import problem, wrong
from visitapp.store import duties, family_list, helping, households, life_events, losses, people, scope
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

TELL = (
    "Tell those who would write to this family or expect them: GP, hospital, screening, children’s centre, social worker. {of_death}"
    "Say here whom you told, and who supports the family now."
)
OF_DEATH = "Tell the child death review partners too. "
PLAN_AGAIN = " What was planned here stands no more: {planned}. Plan again what is for the other children."
TOLD = "A family that you look after has lost a child. Reminders and letters to them have stopped. Please open their record."
ERROR = "A loss was recorded in error for a family that you look after. Please open their record."


class _Loss(Happened):
    kind = one_of(words.KINDS, "Choose what happened.")
    person = must_say("Choose whom it is about.")
    on_date = day("Enter the day.")
    words = more()


class _Why(Said):
    why = must_say("Say why, and how you know.")


LOSS, WHY = _Loss(), _Why()


@dataclass(frozen=True)
class Page:
    """What the page to record a loss offers: whom it may be about, and the visits that stand planned (id -> words)."""

    family: Row
    people: dict[str, str]
    planned: dict[str, str]
    siblings: bool


def stopped(tx: Tx, household: str) -> bool:
    """Whether a loss stops every reminder and letter to this family now. Whatever would send one asks here first."""
    return losses.stopped(tx, Families.several(life_events.earlier(tx, household)))


def held(tx: Tx, household: str) -> bool:
    """Whether the record is read only but for what must be added: a loss, and no other child who belongs to the family or is expected."""
    return stopped(tx, household) and not losses.children_left(tx, household)


def check_not_held(tx: Tx, household: str) -> None:
    """Raises Problem where the record is held. What must be added (visits, corrections, who was told, a referral) does not ask this."""
    if held(tx, household):
        raise problem("record_held")


def page(w: Wired, actor: str, household: str) -> Page | None:
    """None when the family is not there or not this actor's to see. The reading is journalled."""
    with w.engine.read() as tx:
        family = family_list.one(tx, actor, household)
        if family is None:
            return None
        here = households.members(tx, household)
        planned = {row["id"]: f"{row['what']}, {date_words(date.fromisoformat(row['on_date']))}" for row in losses.planned(tx, household)}
    at = w.clock()
    w.writer.submit(lambda tx: tx.journal("read.loss", at=at, actor=actor, household=household))
    named = {one["person"]: f"{one['given_names']} {one['family_name']}" for one in here}
    return Page(family, named, planned, sum(one["role"] == "child" for one in here) > 1)


def record(w: Wired, actor: str, household: str, *, still_planned: Iterable[str] = (), **said: Any) -> None:
    """Somebody died or a pregnancy ended. `said`: kind, person, on_date, words; `still_planned`: ids of planned visits that stand all the
    same, for brothers and sisters or for the parents. Raises Problem with a field."""
    at = w.clock()
    loss = load(LOSS, said, today=day_of(at).isoformat())
    kept = {"kind": loss["kind"], "person": loss["person"], "on_date": loss["on_date"], "words": loss["words"] or ""}

    def write(tx: Tx) -> None:
        whose.act_for(tx, actor, household)
        member = _about(tx, household, kept)
        standing = [row for row in losses.planned(tx, household) if row["id"] in set(still_planned)]
        for home in sorted({row["household"] for row in losses.homes(tx, kept["person"])}):
            tx.lock_household(home)
            elsewhere = losses.planned(tx, home) if home != household else []
            _lose(w, tx, home, kept, member, elsewhere, at, actor)
        for row in standing:
            households.plan_visit(
                tx, id=w.new_id(), household=household, what=row["what"], on_date=row["on_date"], at=at, actor=actor
            )  # fmt: skip

    w.writer.submit(write)


def _about(tx: Tx, household: str, loss: dict[str, str]) -> Row:
    """The member whom it is about: a child, and where a pregnancy was never recorded as one, the mother."""
    here = households.members(tx, household)
    found = next((one for one in here if one["person"] == loss["person"]), None)
    if found is None:
        raise wrong("person", "Choose somebody who belongs to this family now.")
    expected = [one for one in here if one["role"] == "child" and not one["born_on"]]
    if found["role"] != "child" and loss["kind"] == words.DIED:
        raise wrong("person", "Choose the child. The death of a parent is recorded under who belongs to the family.")
    if found["role"] != "child" and expected:
        raise wrong("person", "Choose the baby who was expected, so that no due date is shown any more.")
    if found["role"] == "child" and loss["kind"] == words.DIED and not found["born_on"]:
        raise wrong("kind", "This baby is not recorded as born. Choose stillborn or the end of the pregnancy, or record the birth first.")
    if found["role"] == "child" and loss["kind"] == words.MISCARRIED and found["born_on"]:
        raise wrong("kind", "This child is recorded as born. Choose that the child died, or that the baby was stillborn.")
    if found["born_on"] and loss["on_date"] < found["born_on"]:
        raise wrong("on_date", "This is before the date of birth.")
    return found


def _lose(w: Wired, tx: Tx, household: str, loss: dict[str, str], member: Row, planned: list[Row], at: str, actor: str) -> None:
    """One home of the child: the loss, the end of belonging, and what is owed no more. `planned`: what stood planned there and nobody was
    asked about."""
    life_events.add(tx, household=household, at=at, actor=actor, **loss)
    said = words.words(loss["kind"], member["given_names"] if member["role"] == "child" else None)
    if member["role"] == "child":
        for row in losses.homes(tx, loss["person"]):
            if row["household"] == household:
                households.end_membership(
                    tx, membership=row["membership"], on_date=loss["on_date"], reason=loss["kind"], at=at, actor=actor
                )
    evidence = f"{said} on {date_words(date.fromisoformat(loss['on_date']))}."
    others, adults = (
        losses.children_left(tx, household),
        [one["person"] for one in households.members(tx, household) if one["role"] != "child"],
    )
    for duty in duties.of_household(tx, household):
        if _no_more(tx, duty, loss["person"], others, adults):
            duties.close(tx, duty, how=owed.NOT_NEEDED, evidence=evidence, at=at, actor=actor)
    _owe_telling(w, tx, household, loss["kind"], planned if others else [], at, actor)
    family = households.household(tx, household)
    whom = [family["practitioner"] if family else None, *whose.supervisors(tx, family)]
    whose.tell_each(tx, whom, TOLD, household=household, at=at, actor=actor)


def _no_more(tx: Tx, duty: Row, person: str, others: bool, adults: Iterable[str]) -> bool:
    """Whether a duty was owed for this child, or, where there is no other, for a child at all. What was found about a parent, who may be
    the one whose pregnancy ended, and what is owed to other agencies or by an agreed plan whose moment came stays until a person says how
    it ended."""
    if duty["kind"] in (owed.SEE_CHILD, owed.FINDING):
        if any(f":{adult}" in duty["subject"] for adult in adults):
            return False
        return f":{person}" in duty["subject"] or not others
    if duty["kind"] == owed.HELP:
        order = helping.order(tx, duty["subject"].partition(":")[2])
        return order is not None and (order["person"] == person or (not others and order["what"] in words.BABY_GOODS))
    return False


def _owe_telling(w: Wired, tx: Tx, household: str, kind: str, planned: list[Row], at: str, actor: str) -> None:
    stood = "; ".join(f"{row['what']}, {date_words(date.fromisoformat(row['on_date']))}" for row in planned)
    what = TELL.replace("{of_death}", OF_DEATH if kind == words.DIED else "") + (PLAN_AGAIN.replace("{planned}", stood) if stood else "")
    duties.owe(
        tx, subject=owed.loss_subject(household, w.new_id()), kind=owed.AFTER_LOSS, household=household, at=at, actor=actor,
        what=what, owner_account=whose.practitioner(tx, household, actor),
        due_at=clocks.due(clocks.policy(w, tx, household), "after_loss", at),
    )  # fmt: skip


def in_error(w: Wired, actor: str, household: str, event: str, *, why: str) -> None:
    """A loss was recorded in error, in every home in which it was: the child belongs again. What was planned or owed is planned and owed
    anew by a person, because nobody knows what still fits. Raises Problem with a field."""
    at = w.clock()
    said = load(WHY, {"why": why})

    def write(tx: Tx) -> None:
        whose.act_for(tx, actor, household)
        row = losses.event(tx, int(event)) if event.isascii() and event.isdigit() and len(event) < 19 else None
        if row is None or row["household"] != household or row["kind"] not in words.KINDS:
            raise problem("not_found")
        for one in losses.of_person(tx, row["person"], row["kind"]):
            if one["event"] != row["seq"] and (one["household"] == household or one["on_date"] != row["on_date"]):
                continue  # another loss of the same mother, which stands
            tx.lock_household(one["household"])
            _take_back(w, tx, one, said["why"], at, actor)

    w.writer.submit(write)


def _take_back(w: Wired, tx: Tx, loss: Row, why: str, at: str, actor: str) -> None:
    belonged = losses.ended_with(tx, loss["event"])
    losses.in_error(tx, event=loss["event"], household=loss["household"], why=why, at=at, actor=actor)
    for row in belonged:
        households.add_member(
            tx, id=w.new_id(), household=row["household"], person=row["person"], role=row["role"], from_on=row["from_on"],
            care_role=row["care_role"], at=at, actor=actor,
        )  # fmt: skip
    for duty in duties.of_household(tx, loss["household"]):
        if duty["kind"] == owed.AFTER_LOSS and not losses.of(tx, Families.one(loss["household"])):
            duties.close(tx, duty, how=owed.NOT_NEEDED, evidence=f"It was recorded in error: {why}", at=at, actor=actor)
    family = households.household(tx, loss["household"])
    whom = [family["practitioner"] if family else None, *whose.supervisors(tx, family)]
    whose.tell_each(tx, whom, ERROR, household=loss["household"], at=at, actor=actor)


def resume(w: Wired, actor: str, household: str, *, why: str) -> None:
    """A supervisor says that reminders and letters may go to the family again, and why. Raises Problem with a field."""
    at = w.clock()
    said = load(WHY, {"why": why})

    def write(tx: Tx) -> None:
        family = whose.act_for(tx, actor, household)
        if not whose.supervises(tx, actor, family):
            raise wrong("why", "Only a supervisor of the family’s team says this.")
        if not losses.stopped(tx, Families.one(household)):
            raise wrong("why", "Nothing stands still for this family. Open the record again.")
        losses.resume(tx, household=household, at=at, actor=actor, **said)

    w.writer.submit(write)


@dataclass(frozen=True)
class Shown:
    """The losses of a family for its pages, whether reminders and letters stand still, and whether the record is held."""

    losses: tuple[Row, ...]
    stopped: bool
    held: bool


NOTHING = Shown((), False, False)


def of_family(w: Wired, actor: str, household: str) -> Shown:
    """For pages whose reading is journalled already; nothing for who may not see the family."""
    with w.engine.read() as tx:
        if not scope.may_see_family(tx, actor, household):
            return NOTHING
        found = losses.of_family(tx, actor, household)
        return Shown(tuple(found), stopped(tx, household), held(tx, household)) if found else NOTHING


def name(tx: Tx, person: str) -> str:
    """The given names of somebody, for a line about them."""
    row = people.person(tx, person)
    return row["given_names"] if row else ""

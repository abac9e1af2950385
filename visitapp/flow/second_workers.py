"""A second worker for a visit. Asking is one tap, at the door too, and owes a supervisor an answer by the policy's clock; naming who goes
along, or saying why nobody does, ends it. Whoever asked is told.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from visitapp.domain import duties as owed
from visitapp.domain import second_workers as words
from visitapp.domain.ladder import reference
from visitapp.domain.moments import date_words, day_of, is_instant
from visitapp.flow import clocks, ladder, notify, whose
from visitapp.flow.family_fields import load
from visitapp.flow.staff_schemas import ANSWER, ASK
from visitapp.problems import problem, wrong
from visitapp.store import accounts, climbs, duties, households, second_workers
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

ID_LENGTH = 36
AT_THE_DOOR = "Asked for at the door. Phone whoever asked."
BY_A_TAP = "Asked for before the visit."
NEWEST = 2
"""How many requests of a family are looked at for one that is open."""


def ask(w: Wired, actor: str, household: str, *, for_on: str | None = None, words: str | None = None) -> str:
    """Ask at the desk; the id of the request. Raises Problem with a field."""
    at = w.clock()
    said = load(ASK, {"for_on": for_on, "words": words}, today=day_of(at).isoformat())
    return w.writer.submit(lambda tx: _ask(w, tx, actor, household, w.new_id(), "desk", at, said["for_on"], said["words"], at))


def ask_by_tap(w: Wired, actor: str, household: str, *, id: str, asked_from: str, asked_at: str) -> dict[str, Any]:
    """Ask from a tablet, perhaps a while ago and perhaps not for the first time: the same id asks once. What is known of the request.
    Raises Problem."""
    at = w.clock()
    if not (0 < len(id) <= ID_LENGTH) or asked_from not in (words.DOOR, words.TABLET) or not is_instant(asked_at):
        raise wrong("id", "A request has an id, where it was asked and when.")
    why = AT_THE_DOOR if asked_from == words.DOOR else BY_A_TAP

    def write(tx: Tx) -> Row:
        known = second_workers.request(tx, id)
        if known is not None and known["asked_by"] != actor:
            raise problem("not_found")
        asked = id if known else _ask(w, tx, actor, household, id, asked_from, min(asked_at, at), None, why, at)
        found = second_workers.request(tx, asked)
        assert found is not None
        return found

    return as_json(w.writer.submit(write))


def as_json(row: Row) -> dict[str, Any]:
    """A request as a tablet shows it."""
    return {"id": row["id"], "at": row["asked_at"], "by": row["asked_by_name"] or "", "state": words.state(row)} | {
        "who": row["goes_name"] or "", "words": row["answer"] or ""
    }  # fmt: skip


def _ask(
    w: Wired, tx: Tx, actor: str, household: str, id: str, asked_from: str, asked_at: str, for_on: str | None, why: str, at: str
) -> str:  # fmt: skip
    whose.act_for(tx, actor, household)
    open_one = _open(tx, actor, household, asked_from, for_on)
    if open_one:
        return open_one
    second_workers.ask(
        tx, id=id, household=household, asked_by=actor, asked_from=asked_from, asked_at=asked_at, for_on=for_on, words=why, at=at,
        actor=actor,
    )  # fmt: skip
    owner, subject = whose.supervisor(tx, household), owed.second_worker_subject(id)
    due_at = clocks.due(clocks.policy(w, tx, household), "second_worker_at_door" if asked_from == words.DOOR else "second_worker", at)
    duties.owe(
        tx, subject=subject, kind=owed.SECOND_WORKER, what=_what(tx, actor, asked_from, for_on), due_at=due_at, at=at, actor=actor,
        household=household, owner_account=owner,
    )  # fmt: skip
    _tell(w, tx, household, subject, [owner], "A second worker is asked for: say who goes along.", due_at, at, actor)
    return id


def _open(tx: Tx, actor: str, household: str, asked_from: str, for_on: str | None) -> str | None:
    """What this person asked for in the same way and nobody answered yet: a second tap is no second request."""
    for row in second_workers.newest(tx, household, NEWEST):
        same = row["asked_by"] == actor and row["asked_from"] == asked_from and row["for_on"] == for_on
        if same and words.state(row) == words.ASKED:
            return str(row["id"])
    return None


def _what(tx: Tx, actor: str, asked_from: str, for_on: str | None) -> str:
    account = accounts.account(tx, actor)
    name = account["name"] if account else "The worker"
    when = "the visit today" if asked_from == words.DOOR else "the next visit"
    if for_on:
        when = f"the visit on {date_words(date.fromisoformat(for_on))}"
    return f"{name} asked for a second worker {words.ASKED_FROM[asked_from]}, for {when}: say who goes along."


def answer(w: Wired, actor: str, request: str, **said: Any) -> None:
    """Somebody goes along, or nobody does and why. `said`: goes (yes, no), account or name, words. By a supervisor of the family's team or
    who answers for it now. Raises Problem with a field."""
    at = w.clock()
    given = load(ANSWER, said)

    def write(tx: Tx) -> None:
        row = _to_answer(w, tx, actor, request, at)
        whose.check_ours(tx, row["household"], "account", given["account"])
        if given["account"] and whose.same_person(tx, given["account"], row["asked_by"]):
            raise wrong("account", "Choose somebody else than whoever asked.")
        goes = given["goes"] == "yes"
        named = accounts.account(tx, given["account"]) if given["account"] and goes else None
        name = (named["name"] if named else given["name"] or "") if goes else ""
        second_workers.answer(
            tx, request=request, household=row["household"], goes=goes, account=given["account"] if goes else None, name=name,
            words=given["words"] or "", at=at, actor=actor,
        )  # fmt: skip
        duty = duties.duty(tx, owed.second_worker_subject(request))
        evidence = f"{name} goes along. {given['words'] or ''}".strip() if goes else f"Nobody goes along: {given['words']}"
        if duty is not None:
            duties.close(tx, duty, how=owed.DONE, evidence=evidence, at=at, actor=actor)
        whom = [row["asked_by"], given["account"] if goes else None, whose.practitioner(tx, row["household"])]
        whose.tell_each(tx, whom, f"A second worker: {evidence}", household=row["household"], at=at, actor=actor)

    w.writer.submit(write)


def _to_answer(w: Wired, tx: Tx, actor: str, request: str, at: str) -> Row:
    row = second_workers.request(tx, request)
    if row is None:
        raise problem("not_found")
    whose.act_for(tx, actor, row["household"])
    if words.state(row) != words.ASKED:
        raise wrong("goes", "This was answered already. Open the page again to see how.")
    if not may_answer(w, tx, actor, row, at):
        raise problem("not_allowed")
    return row


def may_answer(w: Wired, tx: Tx, actor: str, row: Row, at: str) -> bool:
    """Whether this account may answer a request: a supervisor of the family's team or whoever answers for it now, and not who asked."""
    duty, family = climbs.owed(tx, owed.second_worker_subject(row["id"])), households.household(tx, row["household"])
    if duty is None or family is None or whose.same_person(tx, actor, row["asked_by"]):
        return False
    return whose.supervises(tx, actor, family) or ladder.answering(w, tx, duty, at).account == actor


def _tell(
    w: Wired, tx: Tx, household: str, subject: str, whom: list[str | None], what: str, due_at: str, at: str, actor: str
) -> None:  # fmt: skip
    """On their screens and by e-mail, which names nobody."""
    whose.tell_each(tx, whom, what, household=household, at=at, actor=actor)
    for account in dict.fromkeys(one for one in whose.with_deputies(tx, whom, at) if one != actor):
        notify.ask(
            w, tx, "second_worker", to_account=account, reference=reference(subject, None), link="/mine", time=due_at, household=household,
            at=at, actor=actor,
        )  # fmt: skip

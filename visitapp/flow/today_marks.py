"""What a supervisor does from the list of today: assign what stands for a family to somebody of the team, put it off until it comes back by
itself, and write down that somebody was spoken to about danger. Each holds for the reasons that stand at that moment and for no other, so
that what is found tomorrow is on the list again."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from visitapp.decide.due import due
from visitapp.domain import today as kinds
from visitapp.domain.moments import at_london, clock_of, day_of, is_instant, later, moment_words
from visitapp.domain.working_days import add_working_days
from visitapp.flow import notify, phoning, today, whose
from visitapp.flow.family_fields import Said, load, more, one_of, words
from visitapp.flow.page_faults import Parts
from visitapp.flow.today import Why
from visitapp.problems import problem, wrong
from visitapp.store import accounts, cover, danger
from visitapp.store import today as store
from visitapp.store.tx import Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

ASSIGNED = "Your supervisor asks you to see to what stands for this family today: it is on your own list."

UNTIL: dict[str, str] = {
    "hour": "In an hour",
    "two_hours": "In two hours",
    "next_day": "The next working day, when offices open",
    "week": "A week from now",
    "other": "Another day or time",
}
"""How long somebody puts off what stands for a family."""


class _Assign(Said):
    account = words("Choose who of the team sees to it.")
    words = more()


class _Wait(Said):
    waits_for = words("Write for whom or for what it waits.")
    until = one_of(UNTIL, "Choose until when.")


ASSIGN, WAIT = _Assign(), _Wait()


def staff(w: Wired, actor: str) -> dict[str, str]:
    """Those of the actor's team to whom something may be assigned, with their names."""
    with w.engine.read() as tx:
        asking = accounts.account(tx, actor)
        return {row["account"]: row["name"] for row in cover.members(tx, asking["team"])} if asking and asking["team"] else {}


def assign(w: Wired, actor: str, household: str, **said: Any) -> None:
    """What stands for a family now is for somebody to see to, who is told, and whoever stands in for them. `said`: account, words. Raises
    Problem with a field."""
    at, given = w.clock(), load(ASSIGN, said)
    if given["account"] not in staff(w, actor):
        raise wrong("account", "Choose somebody of the team.")

    def write(tx: Tx) -> None:
        reasons = _standing(w, tx, actor, household, at)
        for record, keys in _keys(reasons).items():
            store.assign(tx, record, keys, account=given["account"], words=given["words"] or "", at=at, actor=actor)
        whose.tell_each(tx, [given["account"]], ASSIGNED, household=household, at=at, actor=actor)
        for account in whose.with_deputies(tx, [given["account"]], at):
            if account != actor:
                notify.ask(w, tx, "assigned", to_account=account, link="/mine", at=at, actor=actor, household=household)

    w.writer.submit(write)


def wait(w: Wired, actor: str, household: str, *, until_at: str | None = None, **said: Any) -> None:
    """What stands for a family now waits for somebody or something until an instant, and then comes back by itself. Danger tonight cannot
    wait for longer than the policy says. `said`: waits_for, until (of `UNTIL`); `until_at` for `other`. Raises Problem with a field."""
    at, parts, given, until = w.clock(), Parts(), dict[str, Any](), ""
    with parts.each():
        given = load(WAIT, said)
    with parts.each():
        until = _until(w, str(said.get("until")), until_at, at)
    parts.check()

    def write(tx: Tx) -> None:
        reasons = _standing(w, tx, actor, household, at)
        _not_too_long(w, reasons, until, at)
        for record, keys in _keys(reasons).items():
            store.wait(tx, record, keys, waits_for=given["waits_for"], until_at=until, at=at, actor=actor)

    w.writer.submit(write)


def bring_back(w: Wired, actor: str, household: str) -> None:
    """What waits for a family waits no longer. Raises Problem."""
    at = w.clock()

    def write(tx: Tx) -> None:
        waiting = [one for one in _standing(w, tx, actor, household, at) if one.waits]
        for why in waiting:
            store.wait(tx, why.row["record"], [why.key], waits_for=why.row["waits_for"], until_at=at, at=at, actor=actor)

    w.writer.submit(write)


def spoke(w: Wired, actor: str, household: str, call: phoning.Call) -> None:
    """Somebody was phoned about the danger that stands for a family, and was reached or not. Raises Problem with a field."""
    at = w.clock()
    said = phoning.checked(call, at)

    def write(tx: Tx) -> None:
        found = [one.row for one in _standing(w, tx, actor, household, at) if one.kind.grave == kinds.DANGER]
        if not found:
            raise wrong("whom", "There is no danger here any more of which nobody is confirmed as spoken to.")
        for row in found:
            danger.add_call(tx, submission=row["about"], household=row["record"], at=at, actor=actor, **said)

    w.writer.submit(write)


def _standing(w: Wired, tx: Tx, actor: str, household: str, at: str) -> list[Why]:
    """What stands for a family, under its lock, for somebody who may act for it. Raises Problem where nothing does any more."""
    whose.act_for(tx, actor, household)
    found = [one for one in today.read(w, tx, actor, at) if one.row["household"] == household]
    if not found:
        raise problem("not_found")
    return found


def _keys(reasons: list[Why]) -> dict[str, list[tuple[str, str]]]:
    """The reasons by the record in which they stand: a family may have one that was joined to it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in reasons:
        found.setdefault(one.row["record"], []).append(one.key)
    return found


def _until(w: Wired, until: str, until_at: str | None, at: str) -> str:
    opens, today = clock_of(w.catalogue.policy.text("office_opens")), day_of(at)
    if until == "other":
        if until_at is None or not is_instant(until_at):
            raise wrong("until_at", "Write until when, as a date.")
        if until_at <= at:
            raise wrong("until_at", "This is past. Give a time that is still to come.")
        return until_at
    if until == "next_day":
        return at_london(add_working_days(today, 1, w.catalogue.policy.holidays), opens)
    return later(at, hours=1 if until == "hour" else 2) if until != "week" else at_london(today + timedelta(days=7), opens)


def opens_on(w: Wired, day: str) -> str:
    """When offices open on a day: until then something waits for which only a day was given."""
    opens: time = clock_of(w.catalogue.policy.text("office_opens"))
    return at_london(date.fromisoformat(day), opens)


def longest_for_danger(w: Wired) -> str:
    """The instant until which danger tonight can wait at the longest."""
    return due(w.catalogue.policy.settings["danger_put_off"], w.clock())


def _not_too_long(w: Wired, reasons: list[Why], until: str, at: str) -> None:
    settings = w.catalogue.policy.settings
    grave = any(one.kind.grave == kinds.DANGER for one in reasons)
    longest = due(settings["danger_put_off" if grave else "put_off_longest"], at)
    if until > longest:
        why = "Danger tonight cannot wait longer than until" if grave else "Nothing is put off for longer than until"
        raise wrong("until", f"{why} {moment_words(longest)}. Choose a sooner time.")

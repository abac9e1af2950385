"""Recording who stands in: leave with its deputy, the weekend rota, and who holds a post. Leave is said by the person themselves or by a
supervisor of their team; rota and posts by a supervisor. Each is a dated fact, put right by a newer one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any

from marshmallow import fields

from visitapp.decide.cover import Cover
from visitapp.domain import ladder
from visitapp.domain.moments import at_london, day_of
from visitapp.flow import cover, notify
from visitapp.flow.family_fields import Found, Parts, Said, day, load, more, one_of, rule, words
from visitapp.problems import problem, wrong
from visitapp.store import accounts, referrals
from visitapp.store import cover as facts
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

STANDS_IN = "You stand in for a colleague who is on leave: what falls due with them then is yours."
ON_DUTY = "You are on duty for the team while offices are shut: what runs by the hour and falls due then is yours."


class _Span(Said):
    """From one day to another, both included."""

    account = words("Choose who it is.")
    from_on = day("Enter the first day.")
    to_on = day("Enter the last day.")
    today = fields.String(load_only=True)

    @rule
    def _in_order(self, said: dict[str, Any]) -> Found:
        if said["to_on"] and said["from_on"] and said["to_on"] < said["from_on"]:
            yield "to_on", "The last day cannot be before the first."
        if said["to_on"] and said["to_on"] < said["today"]:
            yield "to_on", "This is over already. Give a day from today on."


class _Leave(_Span):
    deputy = words("Choose who stands in: nothing may be left with nobody.")


class _Post(Said):
    post = one_of(ladder.POSTS, "Choose which post.")
    name = more()
    email = fields.Email(load_default=None, allow_none=True, error_messages={"invalid": "Enter an e-mail address."})
    phone = more()
    account = more()
    from_on = day("Enter the first day.")


LEAVE, WEEKEND, POST = _Leave(), _Span(), _Post()


@dataclass(frozen=True)
class Team:
    """What the page of a team shows: who is there now, leave not over yet, and the rota from today on."""

    now: Cover
    leave: tuple[Row, ...]
    weekends: tuple[Row, ...]


def shown(w: Wired, actor: str) -> Team | None:
    """The actor's team, None for somebody without one. No family is read."""
    at = w.clock()
    today = day_of(at).isoformat()
    with w.engine.read() as tx:
        asking = accounts.account(tx, actor)
        here = cover.of(w, tx, asking["team"] if asking else None, at)
        if here is None:
            return None
        return Team(here, tuple(facts.leave_from(tx, here.team, today)), tuple(facts.weekends_from(tx, here.team, today)))


def deputies(w: Wired, actor: str) -> dict[str, str]:
    """Who of the actor's team is away now -> the name of whoever stands in, one after another."""
    at = w.clock()
    with w.engine.read() as tx:
        asking = accounts.account(tx, actor)
        here = cover.of(w, tx, asking["team"] if asking else None, at)
    stand_ins = {account: here.present(account) for account in here.away} if here else {}
    return {account: here.members[deputy].name for account, deputy in stand_ins.items() if here and deputy}


def take_leave(w: Wired, actor: str, **said: Any) -> str:
    """Somebody is away and a deputy stands in, who is told at once; the id of the leave. `said`: account, from_on, to_on, deputy. Raises
    Problem with a field."""
    id, at = w.new_id(), w.clock()
    leave = load(LEAVE, said, today=day_of(at).isoformat())

    def write(tx: Tx) -> str:
        here = _team(w, tx, actor, at)
        parts = Parts()
        with parts.each():
            if leave["account"] not in here.members or (leave["account"] != actor and not _supervises(here, actor)):
                raise wrong("account", "Only somebody themselves, or a supervisor of their team, records their leave.")
        with parts.each():
            if leave["deputy"] not in here.members or leave["deputy"] == leave["account"]:
                raise wrong("deputy", "Choose somebody else of the team.")
            if any(row["account"] == leave["deputy"] for row in _away_then(tx, here.team, leave)):
                raise wrong("deputy", "They are on leave then too. Choose somebody who is there.")
        parts.check()
        facts.add_leave(tx, id=id, at=at, actor=actor, **leave)
        _tell(w, tx, leave["deputy"], "leave_begins", STANDS_IN, leave["from_on"], at, actor)
        return id

    return w.writer.submit(write)


def end_leave(w: Wired, actor: str, leave: str) -> None:
    """They are back, from today on. Raises Problem."""
    at = w.clock()

    def write(tx: Tx) -> None:
        row = facts.leave(tx, leave)
        here = _team(w, tx, actor, at)
        if row is None or row["team"] != here.team or (row["account"] != actor and not _supervises(here, actor)):
            raise problem("not_found")
        facts.end_leave(tx, leave=leave, on_date=day_of(at).isoformat(), at=at, actor=actor)

    w.writer.submit(write)


def put_on_duty(w: Wired, actor: str, **said: Any) -> None:
    """Somebody is on duty while offices are shut. `said`: account, from_on, to_on. Raises Problem with a field."""
    at = w.clock()
    duty = load(WEEKEND, said, today=day_of(at).isoformat())

    def write(tx: Tx) -> None:
        here = _led(w, tx, actor, at)
        if duty["account"] not in here.members:
            raise wrong("account", "Choose somebody of the team.")
        facts.add_weekend(tx, team=here.team, at=at, actor=actor, **duty)
        _tell(w, tx, duty["account"], "weekend_duty", ON_DUTY, duty["from_on"], at, actor)

    w.writer.submit(write)


def hold_post(w: Wired, actor: str, *, team: str | None = None, **said: Any) -> None:
    """Somebody holds a post of the actor's team from a day on; without a name, nobody does. They are told by e-mail, so an account of the
    team or an address is needed. `said`: post, name, email, phone, account, from_on. Raises Problem with a field.

    `team` is named at the command line alone, where whoever sets a place up is nobody's supervisor."""
    at = w.clock()
    held = load(POST, said)

    def write(tx: Tx) -> None:
        here = cover.of(w, tx, team, at) if team else _led(w, tx, actor, at)
        if here is None:
            raise problem("not_found")
        if held["account"] and held["account"] not in here.members:
            raise wrong("account", "Choose somebody of the team, or leave this out.")
        if held["account"] and not held["name"]:
            held["name"] = here.members[held["account"]].name
        if held["name"] and not held["email"] and not held["account"]:
            raise wrong("email", "Enter where they are told: an e-mail address, or an account of the team.")
        kept = {name: held[name] or "" for name in ("name", "email", "phone")}
        facts.hold_post(tx, team=here.team, post=held["post"], account=held["account"], from_on=held["from_on"], at=at, actor=actor, **kept)

    w.writer.submit(write)


def _team(w: Wired, tx: Tx, actor: str, at: str) -> Cover:
    asking = accounts.account(tx, actor)
    here = cover.of(w, tx, asking["team"] if asking else None, at)
    if here is None or actor not in here.members:
        raise problem("not_found")
    return here


def _led(w: Wired, tx: Tx, actor: str, at: str) -> Cover:
    here = _team(w, tx, actor, at)
    if not _supervises(here, actor):
        raise problem("not_allowed")
    return here


def _supervises(here: Cover, actor: str) -> bool:
    return here.members[actor].role == "supervisor"


def _away_then(tx: Tx, team: str, span: dict[str, Any]) -> list[Row]:
    return [row for row in facts.leave_from(tx, team, span["from_on"]) if row["from_on"] <= span["to_on"]]


def _tell(w: Wired, tx: Tx, whom: str, kind: str, what: str, from_on: str, at: str, actor: str) -> None:
    """On their screen and by e-mail; not the one who recorded it."""
    if whom != actor:
        referrals.tell(tx, to_account=whom, what=what, at=at, actor=actor)
        begins = max(at, at_london(date.fromisoformat(from_on), time(0, 0)))
        notify.ask(w, tx, kind, to_account=whom, link="/mine", time=begins, at=at, actor=actor)

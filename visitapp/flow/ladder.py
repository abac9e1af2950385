"""The ladder. What nobody ended by its time climbs it, a rung at a time: practitioner, supervisor, named nurse, designated doctor or nurse.
Each climb is a fact, stands on the screens of whoever was told, and goes to them by e-mail without a name. A rung with nobody on it is said
and passed at once; when the last is reached, /status says that everybody there is has been told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.decide.cover import Answering, Cover, Holder
from visitapp.domain import ladder as words
from visitapp.domain.moments import later
from visitapp.flow import clocks, cover, notify
from visitapp.flow.refer import SERVICE
from visitapp.formlang import Policy
from visitapp.store import climbs, notices, referrals, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

AT_ONCE = 200
MOST_APART = 5
"""As many things as are told to somebody one by one within an hour."""
MANY = "Many things are overdue and have come to you at once. Each stands on your list."
BEGINNING = ("", 0)
ON_DUTY = "Yours while offices are shut."
NOBODY = "Nobody is there to be told: it goes on to the next."
LATE = "It is due and not done."
NOT_TAKEN_UP = "It is still not done."


@dataclass(frozen=True)
class Told:
    """Somebody who is told: by account, or by address where they have none."""

    account: str | None
    name: str
    email: str = ""


def climb(w: Wired) -> int:
    """Let everything overdue climb as far as its time has come; how many rungs were climbed. For the worker's round."""
    return sum(_climb(w, subject) for subject in _waiting(w, w.clock()))


def tell_on_duty(w: Wired) -> int:
    """While offices are shut: tell whoever is on duty, once, of each thing that is theirs meanwhile and not otherwise; how many. Nothing
    has to be late first. For the worker's round."""
    at = w.clock()
    with w.engine.read() as tx:
        shut = [here for row in teams.teams(tx) if (here := cover.of(w, tx, row["id"], at)) and here.opens_at]
        waiting = [row["subject"] for here in shut for row in climbs.owed_in(tx, here.team, here.opens_at or at) if _news(w, tx, here, row)]
    return sum(_tell_on_duty(w, subject, at) for subject in waiting)


def _news(w: Wired, tx: Tx, here: Cover, row: Row) -> str | None:
    """The account that answers for it in its owner's place and was not told so."""
    on_duty = in_team(w, here, row).account
    known = on_duty is None or on_duty == row["owner_account"] or on_duty in climbs.told_on_duty(tx, row["subject"], row["due_at"])
    return None if known or here.present(row["owner_account"]) == on_duty else on_duty


def _tell_on_duty(w: Wired, subject: str, at: str) -> int:
    """Asked again under the one writer's lock, so that of two workers only one tells."""
    with w.engine.write() as tx:
        row = climbs.owed(tx, subject)
        here = cover.of(w, tx, row["team"], at) if row else None
        account = _news(w, tx, here, row) if here and row else None
        if row is None or here is None or account is None:
            return 0
        place = len(climbs.told_on_duty(tx, subject, row["due_at"])) + 1
        climbs.add(
            tx, subject=subject, due_at=row["due_at"], rung=words.ON_DUTY, place=place, household=row["household"], to_account=account,
            to_name=here.members[account].name, why=ON_DUTY, at=at, actor=SERVICE,
        )  # fmt: skip
        _on_screen_and_by_mail(w, tx, row, Told(account, ""), at, kind="on_duty", what=f"{ON_DUTY} {row['what']}")
    return 1


def hourly(policy: Policy, row: Row) -> bool:
    """Whether a duty (as `climbs.owed` gives it) runs and climbs in hours of the clock."""
    soon = clocks.due(policy, "climb_by_the_hour", row["since"])
    return words.by_the_hour(row["kind"], level=row["level"], urgency=row["urgency"], due_at=row["due_at"], soon=soon)


def answering(w: Wired, tx: Tx, row: Row, at: str) -> Answering:
    """Who answers for a duty (as `climbs.owed` gives it) now: its owner, their deputy, whoever is on duty, or a supervisor."""
    here = cover.of(w, tx, row["team"], at)
    return in_team(w, here, row) if here else Answering(row["owner_account"])


def in_team(w: Wired, here: Cover, row: Row) -> Answering:
    """The same, of a team that was looked at already."""
    return here.answers(row["owner_account"], hourly=hourly(w.catalogue.policy_of(row["area"]), row), due_at=row["due_at"])


def answering_each(w: Wired, tx: Tx, rows: list[Row], at: str) -> list[Answering]:
    """The same for many, each team looked at once."""
    teams_here = {team: cover.of(w, tx, team, at) for team in {row["team"] for row in rows}}
    each = [(row, teams_here[row["team"]]) for row in rows]
    return [in_team(w, here, row) if here else Answering(row["owner_account"]) for row, here in each]


def come_to(told: Sequence[Row]) -> str:
    """How far an overdue duty has climbed, of which these were told, in a sentence; empty before its first rung. At the top it says so."""
    if not told:
        return ""
    vacant = [words.RUNGS[one["rung"]].lower() for one in told if not one["to_name"]]
    nobody = f" Nobody is there as: {', '.join(vacant)}." if vacant else ""
    if told[-1]["rung"] == words.DESIGNATED:
        return f"Everybody on its ladder has been told: it stays until it is done.{nobody}"
    return f"It has climbed to: {words.RUNGS[told[-1]['rung']].lower()}.{nobody}"


def _waiting(w: Wired, now: str) -> Iterator[str]:
    """What is overdue and has a rung to climb, a page at a time, so that nothing is kept waiting by what has climbed as far as it can."""
    after = BEGINNING
    while True:
        with w.engine.read() as tx:
            rows = climbs.overdue(tx, now, after, AT_ONCE)
            waiting = [row["subject"] for row in rows if _rung(w, tx, row, now)]
        yield from waiting
        if len(rows) < AT_ONCE:
            return
        after = (rows[-1]["due_at"], rows[-1]["opened_seq"])


def _rung(w: Wired, tx: Tx, row: Row, now: str) -> str | None:
    """The lowest rung that is not climbed yet, if its time has come or the one below it had nobody."""
    told = climbs.told(tx, row["subject"], row["due_at"])
    climbed = {one["rung"] for one in told}
    rung = next((one for one in words.RUNGS if one not in climbed), None)
    if rung is None:
        return None
    policy = w.catalogue.policy_of(row["area"])
    empty_below = bool(told) and not told[-1]["to_name"]
    return rung if empty_below or clocks.due(policy, words.setting(rung, hourly(policy, row)), row["due_at"]) <= now else None


def _climb(w: Wired, subject: str) -> int:
    """Asked again under the one writer's lock, so that of two workers only one climbs."""
    at, climbed = w.clock(), 0
    with w.engine.write() as tx:
        row = climbs.owed(tx, subject)
        while row is not None and row["due_at"] < at and (rung := _rung(w, tx, row, at)):
            _tell(w, tx, row, rung, at)
            climbed += 1
    return climbed


def _tell(w: Wired, tx: Tx, row: Row, rung: str, at: str) -> None:
    people = _people(w, tx, row, rung, at)
    why = LATE if rung == words.PRACTITIONER else NOT_TAKEN_UP
    for place, one in enumerate(people or [Told(None, "")], 1):
        climbs.add(
            tx, subject=row["subject"], due_at=row["due_at"], rung=rung, place=place, household=row["household"], to_account=one.account,
            to_name=one.name, why=why if people else NOBODY, at=at, actor=SERVICE,
        )  # fmt: skip
    for one in people:
        _on_screen_and_by_mail(w, tx, row, one, at)


def _people(w: Wired, tx: Tx, row: Row, rung: str, at: str) -> list[Told]:
    here = cover.of(w, tx, row["team"], at)
    if here is None:
        return []
    if rung in words.POSTS:
        return [_held(here, held) for held in [here.holder(rung)] if held]
    if rung == words.SUPERVISOR:
        whom = [here.present(row["backup_account"]), *here.supervisors()]
    else:
        whom = [answering(w, tx, row, at).account]
    return [Told(one, here.members[one].name) for one in dict.fromkeys(whom) if one]


def _held(here: Cover, held: Holder) -> Told:
    """By account where they have one that may sign in for this team; by address else."""
    return Told(held.account, held.name) if held.account in here.members else Told(None, held.name, held.email)


def _told_enough(w: Wired, tx: Tx, account: str, at: str) -> bool:
    """Whether so much came to somebody in an hour, as after the service stood still, that one word stands for the rest: each thing is on
    their list all the same, and has climbed."""
    since = later(at, hours=-1)
    if notices.asked_since(tx, account, "overdue", since) < MOST_APART:
        return False
    if not notices.asked_since(tx, account, "overdue_many", since):
        referrals.tell(tx, to_account=account, what=MANY, at=at, actor=SERVICE)
        notify.ask(w, tx, "overdue_many", to_account=account, link="/mine", at=at, actor=SERVICE)
    return True


def _on_screen_and_by_mail(w: Wired, tx: Tx, row: Row, told: Told, at: str, *, kind: str = "overdue", what: str = "") -> None:
    reference = words.reference(row["subject"], row["referral"])
    about = {"household": row["household"], "referral": row["referral"]}
    if told.account and kind == "overdue" and _told_enough(w, tx, told.account, at):
        return
    if told.account:
        referrals.tell(tx, to_account=told.account, what=what or f"Overdue. {row['what']}", at=at, actor=SERVICE, **about)
        notify.ask(
            w, tx, kind, to_account=told.account, reference=reference, link="/mine", time=row["due_at"], at=at, actor=SERVICE, **about
        )  # fmt: skip
    elif told.email:
        notify.ask(w, tx, "overdue_to_post", to_address=told.email, reference=reference, time=row["due_at"], at=at, actor=SERVICE, **about)

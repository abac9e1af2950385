"""What staff are owed and must know, gathered for screens: talks and second workers that wait, dates of supervision, and for one family its
known risks, who goes along, what was decided after a hard visit and help with a family who keeps us at a distance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from visitapp.decide.curiosity import curious, found
from visitapp.decide.due import end_of
from visitapp.decide.limits import limits
from visitapp.domain import curiosity, risks, second_workers
from visitapp.domain.duties import debrief_subject, second_worker_subject
from visitapp.domain.moments import day_of
from visitapp.flow import debriefs as talking
from visitapp.flow import risks as seeing
from visitapp.flow import second_workers as answering
from visitapp.flow import supervision_dates as supervising
from visitapp.store import accounts, climbs, debriefs, duties, family_list, life_events, past, scope
from visitapp.store import risks as known
from visitapp.store import second_workers as asked
from visitapp.store import supervision_dates as dates
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

PAGE = 20
TALKS, REQUESTS, DATES = 2, 1, 20
LAST = 2**62
"""Later than any seq."""
BEGINNING = ("", 0)


@dataclass(frozen=True)
class Page:
    """Rows by a key; `after` is the key of the next page."""

    rows: tuple[Row, ...]
    after: tuple[Any, ...] | None


@dataclass(frozen=True)
class Team:
    """What a supervisor's page of staff shows: talks and requests that wait, and the dates of each practitioner, the soonest due first."""

    debriefs: Page
    requests: Page
    supervision: tuple[Row, ...]


@dataclass(frozen=True)
class Beside:
    """What whoever goes next to a family must know. `risks` are those that nobody ended, each with its `state`; `request` is the
    newest second worker that was asked for; `talks` the newest after a hard visit; `help` what to try, for each pattern that is found."""

    risks: tuple[Row, ...]
    request: Row | None
    talks: tuple[Row, ...]
    help: tuple[curiosity.Help, ...]


@dataclass(frozen=True)
class About:
    """What a form is about: the family, the row that is asked for, what is owed (None once it ended), how it ended, and whether this
    account may record it."""

    family: Row
    row: Row
    duty: Row | None = None
    ended: Row | None = None
    may: bool = True


def team(w: Wired, actor: str, after_debrief: tuple[str, int] = BEGINNING, after_request: tuple[str, int] = BEGINNING) -> Team:
    """The actor's team. The reading of each family is journalled."""
    at = w.clock()
    with w.engine.read() as tx:
        asking = accounts.account(tx, actor)
        talks = _page(debriefs.owed(tx, actor, *after_debrief, PAGE + 1))
        requests = _page(asked.owed(tx, actor, *after_request, PAGE + 1))
        people = dates.of_team(tx, asking["team"]) if asking and asking["team"] else []
    read = sorted({row["household"] for page in (talks, requests) for row in page.rows})
    w.writer.submit(lambda tx: [tx.journal("read.staff", at=at, actor=actor, household=one) for one in read])
    every = int(w.catalogue.policy.settings["supervision_every"].value)
    due = [row | {"due_at": row["due_at"] or _first_due(row, every)} for row in people]
    return Team(talks, requests, tuple(sorted(due, key=lambda row: row["due_at"])))


def _page(rows: list[Row]) -> Page:
    shown = tuple(rows[:PAGE])
    return Page(shown, (shown[-1]["due_at"], shown[-1]["opened_seq"]) if len(rows) > PAGE else None)


def _first_due(row: Row, every: int) -> str:
    """By when the first supervision is due that nobody is asked for yet."""
    return end_of(date.fromisoformat(row["held_on"] or day_of(row["since"]).isoformat()) + timedelta(days=every))


def of_family(w: Wired, actor: str, household: str) -> Beside | None:
    """For pages whose reading is journalled already; None for who may not see the family."""
    today, policy = day_of(w.clock()).isoformat(), w.catalogue.policy
    with w.engine.read() as tx:
        if not scope.may_see_family(tx, actor, household):
            return None
        how = curious(policy, limits(policy))
        patterns = found(past.newest(tx, household, how.visits), today, how)
        return Beside(
            tuple(_as_seen(tx, actor, row, today) for row in known.open_of(tx, Families.several(life_events.earlier(tx, household)))),
            next(iter(asked.newest(tx, household, REQUESTS)), None),
            tuple(debriefs.newest(tx, actor, household, TALKS)),
            tuple(curiosity.HELP[one] for one in patterns),
        )


def risks_of(w: Wired, actor: str, household: str, before: int = LAST) -> tuple[Row, Page] | None:
    """A family and its risks, past ones too, the newest first; None for who may not see it. The reading is journalled."""
    at = w.clock()
    today = day_of(at).isoformat()
    with w.engine.read() as tx:
        family = family_list.one(tx, actor, household)
        if family is None:
            return None
        rows = known.of_households(tx, Families.several(life_events.earlier(tx, household)), before, PAGE + 1)
        shown = tuple(_as_seen(tx, actor, row, today) for row in rows[:PAGE])
    w.writer.submit(lambda tx: tx.journal("read.risks", at=at, actor=actor, household=household))
    return family, Page(shown, (shown[-1]["seq"],) if len(rows) > PAGE else None)


def _as_seen(tx: Tx, actor: str, row: Row, today: str) -> Row:
    """With how it stands; who says so, where that would give them away, only for a supervisor and whoever recorded it."""
    asking = accounts.account(tx, actor) if row["protected"] else None
    hidden = asking is not None and asking["role"] != "supervisor" and actor != row["set_by"]
    return row | {"state": risks.state(row, today), "source": "" if hidden else row["source"], "source_hidden": hidden}


def to_talk_about(w: Wired, actor: str, submission: str) -> About | None:
    """The visit that a talk is about, with the talk once it was held; None for who may not see its family. The reading is journalled. How
    the worker is, is for supervisors and the worker."""

    def read(tx: Tx) -> Row | None:
        visit, asking = debriefs.visit(tx, submission), accounts.account(tx, actor)
        talk = debriefs.of_visit(tx, submission) if visit else None
        private = visit is None or asking is None or (asking["role"] != "supervisor" and actor != visit["author"])
        return visit and visit | {"talk": talk and talk | ({"how_is": "", "how_words": ""} if private else {})}

    return _about(w, actor, read, debrief_subject(submission), talking.may_record)


def to_answer(w: Wired, actor: str, request: str) -> About | None:
    """The second worker that was asked for, in the same way."""
    return _about(w, actor, lambda tx: asked.request(tx, request), second_worker_subject(request), answering.may_answer)


def to_say(w: Wired, actor: str, risk: str) -> About | None:
    """The risk that something is said of, in the same way."""
    today = day_of(w.clock()).isoformat()

    def read(tx: Tx) -> Row | None:
        row = known.risk(tx, risk)
        return _as_seen(tx, actor, row, today) if row else None

    return _about(w, actor, read)


def _about(
    w: Wired, actor: str, read: Callable[[Tx], Row | None], subject: str = "", may: Callable[..., bool] = lambda *_: True
) -> About | None:  # fmt: skip
    at = w.clock()
    with w.engine.read() as tx:
        row = read(tx)
        family = family_list.one(tx, actor, seeing.seen_from(tx, actor, row["household"])) if row else None
        if row is None or family is None:
            return None
        duty = climbs.owed(tx, subject) if subject else None
        ended = duties.last_closed(tx, subject) if subject and duty is None else None
        found = About(family, row, duty, ended, may(w, tx, actor, row, at))
    w.writer.submit(lambda tx: tx.journal("read.staff", at=at, actor=actor, household=family["household"]))
    return found


def supervised(w: Wired, actor: str, account: str) -> tuple[Row, list[Row]]:
    """A practitioner and the newest dates of their supervision, for a supervisor of their team. Raises Problem. No family is read."""
    with w.engine.read() as tx:
        return supervising.whom(tx, actor, account), dates.dates(tx, account, DATES)


def state_of(row: Row) -> str:
    """How a request for a second worker stands."""
    return second_workers.state(row)

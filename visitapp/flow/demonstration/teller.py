"""Tells the stories: on each day, in order, what was done then, through the steps that everybody uses. The clock of the wiring walks
through the days, so that every fact has the time at which it happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from visitapp.domain.moments import later
from visitapp.flow import people, refer, reply
from visitapp.flow.demonstration import cast
from visitapp.flow.demonstration.days import StoryClock, day_of_story, instant_of, planned_day
from visitapp.flow.demonstration.registering import open_services, register
from visitapp.flow.demonstration.story import Acknowledge, Decide, Event, Family, Send, Visit, Withdraw
from visitapp.flow.stories.answers import Writer
from visitapp.flow.stories.tablet import Carried, Tablet
from visitapp.flow.worker import work_once
from visitapp.store import outbox, referrals

if TYPE_CHECKING:
    from visitapp.wiring import Wired


class StoryFault(RuntimeError):
    """The story could not be told as it is written; the message says where."""


@dataclass(frozen=True)
class Step:
    """Something done at an instant; steps of one instant keep the order in which they were written."""

    at: str
    do: Callable[[], None]


@dataclass
class Teller:
    """`w` is wired to the story's clock. `ids` holds what was made by name: accounts, teams, and people as `family/key`."""

    w: Wired
    clock: StoryClock
    today: date
    ids: dict[str, str] = field(default_factory=dict)
    tablets: dict[str, Tablet] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def begin(self) -> None:
        """The services and accounts, and a tablet for each of those who visit; all before the first family is known."""
        open_services(self)

    def end(self) -> None:
        """Everything was told."""
        self.w.writer.submit(lambda tx: tx.journal(cast.LOADED, at=self.clock.at, actor=cast.ACTOR))

    def tell(self, families: Iterable[Family], between: Callable[[int, int], None]) -> None:
        """Everything that happened, in the order of time; `between` is told how many steps are done of how many."""
        steps = sorted((step for family in families for step in self._steps(family)), key=lambda step: step.at)
        for done, step in enumerate(steps, start=1):
            self.clock.at = step.at
            step.do()
            self._work()
            between(done, len(steps))

    def number(self, who: str) -> int:
        """A number of each person's own, the same whenever it is asked for."""
        return self.numbers.setdefault(who, len(self.numbers))

    def _steps(self, family: Family) -> Iterator[Step]:
        yield from register(self, family)
        day = self.today - timedelta(days=family.since)
        for event in family.events:
            day = day_of_story(self.today, event, day)
            at = instant_of(day, event.at)
            yield from self._visit(family, event, day, at) if isinstance(event, Visit) else [self._act(family, event, day, at)]
        for planned in family.planned:
            on = planned_day(self.today, planned.ahead).isoformat()
            yield Step(instant_of(day, "17:20"), partial(self._plan, family, planned.what, on))

    def _plan(self, family: Family, what: str, on: str) -> None:
        people.plan_visit(self.w, self.ids[family.practitioner], self.ids[family.name], what=what, on_date=on)

    def _visit(self, family: Family, visit: Visit, day: date, at: str) -> Iterator[Step]:
        """The tablet takes the family with it, and sends what was written when it is back on a network."""
        taken = list[Carried]()
        finished = later(at, minutes=visit.minutes)
        yield Step(at, lambda: taken.append(self.tablets[visit.by].take(self.ids[family.name])))
        yield Step(later(finished, minutes=visit.waited), lambda: self._send(family, visit, day, at, finished, taken[0]))

    def _send(self, family: Family, visit: Visit, day: date, began: str, finished: str, carried: Carried) -> None:
        tablet = self.tablets[visit.by]
        form, mine = self.w.catalogue.current(visit.form), f"{family.name}/"
        known = {key.removeprefix(mine): id for key, id in self.ids.items() if key.startswith(mine)}
        answers = Writer(form, day, known, self.w.new_id).written(visit.answers)
        calls = [
            {"id": self.w.new_id(), "at": later(began, minutes=call.after), "who": call.who, "number": call.number,
             "reached": call.reached, "spoke_to": call.spoke_to, "said": call.said}
            for call in visit.calls
        ]  # fmt: skip
        payload = tablet.write(
            self.ids[family.name], visit.form, day.isoformat(), answers, carried=carried, calls=calls, began_at=began, sealed_at=finished
        )  # fmt: skip
        answer = tablet.send(payload)
        if answer.status != 201:
            raise StoryFault(f"{family.name}, {day}: the visit was answered {answer.status} {answer.body}")

    def _act(self, family: Family, event: Event, day: date, at: str) -> Step:
        return Step(at, lambda: self._do(family, event, day))

    def _do(self, family: Family, event: Event, day: date) -> None:
        actor, referral = self.ids[event.by], self._open_referral(family, event, day)
        if isinstance(event, Send):
            refer.send(self.w, actor, referral, completion(event, day))
        elif isinstance(event, Withdraw):
            refer.withdraw(self.w, actor, referral, event.reason)
        elif isinstance(event, Acknowledge):
            reply.acknowledge(self.w, actor, referral)
        elif isinstance(event, Decide):
            reply.decide(self.w, actor, referral, event.outcome, event.reason, event.next_step)

    def _open_referral(self, family: Family, event: Event, day: date) -> str:
        """The family's one open referral, or of several the one at the level that the story names."""
        with self.w.engine.read() as tx:
            found = referrals.open_ones(tx, self.ids[family.name])
        fitting = [one for one in found if event.level in (None, one["level"])]
        if len(fitting) != 1:
            raise StoryFault(
                f"{family.name}, {day}: open are referrals at level {[one['level'] for one in found]}, the story speaks of one"
            )
        return str(fitting[0]["id"])

    def _work(self) -> None:
        """Everything that waits is done at once, and nothing may be left over."""
        while work_once(self.w):
            pass
        with self.w.engine.read() as tx:
            left = outbox.due(tx, "9999", 1)
        if left:
            raise StoryFault(f"{left[0]['step']} could not be done: {left[0]['last_error']}")


def completion(sent: Send, day: date) -> refer.Completion:
    """What the practitioner said when they sent it."""
    return refer.Completion(
        asked_for=sent.asked_for,
        asked_by_on=(day + timedelta(days=sent.asked_by)).isoformat() if sent.asked_by is not None else None,
        parents_told="yes" if sent.parents_told == "yes" else "no",
        parents_said=sent.parents_said,
        not_told_why=sent.not_told_why,  # type: ignore[arg-type]
        not_told_detail=sent.not_told_detail,
        phoned_who=sent.phoned_who,
        phoned_at=instant_of(day, sent.phoned) if sent.phoned else None,
        where_child_is=sent.where_child_is,
        meanwhile=sent.meanwhile,
    )

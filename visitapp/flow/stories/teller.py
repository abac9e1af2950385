"""Tells stories: on each day, in order, what was done then, through the steps that everybody uses. The clock of the wiring walks through
the days, so that every fact has the time at which it happened, and what a clock alone brings about happens on its own day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from visitapp.flow.stories.acts import ACTS, Doing, actor_of
from visitapp.flow.stories.days import StoryClock
from visitapp.flow.stories.model import Act, Event, Household, Key, Person, Visit
from visitapp.flow.stories.registering import register
from visitapp.flow.stories.services import Opened
from visitapp.flow.stories.steps import Step
from visitapp.flow.stories.uncovering import Uncovered
from visitapp.flow.stories.visiting import StoryFault, steps_of
from visitapp.flow.stories.waiting import pass_time
from visitapp.flow.worker import work_once
from visitapp.problems import Problem, wrong
from visitapp.store import outbox

if TYPE_CHECKING:
    from visitapp.wiring import Wired

__all__ = ["StoryFault", "Teller", "Watch"]


class Untold(Exception):
    """An event needs what an earlier one should have made and did not; that one's fault was said already."""


class Watch(Protocol):
    """Who follows a story as it is told."""

    def done(self, event: Event, made: str) -> None:
        """An event is over and everything that it set going is done; `made` is the id of what it made (a visit's own), or empty."""

    def refused(self, event: Event | None, problem: Problem) -> None:
        """The service refused what the story says; None where that was no event but a family coming to be known."""


@dataclass
class Teller:
    """`w` is wired to the story's clock. `named` holds the ids of what the story names."""

    w: Wired
    clock: StoryClock
    opened: Opened
    watch: Watch
    people: Mapping[str, Person]
    households: Mapping[str, Household]
    named: dict[Key, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    uncovered: dict[str, Uncovered] = field(default_factory=dict)  # a visit's id -> what its answers were taken to mean
    newest_visit: dict[str, str] = field(default_factory=dict)  # a household -> the visit that an addition is made to
    unmade: set[Key] = field(default_factory=set)  # what an event would have made, had the service not refused it

    def tell(self, events: Iterable[Event], ends: str) -> None:
        """Everything that happened up to an instant, in the order of time."""
        steps = [step for one in self.households.values() for step in register(self, one)]
        steps += [step for event in events for step in self._steps(event)]
        for step in sorted(steps, key=lambda step: step.at):
            self._reach(step.at)
            self._do(step)
        self._reach(ends)
        self._work()

    def id(self, key: Key) -> str:
        """The id of what the story names: an account by its user name, anything else once it was made. Raises Problem before that."""
        found = self.opened.ids.get(key.name) if key.kind == "account" else self.named.get(key)
        if key in self.unmade:
            raise Untold(key.name)
        if found is None:
            raise wrong(key.kind, f"'{key.name}' is not known yet on this day.")
        return found

    def number(self, who: str) -> int:
        """A number of each person's own, the same whenever it is asked for."""
        return self.numbers.setdefault(who, len(self.numbers))

    def practitioner(self, household: Household) -> str:
        """The account of the family's practitioner."""
        return self.opened.ids[household.practitioner]

    def supervisor(self, household: Household) -> str:
        """The account of a supervisor where the family lives, else of its practitioner."""
        name = self.opened.services.somebody(("supervisor",), household.homes[0].area)
        return self.opened.ids[name or household.practitioner]

    def _steps(self, event: Event) -> Iterable[Step]:
        if isinstance(event, Visit):
            return steps_of(self, event)
        assert isinstance(event, Act)
        return [Step(event.at, lambda: self._act(event), event)]

    def _act(self, act: Act) -> str:
        household = self.households[act.household]
        made = ACTS[act.kind](Doing(self, act, household, actor_of(self, act, household))) or ""
        if act.key:
            self.named[Key(act.kind, act.key)] = made
        return made

    def _do(self, step: Step) -> None:
        try:
            made = step.do()
        except Untold:
            return
        except Problem as problem:
            if isinstance(step.event, Act) and step.event.key:
                self.unmade.add(Key(step.event.kind, step.event.key))
            self.watch.refused(step.event, problem)
            return
        self._work()
        if step.event is not None:
            self.watch.done(step.event, str(made or ""))

    def _reach(self, at: str) -> None:
        """The clock walks on to an instant."""
        pass_time(self, at)
        self.clock.at = at

    def _work(self) -> None:
        """Everything that waits is done at once, and nothing may be left over."""
        while work_once(self.w):
            pass
        with self.w.engine.read() as tx:
            left = outbox.due(tx, "9999", 1)
        if left:
            raise StoryFault(f"{left[0]['step'].replace('_', ' ')} could not be done; why is in the log above.")

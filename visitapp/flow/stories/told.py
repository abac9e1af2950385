"""A whole story told, and what came of it: each event with its outcome and what was expected of it, and how each family stands at the
end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from visitapp.flow.stories.came import Came, Verdict
from visitapp.flow.stories.days import StoryClock
from visitapp.flow.stories.expecting import verdicts
from visitapp.flow.stories.model import Event, Key, Story, Visit
from visitapp.flow.stories.outcome import Judged, Outcome, Standing
from visitapp.flow.stories.reading_back import Reader
from visitapp.flow.stories.services import Opened
from visitapp.flow.stories.teller import Teller
from visitapp.formlang.faults import Fault, FormFault
from visitapp.problems import Problem

if TYPE_CHECKING:
    from visitapp.wiring import Wired


@dataclass(frozen=True)
class Happened:
    """One event with what came of it."""

    outcome: Outcome
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class Told:
    """A story and all that came of it. `ends` is household -> how it stands on `today`."""

    story: Story
    happened: tuple[Happened, ...]
    ends: dict[str, Standing]
    verdicts: tuple[Verdict, ...]

    @property
    def unmet(self) -> list[Verdict]:
        """What was expected and did not come, in the order of the file."""
        every = [one for each in self.happened for one in each.verdicts] + list(self.verdicts)
        return sorted((one for one in every if not one.holds), key=lambda one: one.wanted.line)

    @property
    def holds(self) -> bool:
        return not self.unmet


@dataclass
class Witness:
    """Follows a story as it is told and keeps what came of each event."""

    story: Story
    teller: Teller | None = None
    happened: list[Happened] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    visits: dict[str, list[str]] = field(default_factory=dict)  # household -> its visits so far
    read: dict[str, Judged] = field(default_factory=dict)

    def done(self, event: Event, made: str) -> None:
        judged = self._reader().judged(made) if isinstance(event, Visit) else None
        if judged is not None:
            self.visits.setdefault(event.household, []).append(made)
            self._problems(event, judged)
        elif isinstance(event, Visit):
            self.faults.append(Fault(self.story.file, event.line, f"This visit is kept and set aside. {self._reader().why_aside(made)}"))
        uncovered = self.teller.uncovered.get(made) if self.teller else None
        self._keep(Outcome(event, self._standing(event.household), judged, uncovered=uncovered))

    def refused(self, event: Event | None, problem: Problem) -> None:
        """What the service refuses is a fault of the story, unless the story expects it."""
        if event is not None and any(one.kind == "refused" and one.what for one in event.expect):
            self._keep(Outcome(event, self._standing(event.household), refused=problem.message))
            return
        where = f" ({problem.field})" if problem.field else ""
        self.faults.append(Fault(self.story.file, event.line if event else 1, f"The service refuses this{where}: {problem.message}"))
        if event is None:  # without the family nothing else can be told
            raise FormFault(self.faults)

    def _problems(self, event: Event, judged: Judged) -> None:
        self.faults += [Fault(self.story.file, event.line, f"An answer is not as the form says: {one}") for one in judged.problems]

    def _keep(self, outcome: Outcome) -> None:
        came = Came(outcome, self.judged(outcome.event.household) if outcome.event.expect else ())
        self.happened.append(Happened(outcome, tuple(verdicts(came, outcome.event.expect))))

    def judged(self, household: str) -> tuple[Judged, ...]:
        """Every visit of a family so far, by its newest judgement, in clinical order."""
        found = [one for id in self.visits.get(household, ()) if (one := self._reader().judged(id)) is not None]
        return tuple(sorted(found, key=lambda one: one.on))

    def _reader(self) -> Reader:
        assert self.teller is not None
        return Reader(self.teller.w, {id: key.name for key, id in self.teller.named.items() if key.kind == "person"}, self.read)

    def _standing(self, household: str) -> Standing:
        assert self.teller is not None
        return self._reader().standing(self.teller.id(Key("household", household)))

    def ends(self) -> dict[str, Standing]:
        return {one.key: self._standing(one.key) for one in self.story.households}


def tell(w: Wired, clock: StoryClock, opened: Opened, story: Story) -> Told:
    """Tell a story in an empty database in which the services are open. Raises FormFault where it says what cannot be."""
    witness = Witness(story)
    households = {one.key: one for one in story.households}
    witness.teller = Teller(w, clock, opened, witness, story.people, households)
    witness.teller.tell(story.events, story.ends)
    if witness.faults:
        raise FormFault(witness.faults)
    ends = witness.ends()
    return Told(story, tuple(witness.happened), ends, tuple(_at_the_end(witness, ends)))


def _at_the_end(witness: Witness, ends: dict[str, Standing]) -> list[Verdict]:
    """The last expectation is asked of the family that the story ended with, over every visit of all its households."""
    story = witness.story
    last = story.events[-1].household if story.events else story.households[-1].key
    visits = sorted((one for home in ends for one in witness.judged(home)), key=lambda one: one.on)
    newest = witness.judged(last)
    outcome = Outcome(Event(at=story.ends, household=last), ends[last])
    return list(verdicts(Came(outcome, (*[one for one in visits if one not in newest], *newest)), story.expect))

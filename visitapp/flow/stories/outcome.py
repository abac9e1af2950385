"""What came out of a story after each event: what the visit was judged to be, and how the family stood then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from visitapp.decide.level import no_concern
from visitapp.decide.plans import Progress
from visitapp.domain.findings import Finding, Level
from visitapp.flow.stories.model import Event
from visitapp.flow.stories.uncovering import Uncovered
from visitapp.formlang import Form
from visitapp.store.tx import Row


@dataclass(frozen=True)
class Found:
    """A finding in words. `because` are the answers that decided it; `missing` the questions whose answers would settle it."""

    finding: Finding
    person: str  # the story's key, or empty
    said: str
    because: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.finding.finding

    @property
    def state(self) -> str:
        return self.finding.state


@dataclass(frozen=True)
class Judged:
    """The results of one visit, as its newest judgement has them."""

    submission: str
    form: Form
    on: str
    findings: tuple[Found, ...]
    level: Level
    urgency: str
    destination: str
    words: str
    reasons: tuple[str, ...]
    asks: tuple[Found, ...]
    problems: tuple[str, ...]
    as_shown: bool

    @property
    def interrupts(self) -> bool:
        """Whether the tablet would have interrupted the visit: something present is for tonight."""
        return any(one.state == "present" and one.finding.severity == "tonight" and not one.finding.under for one in self.findings)

    @property
    def no_concern(self) -> bool:
        return no_concern(self.level, (one.finding for one in self.findings))


@dataclass(frozen=True)
class Duty:
    """What is owed, by whom, by when."""

    kind: str
    finding: str
    person: str
    what: str
    owner: str
    due_at: str
    overdue: bool


@dataclass(frozen=True)
class Referred:
    """A referral and what happened to it, in order, each with its instant."""

    id: str
    level: int
    urgency: str
    destination: str
    team: str
    state: str
    events: tuple[tuple[str, str], ...]
    due_at: str
    owner: str


@dataclass(frozen=True)
class Standing:
    """How a family stood at an instant."""

    at: str
    household: str
    duties: tuple[Duty, ...]
    plans: tuple[Progress, ...]
    level: int | None
    level_waits: int | None
    lead: str
    agencies: tuple[Row, ...]
    help: tuple[Row, ...]
    history: Mapping[str, Any]
    memory: tuple[str, ...]
    courses: tuple[dict[str, Any], ...]
    referrals: tuple[Referred, ...]


@dataclass(frozen=True)
class Outcome:
    """An event and what came of it. `judged` is None where it was no visit; `refused` says why the service refused it; `uncovered` what a
    visit's answers were taken to mean for those that they wait for."""

    event: Event
    standing: Standing
    judged: Judged | None = None
    refused: str | None = None
    uncovered: Uncovered | None = None

"""How far an agreed plan is: the one summary that screens, the letter, the tablet and stories share. Pure: what was met and how each duty
stands come in as facts.

A visit that took place is no action. What was called for stays owed until its own evidence is there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from visitapp.domain import plans as words
from visitapp.domain.duties import action_subject, instead_subject
from visitapp.domain.moments import moment_words
from visitapp.domain.plans import Action, Met, Plan, Step

INSTEAD = "Decide what is done instead, because the last action was asked for and declined."


@dataclass(frozen=True)
class Rung:
    """One action after its trigger was met. `owner` is who is to do it in the plan's words; `owed_by` who of ours answers for it."""

    number: int
    what: str
    owner: str
    backup: str
    state: str
    owed_by: str = ""
    due_at: str = ""
    evidence: str = ""
    reference: str = ""
    closed_by: str = ""
    closed_at: str = ""
    subject: str = ""

    def line(self, now: str) -> str:
        """As a screen or a letter says it."""
        said = f"{_sentence(self.what)} {self.owner or self.owed_by}: {words.STATES[self.state][:1].lower()}{words.STATES[self.state][1:]}"
        if self.state == words.OPEN:
            return f"{said}, {'overdue since' if self.due_at < now else 'due by'} {moment_words(self.due_at)}"
        closed = f" on {moment_words(self.closed_at)}" if self.closed_at else ""
        reference = f" (reference {self.reference})" if self.reference else ""
        return f"{said}{closed}{reference}"


@dataclass(frozen=True)
class Time:
    """One time that the trigger was met, with its actions, and the duty to decide what is done instead when the last was declined."""

    id: str
    on: str
    why: str
    rungs: tuple[Rung, ...]
    instead: Rung | None = None

    @property
    def wanted(self) -> tuple[Rung, ...]:
        """The actions that this time calls for, or still may."""
        return tuple(rung for rung in self.rungs if rung.state != words.NOT_NEEDED)

    @property
    def not_done(self) -> int:
        """Actions that were called for and neither done nor excused. One that was declined counts until a later one is done."""
        open_ones = sum(rung.state == words.OPEN for rung in self.rungs)
        last = max((rung.number for rung in self.rungs if rung.state in (words.DONE, words.EXCUSED)), default=0)
        settled = self.instead is not None and self.instead.state in (words.DONE, words.EXCUSED)
        return open_ones + sum(rung.state == words.DECLINED and rung.number > last and not settled for rung in self.rungs)


@dataclass(frozen=True)
class Progress:
    """What one plan has come to."""

    plan: Plan
    times: tuple[Time, ...]

    @property
    def words(self) -> str:
        """The whole plan in a sentence."""
        return f"If {trigger(self.plan)}, then {'; '.join(_then(action) for action in self.plan.actions)}."

    @property
    def met(self) -> int:
        return len(self.times)

    @property
    def done(self) -> int:
        return sum(rung.state == words.DONE for time in self.times for rung in time.rungs)

    @property
    def actions(self) -> int:
        """How many actions the triggers that were met call for, or while none was, the plan has."""
        return sum(len(time.wanted) for time in self.times) if self.times else len(self.plan.actions)

    @property
    def not_done(self) -> int:
        return sum(time.not_done for time in self.times)

    @property
    def counted(self) -> str:
        """`1 trigger met, 0 of 2 actions done`."""
        if not self.times:
            return "Trigger not met"
        return f"{self.met} {'trigger' if self.met == 1 else 'triggers'} met, {self.done} of {self.actions} actions done"

    def lines(self, now: str) -> list[str]:
        """Each time that the trigger was met and each of its actions, as they stand at an instant."""
        return [line for time in self.times for line in (time.why, *(rung.line(now) for rung in _shown(time)))]

    def as_json(self, now: str) -> dict[str, Any]:
        return {
            "id": self.plan.id, "words": self.words, "met": self.met, "done": self.done, "actions": self.actions,
            "counted": self.counted, "stands": self.plan.stands, "lines": self.lines(now),
        }  # fmt: skip


def _shown(time: Time) -> tuple[Rung, ...]:
    return (*time.wanted, time.instead) if time.instead else time.wanted


def progress(plans: Iterable[Plan], mets: Iterable[Met], steps: Mapping[str, Step]) -> list[Progress]:
    """What each plan has come to, from the facts about its triggers and duties, in the order of the plans."""
    met = list(mets)
    return [Progress(plan, tuple(_time(plan, one, steps) for one in met if one.plan == plan.id)) for plan in plans]


def _time(plan: Plan, met: Met, steps: Mapping[str, Step]) -> Time:
    rungs: list[Rung] = []
    for number, action in enumerate(plan.actions, 1):
        step = steps.get(action_subject(met.id, number))
        state = _uncalled(rungs) if step is None else step.how or words.OPEN
        rungs.append(_rung(number, action.what, action.owner, action.backup, state, step))
    instead = steps.get(instead_subject(met.id))
    last = _rung(0, INSTEAD, "", "", instead.how or words.OPEN, instead) if instead else None
    return Time(met.id, met.on_date, met.why, tuple(rungs), last)


def _uncalled(before: Sequence[Rung]) -> str:
    """An action that waits is not needed once none before it can still be declined."""
    return words.WAITING if any(rung.state == words.OPEN for rung in before) else words.NOT_NEEDED


def _rung(number: int, what: str, owner: str, backup: str, state: str, step: Step | None) -> Rung:
    if step is None:
        return Rung(number, what, owner, backup, state)
    return Rung(
        number, what, owner, backup, state, step.owner or "", step.due_at, step.evidence, step.reference, step.closed_by, step.closed_at,
        step.subject,
    )  # fmt: skip


def trigger(plan: Plan) -> str:
    """The trigger as it stands after "If"."""
    return re.sub(r"^if\s+", "", plan.trigger_words.strip(), flags=re.IGNORECASE).rstrip(" .,;")


def _then(action: Action) -> str:
    who = f"{action.owner}, within {action.hours} hours" if action.hours != 1 else f"{action.owner}, within an hour"
    said = f"{action.what.strip().rstrip(' .;')} ({who}{f'; else {action.backup}' if action.backup else ''})"
    return f"where that is declined, {said}" if action.after_declined else said


def _sentence(said: str) -> str:
    return said if said.rstrip().endswith((".", "!", "?")) else f"{said.rstrip()}."


def owed_words(plan: Plan, action: Action) -> str:
    """An action as the duty says it: what, why it is owed, and whose it is in the plan's words."""
    backup = f"; else {action.backup}" if action.backup else ""
    who = f" {action.owner}{backup}." if action.owner else ""
    return f"{_sentence(action.what)} Agreed plan: if {trigger(plan)}.{who}"


def instead_words(plan: Plan) -> str:
    return f"{INSTEAD} Agreed plan: if {trigger(plan)}."

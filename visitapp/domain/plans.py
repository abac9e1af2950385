"""An agreed plan: if something happens, then these actions, each with an owner, a backup and hours of the clock. Whether the moment has
come, and how far each action is, is computed from facts. A later good visit changes none of it: only an action's own evidence does.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from visitapp.domain import outcomes

NOT_COMPLETED, REFUSED_ENTRY, NOT_BROUGHT, CHILD_UNSEEN, SAID = "not_completed", "refused_entry", "not_brought", "child_unseen", "said"
FINDING = "finding:"

TRIGGERS: dict[str, str] = {
    NOT_COMPLETED: "Visits were not completed, so many within so many days",
    REFUSED_ENTRY: "An adult opened the door and did not let us in",
    NOT_BROUGHT: "A child was to be brought to us and was not",
    CHILD_UNSEEN: "A child was not seen for so many days",
    SAID: "Something else: a person says when it has happened",
}
"""The moments that are watched for. Beside them, `finding:<code>` is met when a visit finds that."""
NEEDS_COUNT = (NOT_COMPLETED,)
NEEDS_DAYS = (NOT_COMPLETED, CHILD_UNSEEN)
BY_OUTCOME: dict[str, tuple[str, ...]] = {REFUSED_ENTRY: outcomes.REFUSED_ENTRY, NOT_BROUGHT: outcomes.NOT_BROUGHT}
"""The outcomes of a visit not completed that meet a trigger by themselves."""

SOURCES: dict[str, str] = {
    "child_protection": "Child protection plan",
    "pre_birth": "Pre-birth plan",
    "child_in_need": "Child in need plan",
    "early_help": "Early help plan",
    "safety": "Our own safety plan",
}
"""The commonest sources, as a screen offers them; a plan may name another in words."""

OPEN, DONE, DECLINED, EXCUSED, WAITING, NOT_NEEDED = "open", "done", "declined", "excused", "waiting", "not_needed"
STATES: dict[str, str] = {
    OPEN: "Not done",
    DONE: "Done",
    DECLINED: "Asked for and declined: not done",
    EXCUSED: "Not done: a supervisor gave a reason",
    WAITING: "Only if the action before it is declined",
    NOT_NEEDED: "Not called for",
}


@dataclass(frozen=True)
class Action:
    """One rung. `hours` of the clock from the moment it is called for; one that is `after_declined` waits until an earlier one was asked
    for and declined."""

    what: str
    owner: str
    hours: int
    owner_account: str | None = None
    backup: str = ""
    backup_account: str | None = None
    after_declined: bool = False


@dataclass(frozen=True)
class Plan:
    """As agreed, and until when it stands (`ended_on` None: it stands)."""

    id: str
    household: str
    source: str
    agreed_on: str
    agreed_by: str
    trigger_kind: str
    trigger_words: str
    actions: tuple[Action, ...]
    trigger_count: int | None = None
    trigger_days: int | None = None
    review_on: str | None = None
    ended_on: str | None = None
    ended_why: str = ""
    seq: int = 0

    @property
    def stands(self) -> bool:
        return self.ended_on is None


@dataclass(frozen=True)
class Met:
    """The moment came, on a day, once for each cause."""

    id: str
    plan: str
    on_date: str
    why: str
    cause: str
    seq: int = 0


@dataclass(frozen=True)
class Step:
    """What is known of one duty: when it was last called for and how it was last closed (`how` empty: not since)."""

    subject: str
    owner: str | None
    due_at: str
    how: str = ""
    evidence: str = ""
    reference: str = ""
    closed_by: str = ""
    closed_at: str = ""


def finding_code(trigger_kind: str) -> str | None:
    """The finding that a trigger of the kind `finding:<code>` waits for."""
    return trigger_kind.removeprefix(FINDING) if trigger_kind.startswith(FINDING) else None


def first_rungs(plan: Plan) -> list[int]:
    """The numbers of the actions that a met trigger calls for at once."""
    return [number for number, action in enumerate(plan.actions, 1) if not action.after_declined]


def next_rung(plan: Plan, declined: int, called_for: Iterable[int]) -> int | None:
    """The action that is called for when one was declined: the next that waited for it and was not called for yet."""
    already = set(called_for)
    later = [number for number, action in enumerate(plan.actions, 1) if number > declined and action.after_declined]
    return next((number for number in later if number not in already), None)

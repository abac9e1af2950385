"""What a story does for staff: the talk after a hard visit, a second worker, known risks and dates of supervision, each through the
function that a screen would call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from visitapp.domain.duties import DEBRIEF, about
from visitapp.flow import debriefs, risks, second_workers, supervision_dates
from visitapp.problems import wrong
from visitapp.store import duties

if TYPE_CHECKING:
    from visitapp.flow.stories.acts import Doing

Do = Callable[["Doing"], str | None]


def _debrief(doing: Doing) -> str:
    """The talk that is owed first for the family."""
    with doing.teller.w.engine.read() as tx:
        waiting = [row for row in duties.of_household(tx, doing.household) if row["kind"] == DEBRIEF]
    if not waiting:
        raise wrong("debrief", "No talk is owed for this family then.")
    return debriefs.record(doing.teller.w, doing.actor, about(waiting[0]["subject"]), **doing.said)


def _second_worker(doing: Doing) -> str:
    return second_workers.ask(doing.teller.w, doing.actor, doing.household, **doing.said)


def _second_worker_answered(doing: Doing) -> None:
    said = doing.said
    second_workers.answer(doing.teller.w, doing.actor, said.pop("request"), **said)


def _risk(doing: Doing) -> str:
    return risks.record(doing.teller.w, doing.actor, doing.household, **doing.said)


def _supervision(doing: Doing) -> None:
    said = doing.said
    supervision_dates.record(doing.teller.w, doing.actor, said.pop("account"), said.pop("what"), **said)


STAFFING: Mapping[str, Do] = MappingProxyType(
    {
        "debrief": _debrief,
        "second_worker": _second_worker,
        "second_worker_answered": _second_worker_answered,
        "risk": _risk,
        "supervision": _supervision,
    }
)

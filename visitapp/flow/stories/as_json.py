"""A told story for machines: one object, whose shape docs/stories.md gives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from visitapp.domain.moments import day_of
from visitapp.flow.stories.came import Verdict
from visitapp.flow.stories.model import Act, Visit
from visitapp.flow.stories.outcome import Duty, Found, Outcome, Referred, Standing
from visitapp.flow.stories.told import Happened, Told


def as_json(told: Told) -> dict[str, Any]:
    return {
        "file": told.story.file,
        "story": told.story.title,
        "today": told.story.today.isoformat(),
        "holds": told.holds,
        "events": [_happened(one) for one in told.happened],
        "ends": {key: _standing(one) for key, one in told.ends.items()},
        "expected": [_verdict(one) for one in told.verdicts],
        "unmet": [_verdict(one) for one in told.unmet],
    }


def _happened(happened: Happened) -> dict[str, Any]:
    outcome = happened.outcome
    event = outcome.event
    return {
        "line": event.line,
        "on": day_of(event.at).isoformat(),
        "at": event.at,
        "household": event.household,
        "what": event.kind if isinstance(event, Act) else "visit",
        "form": event.form if isinstance(event, Visit) else None,
        "refused": outcome.refused,
        "taken": list(outcome.uncovered.taken) if outcome.uncovered else [],
        "not_asked": list(outcome.uncovered.hidden) if outcome.uncovered else [],
        "visit": _judged(outcome) if outcome.judged else None,
        "stands": _standing(outcome.standing),
        "expected": [_verdict(one) for one in happened.verdicts],
    }


def _judged(outcome: Outcome) -> dict[str, Any]:
    judged = outcome.judged
    assert judged is not None
    return {
        "form": f"{judged.form.name}-{judged.form.version}",
        "findings": [_found(one) for one in judged.findings if one.state != "absent"],
        "level": judged.level.as_json(),
        "urgency": judged.urgency,
        "destination": {"code": judged.destination, "words": judged.words, "reasons": list(judged.reasons)},
        "ask_next": [{"code": one.code, "person": one.person, "ask": one.said, "missing": list(one.missing)} for one in judged.asks],
        "interrupts": judged.interrupts,
        "no_concern": judged.no_concern,
        "as_shown": judged.as_shown,
    }


def _found(found: Found) -> dict[str, Any]:
    one = found.finding
    return {
        "code": one.finding, "person": found.person, "state": one.state, "severity": one.severity, "level": one.level, "area": one.area,
        "under": one.under or None, "said": found.said, "because": list(found.because), "missing": list(found.missing),
    }  # fmt: skip


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "at": standing.at,
        "duties": _duties(standing.duties),
        "plans": [one.as_json(standing.at) for one in standing.plans],
        "level_agreed": standing.level,
        "level_waits": standing.level_waits,
        "lead": standing.lead or None,
        "patterns": dict(standing.history),
        "memory": list(standing.memory),
        "courses": list(standing.courses),
        "referrals": [_referred(one) for one in standing.referrals],
    }


def _duties(duties: Iterable[Duty]) -> list[dict[str, Any]]:
    return [
        {"kind": one.kind, "finding": one.finding or None, "person": one.person or None, "what": one.what, "owner": one.owner,
         "due_at": one.due_at, "overdue": one.overdue}
        for one in duties
    ]  # fmt: skip


def _referred(one: Referred) -> dict[str, Any]:
    return {
        "level": one.level, "urgency": one.urgency, "destination": one.destination, "to": one.team, "state": one.state,
        "events": [{"event": event, "at": at} for event, at in one.events], "next_step": {"owner": one.owner, "due_at": one.due_at}
        if one.due_at else None,
    }  # fmt: skip


def _verdict(one: Verdict) -> dict[str, Any]:
    return {"line": one.wanted.line, "expected": one.wanted.words, "holds": one.holds, "came": one.came, "why": list(one.why)}


def faulty(file: str, faults: Iterable[Any]) -> dict[str, Any]:
    """A story that could not be told."""
    return {"file": file, "holds": False, "faults": [{"line": one.line, "message": one.message} for one in faults]}

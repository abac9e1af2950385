"""How soon something must happen. It looks only at what is present and is kept apart from the level of need: a baby with nowhere to
sleep tonight may need no more than a cot, and needs it tonight."""

from collections.abc import Iterable

from visitapp.domain.findings import Finding


def urgency(findings: Iterable[Finding]) -> str:
    """`tonight`, `this_week` or `routine`."""
    severities = {one.severity for one in findings if one.state == "present"}
    return next((word for word in ("tonight", "this_week") if word in severities), "routine")

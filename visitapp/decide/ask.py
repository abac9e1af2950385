"""What to ask next: the few questions that could change most. Asking everything that is open would be the whole form again, so a finding
that cannot be told is asked about only where an answer points to it already, or where it alone keeps the visit at three or more."""

from collections.abc import Iterable

from visitapp.decide.level import level
from visitapp.domain.findings import SEVERITIES, Ask, Finding, Level
from visitapp.formlang.model import Levels


def to_ask(findings: Iterable[Finding], reached: Level, levels: Levels, most: int) -> list[Ask]:
    """At most `most` questions, the one that could change most first: what could raise the level furthest above what it is at least,
    then the more severe, then what settles most findings at once. No answer is asked for twice."""
    found = [one for one in findings if one.state != "absent"]
    present = [one for one in found if one.state == "present"]
    open_ones = [one for one in found if one.state == "cannot_tell" and one.missing]
    worth = [one for one in open_ones if _points(one) or _alone(one, found, reached, levels)]
    reach = {id(one): level([*present, one._replace(state="present")], levels).at_least for one in worth}
    missing = [frozenset(one.missing) for one in open_ones]
    settles = {id(one): sum(other.issubset(one.missing) for other in missing) for one in worth}
    worth.sort(key=lambda one: (-reach[id(one)], SEVERITIES.index(one.severity), -settles[id(one)]))
    return _once(worth, reach, most)


def _points(one: Finding) -> bool:
    """Whether an answer of this visit points to it; what was known before is no sign of today."""
    return any(not path.startswith("given/") for path in one.because)


def _alone(one: Finding, found: list[Finding], reached: Level, levels: Levels) -> bool:
    return reached.could_be >= 3 and level([other for other in found if other is not one], levels).could_be < 3


def _once(worth: list[Finding], reach: dict[int, int], most: int) -> list[Ask]:
    asked: list[Ask] = []
    named: set[str] = set()
    for one in worth:
        paths = tuple(path for path in one.missing if path not in named)
        if paths and len(asked) < most:
            asked.append(Ask(one.finding, one.row, one.person, paths, reach[id(one)]))
            named.update(paths)
    return asked

"""The suggested level of need, as a range. It is computed afresh from the findings each time and may fall; the agreed level is moved
only by people and is no business of this module."""

from collections.abc import Iterable

from visitapp.domain.findings import Finding, Level
from visitapp.formlang.model import Levels, Raise


def level(findings: Iterable[Finding], levels: Levels) -> Level:
    """At least the level of what is present, could be that of everything not ruled out. `because` names the present findings behind the
    lower end, sorted; it is empty at level 1. What a graver finding says already does not add up with it, in what is at least so."""
    found = list(findings)
    present = [one for one in found if one.state == "present" and not one.under]
    possible = [one for one in found if one.state != "absent"]
    at_least = _reached(present, levels)
    return Level(at_least, _reached(possible, levels), _behind(present, at_least, levels))


def no_concern(level: Level, findings: Iterable[Finding] = ()) -> bool:
    """Whether "no concern" may be said: nothing that calls for more than everybody is offered, nothing that could mean level 3 or more, and
    nothing for tonight, present or not ruled out. A mark on a baby who does not move is a call and not a level, and no less a concern."""
    tonight = any(one.severity == "tonight" and one.state != "absent" for one in findings)
    return level.at_least == 1 and level.could_be < 3 and not tonight


def said(level: Level) -> str:
    """The range in words. What is not known is part of the sentence."""
    if level.at_least == level.could_be:
        return f"Level {level.at_least}"
    return f"At least level {level.at_least}, and it could be level {level.could_be}: some things could not be told"


def _reached(findings: list[Finding], levels: Levels) -> int:
    single = max((one.level for one in findings), default=1)
    return max([single, *(rule.to for rule in levels.raises if _raised(findings, rule))])


def _counting(findings: list[Finding], rule: Raise) -> list[Finding]:
    return [one for one in findings if one.level >= rule.from_level and one.severity in rule.severities]


def _raised(findings: list[Finding], rule: Raise) -> bool:
    counting = _counting(findings, rule)
    return len({one.finding for one in counting}) >= rule.count and len({one.area for one in counting}) >= rule.areas


def _behind(present: list[Finding], at_least: int, levels: Levels) -> tuple[str, ...]:
    if at_least == 1:
        return ()
    behind = {one.finding for one in present if one.level >= at_least}
    for rule in levels.raises:
        if rule.to == at_least and _raised(present, rule):
            behind |= {one.finding for one in _counting(present, rule)}
    return tuple(sorted(behind))

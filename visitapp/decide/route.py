"""Where a visit should go in one council area. Routing uses what is at least so, never what could be: what cannot be told is asked."""

from visitapp.domain.findings import Destination, Level
from visitapp.formlang.model import Routes


def route(level: Level, urgency: str, routes: Routes) -> Destination:
    """The first rule of the area's routes that applies; its last rule always does."""
    for rule in routes.rules:
        if level.at_least >= rule.level and urgency in rule.urgency:
            return Destination(rule.go, routes.destinations[rule.go].words, (rule.reason, *_unsure(level)))
    raise ValueError("routes whose last rule does not take what is left are refused when they are loaded")


def _unsure(level: Level) -> tuple[str, ...]:
    if level.could_be < 3 or level.could_be == level.at_least:
        return ()
    return (f"Some things could not be told, and with them it could be level {level.could_be}.",)

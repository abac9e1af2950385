"""How a family is reached: whether a number may be used, and when."""

ANY_TIME, AT_TIMES, NEVER, NOT_ASKED = "any_time", "at_times", "never", "not_asked"
SAFE: dict[str, str] = {
    ANY_TIME: "At any time: whoever’s number it is said so",
    AT_TIMES: "Only at certain times",
    NEVER: "Never: nobody is to be phoned on it",
    NOT_ASKED: "Not asked yet",
}


def words(safe: str, times: str) -> str:
    """When a number may be used, in words that give no reason away: whoever holds a tablet may not be alone."""
    if safe == AT_TIMES:
        return f"Phone only: {times}"
    return {ANY_TIME: "At any time", NEVER: "Do not phone this number"}.get(safe, "Not asked yet when it is good to phone")

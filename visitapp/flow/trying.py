"""How long something that could not be handed over waits before it is tried again: for ever, later each time."""

FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 3_600


def wait_seconds(attempt: int) -> int:
    """The wait after that attempt (the first is 1): half a minute, doubled each time, at most an hour."""
    return int(min(FIRST_WAIT_SECONDS * 2 ** min(attempt - 1, 10), LONGEST_WAIT_SECONDS))

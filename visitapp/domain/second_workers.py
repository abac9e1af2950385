"""A second worker for a visit: where it can be asked for, and how it stands."""

DOOR, TABLET, DESK = "door", "tablet", "desk"
ASKED_FROM: dict[str, str] = {DOOR: "at the door", TABLET: "on the tablet", DESK: "at the desk"}

ASKED, GOES, NOBODY = "asked", "goes", "nobody"


def state(row: dict) -> str:
    """Asked and not answered yet, somebody goes along, or nobody does."""
    return ASKED if row["goes"] is None else GOES if row["goes"] else NOBODY

"""Asking another team whether a record of theirs is of the same family as one of ours: who goes on with the family, and how it ends."""

US, THEM = "us", "them"
GOES_ON: dict[str, str] = {
    US: "Our team, in our record",
    THEM: "Their team, in their record",
}
AGREED, REFUSED, TAKEN_BACK = "agreed", "refused", "taken_back"
ENDS: dict[str, str] = {
    AGREED: "They are one family: the records were joined",
    REFUSED: "Not agreed",
    TAKEN_BACK: "Taken back by whoever asked",
}


def subject(asked: str) -> str:
    """The duty to answer."""
    return f"join:{asked}"

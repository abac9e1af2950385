"""What is told apart as changed since the tablet left: the tablet's findings are kept without the absent ones."""

from visitapp.look.results import changed


def found(code: str, state: str) -> dict[str, str]:
    return {"finding": code, "row": "", "state": state}


def test_only_what_stands_differently_is_changed_and_what_was_not_shown_was_absent() -> None:
    today = [found("a", "present"), found("b", "absent"), found("c", "absent"), found("d", "present"), found("e", "cannot_tell")]
    shown = [found("a", "present"), found("c", "cannot_tell"), found("d", "cannot_tell")]
    assert [(one["finding"], one["was"]) for one in changed(today, shown)] == [("c", "cannot_tell"), ("d", "cannot_tell"), ("e", "absent")]

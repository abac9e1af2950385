"""Answers as a careful practitioner writes them when there is nothing to worry about. A story takes these and says what was different."""

from typing import Any

from visitapp.flow.stories.answers import NOT_ASKED, Row, seen, shown, told

__all__ = ["adult", "arriving", "asleep", "at_home", "at_the_door", "baby", "beside", "night", "takes_nothing", "toddler", "uses"]


def arriving(let_in_by: str = "mother", present: Any = "Nobody else.", **other: Any) -> dict[str, Any]:
    said = {
        "outcome": "completed", "announced": "announced", "let_in_by": let_in_by, "present": present, "interpreter": "not_needed",
        "open_to": told("nobody"),
    }  # fmt: skip
    return said | other


def adult(key: str, here: bool = True, alone: bool = True, asked: Any = "nothing_said") -> Row:
    """An adult as met at the visit."""
    if not here:
        return Row({"here_today": False, "abuse_asked": NOT_ASKED}, key)
    return Row({"here_today": True, "seen_alone": alone, "abuse_asked": asked}, key)


def takes_nothing(key: str, here: bool = True) -> Row:
    said = {"uses": ["nothing"], "affected_today": seen(False) if here else told(False)}
    return Row(said, key, "told")


def uses(key: str, what: list[str], how_often: Any, last: Any, words: str, **other: Any) -> Row:
    """What an adult says they use. `other` says more, or something else."""
    said = {
        "uses": what, "use_pattern": how_often, "use_last": last, "use_words": words, "affected_today": seen(False),
        "sober_carer": "always",
    }  # fmt: skip
    return Row(said | other, key, "told")


def night(which: str = "last_night", surface: Any = "own_cot", how: str = "told", **other: Any) -> Row:
    """One sleep, safe unless the story says otherwise."""
    said: dict[str, Any] = {
        "which_sleep": which, "surface": surface, "mattress": seen("sound"), "put_down": "back", "swaddled": False, "room": "same",
        "bedding": ["blanket"], "shared": False,
    }  # fmt: skip
    return Row(said | other, None, how)


def beside(who: str, taken: list[str] | Any = ("nothing",), **other: Any) -> Row:
    """Somebody who shared the surface."""
    said: dict[str, Any] = {"who": who}
    if who not in ("sibling", "twin", "pet"):
        said |= {"taken": list(taken) if isinstance(taken, tuple) else taken, "smoker": False, "exhausted": False}
    return Row(said | other, None, "told")


def baby(key: str, nights: list[Row], **other: Any) -> Row:
    """A baby who does not roll yet, awake and well."""
    said: dict[str, Any] = {
        "seen": "awake", "apart": False, "mobility": "not_mobile", "low_birth_weight": shown(False), "nights": nights,
        "tonight_place": told("own_place"), "mark": "none", "feeding": "growing", "unwell": told("well"), "response": "warm",
        "impact": told("no_use"),
    }  # fmt: skip
    return Row(said | other, key, "seen")


def toddler(key: str, nights: list[Row], **other: Any) -> Row:
    return baby(key, nights, **{"mobility": "walking", "low_birth_weight": told(False)} | other)


def asleep(key: str, nights: list[Row], **other: Any) -> Row:
    return baby(key, nights, **{"seen": "asleep"} | other)


def at_home(**other: Any) -> dict[str, Any]:
    """A home that is fit for the children in every room."""
    said: dict[str, Any] = {
        "rooms_seen": ["sleep_place", "kitchen", "bathroom", "living_room"], "rooms_refused": ["nothing"], "floors": seen("good"),
        "kitchen": seen("good"), "bathroom": seen("good"), "beds": seen("good"), "warmth": seen("good"), "food": told("good"),
        "hazards": seen(["nothing"]), "home_impact": seen("none"),
    }  # fmt: skip
    return said | other


def at_the_door(outcome: str, **other: Any) -> dict[str, Any]:
    """A visit that was not completed, with nothing heard that was worrying."""
    said: dict[str, Any] = {"outcome": outcome, "danger_seen": seen(["nothing"]), "child_seen_at_door": False}
    if outcome != "cancelled_by_service":  # then nobody was at the door to ask
        said["open_to"] = told("nobody")
    return said | other

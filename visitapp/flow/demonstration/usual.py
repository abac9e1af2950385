"""What was different from a visit with nothing to worry about. A family's visit begins with its form's own ordinary answers
(`formlang.ordinary`), person by person; these are short ways to say the rest."""

from typing import Any

from visitapp.flow.demonstration.story import Arranged
from visitapp.flow.stories.answers import NOT_ASKED, InDays, Known, Row, seen, shown, told

__all__ = ["adult", "arriving", "asleep", "at_home", "at_the_door", "baby", "beside", "done", "night", "takes_nothing", "toddler", "uses"]

ALONE: dict[str, Any] = {"use_alone": True, "audit_often": "never"}
"""Asked about alcohol alone, and drinks none: at a new birth visit and at one year everybody is."""
ROOMS = {"beds": "room_sleep", "kitchen": "room_kitchen", "food": "room_kitchen", "bathroom": "room_bathroom", "floors": "room_living"}
"""Where something is to be said, by what it is said of."""
ANYWHERE = ("laundry", "bottles", "furniture", "clutter", "animals", "smell", "waste", "damp", "utilities", "repair")
"""What may be said of any room."""
BESIDE = ("sibling", "twin", "pet")


def arriving(let_in_by: str = "mother", present: str = "", **other: Any) -> dict[str, Any]:
    """How the visit began. `present` is who else was there, and then it is known who they are to the children."""
    others = {"today": ["others_here"], "present": present, "others_known": "known"} if present else {}
    return {"let_in_by": let_in_by, "next_visit": InDays(28)} | others | other


def adult(key: str, here: bool = True, alone: bool = True, asked: Any = "nothing_said") -> Row:
    """An adult as met at the visit."""
    if not here:
        return Row({"met": "not_there", "abuse_asked": NOT_ASKED}, key)
    return Row({"met": "alone" if alone else "not_alone", "abuse_asked": asked}, key)


def takes_nothing(key: str, **other: Any) -> Row:
    """An adult who uses none of it, and of whom nothing else was said today, by whoever was there to say it."""
    return Row(other, key, "told")


def uses(key: str, what: list[str], how_often: Any, last: Any, words: str, **other: Any) -> Row:
    """What an adult says they use. `other` says more, or something else."""
    said = {
        "uses": what, "use_pattern": how_often, "use_last": last, "use_words": words, "use_when": "asleep", "use_where": "outside",
        "treatment": "nobody", "sober_carer": "always", "use_alone": False,
    }  # fmt: skip
    return Row(said | ({} if what == ["alcohol"] else {"storage": "locked_said"}) | other, key, "told")


def night(which: str = "last_night", surface: Any = "own_cot", how: str = "told", **other: Any) -> Row:
    """One sleep, safe unless the story says otherwise."""
    said: dict[str, Any] = {
        "which_sleep": which, "surface": surface, "mattress": seen("sound"), "put_down": "back", "room": "same", "bedding": ["blanket"],
        "shared": False,
    }  # fmt: skip
    return Row(said | ({"reply": "other_way"} if other.get("shared") else {}) | other, None, how)


def beside(who: str, taken: list[str] | Any = ("nothing",), **other: Any) -> Row:
    """Somebody who shared the surface."""
    said: dict[str, Any] = {"who": who}
    if who not in BESIDE:
        said |= {"taken": list(taken) if isinstance(taken, tuple) else taken, "smoker": False, "exhausted": False}
    return Row(said | other, None, "told")


def baby(key: str, nights: list[Row], **other: Any) -> Row:
    """A baby who does not roll yet, awake and well. Only the last night is the ordinary one, so the nights are always said; and `day` is
    what a day is like for this child and no other."""
    another = any(one.said["which_sleep"] == "usual" for one in nights)
    said: dict[str, Any] = {
        "mobility": seen("not_mobile"), "feeding_method": told("formula"), "weight_on": shown(InDays(-6)),
        "usual_same": told(not another), "nights": nights, "next_unusual": "None that they know of.",
    }  # fmt: skip
    said |= {"usual_night": told("described")} if another else {}
    return Row(said | other, key, "seen")


def toddler(key: str, nights: list[Row], **other: Any) -> Row:
    return baby(key, nights, **{"mobility": seen("walking"), "feeding_method": told("solids")} | other)


def asleep(key: str, nights: list[Row], **other: Any) -> Row:
    return baby(key, nights, **{"seen": "asleep"} | other)


def at_home(**other: Any) -> dict[str, Any]:
    """What was to be said of the home, in whichever room; every other room was seen, with nothing of concern."""
    rooms: dict[str, Any] = {ROOMS[item]: "something" for item in other if item in ROOMS}
    also = [item for item in other if item in ANYWHERE]
    if not rooms and (also or "warmth" in other):
        rooms["room_sleep"] = "something"
    if rooms:
        rooms |= {"home_also": also or ["nothing"], "home_impact": seen("none"), **_good("room_sleep", rooms, "beds", "warmth")}
        rooms |= _good("room_kitchen", rooms, "kitchen", "food") | _good("room_living", rooms, "floors", "warmth")
    return rooms | other


def _good(room: str, rooms: dict[str, Any], *items: str) -> dict[str, Known]:
    return {item: seen("good") for item in items} if rooms.get(room) == "something" else {}


def done(duty: str, evidence: str, *, by: str, later: int, at: str, reference: str = "") -> Arranged:
    """A duty that somebody ended, by the finding that called for it or by words of it."""
    said = {"duty": duty, "person": None, "how": "done", "evidence": evidence, "reference": reference}
    return Arranged(later=later, at=at, by=by, kind="duty_done", said=said)


def at_the_door(outcome: str, **other: Any) -> dict[str, Any]:
    """A visit that was not completed, with nothing heard that was worrying."""
    return {"outcome": outcome, "child_seen_at_door": False} | other

"""What curiosity looks like with families who keep us at a distance: short help for the moment at which a pattern is found. What is found
is decided by facts (`decide/curiosity.py`); the words are our own, after the clinical brief, and say what to ask and look at, never what
to conclude.
"""

from dataclasses import dataclass

SHUT, CANCELLED, HALL, READY, ASLEEP = "shut", "cancelled", "hall", "ready", "asleep"


@dataclass(frozen=True)
class Help:
    """`found`: what the facts show; `tries`: what to try, a line each; `findings`: the findings of forms beside which it belongs too."""

    found: str
    tries: tuple[str, ...]
    source: str
    findings: tuple[str, ...]


HELP: dict[str, Help] = {
    SHUT: Help(
        "More than once in the last two months nobody was let in.",
        (
            "If a plan says what is done now, do that first. A shut door tells nothing of the child behind it.",
            "Ask who has seen each child since you did, and on which day: GP, nursery or school, midwife, family. “They are fine” is not a"
            " child who was seen.",
            "Go at another hour, with somebody they trust or an interpreter. At the door listen and look, phone, try another door, and"
            " write down what you saw.",
            "Ask what would make it possible. Fear, a bad time with a service, nights at work, a broken bell: each has another answer.",
        ),
        "Brief 3.2, glos and swtoolbox: what to do at the door; 3.3, mk-hard and tees-hard: not answering, and its reasons; 3.7: the second"
        " in sixty days. Our own words.",
        ("not_completed_again", "not_completed_third", "not_completed_plan_again"),
    ),
    CANCELLED: Help(
        "The family has cancelled more than once in the last three months.",
        (
            "Say it kindly and ask: “We have not managed to meet. What makes it hard?” Then leave time for the answer.",
            "Ask what visits were like before: a bad time with a service, years in care, fear of what we might do. A family that is hard"
            " for us to reach is not keeping away.",
            "Offer another time, place or person, and agree the day before you put the phone down.",
            "Ask who else has seen each child since you did, and when. A friendly message is not a child who was seen.",
        ),
        "Brief 3.1, sussex-wnb: cancelling and rebooking that repeats; 3.3, mk-hard and tees-hard: reasons to ask about. Our own words.",
        ("cancelled_again", "cancelled_third", "visits_cancelled"),
    ),
    HALL: Help(
        "At the last visit at most one room was seen.",
        (
            "Ask to see where each child sleeps, and say that you ask every family, each time.",
            "If it does not suit, ask what would make it possible, and agree a day this week. Write down each room that you asked for and"
            " were not shown.",
            "Think what the day is like for each child behind that door: who gets up first, what there is to eat, where the night is.",
            "Open no door yourself. If you are hurried out, go, and speak with your supervisor today.",
        ),
        "Brief 2.5: rooms that were refused are a fact; 3.3, mk-hard: visits cut short; tees-hard: what life is like for the child. Our own"
        " words.",
        (
            "home_rooms_not_shown", "home_rooms_not_shown_plan", "home_rooms_fewer", "home_sleep_place_not_shown",
            "home_sleep_place_not_shown_again", "engage_kept_from_view",
        ),
    ),
    READY: Help(
        "The home was in a better state at visits that were expected than at those that were not.",
        (
            "Say what is better, and ask how it came about and what will keep it so.",
            "Look at what nobody makes ready in a day: bottles, bedding, food for tomorrow, skin and weight, how a child moves about.",
            "Agree openly that some visits are not arranged, and what they are for.",
            "Ask what is different for each child. Put today beside the visits that were not expected, not beside the last one alone.",
        ),
        "Brief 3.3, wm-disguised and woolmore: tidy the week before a review, and observation over assertion. Our own words.",
        ("worse_unannounced",),
    ),
    ASLEEP: Help(
        "A child was asleep at each of the last visits that saw them.",
        (
            "Ask to be there when the child wakes or is fed: stay a little, or agree an hour by the child’s own day.",
            "Ask for this child’s day from waking to night, and who is there for each part of it.",
            "A young baby sleeps much of the day, and one visit says nothing. Asleep each time, at different hours, is for asking why.",
            "Without waking the child: look at the place, the colour, the warmth and the breathing, and write that the child was asleep.",
        ),
        "Brief 3.1, southwark: babies are to be seen awake; 3.5: a day in the child’s own terms. Our own words.",
        ("child_asleep_only",),
    ),
}  # fmt: skip
"""Pattern -> its help, in the order in which it is shown."""

"""The pages on which a talk after a hard visit, a second worker, a known risk and a date of supervision are recorded, as a table: the words
over each field and the function that keeps it."""

from typing import Any

from visitapp.domain import debriefs as talks
from visitapp.domain import risks as known
from visitapp.domain import supervision_dates as dates
from visitapp.domain.answers import HOW_KNOWN
from visitapp.flow import debriefs, risks, second_workers, staff, supervision_dates
from visitapp.web.asking import me, wired
from visitapp.web.recording import Field
from visitapp.web.standing_in import Asked

_EXAMPLE = "For example 27 3 2026."
_KNOWN = Field("known", "How is it known?", "one_of", options=HOW_KNOWN)

DEBRIEF = Asked(
    "Record the talk after the visit", "Keep this", "", lambda w, actor, said: debriefs.record(w, actor, said.pop("about"), **said),
    (
        Field("on_date", "On which day did you speak?", "day", _EXAMPLE),
        Field("with_whom", "Who spoke?", "line", "Names and roles."),
        Field("how_is", "How is the worker?", "one_of", "Shown to supervisors and to the worker, and no part of the family’s record.",
              talks.HOW_IS),
        Field("how_words", "What do they need? (if anything)", "words", "Rest, a colleague beside them, another caseload for a while."),
        Field("judged", "What do you judge together?", "one_of", "What was seen and heard weighs more than how it felt.", talks.JUDGED),
        Field("judged_why", "What does that rest on?", "words",
              "What was seen and said, by whom, at how many visits. And what it is like for each child meanwhile."),
        Field("changes", "What changes before the next visit, and who sees to it?", "words",
              "Who goes and how many, where and at what hour, what is said first, who else sees the children."),
    ),
    "Ask first how the worker is. Then judge together: in two minds, or keeping us out on purpose? A family that is afraid can look like"
    " either.",
)  # fmt: skip
ASK = Asked(
    "Ask for a second worker", "Ask for a second worker", "",
    lambda w, actor, said: second_workers.ask(w, actor, said.pop("about"), **said),
    (
        Field("for_on", "For which day? (if it is arranged)", "day", _EXAMPLE),
        Field("words", "Why should two go?", "words", "What was seen or said, or what is to be done there that needs two."),
    ),
    "Your supervisor is told at once and answers within hours. If you are at the door now and not safe, leave first, then phone.",
)  # fmt: skip
ANSWER = Asked(
    "Say who goes along", "Answer", "", lambda w, actor, said: second_workers.answer(w, actor, said.pop("about"), **said),
    (
        Field("goes", "Does somebody go along?", "one_of", options={"yes": "Yes", "no": "No, and I say why"}),
        Field("account", "Who of our team?", "one_of", "Leave empty for somebody else.", "everybody"),
        Field("name", "Or who else?", "line", "A name and a role, such as the social worker, Ana Reyes."),
        Field("words", "What is agreed? Or why does nobody go, and what is done instead?", "words",
              "Where they meet, who speaks, what is said first."),
    ),
    "Whoever asked is told your answer, and finds it on the tablet.",
)  # fmt: skip
RISK = Asked(
    "Record a known risk", "Record the risk", "", lambda w, actor, said: risks.record(w, actor, said.pop("about"), **said),
    (
        Field("kind", "What kind of risk?", "one_of", options=known.KINDS),
        Field("words", "What is it, and what should whoever goes next do?", "words",
              "What was seen or said, and what helps: “A large dog, loose in the yard on 3 March. Phone from the gate: they shut it in.”"),
        _KNOWN,
        Field("source", "Who says so, or who saw it?", "line"),
        Field("protected", "The family must not learn who said so", "yes", "Ticked, the name is shown only to supervisors and to you."),
        Field("from_on", "Since when is it known?", "day", _EXAMPLE),
    ),
    "It is shown before each visit, and ends by itself after a time unless somebody confirms it. The family may ask to read it: write what"
    " was seen or said.",
)  # fmt: skip
RISK_WORDS: dict[str, Asked] = {
    word: Asked(
        title, button, "", lambda w, actor, said, word=word: risks.say(w, actor, said.pop("about"), word, **said),  # type: ignore[misc]
        (
            Field("on_date", "On which day was that seen or said?", "day", _EXAMPLE),
            Field("words", "What shows it?", "words", "What was seen or said, and by whom."),
            _KNOWN,
        ),
    )
    for word, title, button in (
        (known.CONFIRMED, "Confirm that a risk is still there", "It is still so"),
        (known.ENDED, "Say that a risk is gone", "It is so no more"),
    )
}  # fmt: skip


def _supervised(title: str, button: str, what: str, *fields: Field, hint: str = "") -> Asked:
    do = lambda w, actor, said: supervision_dates.record(w, actor, said.pop("about"), what, **said)  # noqa: E731
    return Asked(title, button, "", do, fields, hint)


_NOT_HERE = "Only its day is kept here. A decision about a child belongs to that child’s record; what somebody thinks over is their own."
SUPERVISION: dict[str, Asked] = {
    dates.BOOKED: _supervised(
        "Book supervision", "Book it", dates.BOOKED, Field("on_date", "For which day?", "day", _EXAMPLE),
        Field("words", "Where, and for how long? (if it helps)", "line"),
    ),
    dates.HELD: _supervised(
        "Supervision was held", "It was held", dates.HELD, Field("on_date", "On which day?", "day", _EXAMPLE), hint=_NOT_HERE,
    ),
    dates.MISSED: _supervised(
        "Supervision was missed", "It was missed", dates.MISSED, Field("on_date", "For which day was it booked?", "day", _EXAMPLE),
        Field("words", "Why was it not held?", "words", "Nobody’s fault is an answer too."),
    ),
}  # fmt: skip


def beside(household: str) -> dict[str, Any]:
    """What the family's page says of who goes next and how, with the words of its codes."""
    return {"beside": staff.of_family(wired(), me(), household), "risk_kinds": known.KINDS, "judged": talks.JUDGED}

"""What the supervisor of the demonstration has said of visits: a question that waits, one that is answered, a visit that is signed off, a
finding that is not agreed with, and what supervision decided."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from visitapp.domain import reviews as words
from visitapp.domain.moments import day_of, later
from visitapp.flow import reviewing, sampling, supervision
from visitapp.flow.stories.model import Key
from visitapp.flow.stories.teller import Teller
from visitapp.store import reviews

if TYPE_CHECKING:
    from visitapp.wiring import Wired

WAITS = ("Keane", "Who else was in the flat while you were there? And which beds did you see, and which were you told of?")
ANSWERED = (
    "Mercer",
    "You write that part of the home was in a severe state. Which rooms did you see yourself, and which were you told of?",
    "Kitchen and front room, with her. The back room only from the door: somebody was asleep there. I see it on Thursday.",
)
SIGNED = ("Okonkwo", "Clear, and every sentence says how it is known. Thank you.")
NOT_AGREED = ("Pryce", "One doze, told at once, sober, in a home where nobody smokes. It is advice, and reads as more than that.")
DECIDED = (
    "Keane",
    {
        "what": "Visits are made by two from now on, at least one of them unannounced each month. Hannah stays the family’s practitioner.",
        "why": "The door was opened by another adult each time, and what was said at the door differed from what was seen inside.",
        "decided_by": "Ruth Abernethy, supervisor, with Hannah Osei, health visitor",
    },
)
REVIEW_DAYS, READ_WITHIN = 14, 40
MOST = 100


def review(w: Wired, teller: Teller, supervisor: str, practitioner: str) -> None:
    """Read some of the newest visits, as of the end of the stories."""
    visit = teller.newest_visit
    reviewing.keep(w, supervisor, visit[WAITS[0]], [], question=WAITS[1])
    reviewing.keep(w, supervisor, visit[ANSWERED[0]], [], question=ANSWERED[1])
    [asked] = reviewing.waiting_for(w, practitioner, visit[ANSWERED[0]])
    reviewing.answer(w, practitioner, asked, ANSWERED[2])
    reviewing.sign(w, supervisor, visit[SIGNED[0]], _each(w, visit[SIGNED[0]], reviewing.YES), capacity=words.REVIEWED, words_too=SIGNED[1])
    reviewing.keep(w, supervisor, visit[NOT_AGREED[0]], _each(w, visit[NOT_AGREED[0]], reviewing.NO, NOT_AGREED[1])[:1])
    household, decided = teller.id(Key("household", DECIDED[0])), day_of(w.clock())
    supervision.decide(
        w, supervisor, household, on_date=decided.isoformat(), review_on=(decided + timedelta(days=REVIEW_DAYS)).isoformat(), **DECIDED[1]
    )
    sampling.draw_last_month(w)
    _sign_off_what_is_old(w, supervisor)


def _sign_off_what_is_old(w: Wired, supervisor: str) -> None:
    """What was sampled in the months before was read in its time."""
    with w.engine.read() as tx:
        waiting = reviews.waiting(tx, supervisor, w.clock(), reviews.FIRST, MOST)
    old = later(w.clock(), days=-READ_WITHIN)
    for one in waiting:
        if one["state"] == words.SAMPLE and one["since"] < old:
            reviewing.sign(w, supervisor, one["submission"], _each(w, one["submission"], reviewing.YES), capacity=words.REVIEWED)


def _each(w: Wired, visit: str, agrees: str, reason: str = "") -> list[reviewing.Word]:
    return [
        reviewing.Word(one["code"], one["row_id"], agrees, reason, f"agrees-{place}") for place, one in enumerate(reviewing.found(w, visit))
    ]

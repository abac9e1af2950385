"""A visit of a story: the tablet takes the family with it, and sends what was written when it is back on a network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from visitapp.decide.limits import limits
from visitapp.domain.moments import day_of, later
from visitapp.domain.past import ADDITION
from visitapp.flow.stories import pictures
from visitapp.flow.stories.answers import Writer
from visitapp.flow.stories.model import Key, Visit
from visitapp.flow.stories.on_screen import confirmed, on_screen
from visitapp.flow.stories.steps import Step
from visitapp.flow.stories.tablet import Carried, Tablet, form_of
from visitapp.flow.stories.uncovering import by_row, uncover

if TYPE_CHECKING:
    from visitapp.flow.stories.teller import Teller


class StoryFault(RuntimeError):
    """A story could not be told; the message says where. It is the program's fault or the story's, never a family's."""


def steps_of(teller: Teller, visit: Visit) -> Iterator[Step]:
    """Two steps, because between them others may learn what this visit could not know."""
    taken = list[Carried]()
    yield Step(visit.at, lambda: taken.append(_tablet(teller, visit).take(teller.id(Key("household", visit.household)))))
    yield Step(visit.sent, lambda: _send(teller, visit, taken[0]), visit)


def _tablet(teller: Teller, visit: Visit) -> Tablet:
    return teller.opened.tablets[visit.by or teller.households[visit.household].practitioner]


def _send(teller: Teller, visit: Visit, carried: Carried) -> str:
    """The id of the visit."""
    w, day = teller.w, day_of(visit.at)
    form = form_of(w.catalogue, visit.form, visit.version)
    known = Known(teller, visit.household)
    said = by_row(visit.said, known)
    answers = Writer(form, day, known, w.new_id).written(visit.answers, visit.how)
    if visit.on_screen:
        answers = on_screen(form, day.isoformat(), answers, carried.given)
    if visit.ordinary:
        answers = confirmed(form, answers, carried.given, said, limits(w.catalogue.policy))
    uncovered = uncover(form, day.isoformat(), answers, carried.given, said)
    id, tablet, adds_to = w.new_id(), _tablet(teller, visit), ""
    if form.kind == ADDITION:
        adds_to = teller.newest_visit.get(visit.household, "")
        if not adds_to:
            raise StoryFault(f"{visit.household}, {day}: there is no visit yet that could be added to.")
    else:
        teller.newest_visit[visit.household] = id
    taken = {w.new_id(): (photo, pictures.drawn(photo)) for photo in visit.photographs}
    payload = tablet.write(
        teller.id(Key("household", visit.household)), visit.form, day.isoformat(), answers, version=visit.version, id=id, carried=carried,
        calls=_calls(teller, visit), adds_to=adds_to, began_at=visit.at, sealed_at=visit.finished,
        photographs=pictures.listed(visit.agreed_by, visit.at, taken) if taken else None,
    )  # fmt: skip
    answer = tablet.send(payload)
    if answer.status != 201:
        raise StoryFault(f"{visit.household}, {day}: the visit was answered {answer.status} {answer.body}")
    pictures.send(tablet, id, visit.finished, taken)
    teller.uncovered[id] = uncovered
    return id


class Known(Mapping[str, str]):
    """Key -> id of everybody who is known on the day, as a household's own answers name them."""

    def __init__(self, teller: Teller, household: str) -> None:
        self._teller, self._household = teller, household

    def __getitem__(self, key: str) -> str:
        own = Key("person", f"{self._household}/{key}")
        return self._teller.id(own if own in self._teller.named else Key("person", key))

    def __iter__(self) -> Iterator[str]:
        return (key.name for key in self._teller.named if key.kind == "person")

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _calls(teller: Teller, visit: Visit) -> list[dict[str, Any]]:
    return [
        {"id": teller.w.new_id(), "at": later(visit.at, minutes=call.after), "who": call.who, "number": call.number,
         "reached": call.reached, "spoke_to": call.spoke_to, "said": call.said}
        for call in visit.calls
    ]  # fmt: skip

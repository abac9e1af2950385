"""A visit of a story: the tablet takes the family with it, and sends what was written when it is back on a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from visitapp.domain.moments import day_of, later
from visitapp.flow.stories.answers import Writer
from visitapp.flow.stories.model import Key, Visit
from visitapp.flow.stories.steps import Step
from visitapp.flow.stories.tablet import Carried, Tablet, form_of

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
    answers = Writer(form, day, _people(teller, visit.household), w.new_id).written(visit.answers, visit.how)
    id, tablet = w.new_id(), _tablet(teller, visit)
    payload = tablet.write(
        teller.id(Key("household", visit.household)), visit.form, day.isoformat(), answers, version=visit.version, id=id, carried=carried,
        calls=_calls(teller, visit), began_at=visit.at, sealed_at=visit.finished,
    )  # fmt: skip
    answer = tablet.send(payload)
    if answer.status != 201:
        raise StoryFault(f"{visit.household}, {day}: the visit was answered {answer.status} {answer.body}")
    return id


def _people(teller: Teller, household: str) -> dict[str, str]:
    """Key -> id of everybody, as the household's own answers name them."""
    return {key.name.removeprefix(f"{household}/"): id for key, id in teller.named.items() if key.kind == "person"}


def _calls(teller: Teller, visit: Visit) -> list[dict[str, Any]]:
    return [
        {"id": teller.w.new_id(), "at": later(visit.at, minutes=call.after), "who": call.who, "number": call.number,
         "reached": call.reached, "spoke_to": call.spoke_to, "said": call.said}
        for call in visit.calls
    ]  # fmt: skip

"""Loads the demonstration into an empty database: services, accounts and families, through the steps that everybody uses and nothing else.

It takes the day it is to look like today and tells everything backwards from it, with a clock that walks through the days of the story.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from visitapp.deliver.folder import FolderTransport
from visitapp.deliver.notices import FolderNotices
from visitapp.domain.moments import day_of
from visitapp.flow import (
    devices,
    handovers,
    people,
    record_request_read,
    record_requests,
    standing_in,
    today_marks,
    unsent,
    worker,
)
from visitapp.flow.demonstration import cast, dated, reached, supervised
from visitapp.flow.demonstration.families import FAMILIES
from visitapp.flow.demonstration.reviewed import review
from visitapp.flow.recent import Recent
from visitapp.flow.stories.days import StoryClock, instant_of
from visitapp.flow.stories.model import Event, Key
from visitapp.flow.stories.services import Opened, open_services
from visitapp.flow.stories.teller import StoryFault, Teller
from visitapp.problems import Problem

if TYPE_CHECKING:
    from visitapp.wiring import Wired

PARTS = 5  # lines of progress
FORTNIGHT = 14


@dataclass
class Progress:
    """Says how far it is now and then. A demonstration that cannot be told is a fault of ours."""

    of: int
    say: Callable[[str], None]
    told: int = 0
    said: int = 0

    def done(self, _event: Event, _made: str) -> None:
        self.told += 1
        if self.told * PARTS // self.of > self.said:
            self.said = self.told * PARTS // self.of
            self.say(f"  {self.said * 100 // PARTS} %")

    def refused(self, event: Event | None, problem: Problem) -> None:
        raise StoryFault(f"{event.household if event else ''}, {event.at if event else ''}: {problem}")


def load(w: Wired, today: date, progress: Callable[[str], None]) -> None:
    """Everything as it would stand on the morning of `today`, with a line of progress now and then. Letters go into the folder."""
    clock = StoryClock(instant_of(today - timedelta(days=before_all()), "08:30"))
    told = replace(
        w, clock=clock.read, transports=(FolderTransport(w.settings.letter_folder),),
        notices=FolderNotices(w.settings.letter_folder / "notices"), recent=Recent(),
    )  # fmt: skip
    progress(f"Loading {len(FAMILIES)} families that do not exist (only this once)")
    _note(told, cast.BEGAN)
    opened = open_services(told, cast.SERVICES, today)
    _cover(told, opened, today)
    events = [event for family in FAMILIES for event in dated.events_of(today, family, w.catalogue)]
    events += supervised.dates(today, before_all() - FORTNIGHT, FAMILIES[0].name)
    people = {key: person for family in FAMILIES for key, person in dated.people_of(today, family).items()}
    households = {family.name: dated.household_of(today, family) for family in FAMILIES}
    teller = Teller(told, clock, opened, Progress(len(events), progress), people, households)
    teller.tell(events, max(event.at for event in events))
    review(told, teller, opened.ids["supervisor"], opened.ids["hv"])
    _for_today(told, opened, teller, today)
    reached.record(told, teller, opened.ids["hv"], today)
    reached.ask(told, teller, opened.ids["westfen"], opened.ids["riverside"])
    _handed_over(told, opened, teller)
    _copy_asked(told, opened, teller, today)
    _only_its_own_form(told, today, opened.ids["early_help"])
    _note(told, cast.LOADED)


def _cover(w: Wired, opened: Opened, today: date) -> None:
    """Who holds the posts from the beginning, and who is on duty from today on."""
    supervisor, began = opened.ids["supervisor"], day_of(w.clock()).isoformat()
    for post in cast.POSTS:
        standing_in.hold_post(w, supervisor, from_on=began, **post)
    until = (today + timedelta(days=FORTNIGHT)).isoformat()
    standing_in.put_on_duty(w, supervisor, account=opened.ids[cast.ON_DUTY], from_on=today.isoformat(), to_on=until)


def _handed_over(w: Wired, opened: Opened, teller: Teller) -> None:
    """The midwife offers the Nowaks to the health visitor who will come after the birth."""
    for family, who, said in cast.HANDOVERS:
        to = opened.ids[said["to"]] if said["to"] in opened.ids else said["to"]
        handovers.offer(w, opened.ids[who], teller.id(Key("household", family)), **{**said, "to": to})
    while worker.work_once(w):
        pass  # whoever is asked is told


def _for_today(w: Wired, opened: Opened, teller: Teller, today: date) -> None:
    """A tablet told of a visit before it was out of reach, and the supervisor assigned what stands for a family."""
    who, family = cast.UNSENT
    tablet = devices.register(w, opened.ids[who], "Tablet 4")
    begun = instant_of(today - timedelta(days=2), "15:20")
    held = {"id": w.new_id(), "household": teller.id(Key("household", family)), "since": begun}
    unsent.told(w, devices.Sender(opened.ids[who], tablet.device), {"sealed": [held], "unfinished": []})
    family, who, words = cast.ASSIGNED
    today_marks.assign(w, opened.ids["supervisor"], teller.id(Key("household", family)), account=opened.ids[who], words=words)


def _copy_asked(w: Wired, opened: Opened, teller: Teller, today: date) -> None:
    """A mother asked for a copy of the record; nobody has gone through an entry yet."""
    family, who, identity, said = cast.COPY_ASKED
    household, actor = teller.id(Key("household", family)), opened.ids[who]
    person = next(iter(record_request_read.adults(w, actor, household) or {}))
    received = (today - timedelta(days=cast.COPY_ASKED_DAYS_AGO)).isoformat()
    record_requests.ask(w, actor, household, person=person, received_on=received, identity=identity, said=said)


def _note(w: Wired, what: str) -> None:
    w.writer.submit(lambda tx: tx.journal(what, at=w.clock(), actor=cast.ACTOR))


def before_all() -> int:
    """Days ago, before the first family was known."""
    return max(family.since for family in FAMILIES) + 7


def _only_its_own_form(w: Wired, today: date, team: str) -> None:
    """Since yesterday Eastmoor early help takes referrals only through its own form: what is sent to it now is copied in by hand."""
    receiving = next(one for one in cast.RECEIVING if one.key == "early_help")
    people.add_receiving_team(
        w, cast.ACTOR, id=team, name=receiving.name, area=receiving.area, kind=receiving.kind, email=receiving.email,
        phone=receiving.phone, phone_out_of_hours=receiving.phone_out_of_hours,
        review_on=(today + timedelta(days=180)).isoformat(), transport="portal", portal="eastmoor_early_help",
    )  # fmt: skip

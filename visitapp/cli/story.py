"""`visitapp story`: tells stories in databases of their own that are gone afterwards, and says whether what they expect came out."""

import argparse
import functools
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from argon2 import PasswordHasher

from visitapp.config import Settings
from visitapp.deliver import Message, Outcome
from visitapp.deliver.notices import Notice
from visitapp.domain.envelope import SealKeys, load_private_key, new_private_key
from visitapp.flow.demonstration.cast import SERVICES
from visitapp.flow.passwords import Passwords
from visitapp.flow.stories import as_json, report, told
from visitapp.flow.stories.days import StoryClock
from visitapp.flow.stories.file import read_story
from visitapp.flow.stories.model import Story
from visitapp.flow.stories.services import Opened, open_services
from visitapp.flow.stories.teller import StoryFault
from visitapp.formlang import Catalogue, Fault, FormFault, load_catalogue
from visitapp.letter import certificates
from visitapp.letter.certificates import Identity
from visitapp.store.engine import open_engine
from visitapp.store.group_commit import GroupCommit
from visitapp.store.migrate import migrate
from visitapp.wiring import FORMS, Wired

HOLDS, DOES_NOT, CANNOT = 0, 1, 2
BEGAN = "2000-01-01T09:00:00.000Z"
"""Before every story: when the services of the template were opened."""
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Nobody signs in to a story, so its passwords are worth nothing."""


class Nowhere:
    """Letters and notices of a story are written, and go nowhere."""

    name = "nowhere"

    def send(self, _written: Message | Notice) -> Outcome:
        return Outcome("sent", "What a story sends goes nowhere.")


@dataclass(frozen=True)
class Stage:
    """A template with the services open, of which each story gets a copy."""

    folder: Path
    catalogue: Catalogue
    keys: SealKeys
    opened: Opened
    ids: Callable[[], str]
    signing: Callable[[], Identity]

    @property
    def template(self) -> Path:
        return self.folder / "template.db"


@contextmanager
def staged(forms: Path = FORMS) -> Iterator[Stage]:
    """A stage for stories, gone when it is over. Raises FormFault when the forms cannot be used."""
    with tempfile.TemporaryDirectory(prefix="visitapp-story-") as made:
        folder, catalogue = Path(made), load_catalogue(forms)
        keys, ids = SealKeys.of(load_private_key(new_private_key())), Ids()
        bare = Stage(folder, catalogue, keys, Opened(SERVICES, {}, {}), ids, functools.cache(certificates.of_nobody))
        clock = StoryClock(BEGAN)
        with wired(bare, bare.template, clock) as w:
            migrate(w.engine)
            opened = open_services(w, SERVICES)
        yield replace(bare, opened=opened)


class Ids:
    """Ids in order, shaped as real ones, so that a story comes out the same each time."""

    def __init__(self) -> None:
        self._next = count(1)

    def __call__(self) -> str:
        return f"00000000-0000-4000-8000-{next(self._next):012d}"


@contextmanager
def wired(stage: Stage, database: Path, clock: StoryClock) -> Iterator[Wired]:
    """Everything a story needs, put together as `visitapp.wiring` does it for a service."""
    chance = count(1)
    engine = open_engine(f"sqlite:///{database}")
    settings = Settings(
        mode="demonstration", host="localhost", port=8000, origin="http://localhost:8000", database_url="", data_dir=stage.folder,
        secret=b"a story has no secrets at all...", seal_key=stage.folder / "key", letter_folder=stage.folder,
    )  # fmt: skip
    w = Wired(
        settings=settings, engine=engine, writer=GroupCommit(engine), catalogue=stage.catalogue, clock=clock.read, new_id=stage.ids,
        random_bytes=lambda n: next(chance).to_bytes(n, "big"), seal_keys=stage.keys, hasher=Passwords(CHEAP), transports=(Nowhere(),),
        notices=Nowhere(), signing=stage.signing,
    )  # fmt: skip
    try:
        yield w
    finally:
        w.close()


def read(stage: Stage, path: Path) -> Story:
    """The story in a file. Raises FormFault with everything that is wrong with it."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise FormFault([Fault(str(path), 1, f"This file cannot be read: {fault.strerror}.")]) from None
    return read_story(path, content, stage.catalogue, SERVICES)


def tell(stage: Stage, story: Story) -> told.Told:
    """Tell a story in a copy of the template. Raises FormFault where it says what cannot be."""
    with telling(stage, story) as (_, came):
        return came


@contextmanager
def telling(stage: Stage, story: Story) -> Iterator[tuple[Wired, told.Told]]:
    """A story told, with its database still open."""
    with tempfile.TemporaryDirectory(dir=stage.folder) as made:
        database = Path(made) / "story.db"
        shutil.copyfile(stage.template, database)
        clock = StoryClock(BEGAN)
        with wired(stage, database, clock) as w:
            tablets = {name: replace(tablet, w=w) for name, tablet in stage.opened.tablets.items()}
            yield w, told.tell(w, clock, replace(stage.opened, tablets=tablets), story)


# --- the command --------------------------------------------------------------------------------------------------------------------


def story(chosen: argparse.Namespace) -> int:
    """Tell each story; status 0 when every expectation holds, 1 when one does not, 2 when a story cannot be told."""
    files = list(files_of(chosen.file))
    statuses, found = [HOLDS], []
    with staged(chosen.forms or FORMS) as stage:
        for path in files:
            status, said = one(stage, path, quiet=chosen.json)
            statuses.append(status)
            found.append(said)
    if chosen.json:
        print(json.dumps({"stories": found, "holds": max(statuses) == HOLDS}, ensure_ascii=False, indent=2))
    elif len(files) > 1:
        print(f"{len(files)} stories: {statuses.count(DOES_NOT)} do not hold, {statuses.count(CANNOT)} cannot be told.")
    return max(statuses)


def files_of(named: list[Path]) -> Iterator[Path]:
    """The files named, and those of each folder named, in order."""
    for path in named:
        yield from sorted(path.glob("*.yaml")) if path.is_dir() else [path]


def one(stage: Stage, path: Path, *, quiet: bool) -> tuple[int, dict[str, object]]:
    """One story: its status, and what it came to for machines. What is wrong with it is said on standard error, a line each."""
    try:
        came = tell(stage, read(stage, path))
    except (FormFault, StoryFault) as fault:
        faults = fault.faults if isinstance(fault, FormFault) else [Fault(str(path), 1, f"This could not be told: {fault}.")]
        for line in faults:
            print(line, file=sys.stderr)
        return CANNOT, as_json.faulty(str(path), faults)
    if not quiet:
        print("\n".join([*report.report(came), ""]), flush=True)
        for verdict in came.unmet:
            print(f"{came.story.file}:{verdict.wanted.line}: expected {verdict.wanted.words}; came out: {verdict.came}", file=sys.stderr)
    return (HOLDS if came.holds else DOES_NOT), as_json.as_json(came)

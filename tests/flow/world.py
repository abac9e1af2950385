"""Eastmoor for the tests: one visiting team, its supervisor, a front door and an early help team, and families made in a line. The clock
stands until a test moves it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from tests.flow.notes import NIGHT_ON_THE_SOFA, SAFE_NIGHT, UNTIDY_AND_LOW, answers, child
from tests.ready_made import with_every_table
from visitapp.config import Settings
from visitapp.deliver import Message, Outcome
from visitapp.deliver.notices import Notice
from visitapp.domain.envelope import SealKeys, load_private_key, new_private_key
from visitapp.domain.moments import later
from visitapp.flow import people, refer, worker
from visitapp.flow.passwords import Passwords
from visitapp.flow.stories.tablet import Tablet
from visitapp.formlang import load_catalogue
from visitapp.letter import certificates
from visitapp.store import referrals
from visitapp.store.engine import Engine, open_engine
from visitapp.store.group_commit import GroupCommit
from visitapp.store.migrate import migrate
from visitapp.store.seen import Families
from visitapp.wiring import FORMS, Wired

SUNDAY = "2026-11-22T10:40:00.000Z"
IDENTITY = certificates.of_nobody()
KEY = load_private_key(new_private_key())
PASSWORD = "four words are enough"
FAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Clock:
    at: str = SUNDAY

    def __call__(self) -> str:
        return self.at

    def on(self, **step: float) -> str:
        self.at = later(self.at, **step)
        return self.at


@dataclass
class Post:
    """A way out that keeps what it was handed and answers as it is told to."""

    name: str = "post"
    answers: list[Outcome] = field(default_factory=list)
    sent: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> Outcome:
        self.sent.append(message)
        return self.answers.pop(0) if self.answers else Outcome("sent", "250 taken")


@dataclass
class Pigeon:
    """A way for notices that keeps what it was handed and answers as it is told to."""

    name: str = "pigeon"
    answers: list[Outcome] = field(default_factory=list)
    sent: list[Notice] = field(default_factory=list)

    def send(self, notice: Notice) -> Outcome:
        self.sent.append(notice)
        return self.answers.pop(0) if self.answers else Outcome("sent", "250 taken")


class Ids:
    """Ids in order, shaped as real ones."""

    def __init__(self) -> None:
        self.last = 0

    def __call__(self) -> str:
        self.last += 1
        return f"00000000-0000-4000-8000-{self.last:012d}"


@dataclass
class World:
    w: Wired
    clock: Clock
    post: Post
    pigeon: Pigeon
    team: str = ""
    front_door: str = ""
    early_help: str = ""
    who: dict[str, str] = field(default_factory=dict)
    tablets: dict[str, Tablet] = field(default_factory=dict)

    def family(
        self, surname: str = "Okoro", *, born_on: str | None = "2026-09-20", practitioner: str = "hv", area: str = "eastmoor", **child: Any
    ):
        """A family of a mother and one baby, with a practitioner; see `Family`."""
        actor = self.who["lead"]
        household = people.form_household(self.w, actor, name=surname, address="4 Mill Row", postcode="EM1 4AB", area=area)
        people.name_practitioner(self.w, actor, household, account=self.who[practitioner])
        family = Family(self, household, {})
        family.member("Ava", surname, "child", born_on=born_on, **child)
        family.member("Ada", surname, "mother", born_on="2001-03-04", phone="07700 900456")
        return family

    def tablet(self, who: str = "hv") -> Tablet:
        if who not in self.tablets:
            self.tablets[who] = Tablet.of(self.w, self.who[who])
        return self.tablets[who]

    def work(self) -> int:
        """Let the worker do everything that is due."""
        done = 0
        while now := worker.work_once(self.w):
            done += now
        return done

    def rows(self, sql: str, **params: Any) -> list[dict[str, Any]]:
        with self.w.engine.read() as tx:
            return tx.all(sql, **params)

    def count(self, table: str) -> int:
        return self.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"]


@dataclass
class Family:
    world: World
    household: str
    people: dict[str, str]

    def member(self, given: str, family: str, role: str, **known: Any) -> str:
        w, actor = self.world.w, self.world.who["lead"]
        person = people.register_person(w, actor, household=self.household, given_names=given, family_name=family, **known).person
        people.add_member(w, actor, self.household, person=person, role=role)
        self.people[given] = person
        return person

    def child(self, *nights: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {"children": [child(self.people["Ava"], *nights, **more)]}

    def written(
        self, said: dict[str, Any] | None = None, *, who: str = "hv", form: str = "home_visit", on: str = "2026-11-22", **how: Any
    ) -> bytes:
        """A sealed visit, ready to send."""
        tablet = self.world.tablet(who)
        given = answers(self.world.w.catalogue.current(form), said if said is not None else self.child(SAFE_NIGHT))
        return tablet.write(self.household, form, on, given, **how)

    def visit(self, said: dict[str, Any] | None = None, *, who: str = "hv", **how: Any) -> str:
        """Write, seal, send and judge a visit; its id."""
        id = how.pop("id", None) or self.world.w.new_id()
        kept = self.world.tablet(who).send(self.written(said, who=who, id=id, **how))
        assert kept.status == 201, kept
        self.world.work()
        return id

    def sofa(self, **how: Any) -> str:
        """A visit that learns of a night on the sofa beside somebody who had drunk: level 4, tonight."""
        return self.visit(self.child(NIGHT_ON_THE_SOFA), **how)

    def untidy(self, **how: Any) -> str:
        """A visit that asks for early help: level 2."""
        return self.visit(self.child(SAFE_NIGHT) | UNTIDY_AND_LOW, **how)

    def not_let_in(self, outcome: str = "no_answer", **how: Any) -> str:
        return self.visit({"outcome": outcome, "danger_seen": ["nothing"]}, form="not_let_in", **how)

    def send(self, **said: Any) -> str:
        """Complete and send the family's newest proposal, and let the worker write and deliver it; the referral."""
        id = self.referral()
        refer.send(self.world.w, self.world.who["hv"], id, completion(**said))
        self.world.work()
        return id

    def state_of(self, referral: str) -> str | None:
        with self.world.w.engine.read() as tx:
            return referrals.state(tx, referral)

    def state(self) -> str | None:
        with self.world.w.engine.read() as tx:
            row = next(iter(referrals.open_ones(tx, Families.one(self.household))), None)
            return referrals.state(tx, row["id"]) if row else None

    def referral(self) -> str:
        return self.world.rows("SELECT id FROM referral WHERE household = :h ORDER BY seq DESC", h=self.household)[0]["id"]


def completion(**said: Any) -> refer.Completion:
    plain: dict[str, Any] = {
        "asked_for": "Please visit today.", "parents_told": "yes", "parents_said": "They agree.", "agreement": "yes",
        "agreed_by": "Ada, today.", "why_not_early_help": "Two offers of it changed nothing.",
    }  # fmt: skip
    return refer.Completion(**(plain | said))


def settings(folder: Path, **changes: Any) -> Settings:
    plain: dict[str, Any] = {
        "mode": "demonstration", "host": "127.0.0.1", "port": 8130, "origin": "http://localhost:8130", "database_url": "unused",
        "data_dir": folder, "secret": b"a secret of the tests, long enough", "seal_key": folder / "key",
        "letter_folder": folder / "letters",
    }  # fmt: skip
    return Settings(**(plain | changes))


def wired(engine: Engine, folder: Path, clock: Clock, post: Post, pigeon: Pigeon) -> Wired:
    count = iter(range(1, 10**6))
    return Wired(
        settings=settings(folder), engine=engine, writer=GroupCommit(engine), catalogue=load_catalogue(FORMS), clock=clock, new_id=Ids(),
        random_bytes=lambda n: next(count).to_bytes(n, "big"), seal_keys=SealKeys.of(KEY), hasher=Passwords(FAST), transports=(post,),
        notices=pigeon, signing=lambda: IDENTITY,
    )  # fmt: skip


def build(folder: Path, url: str | None = None) -> World:
    if url is None:
        with_every_table(folder / "flow.db")
    engine = open_engine(url or f"sqlite:///{folder / 'flow.db'}")
    if url is not None:
        migrate(engine)
    clock, post, pigeon = Clock(), Post(), Pigeon()
    world = World(wired(engine, folder, clock, post, pigeon), clock, post, pigeon)
    w = world.w
    world.team = people.add_team(w, "system", name="Eastmoor North", area="eastmoor", phone="01632 960001")
    other = people.add_team(w, "system", name="Westfen", area="westfen", phone="01632 960002")
    world.front_door = receiving(w, "Eastmoor front door", "front_door")
    world.early_help = receiving(w, "Eastmoor early help", "early_help")
    staff = {
        "hv": ("health_visitor", world.team, None), "midwife": ("midwife", world.team, None), "lead": ("supervisor", world.team, None),
        "west": ("health_visitor", other, None), "duty": ("social_care", None, world.front_door),
        "helper": ("social_care", None, world.early_help), "admin": ("administrator", None, None),
    }  # fmt: skip
    for name, (role, team, receives) in staff.items():
        world.who[name] = people.add_account(
            w, "system", password=PASSWORD, username=name, name=f"Worker {name}", role=role, team=team, receiving_team=receives,
            phone="07700 900123", email=f"{name}@visits.example",
        )  # fmt: skip
    return world


def receiving(w: Wired, name: str, kind: str) -> str:
    return people.add_receiving_team(
        w, "system", name=name, area="eastmoor", kind=kind, email="desk@eastmoor.example", phone="01632 960100",
        phone_out_of_hours="01632 960101", review_on="2027-01-01",
    )  # fmt: skip

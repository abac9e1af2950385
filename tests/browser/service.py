"""The service that the browser tests talk to: the real application and database behind a real port, which can go away and come back."""

import contextlib
import functools
import hashlib
import json
import random
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from tests.ready_made import TEMPLATES, with_every_table
from visitapp.config import Settings
from visitapp.domain import envelope
from visitapp.flow import people, receive, worker
from visitapp.flow.devices import Sender
from visitapp.formlang.model import LANGUAGE
from visitapp.web import build
from visitapp.wiring import Wired, wire

if TYPE_CHECKING:
    from tests.browser.begun import Begun

NOW = "2026-11-23T22:10:00.000Z"  # a Monday night, out of office hours
ROOT = Path(__file__).parents[2]
PASSWORD = "calm-lamp-river-stone"
BODY = {"v": 1, "calls": [], "unasked_reasons": []}


@functools.cache
def bundled() -> None:
    """The tablet's one script, made of the scripts as they are now."""
    subprocess.run([Path(sys.executable).with_name("node"), ROOT / "static/bundle.mjs"], check=True, timeout=60)


class Quiet(WSGIRequestHandler):
    """Says nothing: what a test prints should be about the test."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


def free_port() -> int:
    """One that stays free while the service is stopped: not among those, from 32,768 on, that a connection of this machine may begin at."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as one, contextlib.suppress(OSError):
            one.bind(("127.0.0.1", port))
            return port
    raise OSError("no free port among a hundred")


@dataclass
class Service:
    """Its clock stands where a test puts it. `stop` really closes the port; `start` opens the same one again."""

    folder: Path
    port: int = field(default_factory=free_port)
    clock: str = NOW
    begun: "Begun | None" = None
    """What it is a copy of, where it is one."""
    wired: Wired = field(init=False)
    server: BaseWSGIServer | None = None

    def __post_init__(self) -> None:
        bundled()
        settings = Settings.from_environment({"DATA_DIR": str(self.folder), "PORT": str(self.port), "VISITAPP_ORIGIN": self.origin})
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / "visitapp.db").exists():  # the same folder again is the same service, started anew
            with_every_table(self.folder / "visitapp.db")
        self.wired = replace(wire(settings), clock=lambda: self.clock)
        self.app = build(self.wired)
        self.app.jinja_env.bytecode_cache = TEMPLATES

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        self.server = make_server("127.0.0.1", self.port, self.app, threaded=True, request_handler=Quiet)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def work(self) -> None:
        """Do the steps that wait, as the worker does beside the service."""
        while worker.work_once(self.wired):
            pass

    def rows(self, sql: str, **params: Any) -> list[dict[str, Any]]:
        with self.wired.engine.read() as tx:
            return [dict(row) for row in tx.all(sql, **params)]

    def close(self) -> None:
        self.stop()
        self.wired.close()


@dataclass(frozen=True)
class Place:
    """Who is there: a practitioner, and a family with an older child, a baby, and two adults."""

    practitioner: str
    username: str
    household: str
    older: str
    baby: str
    adults: tuple[str, ...]


NAMES = ("Wrenfield", "Oswin", "Maristela", "Thorley Row")
"""What nobody may find in clear on the tablet: a family's name, its children's, its address."""


def furnish(service: Service) -> Place:
    """Through the public write path, some of it on the day it happened."""
    w = service.wired
    service.clock = "2024-03-04T09:00:00.000Z"
    team = people.add_team(w, people.SYSTEM, name="Team East", area="eastmoor", phone="01632 960001")
    people.add_receiving_team(
        w, people.SYSTEM, name="Eastmoor front door", area="eastmoor", kind="front_door", email="front@eastmoor.example",
        phone="01632 960100", phone_out_of_hours="01632 960101", review_on="2027-01-01",
    )  # fmt: skip
    me = people.add_account(
        w, people.SYSTEM, username="amina.yusuf", name="Amina Yusuf", role="health_visitor", team=team, password=PASSWORD,
        phone="07700 900123",
    )  # fmt: skip
    home = people.form_household(w, me, name="Wrenfield", address="8 Thorley Row", postcode="EM2 7QT", area="eastmoor")
    people.name_practitioner(w, me, home, account=me)
    older = member(service, me, home, "child", "Oswin", born_on="2024-01-15", nhs_number="9990000018")
    kelly = member(service, me, home, "mother", "Kelly", born_on="1999-05-05", phone="07700 900456")
    dan = member(service, me, home, "partner", "Dan", born_on="1996-02-02")
    sofa = {
        "which_sleep": {"value": "last_night"},
        "surface": {"value": "sofa", "known": "told"},
        "shared": {"value": True, "known": "told"},
    }
    nights = {"rows": [{"id": "n1", "person": None, "answers": sofa}], "complete": True}
    child = {"id": "row1", "person": older, "answers": {"seen": {"value": "awake"}, "nights": nights}}
    earlier_visit(service, me, home, on="2024-03-04", answers={"children": {"rows": [child], "complete": True}})
    service.work()
    service.clock = NOW
    baby = member(service, me, home, "child", "Maristela", born_on="2026-09-20", gestation_days=245, nhs_number="9990000026")
    people.plan_visit(w, me, home, what="New birth visit", on_date=NOW[:10])
    return Place(me, "amina.yusuf", home, older, baby, (kelly, dan))


def member(service: Service, me: str, home: str, role: str, given: str, **said: Any) -> str:
    known = {"nhs_number_absent_why": "Not asked yet"} | said
    if "nhs_number" in said:
        del known["nhs_number_absent_why"]
    person = people.register_person(service.wired, me, household=home, given_names=given, family_name="Wrenfield", **known).person
    people.add_member(service.wired, me, home, person=person, role=role)
    return person


def earlier_visit(service: Service, author: str, household: str, *, on: str, answers: dict[str, Any]) -> str:
    """A visit that a tablet sent before: sealed as a tablet seals it, received as everything is."""
    w = service.wired
    form = w.catalogue.current("home_visit")
    body = json.dumps(
        BODY | {"household": household, "form": form.name, "form_version": form.version, "occurred_on": on, "answers": answers}
    ).encode()
    at = f"{on}T10:00:00.000Z"
    outside = {
        "v": 1, "id": w.new_id(), "household": household, "form": form.name, "form_version": form.version, "form_hash": form.hash,
        "lang": LANGUAGE,
        "author": author, "device": w.new_id(), "began_at": at, "sealed_at": at, "clock_offset_ms": 0, "as_of": {"seq": 0, "at": at},
        "shown": {"findings": [], "level": {"at_least": 1, "could_be": 4}}, "sha256": hashlib.sha256(body).hexdigest(),
        "key": w.seal_keys.current,
    }  # fmt: skip
    sealed = envelope.seal(json.dumps(outside), body, w.seal_keys.keys[0][1].public_key(), w.random_bytes(12))
    received = receive.receive(w, Sender(author), json.dumps(sealed.as_json()).encode())
    assert received.status == 201, received.body
    return str(outside["id"])

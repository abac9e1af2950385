"""A service to be killed: the real application on its own database, each time in a new process that is a copy of this one, where forms
and templates are read already. So it can die a thousand times in a trial. What to do comes in as lines, and each is answered by one."""

import functools
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing import Value
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from werkzeug.serving import make_server

from tests.browser.service import PASSWORD, Quiet
from visitapp import wiring
from visitapp.config import Settings
from visitapp.domain.moments import instant
from visitapp.flow import bring_in, devices, people
from visitapp.flow.passwords import Passwords
from visitapp.formlang import load_catalogue
from visitapp.store.group_commit import GroupCommit
from visitapp.store.migrate import migrate
from visitapp.web import build
from visitapp.wiring import Wired

FAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
FAMILIES = 3


class MortalService:
    """Opens the database only in copies of itself: none shares a connection with another."""

    def __init__(self, folder: Path, port: int) -> None:
        where = {"DATA_DIR": str(folder), "PORT": str(port), "VISITAPP_ORIGIN": f"http://localhost:{port}"}
        self.settings = Settings.from_environment(where)
        self.catalogue = load_catalogue(wiring.FORMS)
        self.ahead = Value("d", 0.0)  # seconds; the copies share it
        self.serving: int | None = None

    def wired(self) -> Wired:
        engine = wiring.open_database(self.settings)
        return Wired(
            settings=self.settings, engine=engine, writer=GroupCommit(engine), catalogue=self.catalogue, clock=self.now,
            new_id=wiring.new_id, random_bytes=os.urandom, seal_keys=wiring.seal_keys(self.settings), hasher=Passwords(FAST),
            transports=wiring.transports(self.settings, self.now), notices=wiring.notices(self.settings, self.now),
            signing=functools.cache(lambda: wiring.signing(self.settings)),
        )  # fmt: skip

    def now(self) -> str:
        return instant(datetime.now(UTC) + timedelta(seconds=self.ahead.value))

    def start(self) -> None:
        """In a new process, which takes requests once this returns."""
        listens, told = os.pipe()
        self.serving = os.fork()
        if self.serving == 0:
            server = make_server("127.0.0.1", self.settings.port, build(self.wired()), threaded=True, request_handler=Quiet)
            os.write(told, b".")
            server.serve_forever()
        os.close(told)
        assert os.read(listens, 1), "the service did not start"
        os.close(listens)

    def kill(self) -> None:
        """At once, whatever it is doing."""
        if self.serving:
            os.kill(self.serving, signal.SIGKILL)
            os.waitpid(self.serving, 0)
            self.serving = None

    def clock(self, hours: float) -> None:
        self.ahead.value += hours * 3600

    def furnish(self) -> dict[str, Any]:
        return self._aside(self._furnish)

    def register(self, account: str) -> dict[str, Any]:
        """Another tablet for this account."""
        return self._aside(lambda w: _credential(devices.register(w, account, "Tablet")))

    def revoke(self, device: str) -> None:
        self._aside(lambda w: devices.revoke(w, people.SYSTEM, device))

    def carry(self, file: str) -> None:
        """An administrator brings in the file that a tablet saved."""
        self._aside(lambda w: [one.outcome for one in bring_in.anybodys(w, bring_in.copy_in(file.encode()), "the trial")])

    def _furnish(self, w: Wired) -> dict[str, Any]:
        migrate(w.engine)
        team = people.add_team(w, people.SYSTEM, name="Team East", area="eastmoor", phone="01632 960001")
        accounts = [self._practitioner(w, team, username) for username in ("amina.yusuf", "joan.bell")]
        homes = [self._family(w, accounts[0]["id"], number) for number in range(FAMILIES)]
        form = w.catalogue.current("home_visit")
        bundle = {"name": form.name, "version": form.version, "hash": form.hash, "sections": []}
        key = {"id": w.seal_keys.current, "jwk": w.seal_keys.jwk()}
        database = self.settings.database_url.removeprefix("sqlite:///")
        return {"accounts": accounts, "families": homes, "bundle": bundle, "key": key, "database": database, "port": self.settings.port}

    def _practitioner(self, w: Wired, team: str, username: str) -> dict[str, Any]:
        id = people.add_account(
            w, people.SYSTEM, username=username, name=username, role="health_visitor", team=team, password=PASSWORD, phone="07700 900123"
        )
        return {"id": id, "username": username, "password": PASSWORD, "device": _credential(devices.register(w, id, "Tablet"))}

    def _family(self, w: Wired, actor: str, number: int) -> str:
        home = people.form_household(w, actor, name=f"F{number}", address=f"{number} Mill Row", postcode="EM1 4AB", area="eastmoor")
        people.name_practitioner(w, actor, home, account=actor)
        return home

    def _aside(self, do: Callable[[Wired], Any]) -> Any:
        """In a process of its own, as the command line does beside the service."""
        answer, told = os.pipe()
        process = os.fork()
        if process == 0:
            w = self.wired()
            os.write(told, json.dumps(do(w)).encode())
            w.close()
            os._exit(0)
        os.close(told)
        with os.fdopen(answer) as read:
            said = read.read()
        os.waitpid(process, 0)
        return json.loads(said)


def _credential(made: devices.NewDevice) -> dict[str, str]:
    return {"id": made.device, "secret": made.secret}


def obey(service: MortalService) -> None:
    """Until nobody speaks any more."""
    try:
        for line in sys.stdin:
            name, *given = json.loads(line)
            sys.stdout.write(json.dumps(getattr(service, name)(*given)) + "\n")
            sys.stdout.flush()
    finally:
        service.kill()


if __name__ == "__main__":
    obey(MortalService(Path(sys.argv[1]), int(sys.argv[2])))

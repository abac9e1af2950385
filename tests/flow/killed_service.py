"""A real service that is killed while tablets send, again and again on one database; and what it had acknowledged, looked up afterwards."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random

from tests.bench.families import Team, a_team, sealed_visits
from tests.browser.service import free_port
from visitapp.config import Settings
from visitapp.store.migrate import migrate
from visitapp.wiring import wire

TABLETS = 4
A_ROUND = 60  # visits offered between two kills


@dataclass
class Killed:
    """What was offered, what was acknowledged, and what the database has."""

    folder: Path
    port: int = field(default_factory=free_port)
    acknowledged: dict[str, str] = field(default_factory=dict)
    heard: threading.Event = field(default_factory=threading.Event)  # an answer came in this round

    @property
    def environ(self) -> dict[str, str]:
        return {"DATA_DIR": str(self.folder), "PORT": str(self.port)}

    def trial(self, rounds: int, seed: int) -> None:
        """That many rounds of sending, each ended by SIGKILL at a random moment: of every two, one after the service's first answer, which
        takes longer than those after it, and one perhaps before."""
        random = Random(seed)
        w = wire(Settings.from_environment(self.environ))
        migrate(w.engine)
        team = a_team(w, households=5)
        offered = [list(sealed_visits(w, team, A_ROUND)) for _ in range(rounds)]
        w.close()
        for number, visits in enumerate(offered):
            self._one_round(team, visits, random.uniform(0.005, 0.08), answered=number % 2 == 0)

    def kept(self) -> dict[str, str]:
        """Every submission on disk: id and hash."""
        w = wire(Settings.from_environment(self.environ))
        with w.engine.read() as tx:
            rows = tx.all("SELECT id, sha256 FROM submission")
        w.close()
        return {row["id"]: row["sha256"] for row in rows}

    def _one_round(self, team: Team, visits: list[dict[str, str]], seconds: float, *, answered: bool) -> None:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--no-ws",
                   "--port", str(self.port), "--log-level", "critical", "wsgi:app"]  # fmt: skip
        environ = {**os.environ, **self.environ}
        with subprocess.Popen(
            command, env=environ, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as service:
            self._wait()
            self.heard.clear()
            senders = [threading.Thread(target=self._send, args=(team, visits[one::TABLETS])) for one in range(TABLETS)]
            for sender in senders:
                sender.start()
            if answered:
                self.heard.wait(20)
            threading.Event().wait(seconds)
            os.killpg(service.pid, signal.SIGKILL)
            for sender in senders:
                sender.join()

    def _wait(self) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                threading.Event().wait(0.02)
        raise TimeoutError("the service did not start")

    def _send(self, team: Team, visits: list[dict[str, str]]) -> None:
        """Sends until the service is gone, and believes only a whole answer."""
        headers = {"Authorization": f"Device {team.device}:{team.secret}", "Content-Type": "application/json"}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            for visit in visits:
                connection.request("POST", "/tablet/api/submissions", json.dumps(visit), headers)
                answer = connection.getresponse()
                receipt = json.loads(answer.read())
                if answer.status == 201:
                    self.acknowledged[receipt["id"]] = receipt["sha256"]
                    self.heard.set()
        except (OSError, ValueError, HTTPException):  # cut off anywhere, in the middle of an answer too
            return
        finally:
            connection.close()

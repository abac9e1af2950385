"""The running service: granian with one WSGI worker of eight threads, and in the same process the thread that does the waiting work.

Granian serves WSGI in this process only on a Python without the global lock, so its worker is a child process and this one looks after it.
What belongs together must therefore begin in the child: it opens the database, serves from it and works on it, so that SQLite has one
writer with a fair lock. The child leaves the terminal's group, because a Ctrl-C that reached it beside the parent's own signal would
hang it; and it stops by itself when the parent is gone.
"""

import os
import signal
import socket
import ssl
import threading
from collections.abc import Callable
from multiprocessing.util import Finalize
from typing import Any

from visitapp.config import ConfigurationFault, Settings

THREADS = 8
SECONDS_TO_STOP = 1
"""How long requests under way may take to end. What is cut off later was never acknowledged, so nothing is lost."""
LOOK_EVERY = 0.05  # seconds between looks for the port to open
MIND_EVERY = 1.0  # seconds between looks for the parent


def run(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM; raises ConfigurationFault when the server could not be kept running."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import MPServer

    server = MPServer(
        "visitapp", address=_address(settings), port=settings.port, interface=Interfaces.WSGI, workers=1, blocking_threads=THREADS,
        websockets=False, workers_kill_timeout=SECONDS_TO_STOP, log_level=LogLevels.error, ssl_cert=settings.tls_cert,
        ssl_key=settings.tls_key, process_name=None,
    )  # fmt: skip
    try:
        server.serve(target_loader=application)
    except SystemExit as stopped:
        if not server.interrupt_signal:
            raise ConfigurationFault("The server stopped by itself; what it said stands above.") from stopped


def application(_target: str) -> Callable[..., Any]:
    """In the child: the application, its worker thread, and the end of both."""
    from visitapp.cli import log_to_stderr
    from visitapp.flow import worker
    from visitapp.web import build
    from visitapp.wiring import settle, wire

    os.setpgrp()
    log_to_stderr()
    settings = Settings.from_environment(os.environ)
    wired, stop = wire(settings), threading.Event()
    working = threading.Thread(target=worker.run, args=(wired, stop), name="worker", daemon=True)

    def end() -> None:
        stop.set()
        working.join(SECONDS_TO_STOP)
        wired.close()

    application = build(wired)
    settle()
    working.start()
    Finalize(None, end, exitpriority=1)  # granian ends the child by returning from it; it has no hook of its own there
    threading.Thread(target=_announce_and_mind, args=(settings, os.getppid()), name="minder", daemon=True).start()
    return application


def _announce_and_mind(settings: Settings, parent: int) -> None:
    """Say where we are once the port answers, then stop this process should its parent ever be gone."""
    from visitapp.cli.welcome import welcome

    wait = threading.Event()
    while not _answers(settings):
        wait.wait(LOOK_EVERY)
    print(welcome(settings), flush=True)
    while os.getppid() == parent:
        wait.wait(MIND_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)


def _answers(settings: Settings) -> bool:
    try:
        with socket.create_connection((_address(settings), settings.port), timeout=1):
            return True
    except OSError:
        return False


def _address(settings: Settings) -> str:
    """The host as a number: granian takes no names."""
    found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
    return str(found[0][4][0])


def readable_key(settings: Settings) -> None:
    """Refuse a certificate or key that the server could not use; granian reads only unencrypted PKCS#8 keys."""
    if settings.tls_cert is None or settings.tls_key is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(settings.tls_cert, settings.tls_key, password=lambda: b"")
    except (OSError, ssl.SSLError) as fault:
        raise ConfigurationFault(f"TLS_CERT and TLS_KEY cannot be used together ({fault}).") from fault
    if "BEGIN PRIVATE KEY" not in settings.tls_key.read_text(encoding="ascii", errors="replace"):
        raise ConfigurationFault(
            f"TLS_KEY is not a PKCS#8 key. Convert it: openssl pkcs8 -topk8 -nocrypt -in {settings.tls_key} -out tls-key.pem"
        )

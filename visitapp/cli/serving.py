"""`visitapp serve` and `visitapp work`: first everything that could stop a start is tried, each with one line that says what to do, and
only then is anything served.
"""

import argparse
import signal
import socket
import threading

from visitapp.config import ConfigurationFault, Settings
from visitapp.wiring import settle, signing, wire


def serve(settings: Settings, _chosen: argparse.Namespace) -> None:
    """Serve and work until told to stop. The demonstration families are loaded first when there is nobody in the database."""
    from visitapp.cli import keeping, server

    free_port(settings)
    server.readable_key(settings)
    signing(settings)  # it works too
    keeping.prepare(settings)
    server.run(settings)


def work(settings: Settings, _chosen: argparse.Namespace) -> None:
    """Do what waits in the outbox, without serving, until told to stop."""
    from visitapp.cli import keeping, log_to_stderr
    from visitapp.flow import worker

    log_to_stderr()
    signing(settings)
    keeping.prepare(settings)
    stop = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stop.set())
    wired = wire(settings)
    settle()
    try:
        print("Working. Ctrl-C stops it.", flush=True)
        worker.run(wired, stop)
    finally:
        wired.close()


def free_port(settings: Settings) -> None:
    """Refuse to start where somebody listens already: the server shares ports on purpose, so it would not notice."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            trial.listen(1)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise ConfigurationFault(
            f"Port {settings.port} on {settings.host} cannot be used ({reason}). Stop what uses it, or choose another: "
            f"PORT={settings.port % 65535 + 1} make run"
        ) from fault

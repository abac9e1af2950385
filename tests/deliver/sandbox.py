"""One authority, and one MESH, for the whole run."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deliver.mail_server import Certificates, make_certificates
from visitapp.deliver.mesh import MeshMailbox


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def box(url: str, mailbox: str = "X26ABC1", **changes: object) -> MeshMailbox:
    given: dict[str, object] = {"workflow": "VISITAPP_REFERRAL", "password": "password", "shared_key": b"TestKey"}
    return MeshMailbox(url, mailbox, **(given | changes))


@pytest.fixture(scope="session")
def mesh_url(certificates: Certificates) -> Iterator[str]:
    """The NHS's own sandbox of MESH, empty, in a process of its own, over TLS."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = os.environ | {"STORE_MODE": "memory", "AUTH_MODE": "full", "SHARED_KEY": "TestKey"}
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "mesh_sandbox.api:app", "--host", "127.0.0.1", "--port", str(port), "--log-level", "critical",
         "--ssl-certfile", str(certificates.chain), "--ssl-keyfile", str(certificates.key)],
        env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"https://127.0.0.1:{port}"
    try:
        _wait_for(url, certificates.authority)
        yield url
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(url: str, authority: Path) -> None:
    import ssl

    context = ssl.create_default_context(cafile=str(authority))
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{url}/health", context=context, timeout=2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("The sandbox of MESH did not start.")

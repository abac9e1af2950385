"""Settings, read once from the environment. When anything is doubtful the program does not start, and says why in one line.

Two modes. *Demonstration* (the default) serves fictional families on the loopback address and makes its own secret and seal
key under DATA_DIR. *Production* makes nothing up: its secret and its seal key are given to it, and its address is HTTPS.
"""

import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from visitapp.config_fault import LOOPBACK, ConfigurationFault, refuse
from visitapp.config_ways import Mesh, bounces_in, mesh_in

__all__ = ["ConfigurationFault", "Mesh", "Settings", "made_once"]

MODES = ("demonstration", "production")
SHORTEST_SECRET = 32  # characters


@dataclass(frozen=True)
class Settings:
    """How this copy runs.

    `secret` is the service's own secret (session cookies, what a tablet's recovery is derived from); `seal_key` is the file of the
    private key that opens sealed visits. Idle and absolute limits of a session are hours. `proxies` is how many of our own stand in front:
    whom the outermost of them named in X-Forwarded-For is who asks. `signing_key` and `signing_cert` are what letters are signed with: only
    the worker opens them (`wiring.signing`).
    """

    mode: Literal["demonstration", "production"]
    host: str
    port: int
    origin: str
    database_url: str
    data_dir: Path
    secret: bytes
    seal_key: Path
    letter_folder: Path
    smtp_url: str | None = None
    bounce_url: str | None = None
    bounce_folder: Path | None = None
    mesh: Mesh | None = None
    signing_key: Path | None = None
    signing_cert: Path | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None
    proxies: int = 0
    session_idle_hours: int = 8
    session_absolute_hours: int = 13

    @property
    def demonstration(self) -> bool:
        return self.mode == "demonstration"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings these variables describe; raises ConfigurationFault with one line."""
        mode = environ.get("VISITAPP_MODE", "demonstration")
        if mode not in MODES:
            refuse(f"VISITAPP_MODE is “{mode}”: it must be demonstration or production.")
        production = mode == "production"
        data_dir = Path(environ.get("DATA_DIR") or "data").absolute()
        host, port = environ.get("HOST") or "127.0.0.1", _port(environ.get("PORT") or "8000")
        tls_cert, tls_key = _tls(environ)
        scheme = "https" if tls_cert else "http"
        default_origin = f"{scheme}://{'localhost' if host in LOOPBACK else host}:{port}"
        bounce_url, bounce_folder = bounces_in(environ)
        if production:
            _production_needs(environ)
        else:
            _demonstration_stays_home(host, tls_cert)
        return cls(
            mode="production" if production else "demonstration",
            host=host,
            port=port,
            origin=_origin(environ.get("VISITAPP_ORIGIN") or default_origin, production),
            database_url=environ.get("DATABASE_URL") or f"sqlite:///{data_dir / 'visitapp.db'}",
            data_dir=data_dir,
            secret=_secret(environ, data_dir, production),
            seal_key=_seal_key(environ, data_dir, production),
            letter_folder=Path(environ.get("LETTER_FOLDER") or data_dir / "letters"),
            smtp_url=environ.get("SMTP_URL") or None,
            bounce_url=bounce_url,
            bounce_folder=bounce_folder,
            mesh=mesh_in(environ, production),
            signing_key=_named(environ, "VISITAPP_SIGNING_KEY"),
            signing_cert=_named(environ, "VISITAPP_SIGNING_CERT"),
            tls_cert=tls_cert,
            tls_key=tls_key,
            proxies=_proxies(environ.get("PROXIES") or "0"),
        )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        refuse(f"PORT is “{text}”: it must be a number from 1 to 65535.")
    return int(text)


def _proxies(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 10):
        refuse(f"PROXIES is “{text}”: it is how many proxies of your own stand in front, from 0 to 9.")
    return int(text)


def _tls(environ: Mapping[str, str]) -> tuple[Path | None, Path | None]:
    cert, key = environ.get("TLS_CERT"), environ.get("TLS_KEY")
    if bool(cert) != bool(key):
        refuse("TLS_CERT and TLS_KEY go together: give both files, or neither.")
    for name, given in (("TLS_CERT", cert), ("TLS_KEY", key)):
        if given and not Path(given).is_file():
            refuse(f"{name} names a file that is not there: {given}")
    return (Path(cert), Path(key)) if cert and key else (None, None)


def _named(environ: Mapping[str, str], name: str) -> Path | None:
    """A file that only whatever writes letters opens, and looks for when it starts."""
    given = environ.get(name)
    return Path(given) if given else None


def _production_needs(environ: Mapping[str, str]) -> None:
    for name in ("VISITAPP_SECRET", "VISITAPP_SEAL_KEY", "VISITAPP_ORIGIN", "DATABASE_URL"):
        if not environ.get(name):
            refuse(f"{name} is not set: production mode does not make up its own. docs/runbook.md says how to make one.")


def _demonstration_stays_home(host: str, tls_cert: Path | None) -> None:
    """Demonstration passwords are published, so nothing beyond this machine may reach them except over TLS that somebody set up."""
    if host not in LOOPBACK and tls_cert is None:
        refuse(f"HOST is {host}: the demonstration serves only this machine (127.0.0.1), or others with TLS_CERT and TLS_KEY.")


def _origin(origin: str, production: bool) -> str:
    scheme, separator, rest = origin.rstrip("/").partition("://")
    if not separator or scheme not in ("http", "https") or not rest or "/" in rest:
        refuse(f"VISITAPP_ORIGIN is “{origin}”: write it as https://visits.example.nhs.uk")
    if production and scheme != "https":
        refuse("VISITAPP_ORIGIN must begin with https:// in production: tablets refuse to work offline without it.")
    return f"{scheme}://{rest}"


def _secret(environ: Mapping[str, str], data_dir: Path, production: bool) -> bytes:
    given = environ.get("VISITAPP_SECRET", "")
    if given:
        if len(given) < SHORTEST_SECRET:
            refuse(f"VISITAPP_SECRET is too short: it needs at least {SHORTEST_SECRET} characters.")
        return given.encode()
    assert not production
    return made_once(data_dir / "secret", lambda: os.urandom(32).hex().encode())


def _seal_key(environ: Mapping[str, str], data_dir: Path, production: bool) -> Path:
    given = environ.get("VISITAPP_SEAL_KEY")
    if given:
        if not Path(given).is_file():
            refuse(f"VISITAPP_SEAL_KEY names a file that is not there: {given}")
        return Path(given)
    assert not production
    from visitapp.domain.envelope import new_private_key

    made_once(data_dir / "seal_key.pem", new_private_key)
    return data_dir / "seal_key.pem"


def made_once(path: Path, make: Callable[[], bytes]) -> bytes:
    """The bytes of that private file, made now if nobody made it: two starts at once agree, because linking a name is atomic."""
    try:
        if path.exists():
            return path.read_bytes()
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, mine = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # readable by us alone
        with os.fdopen(handle, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # the other start was first: its file is the one
            os.link(mine, path)
        os.unlink(mine)
        return path.read_bytes()
    except OSError as fault:
        refuse(f"DATA_DIR cannot be used: {path}: {fault.strerror}")

"""Where everything is put together: the only place, with the command line, that knows the time, makes ids and chance, and opens files.

Nothing here decides anything about a visit. Tests build a `Wired` of their own with a clock that they move.
"""

from __future__ import annotations

import functools
import gc
import secrets
import stat
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.config import ConfigurationFault, Settings, made_once
from visitapp.deliver import Transport
from visitapp.deliver.notices import Notices
from visitapp.deliver.returns import Returns
from visitapp.domain.envelope import SealKeys, load_private_key
from visitapp.domain.moments import instant
from visitapp.flow.passwords import Passwords
from visitapp.flow.recent import Recent
from visitapp.formlang import Catalogue, load_catalogue
from visitapp.store.engine import Engine, open_engine
from visitapp.store.group_commit import GroupCommit
from visitapp.ways import notices, returns, transports

if TYPE_CHECKING:
    from visitapp.letter.certificates import Identity

FORMS = Path(__file__).resolve().parent.parent / "forms"


@dataclass(frozen=True)
class Wired:
    """All that a step of the work needs and may not make for itself. `transports` are the ways out, the first of them the one
    for whoever has no way of their own; `returns` are the mailboxes that things come back to; `signing` gives what letters are signed
    with, to whatever writes them."""

    settings: Settings
    engine: Engine
    writer: GroupCommit
    catalogue: Catalogue
    clock: Callable[[], str]
    new_id: Callable[[], str]
    random_bytes: Callable[[int], bytes]
    seal_keys: SealKeys
    hasher: Passwords
    transports: tuple[Transport, ...]
    notices: Notices
    signing: Callable[[], Identity]
    recent: Recent = field(default_factory=Recent)
    returns: tuple[Returns, ...] = ()

    def close(self) -> None:
        """Finish what waits to be written and let go of the database."""
        self.writer.close()
        self.engine.close()


def now() -> str:
    """The instant it is."""
    return instant(datetime.now(UTC))


def new_id() -> str:
    return str(uuid.uuid4())


def wire(settings: Settings) -> Wired:
    """Everything open and ready; a database or key that cannot be opened is a ConfigurationFault of one line."""
    engine = open_database(settings)
    return Wired(
        settings=settings,
        engine=engine,
        writer=GroupCommit(engine),
        catalogue=load_catalogue(FORMS),
        clock=now,
        new_id=new_id,
        random_bytes=secrets.token_bytes,
        seal_keys=seal_keys(settings),
        hasher=Passwords(),
        transports=transports(settings, now),
        notices=notices(settings, now),
        returns=returns(settings),
        signing=functools.cache(lambda: signing(settings)),
    )


def open_database(settings: Settings) -> Engine:
    """The database the settings name, tried once."""
    url = settings.database_url
    if url.startswith("sqlite:///"):
        _make_folder(Path(url.removeprefix("sqlite:///")).parent)
    try:
        engine = open_engine(url)
        with engine.read() as tx:
            tx.one("SELECT 1 AS alive")
    except ImportError as fault:
        raise ConfigurationFault(f"DATABASE_URL needs a package that is missing ({fault.name}): install visitapp[postgres].") from fault
    except Exception as fault:  # each driver has its own; all of them mean that we cannot start
        raise ConfigurationFault(f"DATABASE_URL cannot be opened ({type(fault).__name__}): {first_line(fault)}") from fault
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ConfigurationFault(f"DATABASE_URL cannot be opened: {folder} cannot be made: {fault.strerror}") from fault


def first_line(fault: BaseException) -> str:
    return str(fault).strip().partition("\n")[0]


def seal_keys(settings: Settings) -> SealKeys:
    """The key in use."""
    try:
        return SealKeys.of(load_private_key(settings.seal_key.read_bytes()))
    except (OSError, ValueError) as fault:
        raise ConfigurationFault(f"VISITAPP_SEAL_KEY cannot be used: {settings.seal_key}: {first_line(fault)}") from fault


def signing(settings: Settings) -> Identity:
    """What letters are signed with: made once by whoever is first in the demonstration, given in production. Only the worker asks."""
    from visitapp.letter import certificates

    key, cert = settings.signing_key, settings.signing_cert
    if settings.demonstration and key is None and cert is None:
        key = cert = settings.data_dir / "signing.pem"
        made_once(key, certificates.made_up)
    if key is None or cert is None:
        name = "VISITAPP_SIGNING_KEY" if key is None else "VISITAPP_SIGNING_CERT"
        raise ConfigurationFault(f"{name} is not set: what writes letters makes up none. docs/runbook.md says how to make one.")
    if not settings.demonstration and key.exists() and key.stat().st_mode & stat.S_IRWXO:
        raise ConfigurationFault(f"VISITAPP_SIGNING_KEY may be read by everybody here: {key}. Run chmod o= on it.")
    try:
        return certificates.read(key.read_bytes(), cert.read_bytes())
    except OSError as fault:
        raise ConfigurationFault(f"VISITAPP_SIGNING_KEY or _CERT cannot be read: {fault.filename}: {fault.strerror}") from fault
    except certificates.Unusable as fault:
        raise ConfigurationFault(f"VISITAPP_SIGNING_KEY and _CERT cannot be used: {fault}.") from fault


def settle() -> None:
    """Once everything is read: forms, schemas and templates stay for good, so the collector of garbage need not walk through them again in
    the middle of a judgement."""
    gc.collect()
    gc.freeze()

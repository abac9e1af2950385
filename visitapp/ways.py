"""The ways out and back, put together from the settings: how letters and notices leave, and where what comes back is read. Each way is
imported only where it is used, so that a copy without it starts without it.
"""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.config import ConfigurationFault, Mesh, Settings
from visitapp.deliver import Transport
from visitapp.deliver.notices import FolderNotices, Notices
from visitapp.deliver.returns import Returns

if TYPE_CHECKING:
    from visitapp.deliver.mesh import MeshMailbox

Clock = Callable[[], str]


@contextmanager
def _said_of(name: str) -> Iterator[None]:
    """A setting that cannot be used stops the start in one line that names it."""
    try:
        yield
    except ValueError as fault:
        raise ConfigurationFault(f"{name} cannot be used: {fault}") from fault


def transports(settings: Settings, clock: Clock) -> tuple[Transport, ...]:
    """How letters leave: by mail where a server is named, else into a folder; and by MESH where we have a mailbox."""
    return (_first_way(settings, clock), *_mesh_way(settings))


def _first_way(settings: Settings, clock: Clock) -> Transport:
    if settings.smtp_url:
        from visitapp.deliver.smtp import SmtpTransport

        with _said_of("SMTP_URL"):
            return SmtpTransport(settings.smtp_url, ssl.create_default_context(), clock=clock)
    from visitapp.deliver.folder import FolderTransport

    return FolderTransport(settings.letter_folder)


def _mesh_way(settings: Settings) -> tuple[Transport, ...]:
    if settings.mesh is None:
        return ()
    from visitapp.deliver.mesh import MeshTransport

    return (MeshTransport(mesh_mailbox(settings.mesh)),)


def mesh_mailbox(mesh: Mesh) -> "MeshMailbox":
    """Our mailbox, its secrets read from their files. Raises ConfigurationFault."""
    from visitapp.deliver.mesh import MeshMailbox

    password, shared_key = _secret_in("MESH_PASSWORD", mesh.password), _secret_in("MESH_SHARED_KEY", mesh.shared_key)
    return MeshMailbox(
        mesh.url, mesh.mailbox, mesh.workflow, password, shared_key.encode(), cert=mesh.cert, key=mesh.key, authority=mesh.authority
    )  # fmt: skip


def _secret_in(name: str, path: Path) -> str:
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as fault:
        raise ConfigurationFault(f"{name} cannot be read: {path}: {fault!s}") from fault
    if not secret.isascii() or not secret:
        raise ConfigurationFault(f"{name} must be one line of plain letters, digits and signs: {path}")
    return secret


def returns(settings: Settings) -> tuple[Returns, ...]:
    """The mailboxes that things come back to."""
    found: list[Returns] = []
    if settings.bounce_url or settings.bounce_folder:
        found.append(_bounces(settings))
    if settings.mesh is not None:
        from visitapp.deliver.mesh import MeshReturns

        found.append(MeshReturns(mesh_mailbox(settings.mesh)))
    return tuple(found)


def _bounces(settings: Settings) -> Returns:
    from visitapp.deliver.bounce_folder import BounceFolder
    from visitapp.deliver.imap import ImapReturns
    from visitapp.deliver.mail_server import MailServer

    assert settings.smtp_url
    context = ssl.create_default_context()
    domain = MailServer(settings.smtp_url, context).domain
    if settings.bounce_folder:
        return BounceFolder(settings.bounce_folder, domain)
    assert settings.bounce_url
    with _said_of("BOUNCE_URL"):
        return ImapReturns(settings.bounce_url, context, domain)


def notices(settings: Settings, clock: Clock) -> Notices:
    """How short messages leave: over the same mail server as letters, else as text files beside them."""
    if settings.smtp_url:
        from visitapp.deliver.smtp_notices import SmtpNotices

        return SmtpNotices(settings.smtp_url, ssl.create_default_context(), clock=clock)
    return FolderNotices(settings.letter_folder / "notices")

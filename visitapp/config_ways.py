"""The settings of the ways out and back beside the mail server: our mailbox of MESH, and where what comes back is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from visitapp.config_fault import LOOPBACK, refuse


@dataclass(frozen=True)
class Mesh:
    """Our mailbox of MESH. `password` and `shared_key` are files, and so are the client's certificate, its key and who vouches for the
    server (None: the NHS's own addresses are known)."""

    url: str
    mailbox: str
    workflow: str
    password: Path
    shared_key: Path
    cert: Path | None = None
    key: Path | None = None
    authority: Path | None = None


def bounces_in(environ: Mapping[str, str]) -> tuple[str | None, Path | None]:
    """Where what comes back by e-mail is read: a mailbox, or a folder that it is put into."""
    url, folder = environ.get("BOUNCE_URL") or None, environ.get("BOUNCE_FOLDER") or None
    if url and folder:
        refuse("BOUNCE_URL and BOUNCE_FOLDER are both set: what comes back is read in one place.")
    if (url or folder) and not environ.get("SMTP_URL"):
        refuse(f"{'BOUNCE_URL' if url else 'BOUNCE_FOLDER'} is set without SMTP_URL: nothing is sent by mail, so nothing can come back.")
    if folder and not Path(folder).is_dir():
        refuse(f"BOUNCE_FOLDER names a folder that is not there: {folder}")
    return url, Path(folder) if folder else None


MESH_NEEDS = ("MESH_URL", "MESH_MAILBOX", "MESH_WORKFLOW", "MESH_PASSWORD", "MESH_SHARED_KEY")
MESH_FILES = ("MESH_PASSWORD", "MESH_SHARED_KEY", "MESH_CERT", "MESH_KEY", "MESH_CA")


def mesh_in(environ: Mapping[str, str], production: bool) -> Mesh | None:
    """Our mailbox of MESH, all of it or none."""
    given = [name for name in (*MESH_NEEDS, "MESH_CERT", "MESH_KEY", "MESH_CA") if environ.get(name)]
    if not given:
        return None
    missing = [name for name in (*MESH_NEEDS, *(("MESH_CERT", "MESH_KEY") if production else ())) if name not in given]
    if missing:
        refuse(f"{', '.join(missing)} is not set, but {given[0]} is: MESH needs all of its settings, or none.")
    if ("MESH_CERT" in given) != ("MESH_KEY" in given):
        refuse("MESH_CERT and MESH_KEY go together: give both files, or neither.")
    files = {name: Path(environ[name]) for name in MESH_FILES if name in given}
    for name, path in files.items():
        if not path.is_file():
            refuse(f"{name} names a file that is not there: {path}")
    return Mesh(
        _mesh_url(environ["MESH_URL"], production), environ["MESH_MAILBOX"], environ["MESH_WORKFLOW"], files["MESH_PASSWORD"],
        files["MESH_SHARED_KEY"], cert=files.get("MESH_CERT"), key=files.get("MESH_KEY"), authority=files.get("MESH_CA"),
    )  # fmt: skip


def _mesh_url(url: str, production: bool) -> str:
    """Encrypted, but for a sandbox on this machine in the demonstration."""
    scheme, _, rest = url.rstrip("/").partition("://")
    here = not production and scheme == "http" and rest.partition(":")[0] in LOOPBACK
    if (scheme != "https" and not here) or not rest:
        refuse(f"MESH_URL is “{url}”: it must begin with https://")
    return f"{scheme}://{rest}"

"""Publishing freezes a definition by the hash of its bytes. `published.lock` has one line each, `folder/name-version sha256`; what is
written there may never change again and loads for ever, because visits, findings and letters name the version that made them."""

from hashlib import sha256
from pathlib import Path

from visitapp.formlang.faults import Fault, FormFault

LOCK = "published.lock"
FOLDERS = ("", "levels", "policy", "portals", "routes")


def definition_files(folder: Path) -> list[Path]:
    """Every definition in the forms folder, in a fixed order."""
    return [path for part in FOLDERS for path in sorted((folder / part).glob("*.yaml"))]


def published(folder: Path) -> dict[str, str]:
    """What has been published: `folder/name-version` to the sha256 of the file's bytes."""
    lock = folder / LOCK
    lines = lock.read_text(encoding="utf-8").splitlines() if lock.exists() else []
    pairs = (line.split() for line in lines if line.strip())
    return {pair[0]: pair[1] for pair in pairs}


def check(folder: Path) -> list[Fault]:
    """Published files that changed or are gone."""
    faults = []
    for name, digest in published(folder).items():
        path = folder / f"{name}.yaml"
        if not path.exists():
            faults.append(Fault(str(path), 1, "This was published, so it may not be removed: visits name it."))
        elif _digest(path) != digest:
            faults.append(Fault(str(path), 1, "This was published and has changed since. Put it back and make the change a new version."))
    return faults


def publish(folder: Path, name: str, version: int) -> str:
    """Freeze one definition (`home_visit`, or `routes/eastmoor`) and return its hash. The caller lints first.

    Publishing the same bytes twice does nothing; other bytes under a published name raise FormFault."""
    key = f"{name}-{version}"
    path = folder / f"{key}.yaml"
    if not path.exists():
        raise FormFault([Fault(str(path), 1, "There is no such file to publish.")])
    known, digest = published(folder), _digest(path)
    if known.get(key, digest) != digest:
        raise FormFault([Fault(str(path), 1, "This version is published already with other contents: make the change a new version.")])
    lines = sorted(f"{name} {value}\n" for name, value in {**known, key: digest}.items())
    (folder / LOCK).write_text("".join(lines), encoding="utf-8")
    return digest


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()

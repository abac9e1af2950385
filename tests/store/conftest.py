"""Both databases, real ones, behind one fixture: every storage test runs on each (`engine`, in tests/databases.py)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import database
from visitapp.store.engine import Engine, open_engine
from visitapp.store.postgres import PostgresEngine


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on an empty database."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path}/visitapp.db")
        yield engine
        engine.close()
    else:
        with database(request.getfixturevalue("postgres")) as url:
            engine = open_engine(url)
            yield engine
            engine.close()


@pytest.fixture
def postgres_engine(postgres_url: str) -> Iterator[PostgresEngine]:
    """PostgreSQL alone, with every table in place."""
    engine = open_engine(postgres_url)
    assert isinstance(engine, PostgresEngine)
    yield engine
    engine.close()

"""What every test would otherwise make for itself again: an SQLite database with every table in it, and the compiled templates. Each is
made once a process."""

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from visitapp.store.engine import open_engine
from visitapp.store.migrate import migrate


def with_every_table(database: Path) -> None:
    """Puts a new database there, as migrating it would."""
    shutil.copyfile(_migrated(), database)


@functools.cache
def _migrated() -> Path:
    folder = tempfile.mkdtemp(prefix="visitapp-migrated-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "visitapp.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.write() as tx:
        tx.run("DELETE FROM outbox")  # a first transaction, so that closing leaves all of it in the one file
    engine.close()
    assert not path.with_name("visitapp.db-wal").exists()
    return path


class _Compiled(BytecodeCache):
    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = _Compiled()
"""For `app.jinja_env.bytecode_cache`: a template that changed on the disk is compiled again."""

"""What keeps a database well: migrations, derived tables, a copy of it, and the demonstration families of an empty one."""

import argparse
from dataclasses import replace
from pathlib import Path

from visitapp.config import ConfigurationFault, Settings
from visitapp.domain.moments import day_of
from visitapp.flow import words_kept
from visitapp.flow.demonstration import cast
from visitapp.formlang import load_catalogue
from visitapp.store import accounts
from visitapp.store import backup as copying
from visitapp.store import derived as derivations
from visitapp.store import migrate as migrations
from visitapp.store.engine import Engine
from visitapp.store.journal import noted
from visitapp.wiring import FORMS, Wired, first_line, now, open_database, wire


def migrate(settings: Settings, chosen: argparse.Namespace) -> None:
    """Apply what is pending and say what that was; on PostgreSQL give the application's own role its rights, when it is named."""
    engine = open_database(settings)
    try:
        applied = bring_up_to_date(engine)
        if chosen.grant:
            grant(engine, settings, chosen.grant)
    finally:
        engine.close()
    print("\n".join(f"Applied {name}" for name in applied) or "The database is up to date.")


def rebuild(settings: Settings, _chosen: argparse.Namespace) -> None:
    """Write every derived table again from the facts."""
    engine = open_database(settings)
    try:
        bring_up_to_date(engine)
        words_kept.say_forms(engine, load_catalogue(FORMS), now())
        derivations.rebuild(engine, _say_progress)
    finally:
        engine.close()
    print("The derived tables were written again from the facts.")


def backup(settings: Settings, chosen: argparse.Namespace) -> None:
    """A whole copy of the SQLite database as it is at one moment, while it goes on being used."""
    file: Path = chosen.file
    if not settings.database_url.startswith("sqlite:///"):
        raise ConfigurationFault("This copies SQLite databases. For PostgreSQL use pg_dump: docs/runbook.md says how.")
    if file.exists():
        raise ConfigurationFault(f"{file} is there already. Name a new file, so that no earlier copy is lost.")
    try:
        copying.copy(settings.database_url, file)
    except OSError as fault:
        raise ConfigurationFault(f"No copy was made: {fault.strerror or fault}: {file}") from fault
    print(f"Copied to {file}. Keep the seal key with it: {settings.seal_key}")


def demo(settings: Settings, _chosen: argparse.Namespace) -> None:
    """Load the demonstration families; refused in production and where anybody is in the database already."""
    if not settings.demonstration:
        raise ConfigurationFault("The demonstration's passwords are published, so it cannot be loaded in production mode.")
    if not prepare(settings):
        raise ConfigurationFault("The demonstration is loaded only into an empty database, and this one has people in it.")
    print("The demonstration is loaded.")


# --- what a start needs ----------------------------------------------------------------------------------------------------------


def prepare(settings: Settings) -> bool:
    """Migrated, not mixed up with the other mode, and in demonstration mode with families in it; whether these were loaded now."""
    new = _new_file(settings)
    if settings.demonstration and new is not None:
        _load_whole(settings, new)
        return True
    wired = wire(settings)
    try:
        for name in bring_up_to_date(wired.engine):
            print(f"Database: {name}", flush=True)
        _refuse_the_other_mode(wired)
        loads = settings.demonstration and _is_empty(wired)
        if loads:
            _load(wired)
        return loads
    finally:
        wired.close()


def bring_up_to_date(engine: Engine) -> list[str]:
    """Apply what is outstanding, and write every derived table again, because a version may derive another thing of the same facts, such as
    a higher level; the names of it. An upgrade that was interrupted is finished. Where nothing is outstanding, nothing is asked for that
    only the tables' owner may do."""
    outstanding = migrations.outstanding(engine)
    if not outstanding and derivations.is_up_to_date(engine):
        return []
    try:
        applied = migrations.migrate(engine) if outstanding else []
        derivations.rebuild(engine, _say_progress)
        return applied
    except migrations.SchemaFault:
        raise
    except Exception as fault:  # each driver has its own; all of them mean that the tables stay as they were
        raise ConfigurationFault(
            f"The database could not be migrated ({type(fault).__name__}): {first_line(fault)}. Run visitapp migrate as the tables' owner."
        ) from fault


def _say_progress(what: str) -> None:
    print(f"Written again from the facts, {what}", flush=True)


def grant(engine: Engine, settings: Settings, role: str) -> None:
    if not settings.database_url.startswith("postgres"):
        raise ConfigurationFault("--grant is for PostgreSQL: on SQLite whoever may write the file may write all of it.")
    migrations.grant_application_role(engine, role)  # type: ignore[arg-type]
    print(f"{role} may read everything and add facts, and change none.")


def _new_file(settings: Settings) -> Path | None:
    """The SQLite file that is still to be made, if it is."""
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    return path if settings.database_url.startswith("sqlite:///") and not path.exists() else None


def _load_whole(settings: Settings, path: Path) -> None:
    """Into a file of another name, which gets its own when it is whole: a start that is interrupted leaves nothing half done."""
    loading = path.with_name(f"{path.name}.loading")
    for left in (loading, *(loading.with_name(f"{loading.name}{part}") for part in ("-wal", "-shm"))):
        left.unlink(missing_ok=True)
    wired = wire(replace(settings, database_url=f"sqlite:///{loading}"))
    try:
        bring_up_to_date(wired.engine)
        _load(wired)
    finally:
        wired.close()
    loading.replace(path)


def _is_empty(wired: Wired) -> bool:
    with wired.engine.read() as tx:
        return not accounts.accounts(tx)


def _refuse_the_other_mode(wired: Wired) -> None:
    """Published passwords never meet real families, and half a demonstration is none."""
    with wired.engine.read() as tx:
        began, loaded = noted(tx, cast.ACTOR, cast.BEGAN), noted(tx, cast.ACTOR, cast.LOADED)
    if began and not wired.settings.demonstration:
        raise ConfigurationFault("DATABASE_URL names a database with the demonstration in it, whose passwords are published. Name another.")
    if began and not loaded:
        raise ConfigurationFault("The demonstration in this database was not loaded to its end. Name an empty database in DATABASE_URL.")


def _load(wired: Wired) -> None:
    from visitapp.flow.demonstration.loading import load

    load(wired, day_of(now()), lambda line: print(line, flush=True))

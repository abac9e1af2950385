"""Settings: the demonstration makes its own secret and key once; production makes up nothing; a doubt is one line."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from visitapp.config import ConfigurationFault, Settings
from visitapp.domain.envelope import new_private_key
from visitapp.wiring import open_database, seal_keys


def read(folder, **environ) -> Settings:
    return Settings.from_environment({"DATA_DIR": str(folder), **environ})


def fault(folder, **environ) -> str:
    with pytest.raises(ConfigurationFault) as told:
        read(folder, **environ)
    assert "\n" not in str(told.value)
    return str(told.value)


@pytest.fixture
def production(tmp_path):
    key = tmp_path / "seal.pem"
    key.write_bytes(new_private_key())
    return {
        "VISITAPP_MODE": "production", "VISITAPP_SECRET": "s" * 40, "VISITAPP_SEAL_KEY": str(key),
        "VISITAPP_ORIGIN": "https://visits.example", "DATABASE_URL": f"sqlite:///{tmp_path / 'v.db'}",
    }  # fmt: skip


def test_the_demonstration_needs_nothing(tmp_path):
    first = read(tmp_path)
    assert (first.mode, first.host, first.port, first.origin) == ("demonstration", "127.0.0.1", 8000, "http://localhost:8000")
    assert first.database_url == f"sqlite:///{tmp_path / 'visitapp.db'}"
    again = read(tmp_path)
    assert first.secret == again.secret
    assert len(first.secret) >= 32
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert seal_keys(first).current == seal_keys(again).current


def test_two_first_starts_at_once_agree_on_the_secret(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        secrets = {settings.secret for settings in pool.map(lambda _: read(tmp_path / "new"), range(16))}
    assert len(secrets) == 1


def test_production_takes_what_it_is_given(tmp_path, production):
    made = read(tmp_path, **production)
    assert (made.mode, made.origin, made.secret) == ("production", "https://visits.example", b"s" * 40)
    assert not (tmp_path / "secret").exists()


@pytest.mark.parametrize("name", ["VISITAPP_SECRET", "VISITAPP_SEAL_KEY", "VISITAPP_ORIGIN", "DATABASE_URL"])
def test_production_makes_nothing_up(tmp_path, production, name):
    assert name in fault(tmp_path, **{key: value for key, value in production.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VISITAPP_MODE", "fast"), ("PORT", "0"), ("PROXIES", "all"), ("PORT", "eighty"), ("PORT", "70000"), ("PORT", "٨٠٠٠"),
        ("HOST", "0.0.0.0"),
        ("VISITAPP_ORIGIN", "visits.example"), ("VISITAPP_ORIGIN", "https://visits.example/path"), ("VISITAPP_SECRET", "short"),
        ("VISITAPP_SEAL_KEY", "/nowhere/key.pem"), ("TLS_CERT", "/nowhere/cert.pem"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_named(tmp_path, name, value):
    assert name in fault(tmp_path, **{name: value})


def test_production_is_reached_by_https_only(tmp_path, production):
    assert "https://" in fault(tmp_path, **(production | {"VISITAPP_ORIGIN": "http://visits.example"}))


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    assert "DATA_DIR" in fault(tmp_path / "file")


def test_a_key_or_database_that_cannot_be_opened_is_one_line(tmp_path):
    made = read(tmp_path)
    (tmp_path / "seal_key.pem").write_text("not a key")
    with pytest.raises(ConfigurationFault, match="VISITAPP_SEAL_KEY"):
        seal_keys(made)
    (tmp_path / "broken.db").write_text("not a database, but longer than a header of one would be" * 20)
    for url in (
        f"sqlite:///{tmp_path / 'broken.db'}",
        f"sqlite:///{tmp_path / 'file.txt' / 'x.db'}",
        "mysql://x",
        "postgresql://127.0.0.1:1/x",
    ):
        (tmp_path / "file.txt").write_text("")
        with pytest.raises(ConfigurationFault, match="DATABASE_URL") as told:
            open_database(read(tmp_path, DATABASE_URL=url))
        assert "\n" not in str(told.value)

"""Settings: the demonstration makes its own secret and key once; production makes up nothing; a doubt is one line."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from visitapp import ways
from visitapp.config import ConfigurationFault, Settings
from visitapp.domain.envelope import new_private_key
from visitapp.letter import certificates
from visitapp.wiring import open_database, seal_keys, signing


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


def test_two_first_letters_at_once_agree_on_the_key_that_signs_them(tmp_path):
    settings = read(tmp_path / "new")
    assert not (tmp_path / "new" / "signing.pem").exists(), "made for the first letter, not for whoever reads settings"
    with ThreadPoolExecutor(8) as pool:
        prints = {identity.fingerprint for identity in pool.map(lambda _: signing(settings), range(16))}
    assert len(prints) == 1
    assert (tmp_path / "new" / "signing.pem").stat().st_mode & 0o077 == 0


def test_what_only_serves_in_production_holds_no_signing_key(tmp_path, production):
    settings = read(tmp_path, **production)
    assert (settings.signing_key, settings.signing_cert) == (None, None)
    with pytest.raises(ConfigurationFault, match="VISITAPP_SIGNING_KEY is not set"):
        signing(settings)


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


@pytest.fixture
def mesh(tmp_path):
    files = {name: tmp_path / name.lower() for name in ("MESH_PASSWORD", "MESH_SHARED_KEY", "MESH_CERT", "MESH_KEY")}
    for name, path in files.items():
        path.write_text(f"{name} inside\n")
    plain = {"MESH_URL": "https://mesh.example", "MESH_MAILBOX": "X26ABC1", "MESH_WORKFLOW": "REFERRAL"}
    return plain | {name: str(path) for name, path in files.items()}


def test_a_mailbox_of_mesh_is_a_way_out_and_a_way_back(tmp_path, production, mesh):
    settings = read(tmp_path, **production, **mesh)
    assert [way.name for way in ways.transports(settings, lambda: "")] == ["folder", "mesh"]
    assert [way.name for way in ways.returns(settings)] == ["mesh"]
    assert ways.mesh_mailbox(settings.mesh).password == "MESH_PASSWORD inside"
    assert "inside" not in repr(settings) + repr(ways.transports(settings, lambda: ""))


def test_half_of_mesh_stops_the_start_with_the_name_of_what_is_missing(tmp_path, production, mesh):
    for name in mesh:
        rest = {key: value for key, value in mesh.items() if key != name}
        assert name in fault(tmp_path, **production, **rest)
    for name in ("MESH_PASSWORD", "MESH_CERT", "MESH_CA"):
        assert "not there" in fault(tmp_path, **production, **(mesh | {name: str(tmp_path / "nothing")}))
    assert "MESH_URL" in fault(tmp_path, **production, **(mesh | {"MESH_URL": "http://127.0.0.1:8700"}))
    assert read(tmp_path, **(mesh | {"MESH_URL": "http://127.0.0.1:8700", "MESH_CERT": "", "MESH_KEY": ""})).mesh.cert is None


def test_a_secret_of_mesh_that_cannot_be_used_stops_the_start(tmp_path, mesh):
    settings = read(tmp_path, **mesh)
    for content in (b"", b"\xff", "pässword".encode()):
        settings.mesh.password.write_bytes(content)
        with pytest.raises(ConfigurationFault, match="MESH_PASSWORD"):
            ways.transports(settings, lambda: "")


SMTP = {"SMTP_URL": "smtp://mail.example?from=letters@trust.example"}


def test_what_comes_back_is_read_in_one_place_where_something_is_sent(tmp_path):
    imap, folder = {"BOUNCE_URL": "imaps://a:b@mail.example/INBOX"}, {"BOUNCE_FOLDER": str(tmp_path)}
    assert [way.name for way in ways.returns(read(tmp_path, **SMTP, **imap))] == ["imap"]
    assert [way.name for way in ways.returns(read(tmp_path, **SMTP, **folder))] == ["folder"]
    assert ways.returns(read(tmp_path, **SMTP)) == ()
    assert "both" in fault(tmp_path, **SMTP, **imap, **folder)
    assert "SMTP_URL" in fault(tmp_path, **imap)
    assert "not there" in fault(tmp_path, **SMTP, BOUNCE_FOLDER=str(tmp_path / "nothing"))
    with pytest.raises(ConfigurationFault, match="SMTP_URL"):
        ways.transports(read(tmp_path, SMTP_URL="smtp://mail.example"), lambda: "")
    with pytest.raises(ConfigurationFault, match="BOUNCE_URL"):
        ways.returns(read(tmp_path, **SMTP, BOUNCE_URL="imap://mail.example"))


def test_a_signing_key_that_everybody_may_read_stops_what_signs_letters(tmp_path, production):
    pem = tmp_path / "signing.pem"
    pem.write_bytes(certificates.made_up())
    settings = read(tmp_path, **production, VISITAPP_SIGNING_KEY=str(pem), VISITAPP_SIGNING_CERT=str(pem))
    for mode in (0o644, 0o604, 0o602):
        pem.chmod(mode)
        with pytest.raises(ConfigurationFault, match="VISITAPP_SIGNING_KEY may be read by everybody here"):
            signing(settings)
    for mode in (0o640, 0o600):
        pem.chmod(mode)
        assert signing(settings).fingerprint

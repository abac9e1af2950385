"""What keeps a command from working is one line on standard error and status 2, for everything that a person can mend."""

import shutil
import socket
import subprocess
import sys

import pytest

from visitapp.cli import arguments, main


def one_line(said: tuple[int, str, str]) -> str:
    status, _, complaint = said
    assert status == 2
    assert complaint.count("\n") == 1, complaint
    assert complaint.startswith("visitapp: ")
    return complaint


def test_a_port_in_use(visitapp, free_port):
    with socket.create_server(("127.0.0.1", free_port)):
        complaint = one_line(visitapp("serve", PORT=str(free_port)))
    assert f"Port {free_port}" in complaint
    assert f"PORT={free_port + 1}" in complaint


def test_a_database_that_cannot_be_made(visitapp):
    complaint = one_line(visitapp("migrate", DATABASE_URL="sqlite:////proc/nowhere/visitapp.db"))
    assert "DATABASE_URL cannot be opened" in complaint


def test_a_file_that_is_no_database(visitapp, tmp_path):
    (tmp_path / "notes.db").write_text("Milk, bread, a cot sheet. " * 100, encoding="utf-8")
    complaint = one_line(visitapp("migrate", DATABASE_URL=f"sqlite:///{tmp_path / 'notes.db'}"))
    assert "not a database" in complaint


def test_a_database_of_no_known_kind(visitapp):
    assert "sqlite:///" in one_line(visitapp("serve", DATABASE_URL="mysql://localhost/visits"))


@pytest.mark.parametrize("missing", ["VISITAPP_SECRET", "VISITAPP_SEAL_KEY", "VISITAPP_ORIGIN", "DATABASE_URL"])
def test_production_without_what_it_needs(visitapp, data_dir, missing):
    given = {
        "VISITAPP_MODE": "production",
        "VISITAPP_SECRET": "s" * 40,
        "VISITAPP_SEAL_KEY": str(data_dir / "seal_key.pem"),
        "VISITAPP_ORIGIN": "https://visits.example",
        "DATABASE_URL": f"sqlite:///{data_dir / 'visitapp.db'}",
    }
    assert missing in one_line(visitapp("serve", **given | {missing: ""}))


@pytest.mark.parametrize("command", ["serve", "work"])
def test_production_signs_with_a_key_that_it_was_given(visitapp, data_dir, free_port, command):
    """Whoever serves works too; what only serves (`wsgi:app`), or migrates, needs none."""
    given = {
        "VISITAPP_MODE": "production",
        "VISITAPP_SECRET": "s" * 40,
        "VISITAPP_SEAL_KEY": str(data_dir / "seal_key.pem"),
        "VISITAPP_ORIGIN": "https://visits.example",
        "DATABASE_URL": f"sqlite:///{data_dir / 'other.db'}",
        "PORT": str(free_port),
    }
    key = {"VISITAPP_SIGNING_KEY": str(data_dir / "signing.pem")}
    assert "VISITAPP_SIGNING_KEY is not set" in one_line(visitapp(command, **given))
    assert "VISITAPP_SIGNING_CERT is not set" in one_line(visitapp(command, **given | key))
    assert "cannot be used" in one_line(visitapp(command, **given | key | {"VISITAPP_SIGNING_CERT": str(data_dir / "seal_key.pem")}))
    assert "No such file" in one_line(visitapp(command, **given | key | {"VISITAPP_SIGNING_CERT": "/nowhere.pem"}))
    assert not (data_dir / "other.db").exists(), "nothing was begun"


def test_production_never_meets_the_published_passwords(visitapp, data_dir, free_port):
    settings = {
        "VISITAPP_MODE": "production",
        "VISITAPP_SECRET": "s" * 40,
        "VISITAPP_SEAL_KEY": str(data_dir / "seal_key.pem"),
        "VISITAPP_ORIGIN": "https://visits.example",
        "DATABASE_URL": f"sqlite:///{data_dir / 'visitapp.db'}",
        "PORT": str(free_port),
        "VISITAPP_SIGNING_KEY": str(data_dir / "signing.pem"),
        "VISITAPP_SIGNING_CERT": str(data_dir / "signing.pem"),
    }
    assert "passwords are published" in one_line(visitapp("serve", **settings))
    assert "production" in one_line(visitapp("demo", **settings))


def test_a_key_that_the_server_cannot_read(visitapp, tmp_path, free_port):
    key, cert = tmp_path / "ec.pem", tmp_path / "cert.pem"
    subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key], check=True, capture_output=True)
    subprocess.run(["openssl", "req", "-x509", "-key", key, "-out", cert, "-subj", "/CN=visitapp"], check=True, capture_output=True)
    assert "openssl pkcs8" in one_line(visitapp("serve", TLS_CERT=str(cert), TLS_KEY=str(key), PORT=str(free_port)))
    assert "cannot be used together" in one_line(visitapp("serve", TLS_CERT=str(key), TLS_KEY=str(key), PORT=str(free_port)))


def test_every_fault_of_a_broken_form_is_a_line_with_its_place(visitapp, monkeypatch, tmp_path):
    from visitapp.cli import forms

    (tmp_path / "visit-1.yaml").write_text("name: visit\nversion: 1\ntitle: [\n", encoding="utf-8")
    monkeypatch.setattr(forms, "FORMS", tmp_path)
    status, _, complaint = visitapp("forms", "lint")
    assert status == 2
    assert "visit-1.yaml:" in complaint
    assert "Traceback" not in complaint


def test_a_rule_that_no_longer_does_what_its_cases_say_is_a_line_with_its_place(visitapp, monkeypatch, tmp_path):
    from visitapp.cli import forms

    folder = tmp_path / "forms"
    shutil.copytree(forms.FORMS, folder, ignore=shutil.ignore_patterns("published.lock", "home_visit-*", "antenatal-*", "stories"))
    door = folder / "not_let_in-1.yaml"
    door.write_text(door.read_text(encoding="utf-8").replace("plan_says == 'now'", "plan_says == 'not_now'"), encoding="utf-8")
    monkeypatch.setattr(forms, "FORMS", folder)
    status, _, complaint = visitapp("forms", "lint")
    assert status == 2
    assert "'plan_moment' should be present here and is absent" in complaint


def test_a_broken_form_stops_a_start_before_anything_is_served(visitapp, monkeypatch, tmp_path, free_port):
    from visitapp import wiring

    (tmp_path / "visit-1.yaml").write_text("name: visit\nversion: 1\ntitle: [\n", encoding="utf-8")
    monkeypatch.setattr(wiring, "FORMS", tmp_path)
    status, _, complaint = visitapp("serve", PORT=str(free_port))
    assert status == 2
    assert "visit-1.yaml:" in complaint


def test_a_second_demonstration_in_the_same_database(visitapp):
    assert "empty database" in one_line(visitapp("demo"))


def test_a_command_that_does_not_exist(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["fly"])
    assert stopped.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_every_command_that_is_offered_can_be_done():
    """Each names a function that is there, whatever else stands on its line."""
    given = {"backup": ["x.db"], "publish": ["home_visit", "1"], "password": ["hv"], "receiving": [], "add": []}
    team = ["--area", "eastmoor", "--phone", "01632 960001"]
    lines = [
        *(["serve"], ["work"], ["migrate"], ["rebuild"], ["demo"], ["backup", *given["backup"]]),
        *(["forms", "lint"], ["forms", "publish", *given["publish"]]),
        *(["teams", "list"], ["teams", "add", "North", *team]),
        [
            "teams",
            "receiving",
            "Desk",
            *team,
            "--email",
            "a@b.example",
            "--phone-out-of-hours",
            "01632 960002",
            "--review-on",
            "2027-01-01",
        ],
        *(["users", "list"], ["users", "password", "hv"], ["users", "add", "hv", "--name", "H", "--role", "midwife"]),
    ]
    for line in lines:
        assert callable(arguments.command(arguments.parser().parse_args(line))), line


def test_nothing_heavy_is_imported_before_a_command_is_known():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, visitapp.cli; print(sorted(sys.modules))"], check=True, capture_output=True, text=True
    ).stdout
    for heavy in ("flask", "granian", "marshmallow", "ruamel", "reportlab", "cryptography"):
        assert f"'{heavy}'" not in loaded

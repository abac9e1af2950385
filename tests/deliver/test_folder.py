"""A letter put into a folder is there whole, once, and can be looked for."""

import hashlib
import stat
from dataclasses import replace

import pytest

from visitapp.deliver import covering_message, folder
from visitapp.deliver.folder import FolderTransport

LETTER = covering_message(
    letter_id="6f1c2d3e-0000-4000-8000-000000000001", reference="EM-2026-0117", to="t@eastmoor.example", pdf=b"%PDF one"
)
NAME = "referral-EM-2026-0117-6f1c2d3e-0000-4000-8000-000000000001.pdf"


def test_a_letter_is_put_into_the_folder_and_read_only_by_its_owner(tmp_path):
    outcome = FolderTransport(tmp_path / "out" / "letters").send(LETTER)
    target = tmp_path / "out" / "letters" / NAME
    assert target.read_bytes() == LETTER.pdf
    assert outcome.kind == "sent"
    assert hashlib.sha256(LETTER.pdf).hexdigest() in outcome.proof
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in target.parent.iterdir()] == [NAME]


def test_what_is_for_machines_is_put_beside_the_letter_before_it(tmp_path, monkeypatch):
    put = []
    monkeypatch.setattr(folder, "put_whole", lambda target, content: (put.append(target.name), target.write_bytes(content)))
    FolderTransport(tmp_path).send(replace(LETTER, bundle=b"{}"))
    assert put == [NAME.replace(".pdf", ".fhir.json"), NAME]
    assert (tmp_path / put[0]).read_bytes() == b"{}"


def test_a_second_attempt_finds_the_first(tmp_path):
    way = FolderTransport(tmp_path)
    first, inode = way.send(LETTER), (tmp_path / NAME).stat().st_ino
    assert way.send(LETTER) == first
    assert (tmp_path / NAME).stat().st_ino == inode


def test_another_letter_under_the_same_id_is_never_written_over(tmp_path):
    way = FolderTransport(tmp_path)
    way.send(LETTER)
    assert way.send(replace(LETTER, pdf=b"%PDF two")).kind == "refused"
    assert (tmp_path / NAME).read_bytes() == b"%PDF one"


def test_a_name_cannot_leave_the_folder(tmp_path):
    FolderTransport(tmp_path / "in").send(replace(LETTER, filename="../../etc/x.pdf", letter_id="../../y"))
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["-etc-x--y.pdf"]
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_folder_that_cannot_be_made_is_tried_again(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert FolderTransport(tmp_path / "file" / "letters").send(LETTER).kind == "try_again"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_fault_before_the_letter_is_in_place_leaves_nothing_behind(tmp_path, monkeypatch, step):
    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder.os, step, broken)
    outcome = FolderTransport(tmp_path).send(LETTER)
    assert (outcome.kind, list(tmp_path.iterdir())) == ("try_again", [])
    assert "No space left" in outcome.proof


def test_a_fault_after_the_letter_is_in_place_is_settled_by_looking(tmp_path, monkeypatch):
    def broken(_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(folder, "_keep_name", broken)
    assert FolderTransport(tmp_path).send(LETTER).kind == "sent"

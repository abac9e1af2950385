"""`visitapp forms replay` on the demonstration: what would change is said by id and never by name, for people and for machines."""

import json
import shutil
from pathlib import Path

import pytest

from visitapp.wiring import FORMS


@pytest.fixture
def changed(tmp_path) -> Path:
    """Our own forms, in which a sofa is no sofa any more."""
    made = tmp_path / "changed"
    shutil.copytree(FORMS, made, ignore=shutil.ignore_patterns("published.lock", "stories"))
    for form in made.glob("home_visit-*.yaml"):
        form.write_text(
            form.read_text().replace("surface in ['sofa', 'armchair'] and some(sharers,", "surface == 'beanbag' and some(sharers,")
        )
    return made


def test_what_would_change_is_said_by_id_and_never_by_name(visitapp, changed):
    status, said, progress = visitapp("forms", "replay", "--forms", changed)
    assert status == 0
    assert "sleep_sofa_substances: raised -> ruled out" in said
    assert "visits judged, 1 would come out otherwise." in said
    assert "visits judged" in progress
    assert not any(name in said + progress for name in ("Asante", "Kofi", "Grace", "Liam"))


def test_for_machines_it_is_an_object_a_line_with_the_summary_last(visitapp, changed):
    _, said, _ = visitapp("forms", "replay", "--json", "--forms", changed)
    *changes, summary = [json.loads(line) for line in said.splitlines()]
    assert [one["findings"][0]["after"] for one in changes] == ["absent"]
    assert summary["summary"]["changed"] == 1


@pytest.mark.parametrize(("words", "complaint"), [(("--since", "yesterday"), "--since"), (("--forms", "/nowhere"), "/nowhere")])
def test_what_can_be_mended_is_a_line_and_no_traceback(visitapp, changed, words, complaint):
    status, _, said = visitapp("forms", "replay", "--forms", changed, *words)
    assert status == 2
    assert complaint in said

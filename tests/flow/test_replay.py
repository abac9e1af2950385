"""Past visits judged again under changed forms: what would come out otherwise is listed, and nothing is written but a line in the
journal."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.flow.notes import SAFE_NIGHT
from visitapp.flow.replay import ACTOR, KIND, Replay, Summary
from visitapp.formlang import load_catalogue
from visitapp.wiring import FORMS


@pytest.fixture
def folder(tmp_path) -> Path:
    """Our own forms in their newest versions, not published, to be changed."""
    made = tmp_path / "changed"
    shutil.copytree(FORMS, made, ignore=shutil.ignore_patterns("published.lock", "stories"))
    for path in made.glob("*.yaml"):
        name, number = path.stem.rsplit("-", 1)
        if (made / f"{name}-{int(number) + 1}.yaml").exists():
            path.unlink()
    return made


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def newest_home_visit(folder: Path) -> Path:
    return max(folder.glob("home_visit-*.yaml"), key=lambda path: int(path.stem.rpartition("-")[2]))


def replayed(world, folder: Path, **how):
    summary = Summary()
    return list(Replay(world.w, load_catalogue(folder), **how).changes(summary)), summary


def test_forms_that_are_the_same_change_nothing(world, folder):
    world.family().sofa()
    changes, summary = replayed(world, folder)
    assert changes == []
    assert (summary.judged, summary.changed) == (1, 0)


def test_a_finding_that_goes_and_what_follows_from_it_are_listed(world, folder):
    family = world.family()
    family.visit(family.child(SAFE_NIGHT))
    sofa = family.sofa()
    form = newest_home_visit(folder)
    edit(form, "some(nights, surface in ['sofa', 'armchair'] and some(sharers,", "some(nights, surface == 'beanbag' and some(sharers,")
    (change,), summary = replayed(world, folder)
    assert change.submission == sofa
    assert ("sleep_sofa_substances", "present", "absent") in {(code, was, now) for code, _, was, now in change.findings}
    assert change.at_least[0] == 4
    assert change.at_least[1] < 4
    assert change.urgency == ("tonight", "this_week")
    assert change.destination == ("social_care_urgent", "social_care")
    assert summary.findings["sleep_sofa_substances"]["present", "absent"] == 1
    assert summary.as_json()["at_least"] == [{"before": 4, "after": change.at_least[1], "visits": 1}]


def test_nothing_is_written_but_a_line_that_names_nobody(world, folder):
    world.family().sofa()
    before = world.rows("SELECT max(seq) AS seq FROM journal")[0]["seq"]
    replayed(world, folder)
    written = world.rows("SELECT * FROM journal WHERE seq > :seq", seq=before)
    assert [(row["kind"], row["actor"], row["household"]) for row in written] == [(KIND, ACTOR, None)]
    assert world.count("assessment") == 2


def test_only_visits_from_a_day_on_are_judged(world, folder):
    family = world.family()
    family.sofa(on="2026-11-20")
    family.sofa(on="2026-11-22")
    assert replayed(world, folder, since="2026-11-21")[1].judged == 1


def test_a_changed_policy_changes_what_is_known_from_before(world, folder):
    family = world.family()
    for day in ("2026-11-01", "2026-11-08", "2026-11-15"):
        family.not_let_in(on=day)
    family.visit(family.child(SAFE_NIGHT))
    policy = max((folder / "policy").glob("standard-*.yaml"))
    edit(policy, "history_visits_not_completed: {value: 90", "history_visits_not_completed: {value: 2")
    changes, _ = replayed(world, folder)
    gone = {code for change in changes for code, _, was, now in change.findings if (was, now) == ("present", "absent")}
    assert "visits_not_completed" in gone


def test_a_visit_is_judged_by_its_own_version_unless_the_newest_is_asked_for(world, folder):
    world.family().sofa()
    newest = newest_home_visit(folder)
    name, _, number = newest.stem.rpartition("-")
    changed = newest.with_name(f"{name}-{int(number) + 1}.yaml")
    changed.write_text(newest.read_text().replace(f"version: {number}", f"version: {int(number) + 1}", 1))
    edit(changed, "surface in ['sofa', 'armchair'] and some(sharers,", "surface == 'beanbag' and some(sharers,")
    assert replayed(world, folder)[0] == []
    (change,), _ = replayed(world, folder, as_newest=True)
    assert change.judged_by == changed.stem


def test_a_form_that_is_not_among_those_to_try_is_counted_and_left_out(world, folder):
    world.family().sofa()
    catalogue = load_catalogue(folder)
    without = replace(catalogue, forms=tuple(form for form in catalogue.forms if form.name != "home_visit"))
    summary = Summary()
    assert list(Replay(world.w, without).changes(summary)) == []
    assert sum(summary.without_form.values()) == 1
    assert summary.judged == 0


def test_many_visits_are_judged_in_batches(world, folder, monkeypatch):
    monkeypatch.setattr("visitapp.flow.replay.BATCH", 2)
    family = world.family()
    for day in range(1, 6):
        family.not_let_in(on=f"2026-11-{day:02d}")
    told: list[int] = []
    summary = Summary()
    assert list(Replay(world.w, load_catalogue(folder), progress=told.append).changes(summary)) == []
    assert told == [2, 4, 5]

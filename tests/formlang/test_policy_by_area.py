"""A clock may differ in one area, and a holiday proclaimed late is a line of data. Fixed days throughout."""

from datetime import date
from pathlib import Path

import pytest

from tests.formlang import small
from visitapp.domain import referrals as states
from visitapp.flow import clocks
from visitapp.flow.owing import due_at
from visitapp.formlang import Catalogue, FormFault, load_catalogue
from visitapp.formlang.lint import lint
from visitapp.wiring import FORMS

AREA = """
name: fenland
version: 1
differs_from: standard
settings:
  decide: {value: 3, units: working_days, source: "Agreed locally."}
"""
PROCLAIMED = 'holidays:\n  - {day: "2026-11-23", source: "Proclaimed on Friday."}\n'
FRIDAY, MONDAY, TUESDAY = "2026-11-20T15:00:00.000Z", "2026-11-23T15:00:00.000Z", "2026-11-24T15:00:00.000Z"


def with_policy(folder: Path, *files: tuple[str, str]) -> Path:
    """A small form and the shipped levels, policy and routes with these files of policy beside them."""
    small.write(folder)
    for name in ("levels/standard-2.yaml", "policy/standard-5.yaml", "routes/westfen-2.yaml"):
        small.write(folder, (FORMS / name).read_text(), name)
    for name, text in files:
        small.write(folder, text, f"policy/{name}")
    return folder


def loaded(folder: Path, *files: tuple[str, str]) -> Catalogue:
    return load_catalogue(with_policy(folder, *files))


def next_standard(more: str) -> str:
    return (FORMS / "policy" / "standard-5.yaml").read_text().replace("version: 5", "version: 6") + more


def test_an_area_has_what_differs_and_the_standard_for_the_rest(tmp_path: Path) -> None:
    found = loaded(tmp_path, ("fenland-1.yaml", AREA))
    assert found.policy.name == "standard"
    assert found.policy_of("eastmoor") is found.policy_of(None) is found.policy
    fenland = found.policy_of("fenland")
    assert (fenland.name, fenland.version, fenland.number("decide")) == ("fenland", 1, 3)
    assert fenland.number("acknowledge") == found.policy.number("acknowledge")
    assert due_at(fenland, states.ACKNOWLEDGED, 3, "routine", FRIDAY) == "2026-11-25T15:00:00.000Z"
    assert due_at(found.policy, states.ACKNOWLEDGED, 3, "routine", FRIDAY) == MONDAY


def test_a_day_added_as_data_moves_what_is_owed_in_working_days_everywhere_and_nothing_else(tmp_path: Path) -> None:
    found = loaded(tmp_path, ("fenland-1.yaml", AREA), ("standard-6.yaml", next_standard(PROCLAIMED)))
    for policy in (found.policy, found.policy_of("fenland")):
        assert policy.holidays == {date(2026, 11, 23)}
        assert due_at(policy, states.DELIVERED, 3, "routine", FRIDAY) == TUESDAY
        assert due_at(policy, states.DELIVERED, 4, "tonight", FRIDAY) == "2026-11-20T19:00:00.000Z"
        assert clocks.due(policy, "this_week", FRIDAY) == "2026-11-30T15:00:00.000Z"
        assert clocks.due(policy, "seen_after_hospital", FRIDAY) == "2026-11-22T15:00:00.000Z"


def test_a_day_of_one_area_is_that_areas(tmp_path: Path) -> None:
    found = loaded(tmp_path, ("fenland-1.yaml", AREA + PROCLAIMED))
    assert due_at(found.policy_of("fenland"), states.DELIVERED, 3, "routine", FRIDAY) == TUESDAY
    assert due_at(found.policy, states.DELIVERED, 3, "routine", FRIDAY) == MONDAY


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("decide:", "history_past:", "'history_past' is the same everywhere"),
        ("decide:", "decidde:", "'decidde' is no setting of standard-5"),
        ("units: working_days", "units: count", "'decide' must be a length of time here"),
        ("differs_from: standard", "differs_from: other", "the standard is 'standard'"),
    ],
)
def test_an_area_cannot_change_what_is_the_same_everywhere(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = with_policy(tmp_path, ("fenland-1.yaml", AREA.replace(old, new)))
    assert [fault.message for fault in lint(folder) if said in fault.message]
    with pytest.raises(FormFault, match=said):
        load_catalogue(folder)


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "2026-11-23T10:00:00.000Z"])
def test_a_holiday_is_a_date(tmp_path: Path, day: str) -> None:
    folder = with_policy(tmp_path, ("fenland-1.yaml", AREA + PROCLAIMED.replace("2026-11-23", day)))
    assert any("'day' must be a date" in fault.message for fault in lint(folder))


def test_one_policy_must_be_the_standard(tmp_path: Path) -> None:
    folder = with_policy(tmp_path, ("fenland-1.yaml", AREA))
    for path in (folder / "policy").glob("standard-*.yaml"):
        path.unlink()
    with pytest.raises(FormFault, match="one must be the standard"):
        load_catalogue(folder)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2026-04-02T15:00:00.000Z", "2026-04-07T15:00:00.000Z"),  # Maundy Thursday, and the clocks in summer time already
        ("2026-12-24T16:00:00.000Z", "2026-12-29T16:00:00.000Z"),  # Christmas Day on a Friday, Boxing Day moved to Monday
        ("2027-12-24T16:00:00.000Z", "2027-12-29T16:00:00.000Z"),  # both on a weekend: Monday and Tuesday stand in
        ("2028-04-13T09:00:00.000Z", "2028-04-18T09:00:00.000Z"),  # another Easter
        ("2022-09-16T09:00:00.000Z", "2022-09-20T09:00:00.000Z"),  # a holiday that was proclaimed late and is known by now
    ],
)
def test_the_reply_is_right_over_easter_and_christmas(today: str, due: str) -> None:
    found = load_catalogue(FORMS)
    assert due_at(found.policy, states.DELIVERED, 2, "routine", today) == due
    assert due_at(found.policy_of("westfen"), states.DELIVERED, 2, "routine", today) == due

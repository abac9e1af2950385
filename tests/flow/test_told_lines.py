"""Whatever can stand in a chronology has words for paper, and a heading that names nobody."""

import json

from visitapp.flow.record_entries import TITLES
from visitapp.flow.told_lines import TOLD, tell
from visitapp.formlang import load_catalogue
from visitapp.store.chronology import QUERIES
from visitapp.wiring import FORMS

BY_ITSELF = {"visit"}


class Anything(dict[str, object]):
    """A row that has every column, with nothing in it."""

    def __missing__(self, _column: str) -> None:
        return None


def test_every_kind_of_entry_has_words() -> None:
    assert set(QUERIES) - BY_ITSELF <= set(TOLD)
    assert set(QUERIES) - BY_ITSELF <= set(TITLES)


def test_a_row_with_nothing_in_it_is_still_said() -> None:
    catalogue = load_catalogue(FORMS)
    for kind in TOLD:
        row = Anything(event="x", stage=1, over="", how="x", step="x", capacity="", role="", kind="", life_event="", level=1, attempt=1)
        said = tell(catalogue, kind, row)
        assert said.what.strip(), kind
    assert tell(catalogue, "a_new_kind", {}).what == "A new kind"


def test_a_reference_is_one_that_somebody_gave() -> None:
    catalogue, row = load_catalogue(FORMS), {"how": "done", "what": "Phone.", "evidence": "Phoned.", "actor_name": "Ruth"}
    assert "Reference EM 0417" in str(tell(catalogue, "duty_closed", row | {"reference": "EM 0417"}))
    assert "Reference" not in str(tell(catalogue, "duty_closed", row | {"reference": "5aa11808-a439-49a1-bc69-815052dc7b86"}))


def test_an_answer_is_told_whole() -> None:
    detail = {
        "outcome": "early_help", "reason": "Beds", "next_step": "A worker calls", "next_on": "2026-11-30", "contact": "Marta, 01632 960120",
        "by": {"name": "Colin", "role": "duty worker"},
    }  # fmt: skip
    row = {"event": "decided", "detail": json.dumps(detail), "team_name": "Eastmoor early help", "actor_name": "Hannah"}
    said = tell(load_catalogue(FORMS), "event", row).words
    for words in (
        "Offer early help.",
        "Beds.",
        "Next: A worker calls.",
        "By 30 November 2026.",
        "Whom to ask: Marta, 01632 960120.",
        "Colin, duty",
    ):
        assert words in said

"""Whatever can stand in a chronology has words for paper, and a heading that names nobody."""

from visitapp.flow.record_items import TITLES
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

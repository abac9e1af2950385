"""Every kind of document for every shipped story (`make soak`); the ordinary run takes one kind a story, in turn. Each file is checked by
`qpdf --check` (which is in pikepdf) and for PDF/A, its signature and its text by libraries, and where
poppler is on the machine by its own `pdfsig` and `pdftotext`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.letter.checked import by_poppler, families, faults
from visitapp.cli import story as command
from visitapp.domain.documents import KINDS

FILES = sorted((Path(__file__).parents[2] / "forms" / "stories").glob("*.yaml"))


@pytest.fixture(scope="module")
def stage() -> Iterator[command.Stage]:
    with command.staged() as made:
        yield made


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_kind_of_document_of_a_story_holds(stage: command.Stage, path: Path) -> None:
    with command.telling(stage, command.read(stage, path)) as (w, _came):
        told = families(w)
    assert [fault for facts in told for kind in KINDS for fault in (*faults(facts, kind), *by_poppler(facts, kind))] == []

"""The forms of the house and their worked cases, read once."""

from pathlib import Path

import pytest

from visitapp.formlang import Catalogue, Form, load_catalogue
from visitapp.formlang.cases import Case, cases_of
from visitapp.formlang.reading import read

FORMS = Path(__file__).parents[2] / "forms"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(FORMS)


@pytest.fixture(scope="session")
def worked(catalogue: Catalogue) -> list[tuple[Form, Case]]:
    found = []
    for form in catalogue.forms:
        path = Path(form.file)
        found += [(form, case) for case in cases_of(form, read(path, path.read_bytes(), number=1))]
    return found

"""Plays the worked cases of every form, so that `visitapp forms lint` says which rule no longer does what its author meant."""

from pathlib import Path

from visitapp.decide.findings import find, find_one
from visitapp.formlang.cases import Case, cases_of, ordinary_case
from visitapp.formlang.catalogue import load_catalogue
from visitapp.formlang.faults import Fault
from visitapp.formlang.model import Form
from visitapp.formlang.reading import read


def play(folder: Path) -> list[Fault]:
    """A fault for each worked case that comes out otherwise than it says. Raises FormFault when the folder cannot be loaded."""
    faults = []
    for form in load_catalogue(folder).forms:
        path = Path(form.file)
        document = read(path, path.read_bytes(), number=1)
        faults += [fault for case in cases_of(form, document) if (fault := _played(form, case))]
        if ordinary := ordinary_case(form, document):
            faults += _nothing_to_worry_about(form, ordinary)
    return faults


def _nothing_to_worry_about(form: Form, ordinary: Case) -> list[Fault]:
    present = [one for one in find(form, ordinary.body, ordinary.given) if one.state == "present"]
    words = "'ordinary' is a visit with nothing to worry about, and '{}' is present in it."
    return [Fault(form.file, ordinary.line, words.format(one.finding)) for one in present]


def _played(form: Form, case: Case) -> Fault | None:
    found = find_one(form, case.finding, case.body, case.given)
    state = found[0].state if found else "not looked for"
    if state == case.state:
        return None
    missing = f" (missing: {', '.join(found[0].missing)})" if found and found[0].missing else ""
    return Fault(form.file, case.line, f"'{case.finding}' should be {case.state} here and is {state}{missing}.")

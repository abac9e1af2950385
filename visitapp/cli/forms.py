"""`visitapp forms`: what a safeguarding lead or an engineer runs before a form is used."""

import argparse

from visitapp.decide.cases import play
from visitapp.formlang import FormFault, load_catalogue
from visitapp.formlang.dictionary import out_of_date, pages, write
from visitapp.formlang.lint import lint as faults_of
from visitapp.formlang.publish import publish as freeze
from visitapp.wiring import FORMS

DICTIONARY = FORMS.parent / "docs" / "forms"


def lint(_chosen: argparse.Namespace) -> None:
    """Every fault of every file, and every worked case that comes out otherwise, one a line; status 0 only when there is none."""
    _stop_if_faulty()
    print("Every form can be published.")


def publish(chosen: argparse.Namespace) -> None:
    """Freeze one version by the hash of its bytes; refused while anything in the folder is at fault."""
    _stop_if_faulty()
    print(f"{chosen.name}-{chosen.version} is published: {freeze(FORMS, chosen.name, chosen.version)}")


def dictionary(chosen: argparse.Namespace) -> int:
    """Write the data dictionary of every form version, or only say which pages are out of date; status 1 when one was and nothing was
    written."""
    wanted = pages(load_catalogue(FORMS).forms)
    changed = out_of_date(DICTIONARY, wanted) if chosen.check else write(DICTIONARY, wanted)
    for name in changed:
        print(f"{name} {'is out of date' if chosen.check else 'is written' if name in wanted else 'is removed'}")
    print(f"{len(wanted)} pages in {DICTIONARY}.")
    return 1 if chosen.check and changed else 0


def _stop_if_faulty() -> None:
    if faults := faults_of(FORMS) or play(FORMS):
        raise FormFault(faults)

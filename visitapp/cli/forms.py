"""`visitapp forms`: what a safeguarding lead or an engineer runs before a form is used."""

import argparse

from visitapp.decide.cases import play
from visitapp.formlang import FormFault
from visitapp.formlang.lint import lint as faults_of
from visitapp.formlang.publish import publish as freeze
from visitapp.wiring import FORMS


def lint(_chosen: argparse.Namespace) -> None:
    """Every fault of every file, and every worked case that comes out otherwise, one a line; status 0 only when there is none."""
    _stop_if_faulty()
    print("Every form can be published.")


def publish(chosen: argparse.Namespace) -> None:
    """Freeze one version by the hash of its bytes; refused while anything in the folder is at fault."""
    _stop_if_faulty()
    print(f"{chosen.name}-{chosen.version} is published: {freeze(FORMS, chosen.name, chosen.version)}")


def _stop_if_faulty() -> None:
    if faults := faults_of(FORMS) or play(FORMS):
        raise FormFault(faults)

"""A service that also has the trial form, and families of which something was established before."""

import functools
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.browser.service import Place, Service
from visitapp.formlang import Catalogue, load_catalogue
from visitapp.web import build, caseload
from visitapp.wiring import FORMS

TRIAL = Path(__file__).parent / "forms" / "trial-1.yaml"
EARLIER = "2026-03-04"


@functools.cache
def with_trial_form() -> Catalogue:
    """The house's own forms and the trial form beside them: read once, because every page of every form is drawn again for other ones."""
    with TemporaryDirectory() as there:
        folder = Path(there) / "forms"
        shutil.copytree(FORMS, folder, ignore=shutil.ignore_patterns("stories"))
        shutil.copy(TRIAL, folder)
        return load_catalogue(folder)


def give_trial_form(service: Service) -> None:
    service.stop()
    service.wired = replace(service.wired, catalogue=with_trial_form())
    service.app = build(service.wired)
    service.start()


def known(value: Any, how: str = "told", by: str = "Amina Yusuf") -> dict[str, Any]:
    return {"value": value, "known": how, "on": EARLIER, "by": by}


def of(place: Place) -> dict[str, dict[str, Any]]:
    """What was established, by person; the baby has little of it."""
    return {
        "": {
            "home.heating": known("meter"), "home.pets": known(True), "home.pets_where": known("kitchen", "seen"),
            "home.rooms": known(6, ""),
        },
        place.older: {
            "child.feeding": known("both"), "child.birth_weight": known(2400, "shown"), "sleep.surface": known("sofa"),
        },
        place.baby: {"child.feeding": known("formula")},
        **{adult: {"adult.smokes": known(False)} for adult in place.adults},
    }  # fmt: skip


def carry(monkeypatch: pytest.MonkeyPatch, parts: dict[str, Any]) -> None:
    """Every family is sent with these parts, whatever its past says."""
    plain = caseload.family_json
    monkeypatch.setattr(caseload, "family_json", lambda *given: plain(*given) | parts)

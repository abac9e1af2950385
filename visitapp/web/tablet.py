"""The tablet's shell, its worker and the blank forms: pages that hold no person, are the same for everyone and are kept on the device.

The worker carries a list of everything it keeps with the hash of each file, and its own cache is named by the hash of that list. So an
installation can prove that what it fetched is what this service serves (a hotel's sign-in page is not), and a change in any file is a new
version that takes over only when no visit is open.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, json, render_template

from visitapp.domain.answers import HOW_KNOWN, WHY_ABSENT
from visitapp.formlang.bundle import bundle
from visitapp.formlang.catalogue import Catalogue
from visitapp.formlang.model import Form, Levels, Policy
from visitapp.web.access import access

blueprint = Blueprint("tablet", __name__, url_prefix="/tablet")

STATIC = ("static/vendor/tablet.js", "static/tablet/*.svg", "static/css/tablet.css", "static/vendor/nhsuk-tablet.css")
SEEN_BY_ALL = {"Cache-Control": "no-cache"}
"""Kept, but asked about each time: the worker, not the browser's own cache, decides what stays on the tablet."""


@dataclass(frozen=True)
class Kept:
    """One address the worker keeps, and the sha256 of what it answers."""

    url: str
    sha256: str


def kept_files(root: Path) -> Iterator[Kept]:
    """The scripts and styles of the shell, as they are on disk."""
    for pattern in STATIC:
        for path in sorted(root.glob(pattern)):
            yield Kept(f"/{path.relative_to(root).as_posix()}", hashlib.sha256(path.read_bytes()).hexdigest())


def version_of(kept: tuple[Kept, ...], worker: str) -> str:
    """A name for all of it together with the worker's own text: the same if and only if nothing changed."""
    return hashlib.sha256(repr((kept, worker)).encode()).hexdigest()[:16]


@blueprint.get("/")
@access("public")
def shell() -> Response:
    return Response(render_template("tablet/shell.html"), mimetype="text/html", headers=SEEN_BY_ALL)


@blueprint.get("/manifest.webmanifest")
@access("public")
def manifest() -> Response:
    return Response(render_template("tablet/manifest.json"), mimetype="application/manifest+json", headers=SEEN_BY_ALL)


@blueprint.get("/forms/<name>/<int:version>/page")
@access("public")
def form_page(name: str, version: int) -> Response:
    """The blank form, drawn once by the design system's macros."""
    return Response(_page(_form(name, version)), mimetype="text/html", headers=SEEN_BY_ALL)


@lru_cache(maxsize=64)
def _page(form: Form) -> str:
    """A version of a form and the templates stay as they are, and to draw a long one takes half a second."""
    return render_template("form/page.html", form=form, how_known=HOW_KNOWN, why_absent=WHY_ABSENT)


@blueprint.get("/forms/<name>/<int:version>/bundle")
@access("public")
def form_bundle(name: str, version: int) -> Response:
    """What the rules need, as JSON: two forms of the same bytes give the same bytes."""
    text = _bundle(_form(name, version), _catalogue().levels, _catalogue().policy)
    return Response(text, mimetype="application/json", headers=SEEN_BY_ALL)


@lru_cache(maxsize=64)
def _bundle(form: Form, levels: Levels, policy: Policy) -> str:
    return json.dumps(bundle(form, levels, policy), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@blueprint.get("/sw.js")
@access("public")
def worker() -> Response:
    source = render_template("tablet/sw.js")
    kept = (*kept_files(Path(current_app.root_path)), *_kept_pages())
    listed = json.dumps({one.url: one.sha256 for one in kept})
    script = source.replace("__VERSION__", version_of(kept, source)).replace("__KEPT__", listed)
    return Response(script, mimetype="text/javascript", headers=SEEN_BY_ALL)


def _kept_pages() -> Iterator[Kept]:
    """Every version of every form: a visit that began under an old one finishes under it, with no network."""
    yield _kept("/tablet/", shell())
    yield _kept("/tablet/manifest.webmanifest", manifest())
    for form in _catalogue().forms:
        address = f"/tablet/forms/{form.name}/{form.version}"
        yield _kept(f"{address}/page", form_page(form.name, form.version))
        yield _kept(f"{address}/bundle", form_bundle(form.name, form.version))


def _kept(url: str, response: Response) -> Kept:
    return Kept(url, hashlib.sha256(response.get_data()).hexdigest())


def _catalogue() -> Catalogue:
    catalogue: Catalogue = current_app.extensions["visitapp"].catalogue
    return catalogue


def _form(name: str, version: int) -> Form:
    try:
        return _catalogue().form(name, version)
    except KeyError:
        abort(404)

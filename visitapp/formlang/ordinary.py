"""The ordinary visit of a form: the answers of a visit with nothing to worry about, written once after `---`. A worked case, a story or
a test may start from it and say only what was different, so that it shows what matters and still holds when the form grows."""

from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from visitapp.formlang.model import Form
from visitapp.formlang.reading import Document, read


@lru_cache(maxsize=64)
def ordinary(form: Form) -> Mapping[str, Any]:
    """What the form's file says of its ordinary visit, as written: answers by question, rows of people as `{each: answers}`. Not to be
    changed by whoever asks; empty where the form has none."""
    path = Path(form.file)
    return ordinary_of(read(path, path.read_bytes(), number=1))


def ordinary_of(document: Document) -> Mapping[str, Any]:
    """The same from a form's second document. What is not a mapping is noted as a fault there."""
    top = document.value if isinstance(document.value, dict) else {}
    found = top.get("ordinary", {})
    if isinstance(found, dict):
        return found
    document.fault(("ordinary",), "'ordinary' holds answers by question.")
    return {}


def started_from(form: Form, base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of the ordinary visit with one's own in their place. Rows written as `{each: ...}` are one for each row of one's own,
    which says what is different in it, or a single one; null takes an answer away."""
    answers: dict[str, Any] = deepcopy({**base, **own})
    for id, value in base.items():
        if isinstance(value, dict) and "each" in value and id in form.placed:
            answers[id] = _each(value["each"], own[id]) if id in own else _each(value["each"], [{}])
    return {id: value for id, value in answers.items() if value is not None}


def _each(each: Any, own: Any) -> Any:
    if isinstance(own, dict) and isinstance(own.get("rows"), list):
        return own | {"rows": _each(each, own["rows"])}
    if not isinstance(own, list) or not isinstance(each, dict):
        return own
    return [deepcopy({**each, **row}) if isinstance(row, dict) else row for row in own]

"""Every definition in the forms folder, loaded once and checked against what was published. Old versions stay loaded for ever: a visit
written last year is read with the form it was written on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from visitapp.formlang import publish
from visitapp.formlang.faults import Fault, FormFault
from visitapp.formlang.forms import read_form
from visitapp.formlang.model import Form, Levels, Policy, Routes
from visitapp.formlang.portals import Portal, read_portal
from visitapp.formlang.reading import Document
from visitapp.formlang.settings import policy_misfits, read_levels, read_policy, read_routes

Definition = Form | Levels | Policy | Portal | Routes
_READERS: dict[str, Callable[[Path, bytes], tuple[Definition, Document]]] = {
    "": read_form,
    "levels": read_levels,
    "policy": read_policy,
    "portals": read_portal,
    "routes": read_routes,
}


@dataclass(frozen=True, eq=False)
class Catalogue:
    """`forms` holds every version; of `levels`, `policy` and each of `portals` there is the newest, and `routes(area)` is that of a council
    area. `policy` is the standard; `policy_of(area)` is what an area has otherwise over it."""

    forms: tuple[Form, ...]
    levels: Levels
    policy: Policy
    routes_by_area: Mapping[str, Routes]
    policy_by_area: Mapping[str, Policy] = field(default_factory=dict)
    definitions: tuple[Definition, ...] = ()
    portals: Mapping[str, Portal] = field(default_factory=dict)

    def form(self, name: str, version: int) -> Form:
        """KeyError when there is no such form or version."""
        for form in self.forms:
            if (form.name, form.version) == (name, version):
                return form
        raise KeyError(f"{name}-{version}")

    def current(self, name: str) -> Form:
        """The newest version of a form. KeyError when there is none of that name."""
        versions = [form for form in self.forms if form.name == name]
        if not versions:
            raise KeyError(name)
        return max(versions, key=lambda form: form.version)

    def routes(self, area: str) -> Routes:
        """KeyError when the area has no routes."""
        return self.routes_by_area[area]

    def policy_of(self, area: str | None) -> Policy:
        """The clocks of an area: the standard where it has none of its own."""
        return self.policy_by_area.get(area or "", self.policy)


def load_catalogue(folder: Path) -> Catalogue:
    """Load and check everything. Raises FormFault with every fault; a file is read once a process for the same bytes."""
    faults = publish.check(folder)
    definitions: list[Definition] = []
    for path in publish.definition_files(folder):
        try:
            definitions.append(_load(path, path.read_bytes()))
        except FormFault as fault:
            faults.extend(fault.faults)
    if not faults:
        faults = _missing(folder, definitions) or area_policies(folder, definitions)
    if faults:
        raise FormFault(faults)
    return _catalogue(definitions)


@lru_cache(maxsize=256)
def _load(path: Path, content: bytes) -> Definition:
    definition, document = read_definition(path, content)
    document.stop_if_faulty()
    return definition


def read_definition(path: Path, content: bytes) -> tuple[Definition, Document]:
    """One definition with its document, read by the folder it stands in. Raises FormFault when it is not YAML at all."""
    kind = path.parent.name if path.parent.name in _READERS else ""
    definition, document = _READERS[kind](path, content)
    return definition, document


def _missing(folder: Path, definitions: list[Definition]) -> list[Fault]:
    wanted = {Form: "form", Levels: "levels", Policy: "policy", Routes: "routes"}
    kinds = {type(definition) for definition in definitions}
    return [Fault(str(folder), 1, f"There is no {word} file here.") for kind, word in wanted.items() if kind not in kinds]


def area_policies(folder: Path, definitions: list[Definition]) -> list[Fault]:
    """What does not fit of the newest policy of each area over the newest standard. An older version was fitted to an older standard."""
    policies = [one for one in _newest(definitions) if isinstance(one, Policy)]
    standard = next((one for one in policies if one.differs_from is None), None)
    if standard is None:
        return [Fault(str(folder), 1, "Every policy here differs from another: one must be the standard.")] if policies else []
    areas = [one for one in policies if one.differs_from is not None]
    return [
        Fault(str(folder / "policy" / f"{area.name}-{area.version}.yaml"), 1, why)
        for area in areas
        for why in policy_misfits(area, standard)
    ]


def _newest(definitions: list[Definition]) -> list[Definition]:
    newest: dict[tuple[type, str], Definition] = {}
    for definition in sorted(definitions, key=lambda one: one.version):
        newest[(type(definition), definition.name)] = definition
    return list(newest.values())


def _catalogue(definitions: list[Definition]) -> Catalogue:
    newest = _newest(definitions)
    levels = [one for one in newest if isinstance(one, Levels)]
    standard = [one for one in newest if isinstance(one, Policy) and one.differs_from is None][-1]
    areas = {one.name: one.over(standard) for one in newest if isinstance(one, Policy) and one.differs_from}
    routes = {one.area: one for one in newest if isinstance(one, Routes)}
    portals = {one.name: one for one in newest if isinstance(one, Portal)}
    forms = tuple(one for one in definitions if isinstance(one, Form))
    return Catalogue(
        forms, levels[-1], standard, MappingProxyType(routes), MappingProxyType(areas), tuple(definitions), MappingProxyType(portals)
    )  # fmt: skip

"""YAML 1.2 as plain values that remember their line. The composer of ruamel.yaml is enough: no tags, no objects, no merge keys.
Only the first document of a file is read unless the second is asked for, because worked cases stand there and serving needs none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from visitapp.formlang.faults import Fault, FormFault

Where = tuple[str | int, ...]
_TAG = "tag:yaml.org,2002:"
_MARK = re.compile(r"(?<=\n)---[ \t]*(?=\n|$)")
"""What a document ends at. One at the very start of a file ends none."""


@dataclass
class Document:
    """One YAML document: `value` is plain data, `line(where)` the line of the thing at that path, `faults` what was wrong so far."""

    file: str
    hash: str = ""
    value: Any = None
    lines: dict[Where, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, where: Where) -> int:
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def fault(self, where: Where, message: str) -> None:
        self.faults.append(Fault(self.file, self.line(where), message))

    def stop_if_faulty(self) -> None:
        if self.faults:
            raise FormFault(self.faults)


def read(path: Path, content: bytes, number: int = 0) -> Document:
    """The document with that number in a file's bytes. What cannot be read as YAML raises FormFault with its line."""
    document = Document(str(path), sha256(content).hexdigest())
    node = _compose(content, path, number)
    if node is not None:
        document.value = _plain(node, (), document, ())
    return document


def _compose(content: bytes, path: Path, number: int) -> Node | None:
    try:
        nodes: Iterator[Node] = YAML(typ="safe", pure=True).compose_all(_from(content.decode(), number))
        return next(nodes, None)
    except UnicodeDecodeError as fault:
        raise FormFault([Fault(str(path), content[: fault.start].count(b"\n") + 1, "The file is not UTF-8 text.")]) from None
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        words = " ".join(str(part) for part in (fault.context, fault.problem) if part)
        raise FormFault([Fault(str(path), mark.line + 1 if mark else 1, f"This is not YAML: {words}.")]) from None
    except YAMLError as fault:
        raise FormFault([Fault(str(path), 1, f"This is not YAML: {fault}.")]) from None


def _from(text: str, number: int) -> str:
    """The text from the document with that number on, with an empty line for each one before it, so that lines keep their numbers."""
    ends = [0, *(mark.end() for mark in _MARK.finditer(text))]
    if number >= len(ends):
        return ""
    return "\n" * text.count("\n", 0, ends[number]) + text[ends[number] :]


def _plain(node: Node, where: Where, document: Document, above: tuple[int, ...]) -> Any:
    document.lines[where] = node.start_mark.line + 1
    if isinstance(node, ScalarNode):
        return _scalar(node)
    if id(node) in above:
        document.fault(where, "An alias points at something it is part of.")
        return None
    above = (*above, id(node))
    if isinstance(node, MappingNode):
        return _mapping(node, where, document, above)
    return [_plain(child, (*where, index), document, above) for index, child in enumerate(node.value)]


def _mapping(node: MappingNode, where: Where, document: Document, above: tuple[int, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        value = _plain(value_node, (*where, key), document, above)
        document.lines[(*where, key)] = key_node.start_mark.line + 1
        if key in found:
            document.fault((*where, key), f"'{key}' is written twice.")
        found[key] = value
    return found


def _scalar(node: ScalarNode) -> Any:
    text = node.value
    tag = str(node.tag).removeprefix(_TAG)
    if tag == "int":
        return int(text.replace("_", ""), 0 if text[:2] in ("0x", "0o") else 10)
    if tag == "bool":
        return text.lower() == "true"
    if tag == "null":
        return None
    return text

"""The tree that a screen reader walks: which piece of each page is a heading, a paragraph, a cell. reportlab draws no such tree, so it
is kept here while the pages are drawn and written at the end as objects of our own.

An element joins the tree when the first of its pieces is drawn, so the tree is in the order of reading and holds nothing that was laid
out and thrown away. Whatever is no content (rules, backgrounds, the head and foot of a page, a head row said again on the next page) is an
artifact, which a reader leaves out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject


@dataclass(eq=False)
class Element:
    """One element of the tree. `instead` is what is read in place of the drawn characters; `alt` tells of a picture."""

    kind: str
    parent: Element | None = None
    instead: str = ""
    alt: str = ""
    scope: str = ""  # of a head cell: Column or Row
    children: list[Element | tuple[int, int]] = field(default_factory=list)  # elements, or (page, number of the piece on it)
    joined: bool = False

    def join(self, root: Element) -> None:
        """Stand in the tree, after everything that was drawn before."""
        if self.joined or self is root:
            return
        self.joined = True
        self.parent = self.parent or root
        self.parent.join(root)
        self.parent.children.append(self)


class Raw(PDFObject):
    """An object whose bytes are known already."""

    def __init__(self, written: bytes) -> None:
        self.written = written

    def format(self, _document: Any) -> bytes:
        return self.written


class Tree:
    """The elements of one document, and which pieces of each page they are."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._pieces: dict[int, list[Element]] = defaultdict(list)

    @contextmanager
    def piece(self, canvas: Any, element: Element) -> Iterator[None]:
        """What is drawn inside is the next piece of this element."""
        element.join(self.root)
        page = canvas.getPageNumber()
        number = len(self._pieces[page])
        self._pieces[page].append(element)
        element.children.append((page, number))
        canvas._code.append(f"/{element.kind} <</MCID {number}>> BDC")
        yield
        canvas._code.append("EMC")

    def write(self, document: Any) -> None:
        """Put the tree into a finished reportlab document: the catalogue, every page, and an object for each element."""
        written: dict[str, Raw] = {"tree": Raw(b"")}
        elements = list(_walked(self.root))
        written.update((f"element {n}", Raw(b"")) for n in range(len(elements)))
        written.update((f"pieces {page}", Raw(b"")) for page in sorted(self._pieces))
        for name, raw in written.items():
            document.Reference(raw, name)
        numbers = {name: number for name, (number, _) in document.idToObjectNumberAndVersion.items()}
        of = {id(element): numbers[f"element {n}"] for n, element in enumerate(elements)}
        pages = {page: numbers[f"Page{page}"] for page in self._pieces}
        for n, element in enumerate(elements):
            parent = of[id(element.parent)] if element.parent else numbers["tree"]
            written[f"element {n}"].written = _element(element, parent, of, pages)
        for page, pieces in self._pieces.items():
            written[f"pieces {page}"].written = b"[" + b" ".join(b"%d 0 R" % of[id(element)] for element in pieces) + b"]"
            page_object = document.idToObject[f"Page{page}"]
            page_object.__NoDefault__ = [*page_object.__NoDefault__, "StructParents", "Tabs"]
            page_object.StructParents, page_object.Tabs = page - 1, "/S"
        nums = b" ".join(b"%d %d 0 R" % (page - 1, numbers[f"pieces {page}"]) for page in sorted(self._pieces))
        written["tree"].written = b"<</Type /StructTreeRoot /K %d 0 R /ParentTree <</Nums [%s]>> /ParentTreeNextKey %d>>" % (
            of[id(self.root)], nums, max(self._pieces, default=0),
        )  # fmt: skip
        document.Catalog.StructTreeRoot = written["tree"]
        document.Catalog.MarkInfo = Raw(b"<</Marked true>>")


@contextmanager
def artifact(canvas: Any, kind: str = "Layout") -> Iterator[None]:
    """What is drawn inside is no content: Layout for rules and backgrounds, Pagination for heads and feet."""
    canvas._code.append(f"/Artifact <</Type /{kind}>> BDC")
    yield
    canvas._code.append("EMC")


def _walked(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        if isinstance(child, Element):
            yield from _walked(child)


def _element(element: Element, parent: int, of: dict[int, int], pages: dict[int, int]) -> bytes:
    own = [child for child in element.children if not isinstance(child, Element)]
    page = own[0][0] if own else 0
    parts = [b"/Type /StructElem /S /%s /P %d 0 R" % (element.kind.encode(), parent)]
    if own:
        parts.append(b"/Pg %d 0 R" % pages[page])
    parts.append(b"/K [" + b" ".join(_kid(child, page, of, pages) for child in element.children) + b"]")
    if element.alt:
        parts.append(b"/Alt " + text_string(element.alt))
    if element.instead:
        parts.append(b"/ActualText " + text_string(element.instead))
    if element.scope:
        parts.append(b"/A <</O /Table /Scope /%s>>" % element.scope.encode())
    return b"<<" + b" ".join(parts) + b">>"


def _kid(child: Element | tuple[int, int], page: int, of: dict[int, int], pages: dict[int, int]) -> bytes:
    if isinstance(child, Element):
        return b"%d 0 R" % of[id(child)]
    if child[0] == page:
        return b"%d" % child[1]
    return b"<</Type /MCR /Pg %d 0 R /MCID %d>>" % (pages[child[0]], child[1])


def text_string(text: str) -> bytes:
    """Text of any script as a PDF string: a byte a character where PDF has one, because most of a letter is said again in its tree."""
    try:
        plain = text.encode("pdfdoc")
    except UnicodeError:
        plain = b"\xfe\xff" + text.encode("utf-16-be", "replace")
    return b"(" + plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r") + b")"

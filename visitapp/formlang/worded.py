"""Terms out of a form file: a test that many rules ask, with a name, so that each rule stays one line that a safeguarding lead can read. A
term is read where it is used, as if its words stood there in brackets; only terms before it may be used in it, so none can wait for itself.
"""

import ast
from collections.abc import Mapping

from visitapp.formlang.questions import PLAIN_NAME, RESERVED
from visitapp.formlang.rules import parsed
from visitapp.formlang.shape import Shape
from visitapp.formlang.terms import Names, RuleFault


def read_terms(form: Shape, names: Names) -> Mapping[str, ast.expr]:
    """The terms of a form by name, after its questions and scores. What is wrong is noted as a fault of the document."""
    terms: dict[str, ast.expr] = {}
    written = form.value.get("terms", {})
    if not isinstance(written, dict):
        form.fault("'terms' must be a mapping.", "terms")
        return terms
    shape = Shape(form.document, (*form.where, "terms"))
    for name in written:
        if not PLAIN_NAME.fullmatch(name) or name in RESERVED or name in names.questions or name in names.scores:
            shape.fault(f"'{name}' cannot be a term: small letters, digits and _ only, and no id of a question or score.", name)
        try:
            terms[name] = _expanded(shape.text(name), terms, written)
        except RuleFault as fault:
            shape.fault(f"The term '{name}': {fault}.", name)
    return terms


def _expanded(source: str, before: Mapping[str, ast.expr], every: Mapping[str, object]) -> ast.expr:
    """A term with the terms before it put in their places. Raises RuleFault."""
    node: ast.expr = _Expanded(before).visit(parsed(source))
    waits = sorted({one.id for one in ast.walk(node) if isinstance(one, ast.Name)} & set(every))
    if waits:
        raise RuleFault(f"'{waits[0]}' does not stand before it")
    return node


class _Expanded(ast.NodeTransformer):
    def __init__(self, before: Mapping[str, ast.expr]) -> None:
        self.before = before

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.before.get(node.id, node)

"""Rules from one line of text to a literal tree. The line is a small checked subset of Python expressions, so Python's own parser reads
it; every name and type is checked against the form here, and only the tree ever runs.

A question hidden by its `show_if` is *not applicable*: every plain test on it is false, as long as it is sure to be hidden. The
compiler writes that into the tree (`if_shown`), so the two evaluators need not know of it. Since `!=`, `not in` and `every` are
written as "not" of their opposites, they are true of what is not applicable: nobody shared, so every sharer was sober."""

import ast
from collections.abc import Mapping

from visitapp.formlang.model import Score, Tree
from visitapp.formlang.terms import Known, Names, RuleFault, Term, check_code, check_types

__all__ = ["Known", "RuleFault", "compile_rule", "parsed"]

_ORDER: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def compile_rule(
    source: str,
    names: Mapping[str, Known],
    here: str | None = None,
    scores: Mapping[str, Score] | None = None,
    same: dict[Tree, Tree] | None = None,
    terms: Mapping[str, ast.expr] | None = None,
    *,
    silence: bool = False,
) -> Tree:
    """The tree of a rule that stands in the rows question `here` (None: at the top of the form); `scores` may be read too, and `terms`
    stand for what they say, read where they are used. Raises RuleFault. Rules that are given one `same` share what they both say, so that
    it is worked out once (only rules of one form may). `silence`: the rule may say that a question was not answered, as a finding may."""
    compiler = _Compiler(Names(names, scores or {}, terms=terms or {}))
    tree = compiler.truth(parsed(source), here)
    _check_silence(tree, allowed=silence)
    return _shared(tree, {} if same is None else same)


def _check_silence(tree: object, *, allowed: bool) -> None:
    """That nobody answered may point to something, and never away from it: a rule under "not", or one that decides what is asked or what
    counts, would let silence reassure."""
    if not isinstance(tree, tuple):
        return
    if tree[0] == "unanswered" and not allowed:
        raise RuleFault("unanswered(...) stands in findings only, and not under 'not', 'every' or 'fewer than'")
    for part in tree[1:]:
        _check_silence(part, allowed=allowed and tree[0] != "not")


def parsed(source: str) -> ast.expr:
    """A rule or a term as Python reads it. Raises RuleFault."""
    try:
        return ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
        raise RuleFault(f"this cannot be read as a rule ({getattr(fault, 'msg', fault)})") from None


def _shared(tree: Tree, same: dict[Tree, Tree]) -> Tree:
    parts = tuple(_shared(part, same) if isinstance(part, tuple) else part for part in tree)
    return same.setdefault(parts, parts)


class _Compiler:
    def __init__(self, names: Names) -> None:
        self.names = names

    def truth(self, node: ast.expr, here: str | None) -> Tree:
        if isinstance(node, ast.BoolOp):
            operator = "and" if isinstance(node.op, ast.And) else "or"
            return _under_one(operator, [self.truth(part, here) for part in node.values])
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return ("not", self.truth(node.operand, here))
        if isinstance(node, ast.Compare):
            return self.comparison(node, here)
        if isinstance(node, ast.Call):
            return self.quantified(node, here)
        if isinstance(node, ast.Name) and node.id in self.names.terms:
            return self.truth(self.names.terms[node.id], here)
        if isinstance(node, ast.Name | ast.Attribute):
            return self.bare(node, here)
        raise RuleFault(f"'{ast.unparse(node)}' is not something a rule can say")

    def bare(self, node: ast.expr, here: str | None) -> Tree:
        term = self.names.term(node, here)
        if term.reads != "truth":
            raise RuleFault(f"'{ast.unparse(node)}' is not a yes or no: compare it with something")
        return _gated(("==", term.tree, True), term)

    def quantified(self, node: ast.Call, here: str | None) -> Tree:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "count":
            raise RuleFault("count(...) must be compared with a number")
        if name == "unanswered":
            return self.unanswered(node, here)
        if name not in ("some", "every"):
            raise RuleFault(f"'{ast.unparse(node.func)}' is not a word of the rules: only some, every, count and unanswered are")
        rows, gate, inner = self.over(node, here)
        if name == "some":
            return _under(gate, ("some", rows, inner))
        return ("not", _under(gate, ("some", rows, ("not", inner))))

    def unanswered(self, node: ast.Call, here: str | None) -> Tree:
        if len(node.args) != 1 or node.keywords or not isinstance(node.args[0], ast.Name):
            raise RuleFault("unanswered(...) takes the name of one question")
        return _gated(("unanswered", node.args[0].id), self.names.answer(node.args[0].id, here))

    def over(self, node: ast.Call, here: str | None) -> tuple[str, Tree | None, Tree]:
        word = ast.unparse(node.func)
        if len(node.args) != 2 or node.keywords:
            raise RuleFault(f"{word}(...) takes the name of rows and one test")
        rows = node.args[0]
        if not isinstance(rows, ast.Name):
            raise RuleFault(f"the first part of {word}(...) must be the name of rows")
        known = self.names.known(rows.id, here)
        if known.question.kind != "rows":
            raise RuleFault(f"'{rows.id}' is not rows, so {word}(...) cannot go over it")
        return rows.id, known.gate, self.truth(node.args[1], rows.id)

    def comparison(self, node: ast.Compare, here: str | None) -> Tree:
        if len(node.ops) != 1:
            raise RuleFault("two comparisons in a row: write them apart with 'and'")
        left, operator, right = node.left, node.ops[0], node.comparators[0]
        if isinstance(operator, ast.In | ast.NotIn):
            tree = self.membership(left, right, here)
            return ("not", tree) if isinstance(operator, ast.NotIn) else tree
        sign = "==" if isinstance(operator, ast.Eq) else "!=" if isinstance(operator, ast.NotEq) else _ORDER.get(type(operator), "")
        if not sign:
            raise RuleFault(f"'{ast.unparse(node)}' compares in a way rules do not")
        if _is_count(right):
            left, right, sign = right, left, _TURNED[sign]
        if _is_count(left):
            return self.counted(left, sign, right, here)
        return self.compared(self.names.term(left, here), sign, self.names.right(right, here))

    def counted(self, call: ast.expr, sign: str, right: ast.expr, here: str | None) -> Tree:
        assert isinstance(call, ast.Call)
        rows, gate, inner = self.over(call, here)
        number = self.names.term(right, here)
        if not number.literal or number.reads != "number":
            raise RuleFault("count(...) can only be compared with a written number")
        n = number.tree
        assert isinstance(n, int)

        if n < (1 if sign in (">=", "<") else 0):
            raise RuleFault("a count is never below nothing, so this is always or never so")

        def at_least(least: int) -> Tree:
            return _under(gate, ("count", least, rows, inner)) if least > 0 else ("and",)

        trees: dict[str, Tree] = {
            ">=": at_least(n),
            ">": at_least(n + 1),
            "<": ("not", at_least(n)),
            "<=": ("not", at_least(n + 1)),
            "==": ("and", at_least(n), ("not", at_least(n + 1))),
            "!=": ("not", ("and", at_least(n), ("not", at_least(n + 1)))),
        }
        return trees[sign]

    def membership(self, left: ast.expr, right: ast.expr, here: str | None) -> Tree:
        if isinstance(right, ast.List | ast.Tuple):
            return self.one_of(self.names.term(left, here), [self.names.term(part, here) for part in right.elts])
        term, code = self.names.term(right, here), self.names.term(left, here)
        if term.reads != "codes":
            raise RuleFault(f"'{ast.unparse(right)}' cannot hold several codes: 'in' needs a list or a question with several choices")
        if not code.literal or code.reads != "text":
            raise RuleFault("only a written code can be looked for in several choices")
        check_code(code.tree, term)
        return _gated(("has", term.tree, code.tree), term)

    def one_of(self, term: Term, parts: list[Term]) -> Tree:
        if term.literal or not parts:
            raise RuleFault("'in [...]' needs a name on its left and at least one value in the list")
        if term.highest is not None:
            raise RuleFault("a score is a range: compare it with one number")
        for part in parts:
            self.compared(term, "==", part)
            if not part.literal:
                raise RuleFault("a list holds written values only")
        return _gated(("in", term.tree, ("list", *(part.tree for part in parts))), term)

    def compared(self, left: Term, sign: str, right: Term) -> Tree:
        if left.literal:
            left, right, sign = right, left, _TURNED[sign]
        if left.literal:
            raise RuleFault("two written values are compared with each other: the answer never changes")
        check_types(left, sign, right)
        gates = tuple(gate for gate in (*left.gates, *right.gates))
        term = Term(left.tree, left.reads, gates=gates)
        if sign == "!=":
            return ("not", _gated(("==", left.tree, right.tree), term))
        return _gated((sign, left.tree, right.tree), term)


def _under_one(operator: str, parts: list[Tree]) -> Tree:
    """Tests of questions that one gate hides stand under it together: the gate is worked out once, and the tree a tablet carries is
    smaller. A gate that cannot tell hides all of them, one that is false makes all of them false, so nothing else changes."""
    gates = {part[1] for part in parts if part[0] == "if_shown"}
    if len(gates) != 1 or not all(part[0] == "if_shown" for part in parts):
        return (operator, *parts)
    return ("if_shown", gates.pop(), (operator, *(part[2] for part in parts)))


def _is_count(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "count"


def _gated(tree: Tree, term: Term) -> Tree:
    for gate in reversed(term.gates):
        tree = _under(gate, tree)
    return tree


def _under(gate: Tree | None, tree: Tree) -> Tree:
    return tree if gate is None else ("if_shown", gate, tree)

"""The sides of a comparison: what a rule may name, how it reads, and which question, score or fact stands behind it."""

import ast
import operator
from collections.abc import Mapping
from dataclasses import dataclass, field

from visitapp.domain.ages import day_number
from visitapp.formlang.kinds import CHILD_FACTS, HISTORY, KINDS
from visitapp.formlang.model import Question, Score, Tree


class RuleFault(Exception):
    """What is wrong with a rule, in a sentence for whoever writes it."""


@dataclass(frozen=True)
class Known:
    """A question as rules see it: itself, the rows it stands in, and its compiled `show_if`."""

    question: Question
    parent: str | None
    gate: Tree | None = None


@dataclass(frozen=True)
class Term:
    """A side of a comparison: its tree (or literal), how it reads, the codes it may hold, the gates of the questions it reads, and of a
    score the highest it can be."""

    tree: object
    reads: str
    codes: frozenset[str] | None = None
    gates: tuple[Tree, ...] = ()
    literal: bool = False
    highest: int | None = None


@dataclass(frozen=True)
class Names:
    """What the rules of a form may name: questions and scores, by id; terms, each a test with a name; and what they share (`same`, see
    rules.py)."""

    questions: Mapping[str, Known]
    scores: Mapping[str, Score] = field(default_factory=dict)
    same: dict[Tree, Tree] = field(default_factory=dict)
    terms: Mapping[str, ast.expr] = field(default_factory=dict)

    def term(self, node: ast.expr, here: str | None) -> Term:
        if isinstance(node, ast.Constant):
            return _literal(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
            return _literal(ast.Constant(-node.operand.value) if type(node.operand.value) is int else node.operand)
        if isinstance(node, ast.Attribute):
            return _history(node)
        if isinstance(node, ast.Name):
            return self.named(node.id, here)
        raise RuleFault(f"'{ast.unparse(node)}' is not something that can be compared")

    def right(self, node: ast.expr, here: str | None) -> Term:
        """The right side of a comparison, where a whole number may be added to what is named."""
        if not isinstance(node, ast.BinOp):
            return self.term(node, here)
        added = node.right.value if isinstance(node.right, ast.Constant) else None
        if not isinstance(node.op, ast.Add) or type(added) is not int:
            raise RuleFault(f"'{ast.unparse(node)}': only a whole number can be added, and only on the right")
        term = self.term(node.left, here)
        if term.literal or term.reads != "number":
            raise RuleFault(f"'{ast.unparse(node)}': a number can only be added to what is named and is a number")
        return Term(("plus", term.tree, added), "number", gates=term.gates)

    def named(self, name: str, here: str | None) -> Term:
        if name in CHILD_FACTS:
            return self.child_fact(name, here)
        return self.score(name, here) if name in self.scores else self.answer(name, here)

    def child_fact(self, name: str, here: str | None) -> Term:
        for rows in self.chain(here):
            if rows is not None and self.questions[rows].question.of == "child":
                return Term((name, rows), "number")
        raise RuleFault(f"'{name}' can only be read in a child's row")

    def score(self, name: str, here: str | None) -> Term:
        score = self.scores[name]
        if score.rows not in self.chain(here):
            raise RuleFault(f"the score '{name}' stands in the rows '{score.rows}': use some, every or count to reach it")
        return Term(("score", name), "number", highest=score.max)

    def answer(self, name: str, here: str | None) -> Term:
        known = self.known(name, here)
        reads = KINDS[known.question.kind].reads
        if reads is None:
            raise RuleFault(f"'{name}' is free text, which rules never read")
        if reads == "rows":
            raise RuleFault(f"'{name}' is rows: use some, every or count")
        codes = known.question.codes or None
        return Term(("get", name), reads, codes, (known.gate,) if known.gate else ())

    def known(self, name: str, here: str | None) -> Known:
        known = self.questions.get(name)
        if known is None:
            raise RuleFault(f"'{name}' is not a question asked before this, nor a fact that rules may read")
        if known.parent not in self.chain(here):
            raise RuleFault(f"'{name}' stands in the rows '{known.parent}': use some, every or count to reach it")
        return known

    def chain(self, here: str | None) -> tuple[str | None, ...]:
        """The rows a rule stands in, innermost first, ending with the top of the form."""
        chain: list[str | None] = [here]
        while here is not None:
            here = self.questions[here].parent
            chain.append(here)
        return tuple(chain)


def reads(tree: object) -> set[tuple[str, str]]:
    """What a tree reads: (`get`, question), (`rows`, question), (`score`, id), (`history`, name) or (a child's fact, rows)."""
    if not isinstance(tree, tuple):
        return set()
    own = {"some": ("rows", tree[1:2]), "count": ("rows", tree[2:3]), "unanswered": ("get", tree[1:2])}.get(tree[0], (tree[0], tree[1:2]))
    named = own[0] in ("rows", "get", "score", "history") or own[0] in CHILD_FACTS
    found = {(own[0], str(own[1][0]))} if named else set()
    return found.union(*(reads(part) for part in tree[1:]))


def _literal(node: ast.Constant) -> Term:
    if isinstance(node.value, bool):
        return Term(node.value, "truth", literal=True)
    if isinstance(node.value, int):
        return Term(node.value, "number", literal=True)
    if isinstance(node.value, str):
        return Term(node.value, "text", literal=True)
    raise RuleFault(f"'{ast.unparse(node)}' is not a value rules know: only codes, dates, whole numbers, True and False are")


def _history(node: ast.Attribute) -> Term:
    if not isinstance(node.value, ast.Name) or node.value.id != "history":
        raise RuleFault(f"'{ast.unparse(node)}' is not something a rule can read")
    if node.attr not in HISTORY:
        raise RuleFault(f"'history.{node.attr}' is not given: only {', '.join(HISTORY)} are")
    return Term(("history", node.attr), HISTORY[node.attr])


# --- what may be compared with what -----------------------------------------------------------------------

_WORDS = {"code": "choice", "codes": "set of choices", "truth": "yes or no", "number": "number", "date": "date", "text": "written text"}


def check_types(left: Term, sign: str, right: Term) -> None:
    """Raises RuleFault unless the two can be compared so."""
    if left.reads == "codes" or right.reads == "codes":
        raise RuleFault("a question with several choices is asked with 'code' in it")
    if left.reads == "code" and right.reads == "text":
        if sign not in ("==", "!="):
            raise RuleFault("codes have no order: use == or in")
        return check_code(right.tree, left)
    if left.reads == "date" and right.literal and right.reads == "text":
        return _check_date(right.tree)
    if left.reads != right.reads or left.reads in ("code", "text"):
        raise RuleFault(f"a {_WORDS[left.reads]} is compared with a {_WORDS[right.reads]}")
    if left.reads == "truth" and sign not in ("==", "!="):
        raise RuleFault("yes and no have no order")
    if left.highest is not None and right.literal:
        _check_within(left.highest, sign, right.tree)


_ORDERED = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def _check_within(highest: int, sign: str, number: object) -> None:
    test = _ORDERED.get(sign)
    if not isinstance(number, int) or (test(0, number) == test(highest, number) if test else not 0 <= number <= highest):
        raise RuleFault(f"a score from 0 to {highest} is compared with {number}: the answer never changes")


def check_code(code: object, term: Term) -> None:
    if term.codes is not None and code not in term.codes:
        raise RuleFault(f"'{code}' is not one of the codes offered: {', '.join(sorted(term.codes))}")


def _check_date(text: object) -> None:
    if day_number(text) is None:
        raise RuleFault(f"'{text}' is not a date written YYYY-MM-DD")

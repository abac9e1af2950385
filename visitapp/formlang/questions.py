"""Questions out of a form file, in the order in which they are asked. Each may be hidden only by questions asked before it, so that no
two questions can wait for each other."""

import re
from dataclasses import replace

from visitapp.domain.answers import HOW_KNOWN, WHY_ABSENT
from visitapp.formlang.kinds import CHILD_FACTS, KINDS, LAYOUTS, SENSITIVE_KINDS
from visitapp.formlang.model import Option, Question, Tree
from visitapp.formlang.rules import compile_rule
from visitapp.formlang.shape import Shape
from visitapp.formlang.terms import Known, RuleFault

PLAIN_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
RESERVED = (*CHILD_FACTS, "history", "some", "every", "count", "unanswered", "given", "ordinary", "each", "true", "false", "none")
OPTIONAL = (
    "hint options known absent show_if measure letter minimum maximum units of row_title questions confidential carry sensitive layout"
)
_ROWS_OF = ("child", "adult")


class Questions:
    """Reads questions one after the other; `names` is what rules further down may read, `same` what those rules share."""

    def __init__(self) -> None:
        self.names: dict[str, Known] = {}
        self.same: dict[Tree, Tree] = {}

    def read(self, shape: Shape, parent: str | None) -> Question:
        shape.keys("id kind label", OPTIONAL)
        kind, id = shape.one_of("kind", KINDS), self.id(shape)
        gate = self.gate(shape, parent)
        bare = self.bare(shape, id, kind, gate)
        _check_kind(shape, bare)
        _check_use(shape, bare)
        if id and kind in KINDS and id not in self.names:
            self.names[id] = Known(bare, parent, gate)
        inner = tuple(self.read(item, id) for item in shape.items("questions")) if kind == "rows" else ()
        return replace(bare, questions=inner) if inner else bare

    def bare(self, shape: Shape, id: str, kind: str, gate: Tree | None) -> Question:
        return Question(
            id=id,
            kind=kind,
            label=shape.text("label"),
            hint=shape.maybe_text("hint"),
            options=tuple(_option(code, member) for code, member in shape.members("options")),
            known=shape.words("known", HOW_KNOWN),
            absent=shape.words("absent", WHY_ABSENT),
            show_if=gate,
            measure=shape.maybe_text("measure"),
            letter=shape.maybe_text("letter"),
            minimum=shape.integer("minimum"),
            maximum=shape.integer("maximum"),
            units=shape.maybe_text("units"),
            of=shape.one_of("of", _ROWS_OF) if "of" in shape.value else None,
            row_title=shape.maybe_text("row_title"),
            confidential=shape.flag("confidential"),
            carry=_carry(shape),
            sensitive=shape.flag("sensitive"),
            layout=shape.one_of("layout", LAYOUTS) if "layout" in shape.value else None,
            shown_when=shape.maybe_text("show_if"),
        )

    def id(self, shape: Shape) -> str:
        id = shape.text("id")
        if id and (not PLAIN_NAME.fullmatch(id) or id in RESERVED):
            shape.fault(f"'{id}' cannot be an id: small letters, digits and _ only, and no word of the rules.", "id")
        if id in self.names:
            shape.fault(f"The id '{id}' is used by an earlier question.", "id")
        return id

    def gate(self, shape: Shape, parent: str | None) -> Tree | None:
        source = shape.maybe_text("show_if")
        if source is None:
            return None
        try:
            return compile_rule(source, self.names, parent, same=self.same)
        except RuleFault as fault:
            shape.fault(f"show_if: {fault}.", "show_if")
            return None


def _carry(shape: Shape) -> bool | tuple[str, ...]:
    """Whether an answer lasts; of a choice it can be some codes alone, because only those last ("no interpreter is needed")."""
    if not isinstance(shape.value.get("carry"), list):
        return shape.flag("carry")
    if shape.value.get("kind") != "choice":
        shape.fault("Only a choice carries some of its codes and not others.", "carry")
        return False
    return shape.words("carry", tuple(code for code, _ in shape.members("options")))


def _option(code: str, shape: Shape) -> Option:
    if not PLAIN_NAME.fullmatch(code):
        shape.fault(f"'{code}' cannot be a code: small letters, digits and _ only.")
    found = shape.document.value
    for step in shape.where:
        found = found[step]
    if isinstance(found, str):
        return Option(code, found)
    shape.keys("label", "hint alone rest_unknown reassures")
    return Option(
        code, shape.text("label"), shape.maybe_text("hint"), shape.flag("alone"), shape.flag("rest_unknown"), shape.flag("reassures")
    )


def _check_kind(shape: Shape, question: Question) -> None:
    kind = KINDS.get(question.kind)
    if kind is None:
        return
    if kind.needs_options != bool(question.options):
        shape.fault(f"A question of kind '{question.kind}' {'needs' if kind.needs_options else 'has no'} options.")
    if not kind.has_limits and (question.minimum is not None or question.maximum is not None or question.units):
        shape.fault(f"A question of kind '{question.kind}' has no minimum, maximum or units.")
    if kind.has_questions != ("questions" in shape.value):
        shape.fault(f"A question of kind '{question.kind}' {'needs' if kind.has_questions else 'has no'} questions of its own.")
    if not kind.has_questions and (question.of or question.row_title):
        shape.fault("Only rows have 'of' and 'row_title'.")
    if kind.has_questions and (question.known or question.measure):
        shape.fault("Rows have no 'known' and no 'measure': their questions do.")


def _check_use(shape: Shape, question: Question) -> None:
    """What is carried forward, asked with care or drawn otherwise is of a kind that can be."""
    if question.carry and not question.measure:
        shape.fault("What is carried forward needs a 'measure', which is what it is remembered as.", "carry")
    if question.sensitive and question.kind not in SENSITIVE_KINDS:
        shape.fault(f"A question of kind '{question.kind}' cannot be sensitive: only {', '.join(SENSITIVE_KINDS)} can.", "sensitive")
    if question.layout and question.kind not in LAYOUTS.get(question.layout, ()):
        shape.fault(f"A question of kind '{question.kind}' cannot be drawn as '{question.layout}'.", "layout")
    reassuring = any(option.reassures for option in question.options)
    if reassuring and not (question.sensitive and question.kind == "choice"):
        shape.fault("'reassures' belongs to the options of a sensitive choice.", "options")
    if question.sensitive and question.kind == "choice" and not reassuring:
        shape.fault("A sensitive choice says which of its options are reassuring, with 'reassures: true'.", "options")

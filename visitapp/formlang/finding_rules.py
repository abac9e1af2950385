"""Findings out of a form file: the rule, how grave it is, whose judgement, which lesser findings it says already, and what it asks of
whom."""

from visitapp.domain.findings import AREAS, SEVERITIES
from visitapp.formlang.kinds import DUTY_KINDS, DUTY_OWNERS
from visitapp.formlang.model import Duty, FindingRule, Form, Tree
from visitapp.formlang.questions import PLAIN_NAME
from visitapp.formlang.rules import compile_rule
from visitapp.formlang.shape import Shape
from visitapp.formlang.terms import Names, RuleFault

FINDING_KEYS = "code area when severity level wording ask source"
FINDING_OPTIONAL = "each judgement stands_for duties"
DUTY_KEYS = "what within kind owner"


def read_finding(shape: Shape, names: Names) -> FindingRule:
    """One finding. What is wrong is noted as a fault of the document."""
    shape.keys(FINDING_KEYS, FINDING_OPTIONAL)
    code, each = shape.text("code"), shape.maybe_text("each")
    if code and not PLAIN_NAME.fullmatch(code):
        shape.fault(f"'{code}' cannot be a code: small letters, digits and _ only.", "code")
    return FindingRule(
        code=code,
        area=shape.one_of("area", AREAS),
        each=_each(shape, each, names),
        when=shape.text("when"),
        tree=_tree(shape, each, names),
        severity=shape.one_of("severity", SEVERITIES),
        level=shape.integer("level", 1, 4) or 1,
        wording=shape.text("wording"),
        ask=shape.text("ask"),
        source=shape.text("source"),
        judgement=shape.flag("judgement"),
        stands_for=shape.texts("stands_for"),
        duties=tuple(_duty(item) for item in shape.items("duties")),
    )


def _each(shape: Shape, each: str | None, names: Names) -> str | None:
    known = names.questions.get(each or "")
    if each is not None and (known is None or known.question.kind != "rows" or known.parent is not None or known.gate is not None):
        shape.fault(f"'{each}' is not rows at the top of the form that are always shown.", "each")
        return None
    return each


def _tree(shape: Shape, each: str | None, names: Names) -> Tree:
    source, here = shape.text("when"), each if each in names.questions else None
    try:
        return compile_rule(source, names.questions, here, names.scores, names.same, names.terms, silence=True) if source else ("and",)
    except RuleFault as fault:
        shape.fault(f"The rule of '{shape.text('code')}': {fault}.", "when")
        return ("and",)


def _duty(shape: Shape) -> Duty:
    shape.keys(DUTY_KEYS)
    return Duty(shape.text("what"), shape.text("within"), shape.one_of("kind", DUTY_KINDS), shape.one_of("owner", DUTY_OWNERS))


def check_standing(shape: Shape, form: Form) -> None:
    """A finding stands for lesser ones only, and no two for each other, so that what is present is always shown under something."""
    for rule, item in zip(form.findings, shape.items("findings"), strict=False):
        for code in rule.stands_for:
            other = form.rules.get(code)
            if other is None:
                item.fault(f"'{code}' is not a finding of this form.", "stands_for")
            elif other is rule:
                item.fault(f"'{code}' cannot stand for itself.", "stands_for")
            elif _gravity(other) < _gravity(rule):
                item.fault(f"'{code}' is graver than '{rule.code}', which can only stand for what is lesser.", "stands_for")
            elif _stands_for(form, code, rule.code, frozenset()):
                item.fault(f"'{rule.code}' and '{code}' stand for each other: one of them has to be shown.", "stands_for")


def _gravity(rule: FindingRule) -> tuple[int, int]:
    """Graver sorts first."""
    return -rule.level, SEVERITIES.index(rule.severity) if rule.severity in SEVERITIES else len(SEVERITIES)


def _stands_for(form: Form, code: str, wanted: str, above: frozenset[str]) -> bool:
    if code == wanted:
        return True
    inner = form.rules[code].stands_for if code in form.rules and code not in above else ()
    return any(_stands_for(form, other, wanted, above | {code}) for other in inner)

"""What a visit found. The tablet finds the same from the same facts (`static/tablet/rules.js`), and the service checks that it did."""

from visitapp.decide.evaluate import visit_of
from visitapp.decide.visit import Result, Scope, Visit
from visitapp.domain.findings import Finding
from visitapp.formlang.model import FindingRule, Form

_STATES = {True: "present", False: "absent", None: "cannot_tell"}


def find(form: Form, body: object, given: object) -> list[Finding]:
    """Every finding of the form, in form order and rows in order, absent ones included. Never raises on a body or facts of any shape.

    A rule for each row adds one that cannot be told, with no row, while it has not been said that these rows are all there are."""
    return find_in(visit_of(form, body, given))


def find_in(visit: Visit) -> list[Finding]:
    """The same, of a visit that may have been read already: what was worked out then is not worked out again."""
    return stood_for(visit.form, [finding for rule in visit.form.findings for finding in _found(visit, rule)])


def find_one(form: Form, code: str, body: object, given: object) -> list[Finding]:
    """One finding of the form alone, in every row, whatever stands for it."""
    return _found(visit_of(form, body, given), form.rules[code])


def _found(visit: Visit, rule: FindingRule) -> list[Finding]:
    if rule.each is None:
        return [_finding(rule, "", "", visit.evaluate(rule.tree, visit.top))]
    rows = visit.rows(rule.each, visit.top)
    found = [_finding(rule, _row_id(scope), scope.person, visit.evaluate(rule.tree, scope)) for scope in rows.scopes]
    if not rows.complete:
        found.append(_finding(rule, "", "", Result(None, missing=frozenset((rows.path,)))))
    return found


def _row_id(scope: Scope) -> str:
    return scope.path.split("/")[-2]


def _finding(rule: FindingRule, row: str, person: str, result: Result) -> Finding:
    because = tuple(sorted(result.because)) if result.because else ()
    missing = tuple(sorted(result.missing)) if result.missing else ()
    return Finding(rule.code, rule.area, row, person, _STATES[result.value], rule.severity, rule.level, because, missing)


def stood_for(form: Form, findings: list[Finding]) -> list[Finding]:
    """The same findings, each present one that a graver present one says already put under the gravest that does."""
    over: dict[int, Finding] = {}
    present = [(at, one) for at, one in enumerate(findings) if one.state == "present"]
    for _, above in present:
        lesser = form.rules[above.finding].stands_for
        for at, one in present if lesser else ():
            if one.finding in lesser and at not in over and _about_the_same(form, above, one):
                over[at] = above
    top = {id(findings[at]): above for at, above in over.items()}
    return [one._replace(under=_topmost(over[at], top).finding) if at in over else one for at, one in enumerate(findings)]


def _topmost(above: Finding, over: dict[int, Finding]) -> Finding:
    while id(above) in over:  # ends, because no two stand for each other (formlang/finding_rules.py)
        above = over[id(above)]
    return above


def _about_the_same(form: Form, above: Finding, one: Finding) -> bool:
    """Whether one finding can stand for another: it is of the whole visit, of the same row, or about the same person."""
    each, other = form.rules[above.finding].each, form.rules[one.finding].each
    if each is None:
        return True
    return (each == other and above.row == one.row) or (above.person != "" and above.person == one.person)

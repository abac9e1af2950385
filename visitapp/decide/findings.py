"""What a visit found. The tablet finds the same from the same facts (`static/tablet/rules.js`), and the service checks that it did."""

from visitapp.decide.evaluate import Result, Scope, Visit, visit_of
from visitapp.domain.findings import Finding
from visitapp.formlang.model import FindingRule, Form

_STATES = {True: "present", False: "absent", None: "cannot_tell"}


def find(form: Form, body: object, given: object) -> list[Finding]:
    """Every finding of the form, in form order and rows in order, absent ones included. Never raises on a body or facts of any shape.

    A rule for each row adds one that cannot be told, with no row, while it has not been said that these rows are all there are."""
    visit = visit_of(form, body, given)
    return [finding for rule in form.findings for finding in _found(visit, rule)]


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
    state, because, missing = _STATES[result.value], tuple(sorted(result.because)), tuple(sorted(result.missing))
    return Finding(rule.code, rule.area, row, person, state, rule.severity, rule.level, because, missing)

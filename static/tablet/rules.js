// @ts-check
// Finds, on the tablet, what the service will find from the same facts (visitapp/decide/findings.py, score.py). It touches no page and
// no store, and never throws on a body or facts of any shape.

import { evaluate, placedAt, result, rowsOf, scopeOf } from "./rules/visit.js";
import { visitOf } from "./rules/evaluate.js";
import { total } from "./rules/points.js";

/** @import { Result, Scope, Visit } from "./rules/visit.js" */
/** @typedef {{finding: string, area: string, row: string, person: string, state: string, severity: string, level: number, because: string[], missing: string[], under: string}} Finding */
/** @typedef {{id: string, measure: string|null, row: string, person: string, at_least: number, could_be: number}} Score */

/**
 * Every finding of the form, in form order and rows in order, absent ones included. With the findings that there were before and the ids
 * of the questions (rows too) that were answered since, only the rules that read one of them are run again; what is given and the day of
 * the visit must be the same as then.
 * @param {any} bundle @param {any} body @param {any} given @param {{findings: Finding[], changed: Set<string>}} [before] @returns {Finding[]}
 */
export function find(bundle, body, given, before) {
  const visit = visitOf(bundle, body, given);
  const kept = before && byCode(before.findings);
  const findings = visit.rules.flatMap(({ rule, tree, reads }) => {
    const stands = kept && [...before.changed].every((id) => !reads.has(id)) && kept.get(rule.code);
    return stands || found(visit, rule, tree);
  });
  return stoodFor(visit, findings);
}

/** @param {Finding[]} findings @returns {Map<string, Finding[]>} */
function byCode(findings) {
  const codes = new Map();
  for (const one of findings) codes.has(one.finding) ? codes.get(one.finding).push(one) : codes.set(one.finding, [one]);
  return codes;
}

/**
 * Which questions are shown: one entry for each question with a `show_if`, in each row there is now, by its path
 * (`children/<row id>/nights/<row id>/sharers`). true: show it; false: it does not apply; null: not known yet, so not shown yet.
 * With `within`, only those in rows whose path begins so.
 * @param {any} bundle @param {any} body @param {any} given @param {string} [within] @returns {Map<string, boolean|null>}
 */
export function shown(bundle, body, given, within = "") {
  const visit = visitOf(bundle, body, given);
  /** @type {Map<string, boolean|null>} */
  const all = new Map();
  for (const section of bundle.sections) showIn(visit, section.questions, visit.top, all, within);
  return all;
}

/**
 * Every published score of the form as a range, one for each row that its questions stand in.
 * @param {any} bundle @param {any} body @param {any} given @returns {Score[]}
 */
export function scores(bundle, body, given) {
  const visit = visitOf(bundle, body, given);
  return (bundle.scores ?? []).flatMap((/** @type {any} */ score) =>
    placesOf(visit, score.rows)
      .filter((scope) => !score.when || evaluate(visit, score.when, scope).value !== false) // what surely was not asked is not nought
      .map((scope) => scoreIn(visit, score, scope)),
  );
}

/** @param {Visit} visit @param {any[]} questions @param {Scope} scope @param {Map<string, boolean|null>} all @param {string} within */
function showIn(visit, questions, scope, all, within) {
  const inside = scope.path.startsWith(within);
  for (const question of questions) {
    const { gate } = placedAt(visit, question.id);
    if (gate && inside) all.set(scope.path + question.id, evaluate(visit, gate, scope).value);
    if (question.kind === "rows") {
      const those = rowsOf(visit, question.id, scope).scopes.filter(({ path }) => path.startsWith(within) || within.startsWith(path));
      for (const row of those) showIn(visit, question.questions, row, all, within);
    }
  }
}

/** @param {Visit} visit @param {any} rule @param {any[]} tree @returns {Finding[]} */
function found(visit, rule, tree) {
  if (rule.each === null) return [finding(rule, "", "", evaluate(visit, tree, visit.top))];
  const rows = rowsOf(visit, rule.each, visit.top);
  const all = rows.scopes.map((scope) => finding(rule, scope.id, scope.person, evaluate(visit, tree, scope)));
  if (!rows.complete) all.push(finding(rule, "", "", result(null, undefined, new Set([rows.path]))));
  return all;
}

/** @param {any} rule @param {string} row @param {string} person @param {Result} decided @returns {Finding} */
function finding(rule, row, person, decided) {
  const state = decided.value === null ? "cannot_tell" : decided.value ? "present" : "absent";
  const { code, area, severity, level } = rule;
  return { finding: code, area, row, person, state, severity, level, because: [...decided.because].sort(), missing: [...decided.missing].sort(), under: "" };
}

// --- what a graver finding says already -----------------------------------------------------------------

/** @param {Visit} visit @param {Finding[]} findings @returns {Finding[]} */
function stoodFor(visit, findings) {
  const rules = new Map(visit.rules.map(({ rule }) => [rule.code, rule]));
  const present = findings.filter((one) => one.state === "present");
  /** @type {Map<Finding, Finding>} */
  const over = new Map();
  for (const above of present) {
    const { stands_for: lesser = [] } = rules.get(above.finding);
    for (const one of lesser.length ? present : []) {
      if (lesser.includes(one.finding) && !over.has(one) && aboutTheSame(rules, above, one)) over.set(one, above);
    }
  }
  return findings.map((one) => {
    const under = over.has(one) ? topmost(one, over).finding : "";
    return one.under === under ? one : { ...one, under };
  });
}

/** Ends, because no two stand for each other. @param {Finding} one @param {Map<Finding, Finding>} over @returns {Finding} */
function topmost(one, over) {
  let at = one;
  for (let above = over.get(at); above; above = over.get(at)) at = above;
  return at;
}

/** It is of the whole visit, of the same row, or about the same person. @param {Map<string, any>} rules @param {Finding} above @param {Finding} one @returns {boolean} */
function aboutTheSame(rules, above, one) {
  const { each } = rules.get(above.finding);
  if (each === null) return true;
  return (each === rules.get(one.finding).each && above.row === one.row) || (above.person !== "" && above.person === one.person);
}

// --- scores ---------------------------------------------------------------------------------------------

/** Every row of rows that may be nested, or the top; rows that are hidden for sure have none. @param {Visit} visit @param {string|null} rows @returns {Scope[]} */
function placesOf(visit, rows) {
  if (rows === null) return [visit.top];
  const { parent, gate } = placedAt(visit, rows);
  return placesOf(visit, parent).flatMap((outer) => {
    const hidden = gate && evaluate(visit, gate, outer).value === false;
    return hidden ? [] : rowsOf(visit, rows, outer).scopes;
  });
}

/** @param {Visit} visit @param {any} score @param {Scope} scope @returns {Score} */
function scoreIn(visit, score, scope) {
  const { low, high } = total(visit, score, scope);
  let whose = scopeOf(score.rows, scope);
  while (!whose.person && whose.outer) whose = whose.outer;
  return { id: score.id, measure: score.measure, row: score.rows === null ? "" : scope.id, person: whose.person, at_least: low, could_be: high };
}

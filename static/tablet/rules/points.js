// @ts-check
// Points of a published score, as visitapp/decide/points.py adds them: the least and the most that they can be. An unanswered question
// could be anything, one that is hidden for sure counts nothing, and of one that may be hidden both are possible.

import { NOTHING, evaluate, knownAt, placedAt, result, scopeOf, union } from "./visit.js";
import { answer } from "./reading.js";

/** @import { Placed } from "./names.js" */
/** @import { Scope, Visit } from "./visit.js" */
/** @import { Reading } from "./reading.js" */
/** @typedef {{low: number, high: number}} Range */
/** @typedef {{low: number, high: number, because: Set<string>, missing: Set<string>}} Points */

/** The points of a score in the row of `scope` or one around it. @param {Visit} visit @param {any} score @param {Scope} scope @returns {Points} */
export function total(visit, score, scope) {
  const inside = scopeOf(score.rows, scope);
  return knownAt(inside, score.id, () => {
    const each = Object.keys(score.of).map((id) => pointsOf(visit, placedAt(visit, id), score.of[id], inside));
    const because = union(each.map((one) => one.because));
    const missing = union(each.map((one) => one.missing));
    return { low: sum(each.map((one) => one.low)), high: sum(each.map((one) => one.high)), because, missing };
  });
}

/** @param {number[]} numbers @returns {number} */
function sum(numbers) {
  return numbers.reduce((all, one) => all + one, 0);
}

/** @param {Visit} visit @param {Placed} placed @param {Record<string, number>} points @param {Scope} inside @returns {Points} */
function pointsOf(visit, { question, gate: condition }, points, inside) {
  const gate = condition ? evaluate(visit, condition, inside) : result(true);
  if (gate.value === false) return { low: 0, high: 0, because: gate.because, missing: NOTHING };
  const found = answered(question, points, answer(visit, question.id, inside));
  const because = union([gate.because, found.because]);
  if (gate.value === null) return { low: 0, high: found.high, because, missing: gate.missing };
  return { ...found, because };
}

/** @param {any} question @param {Record<string, number>} points @param {Reading} said @returns {Points} */
function answered(question, points, said) {
  const most = mostPoints(question, points);
  if (said.value === null) return { low: Math.min(...Object.values(points)), high: most, because: NOTHING, missing: said.missing };
  if (question.kind === "choice") return { low: points[said.value], high: points[said.value], because: said.because, missing: NOTHING };
  const counted = Math.min(most, sum([...new Set(said.value)].map((code) => points[code])));
  const open = question.options.filter((/** @type {any} */ one) => !one.alone && said.open.has(one.code));
  const more = sum(open.map((/** @type {any} */ one) => points[one.code]));
  const because = union([said.because, said.vouched]);
  return { low: counted, high: Math.min(most, counted + more), because, missing: said.open.size ? said.rest : NOTHING };
}

/** The most that any answer counts. @param {any} question @param {Record<string, number>} points @returns {number} */
function mostPoints(question, points) {
  if (question.kind === "choice") return Math.max(...Object.values(points));
  const together = sum(question.options.map((/** @type {any} */ one) => (one.alone ? 0 : points[one.code])));
  return Math.max(together, ...question.options.map((/** @type {any} */ one) => (one.alone ? points[one.code] : 0)));
}

/** Whether a comparison holds for all of both ranges, for none, or cannot be told. @param {string} sign @param {Range} left @param {Range} right @returns {boolean|null} */
export function sure(sign, left, right) {
  if (HOLDS[sign](left, right)) return true;
  return NEVER[sign](left, right) ? false : null;
}

/** @type {Record<string, (left: Range, right: Range) => boolean>} */
const HOLDS = {
  "==": (left, right) => left.low === left.high && left.high === right.low && right.low === right.high,
  "<": (left, right) => left.high < right.low,
  "<=": (left, right) => left.high <= right.low,
  ">": (left, right) => left.low > right.high,
  ">=": (left, right) => left.low >= right.high,
};

/** @type {Record<string, (left: Range, right: Range) => boolean>} */
const NEVER = {
  "==": (left, right) => left.high < right.low || left.low > right.high,
  "<": HOLDS[">="],
  "<=": HOLDS[">"],
  ">": HOLDS["<="],
  ">=": HOLDS["<"],
};

// @ts-check
// Runs a compiled rule over a visit body in Kleene's three values, true, false, and null for "cannot tell", as
// visitapp/decide/evaluate.py does; the tests hold the two together. It reads only the literal tree (`lang: 3`).

import { NOTHING, evaluate, result, rowsOf, union, visitIn } from "./visit.js";
import { PLAIN_READERS, dayNumber, entered, reading, whole } from "./reading.js";
import { sure, total } from "./points.js";

/** @import { Operator, Result, Scope, Visit } from "./visit.js" */
/** @import { Reading } from "./reading.js" */
/** @import { Range } from "./points.js" */

/** @param {any} bundle @param {any} body @param {any} given @returns {Visit} */
export function visitOf(bundle, body, given) {
  return visitIn(bundle, body, given, OPERATORS);
}

// --- reading --------------------------------------------------------------------------------------------

/** @param {Visit} visit @param {any} term @param {Scope} scope @returns {Reading} */
function read(visit, term, scope) {
  return Array.isArray(term) ? READERS[term[0]](visit, term, scope) : reading(term);
}

/** @type {Record<string, (visit: Visit, term: any[], scope: Scope) => Reading>} */
const READERS = {
  ...PLAIN_READERS,
  score(visit, [, id], scope) {
    const { low, high, because, missing } = total(visit, visit.scores.get(id), scope);
    return reading({ low, high }, because, missing);
  },
  plus(visit, [, term, more], scope) {
    const found = read(visit, term, scope);
    if (found.value === null) return found;
    if (isRange(found)) return { ...found, value: { low: found.value.low + more, high: found.value.high + more } };
    const added = whole(found.value + more);
    return added === null ? reading(null, NOTHING, found.because) : { ...found, value: added };
  },
};

/** @param {Reading} side @returns {boolean} */
function isRange(side) {
  return typeof side.value === "object" && side.value !== null && !Array.isArray(side.value);
}

// --- operators ------------------------------------------------------------------------------------------

/** Parts of which none is false. @param {Result[]} parts @returns {Result} */
function all(parts) {
  if (parts.every((part) => part.value)) return result(true, union(parts.map(because)));
  return result(null, union(parts.map(because)), union(parts.map(missing)));
}

/** @param {Result} one @returns {Set<string>} */
function because(one) {
  return one.because;
}

/** @param {Result} one @returns {Set<string>} */
function missing(one) {
  return one.missing;
}

/** @param {Result[]} parts @returns {Result} */
function any(parts) {
  const forIt = parts.filter((part) => part.value);
  if (forIt.length) return result(true, union(forIt.map(because)));
  if (parts.every((part) => part.value === false)) return result(false, union(parts.map(because)));
  return result(null, union(parts.map(because)), union(parts.map(missing)));
}

/** @param {Visit} visit @param {number} least @param {string} id @param {any[]} test @param {Scope} scope @returns {Result} */
function atLeast(visit, least, id, test, scope) {
  const rows = rowsOf(visit, id, scope);
  const results = rows.scopes.map((row) => evaluate(visit, test, row));
  const forIt = results.filter((one) => one.value === true);
  const unsure = results.filter((one) => one.value === null);
  if (forIt.length >= least) return result(true, union(forIt.map(because)));
  const allThere = new Set([rows.path]);
  if (rows.complete && forIt.length + unsure.length < least) {
    return result(false, union([...results.filter((one) => one.value === false).map(because), allThere]));
  }
  const asked = rows.complete ? unsure.map(missing) : [...unsure.map(missing), allThere];
  return result(null, union([...forIt, ...unsure].map(because)), union(asked));
}

/** @param {string} sign @param {(left: any, right: any) => boolean} test @returns {Operator} */
function comparison(sign, test) {
  return (visit, tree, scope) => {
    const left = read(visit, tree[1], scope);
    const right = read(visit, tree[2], scope);
    if (left.missing.size || right.missing.size || isRange(left) || isRange(right)) return between(sign, left, right);
    return result(test(day(left.value, right.value), day(right.value, left.value)), union([left.because, right.because]));
  };
}

/** A comparison in which a side is unknown, or is a range: it holds only when it holds for all that the sides could be. @param {string} sign @param {Reading} left @param {Reading} right @returns {Result} */
function between(sign, left, right) {
  const sides = [rangeOf(left), rangeOf(right)];
  const value = sides[0] && sides[1] ? sure(sign, sides[0], sides[1]) : null;
  const reasons = union([left.because, right.because]);
  return value === null ? result(null, reasons, union([left.missing, right.missing])) : result(value, reasons);
}

/** The numbers that a side could be; null when that is anything. @param {Reading} side @returns {Range|null} */
function rangeOf(side) {
  if (isRange(side)) return side.value;
  return typeof side.value === "number" ? { low: side.value, high: side.value } : null;
}

/** A date written in the rule becomes a day number where it meets one. @param {any} value @param {any} other @returns {any} */
function day(value, other) {
  return typeof value === "string" && typeof other === "number" ? dayNumber(value) : value;
}

/** @type {Record<string, Operator>} */
export const OPERATORS = {
  and(visit, tree, scope) {
    const parts = [];
    for (const part of tree.slice(1)) {
      const found = evaluate(visit, part, scope);
      if (found.value === false) return found; // reason enough
      parts.push(found);
    }
    return all(parts);
  },
  or: (visit, tree, scope) => any(tree.slice(1).map((part) => evaluate(visit, part, scope))),
  not(visit, tree, scope) {
    const found = evaluate(visit, tree[1], scope);
    return found.value === null ? found : result(!found.value, found.because);
  },
  if_shown(visit, tree, scope) {
    const gate = evaluate(visit, tree[1], scope);
    if (gate.value === false) return gate;
    const inner = evaluate(visit, tree[2], scope);
    if (inner.value === false) return inner;
    return gate.value === null ? gate : all([gate, inner]);
  },
  some: (visit, tree, scope) => atLeast(visit, 1, tree[1], tree[2], scope),
  count: (visit, tree, scope) => atLeast(visit, tree[1], tree[2], tree[3], scope),
  "==": comparison("==", (left, right) => left === right),
  "<": comparison("<", (left, right) => left < right),
  "<=": comparison("<=", (left, right) => left <= right),
  ">": comparison(">", (left, right) => left > right),
  ">=": comparison(">=", (left, right) => left >= right),
  in(visit, tree, scope) {
    const left = read(visit, tree[1], scope);
    if (left.missing.size) return result(null, NOTHING, left.missing);
    return result(tree[2].slice(1).some((/** @type {any} */ one) => day(one, left.value) === left.value), left.because);
  },
  has(visit, tree, scope) {
    const codes = read(visit, tree[1], scope);
    if (codes.value === null) return result(null, NOTHING, codes.missing);
    if (codes.value.includes(tree[2])) return result(true, codes.because);
    return codes.open.has(tree[2]) ? result(null, NOTHING, codes.rest) : result(false, union([codes.because, codes.vouched]));
  },
  unanswered(visit, tree, scope) {
    const found = entered(visit, tree[1], scope);
    return result(found.value === null, found.because.size ? found.because : found.missing);
  },
};

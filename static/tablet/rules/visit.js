// @ts-check
// A visit as rules see it, as visitapp/decide/visit.py has it: its answers by row, the facts given with it, and what was worked out
// already. Whatever is not as it should be is unknown, so that a body of any shape can be judged.

import { namesIn } from "./names.js";

/** @typedef {{value: boolean|null, because: Set<string>, missing: Set<string>}} Result */
/** @typedef {{rows: string|null, answers: any, path: string, id: string, person: string, outer: Scope|null, known: Map<any, any>}} Scope */
/** @typedef {{path: string, scopes: Scope[], complete: boolean}} Rows */
/** @import { Names, Placed } from "./names.js" */
/** @typedef {Names & {on: any, given: any, top: Scope, operators: Record<string, Operator>}} Visit */
/** @typedef {(visit: Visit, tree: any[], scope: Scope) => Result} Operator */

const MOST_ROWS = 30;

/** @type {Set<string>} */
export const NOTHING = new Set();

/** @type {WeakMap<object, Names>} */
const namesOf = new WeakMap();

/** @param {any} bundle @param {any} body @param {any} given @param {Record<string, Operator>} operators what the operators of a tree mean @returns {Visit} */
export function visitIn(bundle, body, given, operators) {
  let names = namesOf.get(bundle);
  if (!names) namesOf.set(bundle, (names = namesIn(bundle)));
  return { ...names, on: own(body, "occurred_on"), given, top: scope(null, own(body, "answers"), "", "", "", null), operators };
}

/** @param {Visit} visit @param {any[]} tree @param {Scope} scope @returns {Result} */
export function evaluate(visit, tree, scope) {
  return knownAt(scope, tree, () => visit.operators[tree[0]](visit, tree, scope));
}

/** @param {string|null} rows @param {any} answers @param {string} path @param {string} id @param {string} person @param {Scope|null} outer @returns {Scope} */
function scope(rows, answers, path, id, person, outer) {
  return { rows, answers, path, id, person, outer, known: new Map() };
}

/** A member of a plain object and nothing else's. @param {any} from @param {string} key @returns {any} */
export function own(from, key) {
  const plain = typeof from === "object" && from !== null && !Array.isArray(from);
  return plain && Object.hasOwn(from, key) ? from[key] : undefined;
}

/** @param {any} value @returns {string} */
function plainId(value) {
  return typeof value === "string" && /^[0-9A-Za-z_-]{1,64}$/.test(value) ? value : "";
}

/** @param {string|null} rows @param {Scope} scope @returns {Scope} */
export function scopeOf(rows, scope) {
  let at = scope;
  while (at.rows !== rows && at.outer) at = at.outer;
  return at;
}

/** @param {Visit} visit @param {string} id @returns {Placed} */
export function placedAt(visit, id) {
  return /** @type {Placed} */ (visit.placed.get(id));
}

/** @param {Visit} visit @param {string} id @param {Scope} scope @returns {Rows} */
export function rowsOf(visit, id, scope) {
  const inside = scopeOf(placedAt(visit, id).parent, scope);
  return knownAt(inside, id, () => entered(id, inside));
}

/** @param {string} id @param {Scope} inside @returns {Rows} */
function entered(id, inside) {
  const path = inside.path + id;
  const answer = own(inside.answers, id);
  const rows = own(answer, "rows");
  if (!Array.isArray(rows)) return { path, scopes: [], complete: false };
  const scopes = rows.slice(0, MOST_ROWS).map((row, index) => {
    const rowId = plainId(own(row, "id")) || `#${index}`;
    return scope(id, own(row, "answers"), `${path}/${rowId}/`, rowId, plainId(own(row, "person")), inside);
  });
  return { path, scopes, complete: own(answer, "complete") === true && rows.length <= MOST_ROWS };
}

/** What is given about the person of a row. @param {Visit} visit @param {Scope} scope @returns {any} */
export function personOf(visit, scope) {
  return own(own(visit.given, "people"), scope.person);
}

/** What was worked out for one rule is there for the next. @template T @param {Scope} scope @param {any} key @param {() => T} work @returns {T} */
export function knownAt(scope, key, work) {
  let found = scope.known.get(key);
  if (found === undefined) scope.known.set(key, (found = work()));
  return found;
}

/** @param {boolean|null} value @param {Set<string>} [because] @param {Set<string>} [missing] @returns {Result} */
export function result(value, because = NOTHING, missing = NOTHING) {
  return { value, because, missing };
}

/** All of several sets; none of them is changed. Most are empty or the same, and joining nothing costs nothing. @param {Set<string>[]} sets @returns {Set<string>} */
export function union(sets) {
  let found = NOTHING;
  let own = false;
  for (const set of sets) {
    if (set === found || set.size === 0) continue;
    if (found.size === 0) {
      found = set;
    } else {
      if (!own) found = new Set(found);
      own = true;
      for (const one of set) found.add(one);
    }
  }
  return found;
}

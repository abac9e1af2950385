// @ts-check
// What a rule reads, as visitapp/decide/reading.py does: answers, facts about a child, and what was known before, each with the paths
// that it stands on, or those that would have to be answered before it could be read.

import { NOTHING, evaluate, knownAt, own, personOf, placedAt, result, scopeOf, union } from "./visit.js";

/** @import { Placed } from "./names.js" */
/** @import { Result, Scope, Visit } from "./visit.js" */
/** @typedef {{value: any, because: Set<string>, missing: Set<string>, open: Set<string>, rest: Set<string>, vouched: Set<string>}} Reading */

const TERM_DAYS = 280;
const PRETERM_BELOW_DAYS = 259;
const CHILD_FACTS = /** @type {Record<string, string>} */ ({
  age_days: "born_on", corrected_age_days: "gestation_days", days_since_seen: "seen_on", days_home: "home_on", days_to_due: "due_on", birth_weight_g: "birth_weight_g",
});
/** How a given fact is read, by the kinds that the bundle names. @type {Record<string, (value: any, path: string) => Reading>} */
const FACTS = {
  number: numberOrRange,
  truth: (value, path) => readAt(truth(value), path),
  codes: (value, path) => readAt(Array.isArray(value) && value.every((code) => typeof code === "string") ? value : null, path),
};

/** @param {any} value @param {Set<string>} [because] @param {Set<string>} [missing] @returns {Reading} */
export function reading(value, because = NOTHING, missing = NOTHING) {
  return { value, because, missing, open: NOTHING, rest: NOTHING, vouched: NOTHING };
}

/** A plain value that was looked for at a path. @param {any} value @param {string} path @returns {Reading} */
function readAt(value, path) {
  const paths = new Set([path]);
  return value === null ? reading(null, NOTHING, paths) : reading(value, paths);
}

// --- answers --------------------------------------------------------------------------------------------

/** The answer to a question in the row of `scope` or one around it. @param {Visit} visit @param {string} id @param {Scope} scope @returns {Reading} */
export function answer(visit, id, scope) {
  const placed = placedAt(visit, id);
  const inside = scopeOf(placed.parent, scope);
  return knownAt(inside, id, () => {
    const found = enteredIn(placed, inside);
    return placed.question.sensitive && found.value !== null ? withCare(visit, placed, found, inside.path + id) : found;
  });
}

/** What was entered as the answer, however it was asked. @param {Visit} visit @param {string} id @param {Scope} scope @returns {Reading} */
export function entered(visit, id, scope) {
  const placed = placedAt(visit, id);
  return enteredIn(placed, scopeOf(placed.parent, scope));
}

/** @param {Placed} placed @param {Scope} inside @returns {Reading} */
function enteredIn(placed, inside) {
  const { id, kind } = placed.question;
  return VALUES[kind](placed, own(own(inside.answers, id), "value"), inside.path + id);
}

/** @type {Record<string, (placed: Placed, value: any, path: string) => Reading>} */
const VALUES = {
  choice: ({ codes }, value, path) => readAt(typeof value === "string" && codes.has(value) ? value : null, path),
  choices({ question, codes }, value, path) {
    if (!Array.isArray(value) || value.length === 0 || !value.every((code) => codes.has(code))) return readAt(null, path);
    const found = readAt(value, path);
    if (!question.options.some((/** @type {any} */ one) => one.rest_unknown && value.includes(one.code))) return found;
    return { ...found, open: without(codes, value), rest: found.because };
  },
  yes_no: (_, value, path) => readAt(truth(value), path),
  integer: (_, value, path) => readAt(whole(value), path),
  date: (_, value, path) => readAt(dayNumber(value), path),
};

/**
 * A sensitive answer as it counts: unless it was asked properly, reassurance in it counts as not asked, and a disclosure stands.
 * @param {Visit} visit @param {Placed} placed @param {Reading} found @param {string} path @returns {Reading}
 */
function withCare(visit, placed, found, path) {
  const { question } = placed;
  const properly = visit.properly ? evaluate(visit, visit.properly, visit.top) : result(false);
  const unsure = properly.value === null ? properly.missing : new Set([path]);
  if (question.kind === "choices") return withCareOfSeveral(placed, found, properly, unsure);
  const reassures = question.kind === "yes_no"
    ? found.value === false
    : question.options.some((/** @type {any} */ one) => one.reassures && one.code === found.value);
  if (!reassures) return found;
  return properly.value ? { ...found, because: union([found.because, properly.because]) } : reading(null, NOTHING, unsure);
}

/** @param {Placed} placed @param {Reading} found @param {Result} properly @param {Set<string>} unsure @returns {Reading} */
function withCareOfSeveral({ question, codes }, found, properly, unsure) {
  const alone = question.options.filter((/** @type {any} */ one) => one.alone).map((/** @type {any} */ one) => one.code);
  if (alone.some((/** @type {string} */ code) => found.value.includes(code))) {
    return properly.value ? { ...found, because: union([found.because, properly.because]) } : reading(null, NOTHING, unsure);
  }
  const disclosed = question.options.some((/** @type {any} */ one) => !one.rest_unknown && found.value.includes(one.code));
  const ruledOut = disclosed ? alone : []; // "none of these", once something is said: so what follows it is asked however it came
  if (properly.value) return { ...found, open: without(found.open, ruledOut), vouched: properly.because };
  return { ...found, open: without(codes, [...found.value, ...ruledOut]), rest: found.rest.size ? found.rest : unsure };
}

/** @param {Set<string>} codes @param {string[]} taken @returns {Set<string>} */
function without(codes, taken) {
  return new Set([...codes].filter((code) => !taken.includes(code)));
}

/** @param {any} value @returns {boolean|null} */
function truth(value) {
  return typeof value === "boolean" ? value : null;
}

/** @param {any} value @returns {number|null} */
export function whole(value) {
  return Number.isSafeInteger(value) ? value : null;
}

// --- facts that were given ------------------------------------------------------------------------------

/** A number, or what it was at least and could have been, where a visit left something open. @param {any} value @param {string} path @returns {Reading} */
function numberOrRange(value, path) {
  const [low, high] = [whole(own(value, "at_least")), whole(own(value, "could_be"))];
  if (low === null || high === null || low >= high) return readAt(whole(value), path);
  return reading({ low, high }, new Set([path]), new Set([path]));
}

/** @type {Record<string, (visit: Visit, term: any[], scope: Scope) => Reading>} */
export const PLAIN_READERS = {
  get: (visit, [, id], scope) => answer(visit, id, scope),
  history: (visit, [, name]) => FACTS[visit.history[name]](own(own(visit.given, "history"), name), `given/history/${name}`),
  age_days: ofChild,
  corrected_age_days: ofChild,
  days_since_seen: ofChild,
  days_home: ofChild,
  days_to_due: ofChild,
  birth_weight_g: ofChild,
};

/** @param {Visit} visit @param {any[]} term @param {Scope} scope @returns {Reading} */
function ofChild(visit, [name, rows], scope) {
  const child = scopeOf(rows, scope);
  return knownAt(child, name, () => (OTHERWISE[name] ?? span)(visit, name, child));
}

/** Facts of a child that are no span between two days. @type {Record<string, typeof span>} */
const OTHERWISE = { corrected_age_days: (visit, _, child) => correctedAge(visit, child), birth_weight_g: birthWeight };

/** As it was recorded, in grams. @param {Visit} visit @param {string} name @param {Scope} child @returns {Reading} */
function birthWeight(visit, name, child) {
  if (!child.person) return readAt(null, `${child.path}person`);
  return readAt(whole(own(personOf(visit, child), name)), `given/people/${child.person}/${name}`);
}

/** @param {Visit} visit @param {string} name @param {Scope} child @returns {Reading} */
function span(visit, name, child) {
  if (!child.person) return readAt(null, `${child.path}person`);
  const born = name === "days_to_due" && span(visit, "age_days", child).value !== null;
  const fact = born ? "born_on" : CHILD_FACTS[name]; // nobody waits for a child who is born, before the due date as little as after it
  const then = own(personOf(visit, child), fact);
  return readAt(name === "days_to_due" ? until(then, visit.on) : since(then, visit.on), `given/people/${child.person}/${fact}`);
}

/** @param {Visit} visit @param {Scope} child @returns {Reading} */
function correctedAge(visit, child) {
  const born = span(visit, "age_days", child);
  if (born.value === null) return born;
  const gestation = whole(own(personOf(visit, child), "gestation_days"));
  const path = `given/people/${child.person}/gestation_days`;
  if (gestation === null) return readAt(null, path);
  return readAt(gestation < PRETERM_BELOW_DAYS ? born.value - (TERM_DAYS - gestation) : born.value, path);
}

/** Days from a date to another; unknown when the first is still to come. @param {any} then @param {any} on @returns {number|null} */
function since(then, on) {
  const left = until(then, on);
  return left === null || left > 0 ? null : 0 - left;
}

/** Days from `on` to a date, negative when it is past. @param {any} then @param {any} on @returns {number|null} */
function until(then, on) {
  const first = dayNumber(then);
  const today = dayNumber(on);
  return first === null || today === null ? null : first - today;
}

/** Days since 1970-01-01 of a date written YYYY-MM-DD. @param {any} text @returns {number|null} */
export function dayNumber(text) {
  const parts = typeof text === "string" ? /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text) : null;
  if (!parts || parts[1] === "0000") return null;
  const [year, month, day] = parts.slice(1).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / 86_400_000 : null;
}

// @ts-check
// Finds, on the tablet, what the service will find from the same facts (visitapp/decide/evaluate.py): a compiled rule run over a visit
// body in Kleene's three values, true, false, and null for "cannot tell". The tests hold the two languages together. It reads only the
// literal tree (`lang: 1`), touches no page and no store, and never throws on a body or facts of any shape.

/** @typedef {{value: boolean|null, because: Set<string>, missing: Set<string>}} Result */
/** @typedef {{value: any, path: string|null, restUnknown?: boolean}} Reading */
/** @typedef {{rows: string|null, answers: any, path: string, id: string, person: string, outer: Scope|null}} Scope */
/** @typedef {{path: string, scopes: Scope[], complete: boolean}} Rows */
/** @typedef {{placed: Map<string, Placed>, on: any, given: any, top: Scope}} Visit */
/** @typedef {{question: any, parent: string|null, codes: Set<string>}} Placed */
/** @typedef {{finding: string, area: string, row: string, person: string, state: string, severity: string, level: number, because: string[], missing: string[]}} Finding */

const TERM_DAYS = 280;
const PRETERM_BELOW_DAYS = 259;
const MOST_ROWS = 30;
const HISTORY = /** @type {Record<string, string>} */ ({
  visits_not_completed_90d: "number",
  days_since_child_seen: "number",
  earlier_findings_present: "codes",
  advice_repeated_sleep: "truth",
  level_agreed: "number",
  children_before: "number",
});

/**
 * Every finding of the form, in form order and rows in order, absent ones included.
 * @param {any} bundle @param {any} body @param {any} given @returns {Finding[]}
 */
export function find(bundle, body, given) {
  const visit = visitOf(bundle, body, given);
  return bundle.findings.flatMap((/** @type {any} */ rule) => found(visit, rule));
}

/**
 * Which questions are shown: one entry for each question with a `show_if`, in each row there is now, by its path
 * (`children/<row id>/nights/<row id>/sharers`). true: show it; false: it does not apply; null: not known yet, so not shown yet.
 * @param {any} bundle @param {any} body @param {any} given @returns {Map<string, boolean|null>}
 */
export function shown(bundle, body, given) {
  const visit = visitOf(bundle, body, given);
  /** @type {Map<string, boolean|null>} */
  const all = new Map();
  for (const section of bundle.sections) showIn(visit, section.questions, visit.top, all);
  return all;
}

/** @param {Visit} visit @param {any[]} questions @param {Scope} scope @param {Map<string, boolean|null>} all */
function showIn(visit, questions, scope, all) {
  for (const question of questions) {
    if (question.show_if) all.set(scope.path + question.id, evaluate(visit, question.show_if, scope).value);
    if (question.kind === "rows") {
      for (const row of rowsOf(visit, question.id, scope).scopes) showIn(visit, question.questions, row, all);
    }
  }
}

/** @param {Visit} visit @param {any} rule @returns {Finding[]} */
function found(visit, rule) {
  if (rule.each === null) return [finding(rule, "", "", evaluate(visit, rule.tree, visit.top))];
  const rows = rowsOf(visit, rule.each, visit.top);
  const all = rows.scopes.map((scope) => finding(rule, scope.id, scope.person, evaluate(visit, rule.tree, scope)));
  if (!rows.complete) all.push(finding(rule, "", "", result(null, [], [rows.path])));
  return all;
}

/** @param {any} rule @param {string} row @param {string} person @param {Result} decided @returns {Finding} */
function finding(rule, row, person, decided) {
  const state = decided.value === null ? "cannot_tell" : decided.value ? "present" : "absent";
  const { code, area, severity, level } = rule;
  return { finding: code, area, row, person, state, severity, level, because: [...decided.because].sort(), missing: [...decided.missing].sort(), under: "" };
}

// --- the visit ------------------------------------------------------------------------------------------

/** @type {WeakMap<object, Map<string, Placed>>} */
const placedOf = new WeakMap();

/** @param {any} bundle @param {any} body @param {any} given @returns {Visit} */
function visitOf(bundle, body, given) {
  let placed = placedOf.get(bundle);
  if (!placed) {
    placed = new Map();
    for (const section of bundle.sections) place(section.questions, null, placed);
    placedOf.set(bundle, placed);
  }
  const top = { rows: null, answers: own(body, "answers"), path: "", id: "", person: "", outer: null };
  return { placed, on: own(body, "occurred_on"), given, top };
}

/** @param {any[]} questions @param {string|null} parent @param {Map<string, Placed>} placed */
function place(questions, parent, placed) {
  for (const question of questions) {
    placed.set(question.id, { question, parent, codes: new Set(question.options.map((/** @type {any} */ one) => one.code)) });
    place(question.questions, question.id, placed);
  }
}

/** A member of a plain object and nothing else's. @param {any} from @param {string} key @returns {any} */
function own(from, key) {
  const plain = typeof from === "object" && from !== null && !Array.isArray(from);
  return plain && Object.hasOwn(from, key) ? from[key] : undefined;
}

/** @param {any} value @returns {string} */
function plainId(value) {
  return typeof value === "string" && /^[0-9A-Za-z_-]{1,64}$/.test(value) ? value : "";
}

/** @param {string|null} rows @param {Scope} scope @returns {Scope} */
function scopeOf(rows, scope) {
  let at = scope;
  while (at.rows !== rows && at.outer) at = at.outer;
  return at;
}

/** @param {Visit} visit @param {string} id @returns {Placed} */
function placedAt(visit, id) {
  return /** @type {Placed} */ (visit.placed.get(id));
}

/** @param {Visit} visit @param {string} id @param {Scope} scope @returns {Rows} */
function rowsOf(visit, id, scope) {
  const outer = scopeOf(placedAt(visit, id).parent, scope);
  const path = outer.path + id;
  const answer = own(outer.answers, id);
  const entered = own(answer, "rows");
  if (!Array.isArray(entered)) return { path, scopes: [], complete: false };
  const scopes = entered.slice(0, MOST_ROWS).map((row, index) => {
    const rowId = plainId(own(row, "id")) || `#${index}`;
    return { rows: id, answers: own(row, "answers"), path: `${path}/${rowId}/`, id: rowId, person: plainId(own(row, "person")), outer };
  });
  return { path, scopes, complete: own(answer, "complete") === true && entered.length <= MOST_ROWS };
}

// --- reading values -------------------------------------------------------------------------------------

/** @param {Visit} visit @param {any} term @param {Scope} scope @returns {Reading} */
function read(visit, term, scope) {
  return Array.isArray(term) ? READERS[term[0]](visit, term, scope) : { value: term, path: null };
}

/** @type {Record<string, (visit: Visit, term: any[], scope: Scope) => Reading>} */
const READERS = {
  get(visit, [, id], scope) {
    const placed = placedAt(visit, id);
    const inside = scopeOf(placed.parent, scope);
    return VALUES[placed.question.kind](placed, own(own(inside.answers, id), "value"), inside.path + id);
  },
  history(visit, [, name]) {
    const value = own(own(visit.given, "history"), name);
    const path = `given/history/${name}`;
    if (HISTORY[name] === "number") return { value: whole(value), path };
    if (HISTORY[name] === "truth") return { value: truth(value), path };
    return { value: Array.isArray(value) && value.every((code) => typeof code === "string") ? value : null, path };
  },
  age_days(visit, [, rows], scope) {
    const child = scopeOf(rows, scope);
    if (!child.person) return { value: null, path: `${child.path}person` };
    return { value: ageDays(visit, child.person), path: `given/people/${child.person}/born_on` };
  },
  corrected_age_days(visit, term, scope) {
    const born = READERS.age_days(visit, term, scope);
    if (born.value === null) return born;
    const { person } = scopeOf(term[1], scope);
    const gestation = whole(own(personOf(visit, person), "gestation_days"));
    const path = `given/people/${person}/gestation_days`;
    if (gestation === null) return { value: null, path };
    return { value: gestation < PRETERM_BELOW_DAYS ? born.value - (TERM_DAYS - gestation) : born.value, path };
  },
};

/** @type {Record<string, (placed: Placed, value: any, path: string) => Reading>} */
const VALUES = {
  choice: ({ codes }, value, path) => ({ value: typeof value === "string" && codes.has(value) ? value : null, path }),
  choices({ question, codes }, value, path) {
    if (!Array.isArray(value) || value.length === 0 || !value.every((code) => codes.has(code))) return { value: null, path };
    const restUnknown = question.options.some((/** @type {any} */ one) => one.rest_unknown && value.includes(one.code));
    return { value, path, restUnknown };
  },
  yes_no: (_, value, path) => ({ value: truth(value), path }),
  integer: (_, value, path) => ({ value: whole(value), path }),
  date: (_, value, path) => ({ value: dayNumber(value), path }),
};

/** @param {any} value @returns {boolean|null} */
function truth(value) {
  return typeof value === "boolean" ? value : null;
}

/** @param {any} value @returns {number|null} */
function whole(value) {
  return Number.isSafeInteger(value) ? value : null;
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

/** @param {Visit} visit @param {string} person @returns {any} */
function personOf(visit, person) {
  return own(own(visit.given, "people"), person);
}

/** @param {Visit} visit @param {string} person @returns {number|null} */
function ageDays(visit, person) {
  const born = dayNumber(own(personOf(visit, person), "born_on"));
  const on = dayNumber(visit.on);
  return born === null || on === null || on < born ? null : on - born;
}

// --- operators ------------------------------------------------------------------------------------------

/** @param {boolean|null} value @param {Iterable<string>} [because] @param {Iterable<string>} [missing] @returns {Result} */
function result(value, because = [], missing = []) {
  return { value, because: new Set(because), missing: new Set(missing) };
}

/** @param {Visit} visit @param {any[]} tree @param {Scope} scope @returns {Result} */
function evaluate(visit, tree, scope) {
  return OPERATORS[tree[0]](visit, tree, scope);
}

/** @param {Result[]} results @param {"because"|"missing"} which @returns {string[]} */
function union(results, which) {
  return results.flatMap((one) => [...one[which]]);
}

/** @param {Result[]} parts @returns {Result} */
function all(parts) {
  const against = parts.filter((part) => part.value === false);
  if (against.length) return result(false, union(against, "because"));
  if (parts.every((part) => part.value)) return result(true, union(parts, "because"));
  return result(null, union(parts, "because"), union(parts, "missing"));
}

/** @param {Result} one @returns {Result} */
function turned(one) {
  return one.value === null ? one : { ...one, value: !one.value };
}

/** @param {Visit} visit @param {number} least @param {string} id @param {any[]} test @param {Scope} scope @returns {Result} */
function atLeast(visit, least, id, test, scope) {
  const rows = rowsOf(visit, id, scope);
  const results = rows.scopes.map((row) => evaluate(visit, test, row));
  const forIt = results.filter((one) => one.value === true);
  const unsure = results.filter((one) => one.value === null);
  if (forIt.length >= least) return result(true, union(forIt, "because"));
  if (rows.complete && forIt.length + unsure.length < least) {
    const against = results.filter((one) => one.value === false);
    return result(false, [...union(against, "because"), rows.path]);
  }
  return result(null, union([...forIt, ...unsure], "because"), [...union(unsure, "missing"), ...(rows.complete ? [] : [rows.path])]);
}

/** @param {Visit} visit @param {any[]} tree @param {Scope} scope @param {(left: any, right: any) => boolean} test @returns {Result} */
function compared(visit, tree, scope, test) {
  const left = read(visit, tree[1], scope);
  const right = read(visit, tree[2], scope);
  const sides = [left, right].filter((side) => side.path !== null);
  const paths = (/** @type {boolean} */ unknown) => sides.filter((side) => (side.value === null) === unknown).map((side) => String(side.path));
  const missing = paths(true);
  if (missing.length) return result(null, paths(false), missing);
  return result(test(day(left.value, right.value), day(right.value, left.value)), paths(false));
}

/** A date written in the rule becomes a day number where it meets one. @param {any} value @param {any} other @returns {any} */
function day(value, other) {
  return typeof value === "string" && typeof other === "number" ? dayNumber(value) : value;
}

/** @type {Record<string, (visit: Visit, tree: any[], scope: Scope) => Result>} */
export const OPERATORS = {
  and: (visit, tree, scope) => all(tree.slice(1).map((part) => evaluate(visit, part, scope))),
  or: (visit, tree, scope) => turned(all(tree.slice(1).map((part) => turned(evaluate(visit, part, scope))))),
  not: (visit, tree, scope) => turned(evaluate(visit, tree[1], scope)),
  if_shown(visit, tree, scope) {
    const gate = evaluate(visit, tree[1], scope);
    const inner = evaluate(visit, tree[2], scope);
    return gate.value === null && inner.value !== false ? gate : all([gate, inner]);
  },
  some: (visit, tree, scope) => atLeast(visit, 1, tree[1], tree[2], scope),
  count: (visit, tree, scope) => atLeast(visit, tree[1], tree[2], tree[3], scope),
  "==": (visit, tree, scope) => compared(visit, tree, scope, (left, right) => left === right),
  "<": (visit, tree, scope) => compared(visit, tree, scope, (left, right) => left < right),
  "<=": (visit, tree, scope) => compared(visit, tree, scope, (left, right) => left <= right),
  ">": (visit, tree, scope) => compared(visit, tree, scope, (left, right) => left > right),
  ">=": (visit, tree, scope) => compared(visit, tree, scope, (left, right) => left >= right),
  in: (visit, tree, scope) =>
    compared(visit, [tree[0], tree[1], null], scope, (value) => tree[2].slice(1).some((/** @type {any} */ one) => day(one, value) === value)),
  has(visit, tree, scope) {
    const codes = read(visit, tree[1], scope);
    const path = codes.path === null ? [] : [codes.path];
    if (codes.value === null) return result(null, [], path);
    if (codes.value.includes(tree[2])) return result(true, path);
    return codes.restUnknown ? result(null, [], path) : result(false, path);
  },
};

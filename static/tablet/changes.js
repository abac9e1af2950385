// @ts-check
// A draft as it is answered, taken apart into cells, so that what changed between two moments is a short list and an earlier moment is
// today's less the changes since. Calls that were made stay out of it: each has its own time, and nothing takes a call back.

import { NO_CONSENT, setPhotographs } from "./photographs.js";

/** @import { Answer, Answers, Cells, Change, Draft, Row } from "./types" */

/*
 * The key of a cell. An answer: its path; for rows, whose they are and in which order, and whether they are all. `~path`: an answer put
 * aside with its question, `~path~row/id` one in rows put aside. `?path`: what was typed and is no answer yet. `@row`: how the last answer
 * there was known. `!finding row`: why something could not be asked. `=`: the day of the visit. `#`: who agreed to photographs, `#id` one of
 * them: where and of what, not the picture.
 */

/** @param {Map<string, any>} cells @param {string} key @param {Answer} answer @param {string} below what the keys in its rows begin with */
function take(cells, key, answer, below) {
  if (!("rows" in answer)) return cells.set(key, answer);
  cells.set(key, { rows: answer.rows.map(({ id, person }) => [id, person]), complete: answer.complete });
  for (const row of answer.rows) {
    for (const [id, inside] of Object.entries(row.answers)) take(cells, `${below}${row.id}/${id}`, inside, `${below}${row.id}/${id}/`);
  }
}

/** @param {Draft} draft @returns {Cells} */
export function cellsOf({ body, aside, typed, ways = {} }) {
  /** @type {Cells} */
  const cells = new Map([["=", body.occurred_on]]);
  for (const [id, answer] of Object.entries(body.answers)) take(cells, id, answer, `${id}/`);
  for (const [path, answer] of Object.entries(aside)) take(cells, `~${path}`, answer, `~${path}~`);
  for (const [path, words] of Object.entries(typed)) cells.set(`?${path}`, words);
  for (const [row, way] of Object.entries(ways)) cells.set(`@${row}`, way);
  if (body.photographs) cells.set("#", body.photographs.consent);
  for (const one of body.photographs?.taken ?? []) cells.set(`#${one.id}`, one);
  for (const { finding, row, reason } of body.unasked_reasons) cells.set(`!${finding} ${row}`, reason);
  return cells;
}

/** @param {any} a @param {any} b */
const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

/** What is another after than before: null where there is nothing. @param {Cells} before @param {Cells} after @returns {Change["cells"]} */
export function difference(before, after) {
  /** @type {Change["cells"]} */
  const cells = {};
  for (const key of new Set([...after.keys(), ...before.keys()])) {
    const [was, is] = [before.get(key) ?? null, after.get(key) ?? null];
    if (!same(was, is)) cells[key] = [was, is];
  }
  return cells;
}

/** Two changes, one after the other, as one. @param {Change["cells"]} first @param {Change["cells"]} then @returns {Change["cells"]} */
export function together(first, then) {
  const cells = { ...first };
  for (const [key, [was, is]] of Object.entries(then)) {
    cells[key] = [key in first ? first[key][0] : was, is];
    if (same(...cells[key])) delete cells[key];
  }
  return cells;
}

/** Takes a change back: the state before it, when `cells` is the state after. @param {Cells} cells @param {Change["cells"]} change */
export function takeBack(cells, change) {
  for (const [key, [was]] of Object.entries(change)) {
    if (was === null) cells.delete(key);
    else cells.set(key, was);
  }
}

/** Makes the draft what the cells say, rows with the ids they had. @param {Draft} draft @param {Cells} cells */
export function rebuild(draft, cells) {
  Object.assign(draft.body, { answers: {}, occurred_on: cells.get("="), unasked_reasons: [] });
  Object.assign(draft, { aside: {}, typed: {}, ways: {} });
  setPhotographs(draft.body, { consent: cells.get("#") ?? NO_CONSENT, taken: [...cells].filter(([key]) => /^#./.test(key)).map(([, taken]) => taken) });
  /** @type {Map<string, Answers>} where the answers of a row go, by what their keys begin with */
  const places = new Map([["", draft.body.answers]]);
  const depth = (/** @type {string} */ key) => key.split("/").length;
  for (const [key, value] of [...cells].sort(([a], [b]) => depth(a) - depth(b))) put(draft, places, key, value);
}

/** @param {Draft} draft @param {Map<string, Answers>} places @param {string} key @param {any} value */
function put(draft, places, key, value) {
  const [, path, inside] = key.split("~");
  if (key[0] === "?") draft.typed[key.slice(1)] = value;
  else if (key[0] === "@") /** @type {any} */ (draft.ways)[key.slice(1)] = value;
  else if (key[0] === "!") draft.body.unasked_reasons.push(reasonAt(key, value));
  else if (path && inside === undefined) draft.aside[path] = whole(places, value, `~${path}~`);
  else if (key !== "=" && key[0] !== "#") {
    const at = key.lastIndexOf("/") + 1;
    /** @type {Answers} */ (places.get(key.slice(0, at)))[key.slice(at)] = whole(places, value, `${key}/`);
  }
}

/** @param {string} key @param {string} reason */
function reasonAt(key, reason) {
  const [finding, row] = key.slice(1).split(" ");
  return { finding, row, reason };
}

/** @param {Map<string, Answers>} places @param {any} value @param {string} below @returns {Answer} */
function whole(places, value, below) {
  if (!value.rows) return value;
  const rows = value.rows.map((/** @type {[string, string | null]} */ [id, person]) => {
    /** @type {Row} */
    const row = { id, person, answers: {} };
    places.set(`${below}${id}/`, row.answers);
    return row;
  });
  return { rows, complete: value.complete };
}

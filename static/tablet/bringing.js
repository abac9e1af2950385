// @ts-check
// Bringing one earlier answer back. It is a new change like any other: what the history says is never written again.

import { rebuild } from "./changes.js";
import { answerAt, setAnswer } from "./form/body.js";
import { shown } from "./rules.js";

/** @import { Bundle, Cells, Change, Draft, KeptFamily } from "./types" */
/** @typedef {Pick<Change, "cells">} Changed */
/** @typedef {[string, string | null]} RowOf */

/** Whether the rows that a cell stands in are there now. @param {Cells} cells @param {string} key @returns {boolean} */
export function reached(cells, key) {
  const steps = key.split("/");
  if (steps.length < 3) return true;
  const rows = steps.slice(0, -2).join("/");
  return reached(cells, rows) && has(cells.get(rows)?.rows ?? [], steps[steps.length - 2]);
}

/** @param {RowOf[]} rows @param {string} id */
const has = (rows, id) => rows.some(([one]) => one === id);

/**
 * The cells with the earlier answer in the place of today's; null when there is nothing to bring back, or no place for it now.
 * @param {Cells} cells @param {Changed} change @param {string} key @returns {Cells | null}
 */
export function oneBack(cells, change, key) {
  const [was] = change.cells[key];
  const now = new Map(cells);
  if (was?.rows) rowsBack(now, change, key);
  else if (was === null) now.delete(key);
  else now.set(key, was);
  now.delete(`?${key}`); // what is typed there and is no answer would stand in its place
  const differs = JSON.stringify(now.get(key) ?? null) !== JSON.stringify(cells.get(key) ?? null);
  return differs && !change.cells[key][1]?.rows === !was?.rows && reached(cells, key) ? now : null;
}

/** Rows that were removed come back with their ids and their answers, and none that is there now goes. @param {Cells} cells @param {Changed} change @param {string} key */
function rowsBack(cells, change, key) {
  const [was, is] = change.cells[key];
  const now = cells.get(key) ?? { rows: [], complete: false };
  const rows = [...now.rows];
  const gone = /** @type {RowOf[]} */ (was.rows).filter(([id]) => !has(is?.rows ?? [], id) && !has(rows, id));
  for (const row of gone) rows.splice(was.rows.indexOf(row), 0, row);
  cells.set(key, { rows, complete: was.complete === is?.complete ? now.complete : was.complete });
  for (const [inside, [before]] of Object.entries(change.cells)) {
    if (before !== null && gone.some(([id]) => inside.startsWith(`${key}/${id}/`))) cells.set(inside, before);
  }
}

/** Makes the draft so, with what no longer applies put aside and what applies again brought back, as the form does. @param {Draft} draft @param {Cells} cells @param {Bundle} bundle @param {KeptFamily} family */
export function bring(draft, cells, bundle, family) {
  rebuild(draft, cells);
  for (let again = 3; again > 0; again -= 1) for (const [path, applies] of shown(bundle, draft.body, family.given)) settle(draft, path, applies === true); // rows that come back ask again
}

/** @param {Draft} draft @param {string} path @param {boolean} applies */
function settle({ body, aside }, path, applies) {
  const answer = answerAt(body, path);
  if (!applies && answer !== undefined) {
    aside[path] = answer;
    setAnswer(body, path, undefined);
  } else if (applies && answer === undefined && aside[path]) {
    setAnswer(body, path, aside[path]);
    delete aside[path];
  }
}

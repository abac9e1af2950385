// @ts-check
// The waiting visits as a file: what would be sent, as it would be sent. Without the service's key no name and no answer in it can be
// read, by this tablet neither. To save one sends nothing, and changes nothing of what waits.

import { clock, dayOf } from "./dates.js";
import { h } from "./dom.js";
import { payloadOf } from "./sync.js";

/** @import { SealedRow } from "./types" */
/** @import { Queue } from "./queue.js" */

/** Each visit on a line of its own: one that is cut off costs no other. @param {SealedRow[]} rows */
export const copyOf = (rows) => `{"v":1,"visits":[\n${rows.map((row) => JSON.stringify(payloadOf(row))).join(",\n")}\n]}\n`;

/** No person in it; of one visit the beginning of its number. @param {number} now @param {string} [id] */
export const copyName = (now, id) => `visitapp-waiting-${dayOf(now)}${id ? `-${id.slice(0, 8)}` : ""}.json`;

/** One person's visits, or one visit; without either, what everybody here has waiting. @param {SealedRow[]} rows @param {{ account?: string, id?: string }} of */
export const chosen = (rows, { account, id }) => rows.filter((row) => (!account || row.account === account) && (!id || row.id === id));

/**
 * Saves what waits now, and says so.
 * @param {Queue} queue @param {number} now @param {{ account?: string, id?: string }} [of] see `chosen`
 * @returns {Promise<string>}
 */
export async function saveCopy(queue, now, of = {}) {
  const rows = chosen(await queue.waiting(), of);
  if (!rows.length) return "There is nothing to copy any more: it was sent meanwhile.";
  const name = copyName(now, of.id);
  const href = URL.createObjectURL(new Blob([copyOf(rows)], { type: "application/json" }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  const visits = rows.length === 1 ? "one visit" : `${rows.length} visits`;
  return `Put with this tablet's downloads at ${clock(now)} as ${name}, ${visits} in it. Look there whether it has arrived. What waited still waits here.`;
}

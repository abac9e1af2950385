// @ts-check
// Visits that were begun and discarded. Each can be brought back for thirty days, with everything that was changed in it, and then goes from
// the tablet. A clock that is wrong must not shorten the thirty days: they must have passed by the tablet's clock, and by the service's
// too, counted from the first time that it told after the visit was discarded to the newest that it has told. Neither clock alone removes.

import { headOf } from "./caseload.js";
import { changesOf } from "./history.js";
import { picturesOf } from "./photographs.js";
import { ChangedElsewhere } from "./records.js";

/** @import { Discarded, Draft, RecordRow } from "./types" */
/** @import { Records } from "./records.js" */

const THIRTY_DAYS = 30 * 86_400_000;

/** @param {string} instant @param {number} now */
const past = (instant, now) => now - Date.parse(instant) >= THIRTY_DAYS;

/** Until when it can be brought back for sure. @param {Discarded} one */
export const goesAt = (one) => Date.parse(one.discarded_at) + THIRTY_DAYS;

/** @param {Records} records */
const told = async (records) => (await headOf(records))?.as_of.at ?? "";

/** One record for another in one step; nothing for it, and its changes and photographs go too. @param {Records} records @param {string} store @param {string} id @param {number} revision @param {RecordRow} [other] */
async function exchange(records, store, id, revision, other) {
  const { account } = records;
  const tx = records.db.transaction("records", "readwrite", { durability: "strict" });
  const same = (await tx.store.get([account, store, id]))?.revision === revision;
  if (same) {
    tx.store.delete([account, store, id]);
    if (other) tx.store.put(other);
    else for (const range of [changesOf(account, id), picturesOf(account, id)]) tx.store.delete(range);
  }
  await tx.done;
  if (!same) throw new ChangedElsewhere(`${store} was changed in another window`);
}

/** @param {Records} records @param {Draft} draft @param {number} revision @param {number} now */
export async function discard(records, draft, revision, now) {
  /** @type {Discarded} */
  const one = { ...draft, discarded_at: new Date(now).toISOString(), told_at: await told(records) };
  await exchange(records, "draft", draft.id, revision, await records.encrypt("discarded", draft.id, one, revision + 1));
}

/** @param {Records} records @param {string} id */
export async function bringBack(records, id) {
  const kept = await records.get("discarded", id);
  if (!kept) return;
  const { discarded_at, told_at, from, ...draft } = /** @type {Discarded} */ (kept.value);
  await exchange(records, "discarded", id, kept.revision, await records.encrypt("draft", id, draft, kept.revision + 1));
}

/**
 * What is known of its age now; null when it goes. What lies in the future was said by a clock that was ahead: the days are counted anew.
 * @param {Discarded} one @param {string} told @param {number} now @returns {Discarded | null}
 */
export function aged(one, told, now) {
  const discarded_at = Date.parse(one.discarded_at) > now ? new Date(now).toISOString() : one.discarded_at;
  const from = one.from && one.from <= told ? one.from : told === one.told_at ? undefined : told;
  if (from && past(from, Date.parse(told)) && past(discarded_at, now)) return null;
  return { ...one, discarded_at, from };
}

/** When the tablet is unlocked. @param {Records} records @param {number} now */
export async function clearDiscarded(records, now) {
  const newest = await told(records);
  for (const { id } of await records.all("discarded")) {
    const { value, revision } = /** @type {{ value: Discarded, revision: number }} */ (await records.get("discarded", id));
    const next = aged(value, newest, now);
    if (!next) await exchange(records, "discarded", id, revision);
    else if (next.discarded_at !== value.discarded_at || next.from !== value.from) await records.put("discarded", id, next, revision);
  }
}

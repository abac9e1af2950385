// @ts-check
// Every change of a draft, kept beside it: what was there, what is there, when. A change belongs to its draft by the record's own id, which
// is authenticated, so it opens for no other. Typing in one field is one change until the field is left, or for as long as nobody pauses.

import { cellsOf, difference, rebuild, takeBack, together } from "./changes.js";
import { rangeOf } from "./records.js";

/** @import { Cells, Change, Draft, RecordRow } from "./types" */
/** @import { Records } from "./records.js" */

const PAUSE = 10_000; // milliseconds: what is typed after a longer rest is a change of its own

/** In the order in which they were made. @param {string} draft @param {number} number */
export const idOf = (draft, number) => `${draft}/${String(number).padStart(8, "0")}`;

/** All changes of a draft. @param {string} account @param {string} draft */
export const changesOf = (account, draft) => rangeOf(account, "change", `${draft}/`, `${draft}0`); // "0" follows "/"

/** Notes what changes while a draft is open. */
export class Noting {
  /** @param {Draft} draft @param {() => number} now */
  constructor(draft, now) {
    this.draft = draft;
    this.now = now;
    this.seen = cellsOf(draft);
    /** @type {{ change: Change, stay: string, until: number, revision: number } | null} the newest change, for as long as this draft is open */
    this.newest = null;
    /** @type {Set<NonNullable<Noting["newest"]>>} */
    this.waiting = new Set();
  }

  /** @param {string} stay @param {Pick<Change, "undo" | "back" | "from">} why */
  note(stay, why) {
    const seen = cellsOf(this.draft);
    const cells = difference(this.seen, seen);
    this.seen = seen;
    if (!Object.keys(cells).length) return;
    const at = this.now();
    const { newest } = this;
    const goesOn = newest && stay !== "" && newest.stay === stay && at < newest.until;
    const one = goesOn ? newest : this.#begun(stay, at, why);
    one.change.cells = together(one.change.cells, cells);
    one.until = at + PAUSE;
    this.waiting.add((this.newest = one));
  }

  /** @param {string} stay @param {number} at @param {Pick<Change, "undo" | "back" | "from">} why */
  #begun(stay, at, why) {
    const number = (this.draft.changes = (this.draft.changes ?? 0) + 1);
    return { change: { number, at: new Date(at).toISOString(), cells: {}, ...why }, stay, until: 0, revision: 0 };
  }

  /** What is to be written with the draft as it is now. @param {Records} records */
  unwritten(records) {
    const these = [...this.waiting];
    this.waiting.clear();
    const rows = these.map((one) => records.encrypt("change", idOf(this.draft.id, one.change.number), one.change, one.revision + 1));
    return {
      rows,
      kept: () => these.forEach((one) => void (one.revision += 1)),
      failed: () => these.forEach((one) => this.waiting.add(one)),
    };
  }
}

const PAGE = 40;

/** Changes up to a number, newest first, and never more than a page of them. @param {Records} records @param {string} draft @param {number} upTo @returns {Promise<Change[]>} */
export async function changesUpTo(records, draft, upTo) {
  return (await records.all("change", idOf(draft, Math.max(1, upTo - PAGE + 1)), idOf(draft, upTo))).reverse();
}

/** What "undo" takes back: the newest change that was not taken back yet, and is no taking back itself. @param {Records} records @param {Draft} draft @returns {Promise<Change | null>} */
export async function toUndo(records, draft) {
  let number = draft.changes ?? 0;
  while (number > 0) {
    const [change] = await records.all("change", idOf(draft.id, number), idOf(draft.id, number));
    if (change?.undo === undefined && (!change || Object.keys(change.cells).length)) return change ?? null;
    number = (change.undo ?? number) - 1;
  }
  return null;
}

/** The draft as it was before a change that is the newest of those not taken back. @param {Draft} draft @param {Change} change */
export function takenBack(draft, change) {
  const cells = cellsOf(draft);
  takeBack(cells, change.cells);
  rebuild(draft, cells);
}

/** How everything stood right after a change; 0 for the beginning. @param {Records} records @param {Draft} draft @param {number} number @returns {Promise<Cells>} */
export async function cellsAfter(records, draft, number) {
  const cells = cellsOf(draft);
  for (let upTo = draft.changes ?? 0; upTo > number; upTo -= PAGE) {
    for (const change of await changesUpTo(records, draft.id, upTo)) if (change.number > number) takeBack(cells, change.cells);
  }
  return cells;
}

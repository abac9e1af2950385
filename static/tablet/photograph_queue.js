// @ts-check
// The sealed photographs. One leaves in one way only: against a receipt whose hash is the picture's; then its pieces go, and the receipt
// stays, so that how many of a visit were sent can be said. It goes out after the answers of its visit: when their receipt is here.

/** @import { Database, PhotographRow, Receipt, WaitingPhotograph } from "./types" */

/** @param {PhotographRow} row @returns {row is WaitingPhotograph} */
const waits = (row) => row.receipt === null;

/** What the sending of photographs needs of the tablet's disk. */
export class PhotographQueue {
  /** @param {Database} db */
  constructor(db) {
    this.db = db;
  }

  /** Everybody's, the oldest visit first, and those that were sent too. @returns {Promise<PhotographRow[]>} */
  async all() {
    const rows = /** @type {PhotographRow[]} */ (await this.db.getAll("photographs"));
    return rows.sort((a, b) => (a.sealed_at < b.sealed_at ? -1 : 1));
  }

  async waiting() {
    return (await this.all()).filter(waits);
  }

  /** Those whose visit is with the service. */
  async ready() {
    const sent = new Set(await this.db.getAllKeys("receipts"));
    return (await this.waiting()).filter((row) => sent.has(row.visit));
  }

  /** @param {string} photograph @param {number} number @returns {Promise<Uint8Array<ArrayBuffer> | null>} */
  async piece(photograph, number) {
    return (await this.db.get("pieces", [photograph, number]))?.bytes ?? null;
  }

  /** @param {WaitingPhotograph} row */
  async keepWaiting(row) {
    const tx = this.db.transaction("photographs", "readwrite", { durability: "strict" });
    const kept = /** @type {PhotographRow | undefined} */ (await tx.store.get(row.id));
    if (kept && waits(kept)) tx.store.put(row); // another window may have had the receipt meanwhile
    await tx.done;
  }

  /** @param {WaitingPhotograph} row @param {Receipt} receipt */
  async settle({ id, visit, account, sealed_at }, receipt) {
    const tx = this.db.transaction(["photographs", "pieces"], "readwrite", { durability: "strict" });
    tx.objectStore("photographs").put({ id, visit, account, sealed_at, receipt });
    tx.objectStore("pieces").delete(IDBKeyRange.bound([id], [id, []]));
    await tx.done;
  }
}

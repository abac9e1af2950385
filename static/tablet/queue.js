// @ts-check
// The visits that are sealed and not yet known to be kept by the service. A visit leaves this queue in one way only: against a
// receipt whose hash is the hash of what was sealed; then its body and the author's readable copy go together.

/** @import { Database, Receipt, SealedRow } from "./types" */

/** What sync needs of the queue; the tests give it another. */
export class Queue {
  /** @param {Database} db */
  constructor(db) {
    this.db = db;
  }

  /** @returns {Promise<SealedRow[]>} oldest first, everybody's: a visit can be sent while its author is away */
  async waiting() {
    const rows = /** @type {SealedRow[]} */ (await this.db.getAll("sealed"));
    return rows.sort((a, b) => (a.sealed_at < b.sealed_at ? -1 : 1));
  }

  /** @param {string} account @returns {Promise<string>} the header by which this author's visits are delivered */
  async credential(account) {
    const device = (await this.db.get("accounts", account))?.device;
    return device ? `Device ${device.id}:${device.secret}` : "";
  }

  /** @param {SealedRow} row */
  async keepWaiting(row) {
    const tx = this.db.transaction("sealed", "readwrite", { durability: "strict" });
    if (await tx.store.getKey(row.id)) tx.store.put(row); // another window may have had the receipt meanwhile
    await tx.done;
  }

  /** @param {SealedRow} row @param {Receipt} receipt */
  async settle(row, receipt) {
    const tx = this.db.transaction(["sealed", "records", "receipts"], "readwrite", { durability: "strict" });
    tx.objectStore("receipts").put({ ...receipt, account: row.account });
    tx.objectStore("records").delete([row.account, "copy", row.id]);
    tx.objectStore("sealed").delete(row.id);
    await tx.done;
  }

  /** @returns {Promise<import("./types").ReceiptRow[]>} */
  receipts() {
    return this.db.getAll("receipts");
  }
}

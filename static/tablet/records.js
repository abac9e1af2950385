// @ts-check
// Everything about people on this tablet is one of these records: AES-GCM under the practitioner's key, from the first keystroke.
// What is authenticated beside it (account, store, record id, revision) means that a record moved to another family, another
// practitioner or an earlier revision does not open.

import { fromUtf8, randomBytes, utf8 } from "./bytes.js";

/** @import { Database, RecordRow } from "./types" */

/** The record was changed in another window since it was read here. */
export class ChangedElsewhere extends Error {}

/** @param {Omit<RecordRow, "iv" | "data">} address */
const bound = ({ account, store, id, revision }) => utf8(JSON.stringify(["visitapp record v1", account, store, id, revision]));

/** @param {CryptoKey} key @param {Omit<RecordRow, "iv" | "data">} address @param {unknown} value @returns {Promise<RecordRow>} */
export async function encryptRecord(key, address, value) {
  const iv = randomBytes(12);
  const algorithm = { name: "AES-GCM", iv, additionalData: bound(address) };
  return { ...address, iv, data: await crypto.subtle.encrypt(algorithm, key, utf8(JSON.stringify(value))) };
}

/** @param {CryptoKey} key @param {RecordRow} row */
export async function decryptRecord(key, row) {
  const algorithm = { name: "AES-GCM", iv: row.iv, additionalData: bound(row) };
  return JSON.parse(fromUtf8(await crypto.subtle.decrypt(algorithm, key, row.data)));
}

/** A store of an account, or a stretch of it. @param {string} account @param {string} store @param {string} [from] @param {string} [to] */
export const rangeOf = (account, store, from, to) =>
  IDBKeyRange.bound(from === undefined ? [account, store] : [account, store, from], [account, store, to ?? []]);

const STRICT = /** @type {const} */ ({ durability: "strict" }); // "saved" on the screen means on the disk

/** What was put before a fault goes with the rest. @param {any} tx */
function abort(tx) {
  tx.done.catch(() => {});
  try {
    tx.abort();
  } catch {
    // the database ended it already
  }
}

/** One practitioner's records, open. */
export class Records {
  /** @param {Database} db @param {string} account @param {CryptoKey} key */
  constructor(db, account, key) {
    this.db = db;
    this.account = account;
    this.key = key;
  }

  /** @param {string} store @param {string} id @returns {Promise<{ value: any, revision: number } | null>} */
  async get(store, id) {
    const row = await this.db.get("records", [this.account, store, id]);
    return row ? { value: await decryptRecord(this.key, row), revision: row.revision } : null;
  }

  /** @param {string} store @param {string} [from] the first id, and the last one @param {string} [to] @returns {Promise<any[]>} */
  async all(store, from, to) {
    const rows = await this.db.getAll("records", rangeOf(this.account, store, from, to));
    return Promise.all(rows.map((row) => decryptRecord(this.key, row)));
  }

  /** @param {string} store @param {string} id @param {unknown} value @param {number} revision */
  encrypt(store, id, value, revision) {
    return encryptRecord(this.key, { account: this.account, store, id, revision }, value);
  }

  /**
   * Keeps a value and answers with its revision, once it is on the disk.
   * @param {string} store @param {string} id @param {unknown} value
   * @param {number} [was] the revision it was read at (0: it must be new); left out, the last writer wins
   * @param {Promise<RecordRow>[]} [beside] what is kept in the same step or not at all
   */
  async put(store, id, value, was, beside = []) {
    const before = was ?? (await this.db.get("records", [this.account, store, id]))?.revision ?? 0;
    const [row, ...others] = await Promise.all([this.encrypt(store, id, value, before + 1), ...beside]);
    const tx = this.db.transaction("records", "readwrite", STRICT);
    const kept = await tx.store.get([this.account, store, id]);
    if (was !== undefined && (kept?.revision ?? 0) !== was) {
      await tx.done;
      throw new ChangedElsewhere(`${store} was changed in another window`);
    }
    try {
      await Promise.all([...[row, ...others].map((one) => tx.store.put(one)), tx.done]);
    } catch (error) {
      abort(tx);
      throw error;
    }
    return row.revision;
  }

  /** All of these and nothing else of the store, in one step. @param {string} store @param {[string, unknown][]} values */
  async replaceAll(store, values) {
    const rows = await Promise.all(values.map(([id, value]) => this.encrypt(store, id, value, 1)));
    const tx = this.db.transaction("records", "readwrite", STRICT);
    tx.store.delete(rangeOf(this.account, store));
    for (const row of rows) tx.store.put(row);
    await tx.done;
  }

  /** @param {string} store @param {string} id */
  async remove(store, id) {
    await this.db.delete("records", [this.account, store, id]);
  }
}

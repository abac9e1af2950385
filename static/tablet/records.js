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

/** @param {CryptoKey} key @param {Omit<RecordRow, "iv" | "data">} address @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<RecordRow>} */
async function encryptBytes(key, address, bytes) {
  const iv = randomBytes(12);
  const algorithm = { name: "AES-GCM", iv, additionalData: bound(address) };
  return { ...address, iv, data: await crypto.subtle.encrypt(algorithm, key, bytes) };
}

/** @param {CryptoKey} key @param {RecordRow} row */
async function decryptBytes(key, row) {
  const algorithm = { name: "AES-GCM", iv: row.iv, additionalData: bound(row) };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, row.data));
}

/** @param {CryptoKey} key @param {Omit<RecordRow, "iv" | "data">} address @param {unknown} value */
export const encryptRecord = (key, address, value) => encryptBytes(key, address, utf8(JSON.stringify(value)));

/** @param {CryptoKey} key @param {RecordRow} row */
export const decryptRecord = async (key, row) => JSON.parse(fromUtf8(await decryptBytes(key, row)));

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

/** @typedef {{ get: (key: any) => Promise<any>, put: (row: any) => void, delete: (key: any) => void }} Store */

/** What is done in one step of the disk: all of it, or none, and then it throws. @param {Database} db @param {string[]} stores @param {(of: (store: string) => Store) => unknown} act */
export async function inOneStep(db, stores, act) {
  const tx = db.transaction(stores, "readwrite", STRICT);
  const said = (/** @type {Promise<any> | undefined} */ request) => void request?.catch(() => {}); // what became of it the transaction says
  const of = (/** @type {string} */ name) => {
    const store = tx.objectStore(name);
    return { get: (/** @type {any} */ key) => store.get(key), put: (/** @type {any} */ row) => said(store.put?.(row)), delete: (/** @type {any} */ key) => said(store.delete?.(key)) };
  };
  try {
    await act(of);
    await tx.done;
  } catch (error) {
    abort(tx);
    throw error;
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

  /** Keeps bytes as they are, in a store of such. @param {string} store @param {string} id @param {Uint8Array<ArrayBuffer>} bytes */
  async putBytes(store, id, bytes) {
    const row = await encryptBytes(this.key, { account: this.account, store, id, revision: 1 }, bytes);
    await inOneStep(this.db, ["records"], (of) => of("records").put(row));
  }

  /** Null when there is nothing, or nothing that opens. @param {string} store @param {string} id @returns {Promise<Uint8Array<ArrayBuffer> | null>} */
  async getBytes(store, id) {
    const row = await this.db.get("records", [this.account, store, id]);
    return row ? decryptBytes(this.key, row).catch(() => null) : null;
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

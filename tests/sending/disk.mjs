// The tablet's disk: an IndexedDB in memory that keeps to the rules of the real one, and on which a power cut or a full storage can be
// set for any single step of the tablet's own code. What was not committed when the power went is gone.

import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";

const WRITES = ["put", "add", "delete"];
const STEPS = [[IDBObjectStore, ["get", "getAll", "getKey", ...WRITES]], [IDBDatabase, ["transaction"]]];

/** @type {string[]} where something was written that a battery which dies may take back */
const lax = [];

/** @type {{ left: number, writing: boolean, strike: (transaction: any) => void } | null} */
let awaited = null;

for (const [{ prototype }, names] of STEPS) {
  for (const name of names) {
    const plain = prototype[name];
    prototype[name] = function (...given) {
      const made = plain.apply(this, given);
      if (made.mode === "readwrite" && made.durability !== "strict") lax.push(new Error("not on the disk for sure").stack);
      if (awaited && (WRITES.includes(name) || !awaited.writing) && awaited.left-- === 0) {
        const { strike } = awaited;
        awaited = null;
        strike(this.transaction);
      }
      return made;
    };
  }
}

/** The power went: nothing after this line of the tablet's code runs. */
export class PowerCut extends Error {
  name = "PowerCut";
}

const STORES = ["accounts", "records", "sealed", "receipts", "photographs", "pieces"];

export class Disk {
  constructor() {
    this.blank();
  }

  blank() {
    this.factory = globalThis.indexedDB = new IDBFactory();
    this.calm();
  }

  /** Nothing more is going to happen to it. */
  calm() {
    awaited = null;
  }

  /** At the step after that many steps of the database the power goes. @param {number} steps @param {() => void} told */
  cutAfter(steps, told) {
    const strike = () => {
      this.cut();
      told();
      throw new PowerCut("the power went");
    };
    awaited = { left: steps, writing: false, strike };
  }

  /** The write after that many finds the storage full, and its transaction comes to nothing. @param {number} writes */
  fullAfter(writes) {
    const strike = (transaction) => queueMicrotask(() => transaction._state !== "finished" && transaction._abort("QuotaExceededError"));
    awaited = { left: writes, writing: true, strike };
  }

  /** What is not committed comes to nothing, and whoever had the database open has it no more. */
  cut() {
    awaited = null;
    for (const database of this.factory._databases.values()) {
      for (const transaction of [...database.transactions]) if (transaction._state !== "finished") transaction._abort("AbortError");
      for (const connection of [...database.connections]) connection.close();
    }
  }

  /** Where the tablet wrote without waiting for the disk. */
  lax = () => lax;

  /** Everything on it, read past the tablet's code. @returns {Promise<Record<string, any[]>>} */
  async read() {
    return this.#within("readonly", (store) => new Promise((done, fail) => {
      const asked = store.getAll();
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    }));
  }

  /** The disk as it was: an older image of the device. @param {Record<string, any[]>} image */
  async write(image) {
    await this.#within("readwrite", async (store, name) => {
      store.clear();
      for (const row of image[name] ?? []) store.put(row);
    });
  }

  async #within(mode, act) {
    const before = awaited;
    awaited = null;
    const connection = await new Promise((done, fail) => {
      const opening = this.factory.open("visitapp");
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    const transaction = connection.transaction(STORES, mode, { durability: "strict" });
    const ended = new Promise((done, fail) => {
      transaction.oncomplete = done;
      transaction.onabort = () => fail(transaction.error);
    });
    const found = await Promise.all(STORES.map((name) => act(transaction.objectStore(name), name)));
    await ended;
    connection.close();
    awaited = before;
    return Object.fromEntries(STORES.map((name, at) => [name, found[at]]));
  }
}

// @ts-check
// The tablet's one database. `records` hold people and are encrypted; `sealed` visits are encrypted to the service and can be sent
// while the tablet is locked, and so can `photographs` in their `pieces`; `accounts` hold wrapped keys and the credential that can deliver and nothing else; `receipts` hold none.

import { openDB } from "idb";

/** @import { Database } from "./types" */

/** @param {{ onBlocked: () => void, onClosed: () => void }} on closed: by the browser, of its own accord @returns {Promise<Database>} */
export function openDatabase({ onBlocked, onClosed }) {
  return openDB("visitapp", 2, {
    upgrade(db, was) {
      if (was < 1) {
        db.createObjectStore("accounts", { keyPath: "account" });
        db.createObjectStore("records", { keyPath: ["account", "store", "id"] });
        db.createObjectStore("sealed", { keyPath: "id" });
        db.createObjectStore("receipts", { keyPath: "id" });
      }
      db.createObjectStore("photographs", { keyPath: "id" });
      db.createObjectStore("pieces", { keyPath: ["photograph", "number"] });
    },
    blocked: onBlocked,
    blocking: (_current, _next, event) => /** @type {IDBDatabase} */ (event.target).close(), // a newer version waits in another window
    terminated: onClosed,
  });
}

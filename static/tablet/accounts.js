// @ts-check
// Who is using the tablet: setting an unlock after a sign-in, unlocking with four words, and getting back in when they are forgotten.
// Unlocking never needs the network; setting and resetting an unlock do, because the service gives its half of the second wrap.

import { ask, post } from "./api.js";
import { fromBase64url } from "./bytes.js";
import { keepCarryingKey } from "./carrying_key.js";
import { makeAccount, newDataKey, openWithPassphrase, openWithRecovery, usable, whoseWords } from "./vault.js";
import { Records } from "./records.js";

/** @import { AccountRow, Database } from "./types" */

/** @param {Database} db @returns {Promise<AccountRow[]>} */
export const accountsOf = (db) => db.getAll("accounts");

/** @param {Database} db @param {AccountRow} row */
const keep = (db, row) => db.transaction("accounts", "readwrite", { durability: "strict" }).store.put(row);

/** The first key of an account, never in the place of another: what that one encrypted would be lost. @param {Database} db @param {AccountRow} row */
const keepFirst = (db, row) => db.transaction("accounts", "readwrite", { durability: "strict" }).store.add(row);

/** Right after a sign-in, on a tablet this account has not used; fails when it was set up in another window meanwhile. @param {Database} db @param {string} account @param {string} passphrase @param {string} label what the device is called */
export async function setUnlock(db, account, passphrase, label) {
  const { value } = await post("devices", { label });
  const raw = newDataKey();
  const device = { id: value.device, secret: value.secret };
  const row = await makeAccount({ account, raw, passphrase, recovery: fromBase64url(value.recovery), device });
  await keepFirst(db, row);
  return open(db, row, raw, passphrase);
}

/** @param {Database} db @param {string} passphrase @returns {Promise<Records | null>} */
export async function unlock(db, passphrase) {
  const rows = await accountsOf(db);
  const found = await whoseWords(rows, passphrase);
  const row = rows.find((one) => one.account === found?.account);
  return found && row ? open(db, row, found.raw, passphrase) : null;
}

/** Whether these words open this account's key; nothing changes by it. @param {Database} db @param {string} account @param {string} passphrase */
export async function wordsOpen(db, account, passphrase) {
  const raw = await openWithPassphrase(await db.get("accounts", account), passphrase);
  raw?.fill(0);
  return raw !== null;
}

/** New words for the same key, after a sign-in. @param {Database} db @param {AccountRow} row @param {string} passphrase @returns {Promise<Records | null>} */
export async function resetUnlock(db, row, passphrase) {
  const { value } = await ask(`recovery?device=${encodeURIComponent(row.device?.id ?? "")}`);
  const recovery = fromBase64url(value.recovery);
  const raw = await openWithRecovery(row, recovery);
  if (!raw) return null;
  const anew = await makeAccount({ account: row.account, raw, passphrase, recovery, device: row.device });
  await keep(db, anew);
  return open(db, anew, raw, passphrase);
}

/** @param {Database} db @param {AccountRow} row @param {Uint8Array<ArrayBuffer>} raw @param {string} passphrase */
async function open(db, row, raw, passphrase) {
  const key = await usable(raw);
  raw.fill(0); // from here on only the browser holds it, and gives it to no script
  const records = new Records(db, row.account, key);
  await keepCarryingKey(records, row, passphrase).catch(() => {}); // storage that gives an error must not keep anybody out: drafts do not go up until it is there
  return records;
}

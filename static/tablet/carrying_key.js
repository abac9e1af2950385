// @ts-check
// The key under which this device's unfinished visits go up to the service. It is random, one for each account on each device, and opens
// nothing but those revisions: what else is on the device is under the account's own key. It travels with each revision, wrapped under the
// four words of this device, so whoever types them on another device can go on there, and the service cannot.

import { fromBase64url, randomBytes, toBase64url, utf8 } from "./bytes.js";
import { newDataKey, passphraseKey, usable } from "./vault.js";

/** @import { AccountRow, CarryingWrap } from "./types" */
/** @import { Records } from "./records.js" */

const MOST_ROUNDS = 10_000_000; // more would be somebody's way of stopping this device

/** Another name than the account's own wraps have: neither is ever taken for the other. @param {string} account */
const bound = (account) => utf8(JSON.stringify(["visitapp carrying wrap v1", account]));

/** @param {{ account: string, raw: Uint8Array<ArrayBuffer>, passphrase: string, rounds: number }} given @returns {Promise<CarryingWrap>} */
export async function wrapCarryingKey({ account, raw, passphrase, rounds }) {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const key = await passphraseKey(passphrase, salt, rounds);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(account) }, key, raw);
  return { salt: toBase64url(salt), rounds, iv: toBase64url(iv), data: toBase64url(data) };
}

/** Null with other words than those of the device that the wrap comes from. @param {string} account @param {CarryingWrap} wrap @param {string} passphrase @returns {Promise<CryptoKey | null>} */
export async function openCarryingKey(account, wrap, passphrase) {
  if (!(wrap.rounds > 0 && wrap.rounds <= MOST_ROUNDS)) return null;
  const key = await passphraseKey(passphrase, fromBase64url(wrap.salt), wrap.rounds);
  const algorithm = { name: "AES-GCM", iv: fromBase64url(wrap.iv), additionalData: bound(account) };
  try {
    return await usable(new Uint8Array(await crypto.subtle.decrypt(algorithm, key, fromBase64url(wrap.data))));
  } catch {
    return null;
  }
}

/** Makes the key when there is none yet, and wraps it anew when other words were set since. @param {Records} records @param {AccountRow} row @param {string} passphrase */
export async function keepCarryingKey(records, row, passphrase) {
  const kept = (await records.get("carrying", "key"))?.value;
  const words = toBase64url(row.salt); // new words have a new salt
  if (kept?.words === words) return;
  const raw = kept ? fromBase64url(kept.raw) : newDataKey();
  const wrap = await wrapCarryingKey({ account: row.account, raw, passphrase, rounds: row.rounds });
  await records.put("carrying", "key", { raw: toBase64url(raw), wrap, words });
}

/** @param {Records} records @returns {Promise<{ key: CryptoKey, wrap: CarryingWrap } | null>} */
export async function carryingKeyOf(records) {
  const kept = (await records.get("carrying", "key"))?.value;
  return kept ? { key: await usable(fromBase64url(kept.raw)), wrap: kept.wrap } : null;
}

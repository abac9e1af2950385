// @ts-check
// The key to everything about people on this tablet. One random key for each practitioner encrypts their records; it is kept
// only wrapped: once under four words they know, and once under a secret that the service gives back after sign-in, so that
// forgotten words cost a connection and not the work. The passphrase never leaves the tablet, and neither half alone opens anything.

import { randomBytes, utf8 } from "./bytes.js";

/** @import { Wrap, AccountRow } from "./types" */

export const ROUNDS = 600_000; // PBKDF2 rounds: about 0.1 s on a desk machine, 0.4 s on a slow tablet, once an unlock

/** Four words chosen evenly from the list. @param {string[]} words @param {(length: number) => Uint8Array} random */
export function offerWords(words, random = randomBytes) {
  const limit = Math.floor(65536 / words.length) * words.length; // above it, some words would come up more often
  /** @type {string[]} */
  const chosen = [];
  while (chosen.length < 4) {
    const [high, low] = random(2);
    const number = high * 256 + low;
    if (number < limit) chosen.push(words[number % words.length]);
  }
  return chosen.join(" ");
}

/** Capitals, extra spaces and hyphens are how a tablet's keyboard types words, not a different passphrase. @param {string} typed */
export const plainWords = (typed) => typed.normalize("NFKC").toLowerCase().replace(/[\s-]+/g, " ").trim();

export const newDataKey = () => randomBytes(32);

/** The key as records use it: no script can read its bytes again. @param {Uint8Array<ArrayBuffer>} raw */
export const usable = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

/** @param {string} passphrase @param {Uint8Array<ArrayBuffer>} salt @param {number} rounds */
export async function passphraseKey(passphrase, salt, rounds) {
  const base = await crypto.subtle.importKey("raw", utf8(plainWords(passphrase)), "PBKDF2", false, ["deriveKey"]);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(algorithm, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** @param {Uint8Array<ArrayBuffer>} secret @param {string} account */
async function recoveryKey(secret, account) {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: utf8(`visitapp recovery v1 ${account}`) };
  return crypto.subtle.deriveKey(algorithm, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** @param {string} account @param {string} way */
const bound = (account, way) => utf8(JSON.stringify(["visitapp wrap v1", account, way]));

/** @param {CryptoKey} key @param {Uint8Array<ArrayBuffer>} raw @param {string} account @param {string} way @returns {Promise<Wrap>} */
async function wrap(key, raw, account, way) {
  const iv = randomBytes(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(account, way) }, key, raw) };
}

/** @param {CryptoKey} key @param {Wrap} wrapped @param {string} account @param {string} way @returns {Promise<Uint8Array<ArrayBuffer> | null>} */
async function unwrap(key, wrapped, account, way) {
  const algorithm = { name: "AES-GCM", iv: wrapped.iv, additionalData: bound(account, way) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, wrapped.data));
  } catch {
    return null; // the wrong words, or another account's: there is nothing more to learn from it
  }
}

/**
 * What is kept of a key when a passphrase is set.
 * @param {{ account: string, raw: Uint8Array<ArrayBuffer>, passphrase: string, recovery: Uint8Array<ArrayBuffer> | null,
 *   device: AccountRow["device"], rounds?: number }} given
 * @returns {Promise<AccountRow>}
 */
export async function makeAccount({ account, raw, passphrase, recovery, device, rounds = ROUNDS }) {
  const salt = randomBytes(16);
  const byWords = await wrap(await passphraseKey(passphrase, salt, rounds), raw, account, "passphrase");
  const byService = recovery && (await wrap(await recoveryKey(recovery, account), raw, account, "recovery"));
  return { account, salt, rounds, passphrase: byWords, recovery: byService, device };
}

/** @param {AccountRow} row @param {string} passphrase */
export async function openWithPassphrase(row, passphrase) {
  return unwrap(await passphraseKey(passphrase, row.salt, row.rounds), row.passphrase, row.account, "passphrase");
}

/** @param {AccountRow} row @param {Uint8Array<ArrayBuffer>} secret */
export async function openWithRecovery(row, secret) {
  return row.recovery && unwrap(await recoveryKey(secret, row.account), row.recovery, row.account, "recovery");
}

/**
 * Whose words these are. The unlock screen names nobody: on a shared tablet each practitioner types their own words and is let
 * into their own work, without learning who else uses it.
 * @param {AccountRow[]} rows @param {string} passphrase
 * @returns {Promise<{ account: string, raw: Uint8Array<ArrayBuffer> } | null>}
 */
export async function whoseWords(rows, passphrase) {
  for (const row of rows) {
    const raw = await openWithPassphrase(row, passphrase);
    if (raw) return { account: row.account, raw };
  }
  return null;
}

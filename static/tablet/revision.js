// @ts-check
// One revision of an unfinished visit: the whole draft as bytes that say nothing without the key, and hardly anything by their length. What
// is authenticated beside them (account, draft, revision, parents, device, time) means that a revision moved to another draft, account or
// place among the revisions does not open.

import { fromBase64url, fromUtf8, randomBytes, toBase64url, utf8 } from "./bytes.js";

/** @import { CarryingWrap, RevisionContent, RevisionHead, RevisionRow } from "./types" */

const SMALLEST = 16_384; // bytes
const LENGTH = 4; // bytes that say how much of what follows is the draft

/** @param {string} account @param {RevisionHead} head */
const bound = (account, { draft, revision, parents, device, at }) => utf8(JSON.stringify(["visitapp draft v1", account, draft, revision, parents, device, at]));

/** The next of few sizes, each twice the one before. @param {number} length */
export function stepOf(length) {
  let step = SMALLEST;
  while (step < length) step *= 2;
  return step;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function padded(bytes) {
  const all = new Uint8Array(stepOf(bytes.length + LENGTH));
  new DataView(all.buffer).setUint32(0, bytes.length);
  all.set(bytes, LENGTH);
  return all;
}

/** @param {ArrayBuffer} all */
const unpadded = (all) => new Uint8Array(all, LENGTH, new DataView(all).getUint32(0));

/** @param {string} account @param {RevisionHead} head @param {RevisionContent} content @param {{ key: CryptoKey, wrap: CarryingWrap }} carrying @returns {Promise<RevisionRow>} */
export async function sealRevision(account, head, content, { key, wrap }) {
  const iv = randomBytes(12);
  const algorithm = { name: "AES-GCM", iv, additionalData: bound(account, head) };
  const data = await crypto.subtle.encrypt(algorithm, key, padded(utf8(JSON.stringify(content))));
  return { v: 1, ...head, wrap, iv: toBase64url(iv), data: toBase64url(data) };
}

/** Null when it is not what it says of itself, or was made under another key. @param {string} account @param {RevisionRow} row @param {CryptoKey} key @returns {Promise<RevisionContent | null>} */
export async function openRevision(account, row, key) {
  try {
    const algorithm = { name: "AES-GCM", iv: fromBase64url(row.iv), additionalData: bound(account, row) };
    return JSON.parse(fromUtf8(unpadded(await crypto.subtle.decrypt(algorithm, key, fromBase64url(row.data)))));
  } catch {
    return null;
  }
}

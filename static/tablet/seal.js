// @ts-check
// Finish: the visit becomes bytes once. The same bytes are hashed here, encrypted to the service's public key, kept by the service
// and, in the end, what a court would be shown. The envelope travels readable beside them and cannot be exchanged: it is what the
// encryption authenticates.

import { randomBytes, sha256, toBase64url, utf8 } from "./bytes.js";

/** @import { Body, Draft, Finding, Level, AsOf, ServiceKey } from "./types" */

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const INFO = "visitapp sealed visit v1";

/** @param {CryptoKey} own private @param {CryptoKey} theirs public @param {string} info what is sealed */
async function agreedKey(own, theirs, info) {
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: utf8(info) };
  return crypto.subtle.deriveKey(algorithm, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

/**
 * The envelope of a visit, in the order in which it is written.
 * @param {{ draft: Draft, account: string, device: string, sealed_at: string, clock_offset_ms: number, as_of: AsOf,
 *   findings: Finding[], level: Level, sha256: string, key: string, lang: number }} given lang: of the rules that were run
 */
export function envelopeOf({ draft, lang, account, device, sealed_at, clock_offset_ms, as_of, findings, level, sha256, key }) {
  return JSON.stringify({
    v: 1, id: draft.id, household: draft.household, form: draft.form, form_version: draft.form_version, form_hash: draft.form_hash,
    lang, author: account, device, began_at: draft.began_at, sealed_at, clock_offset_ms, as_of,
    shown: {
      findings: findings.map(({ finding, row, state }) => [finding, row, state]),
      level: { at_least: level.at_least, could_be: level.could_be },
    },
    sha256, key,
  });
}

/** @param {Body} body */
export async function bodyBytes(body) {
  const bytes = utf8(JSON.stringify(body));
  return { bytes, sha256: await sha256(bytes) };
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {string} envelope @param {ServiceKey} serviceKey @param {string} info */
export async function sealBytes(bytes, envelope, serviceKey, info) {
  const theirs = await crypto.subtle.importKey("jwk", serviceKey.jwk, CURVE, false, []);
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const key = await agreedKey(own.privateKey, theirs, info);
  const iv = randomBytes(12);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(envelope) }, key, bytes);
  return { epk: await crypto.subtle.exportKey("raw", own.publicKey), iv, sealed: new Uint8Array(sealed) };
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {string} envelope @param {ServiceKey} serviceKey */
export async function seal(bytes, envelope, serviceKey) {
  const { epk, iv, sealed } = await sealBytes(bytes, envelope, serviceKey, INFO);
  return { envelope, epk: toBase64url(epk), iv: toBase64url(iv), sealed: toBase64url(sealed) };
}

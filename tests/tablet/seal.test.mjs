import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64url, fromUtf8, utf8 } from "../../static/tablet/bytes.js";
import { bodyBytes, envelopeOf, seal } from "../../static/tablet/seal.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };

async function service() {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  return { privateKey: pair.privateKey, publicKey: { id: "k1", jwk: await crypto.subtle.exportKey("jwk", pair.publicKey) } };
}

/** The service's side, written here a second time from the contract. */
async function unseal({ envelope, epk, iv, sealed }, privateKey) {
  const theirs = await crypto.subtle.importKey("raw", fromBase64url(epk), CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: utf8("visitapp sealed visit v1") };
  const key = await crypto.subtle.deriveKey(hkdf, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  return fromUtf8(await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64url(iv), additionalData: utf8(envelope) }, key, fromBase64url(sealed)));
}

const draft = {
  id: "v1", household: "h1", form: "home_visit", form_version: 1, form_hash: "ff", began_at: "2026-11-22T10:00:00.000Z",
  body: { v: 1, household: "h1", answers: { home: { value: "Łóżko & <b>" } }, calls: [] },
};
const findings = [{ finding: "sleep_sofa", row: "r1", state: "cannot_tell", severity: "tonight" }];
const given = {
  draft, account: "a1", device: "d1", sealed_at: "2026-11-22T11:00:00.000Z", clock_offset_ms: -5, as_of: { seq: 9, at: "x" },
  findings, level: { at_least: 1, could_be: 4, because: ["sleep_sofa"] }, key: "k1", lang: 2,
};

test("the service opens what was sealed, byte for byte, and its hash is the one in the envelope", async () => {
  const { privateKey, publicKey } = await service();
  const { bytes, sha256 } = await bodyBytes(draft.body);
  const sent = await seal(bytes, envelopeOf({ ...given, sha256 }), publicKey);
  const opened = await unseal(sent, privateKey);
  assert.equal(opened, JSON.stringify(draft.body));
  assert.equal(JSON.parse(sent.envelope).sha256, (await bodyBytes(JSON.parse(opened))).sha256);
  assert.equal(fromBase64url(sent.epk).length, 65);
  assert.equal(fromBase64url(sent.iv).length, 12);
});

test("a visit does not open under another envelope", async () => {
  const { privateKey, publicKey } = await service();
  const { bytes, sha256 } = await bodyBytes(draft.body);
  const sent = await seal(bytes, envelopeOf({ ...given, sha256 }), publicKey);
  await assert.rejects(unseal({ ...sent, envelope: sent.envelope.replace("h1", "h2") }, privateKey));
});

test("the envelope says what was shown and nothing that names a person", () => {
  const envelope = JSON.parse(envelopeOf({ ...given, sha256: "ab" }));
  assert.deepEqual(envelope.shown, { findings: [["sleep_sofa", "r1", "cannot_tell"]], level: { at_least: 1, could_be: 4 } });
  assert.deepEqual(Object.keys(envelope), [
    "v", "id", "household", "form", "form_version", "form_hash", "lang", "author", "device", "began_at", "sealed_at",
    "clock_offset_ms", "as_of", "shown", "sha256", "key",
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { database } from "./database.mjs";
import { fromBase64url, randomBytes, toBase64url, utf8 } from "../../static/tablet/bytes.js";
import { carryingKeyOf, keepCarryingKey, openCarryingKey, wrapCarryingKey } from "../../static/tablet/carrying_key.js";
import { Records } from "../../static/tablet/records.js";
import { openRevision, sealRevision, stepOf } from "../../static/tablet/revision.js";
import { makeAccount, newDataKey, openWithPassphrase, usable } from "../../static/tablet/vault.js";

const WORDS = "calm river stone lamp";
const rounds = 1000;
const head = { draft: "d", revision: "r2", parents: ["r1"], device: "t", at: "2026-11-22T10:00:00.000Z" };
const content = { draft: { id: "d", household: "h", body: { answers: { said: { value: "A cormorant <b> 🐦 مرحبا" } } } }, changes: null };

async function carrying(account = "hv", passphrase = WORDS) {
  const raw = newDataKey();
  return { raw, key: await usable(raw.slice()), wrap: await wrapCarryingKey({ account, raw, passphrase, rounds }) };
}

test("a revision opens with the words of its device and says what the draft says", async () => {
  const made = await carrying();
  const row = JSON.parse(JSON.stringify(await sealRevision("hv", head, content, made))); // as it travels
  const key = await openCarryingKey("hv", row.wrap, "  Calm river-stone LAMP");
  assert.deepEqual(await openRevision("hv", row, key), content);
});

test("other words, or another account's, open no key", async () => {
  const { wrap } = await carrying();
  assert.equal(await openCarryingKey("hv", wrap, "calm river stone camp"), null);
  assert.equal(await openCarryingKey("hv", wrap, ""), null);
  assert.equal(await openCarryingKey("someone", wrap, WORDS), null);
  assert.equal(await openCarryingKey("hv", { ...wrap, rounds: 0 }, WORDS), null);
  assert.equal(await openCarryingKey("hv", { ...wrap, rounds: 1e9 }, WORDS), null); // at once
});

test("the wrap of the carrying key is never taken for the account's own, nor the other way round", async () => {
  const raw = newDataKey();
  const { wrap } = await carrying();
  const row = await makeAccount({ account: "hv", raw, passphrase: WORDS, recovery: null, device: null, rounds });
  const own = { salt: toBase64url(row.salt), rounds, iv: toBase64url(row.passphrase.iv), data: toBase64url(row.passphrase.data) };
  assert.equal(await openCarryingKey("hv", own, WORDS), null);
  const other = { iv: fromBase64url(wrap.iv), data: fromBase64url(wrap.data).buffer };
  assert.equal(await openWithPassphrase({ ...row, salt: fromBase64url(wrap.salt), passphrase: other }, WORDS), null);
});

for (const [why, account, change] of [
  ["another account", "someone", {}], ["another draft", "hv", { draft: "e" }], ["another number", "hv", { revision: "r3" }],
  ["other parents", "hv", { parents: [] }], ["another device", "hv", { device: "u" }], ["another time", "hv", { at: "2026-11-23T10:00:00.000Z" }],
]) {
  test(`a revision moved to ${why} does not open`, async () => {
    const made = await carrying();
    const row = await sealRevision("hv", head, content, made);
    assert.equal(await openRevision(account, { ...row, ...change }, made.key), null);
    assert.deepEqual(await openRevision("hv", row, made.key), content);
  });
}

test("a revision with one bit changed, or under another key, does not open", async () => {
  const made = await carrying();
  const row = await sealRevision("hv", head, content, made);
  const bytes = fromBase64url(row.data);
  bytes[100] ^= 1;
  assert.equal(await openRevision("hv", { ...row, data: toBase64url(bytes) }, made.key), null);
  assert.equal(await openRevision("hv", row, (await carrying()).key), null);
  assert.equal(await openRevision("hv", { ...row, data: "" }, made.key), null);
});

test("nothing that goes up can be read, and its length is one of few", async () => {
  const made = await carrying();
  const sizes = new Set();
  for (const length of [0, 1, 500, 9000, 17_000]) {
    const row = await sealRevision("hv", head, { ...content, changes: [{ number: 1, at: "", cells: { x: [null, "a".repeat(length)] } }] }, made);
    for (const word of ["cormorant", "household", "answers"]) assert.equal(JSON.stringify(row).includes(word), false);
    assert.deepEqual(Object.keys(row).sort(), ["at", "data", "device", "draft", "iv", "parents", "revision", "v", "wrap"]);
    const raw = Buffer.from(fromBase64url(row.data));
    assert.equal(raw.includes(Buffer.from("cormorant")), false);
    assert.equal(JSON.stringify(row).includes(toBase64url(made.raw)), false);
    sizes.add(row.data.length);
  }
  assert.equal(sizes.size, 2);
  assert.deepEqual([stepOf(1), stepOf(16_384), stepOf(16_385), stepOf(1_000_000)], [16_384, 16_384, 32_768, 1_048_576]);
});

test("ten thousand characters of any script come back as they were", async () => {
  const made = await carrying();
  const long = { ...content, draft: { ...content.draft, typed: { x: "🙂<مرحبا>".repeat(1250) } } };
  assert.deepEqual(await openRevision("hv", await sealRevision("hv", head, long, made), made.key), long);
});

test("the key is made once, stays the same under new words, and the old words then open no newer revision", async () => {
  const db = database();
  const records = new Records(db, "hv", await usable(newDataKey()));
  assert.equal(await carryingKeyOf(records), null); // an account from before: until the words are typed next
  const row = (passphrase) => makeAccount({ account: "hv", raw: newDataKey(), passphrase, recovery: null, device: null, rounds });
  const first = await row(WORDS);
  await keepCarryingKey(records, first, WORDS);
  const one = await carryingKeyOf(records);
  await keepCarryingKey(records, first, WORDS);
  assert.deepEqual((await carryingKeyOf(records)).wrap, one.wrap); // the same words at the next unlock
  const sealed = await sealRevision("hv", head, content, one);
  await keepCarryingKey(records, await row("green apple quiet door"), "green apple quiet door");
  const two = await carryingKeyOf(records);
  assert.deepEqual(await openRevision("hv", sealed, two.key), content);
  assert.equal(await openCarryingKey("hv", two.wrap, WORDS), null);
  assert.notEqual(await openCarryingKey("hv", two.wrap, "green apple quiet door"), null);
  const kept = [...db.stores.records.values()].map((each) => Buffer.from(each.data).toString("latin1")).join();
  assert.equal(kept.includes("salt"), false); // an encrypted record like any other
  assert.ok(utf8(kept).length > 0 && randomBytes(1).length === 1);
});

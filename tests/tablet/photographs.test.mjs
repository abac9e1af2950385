import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { fromBase64url, sha256, utf8 } from "../../static/tablet/bytes.js";
import { cellsOf, difference, rebuild, takeBack } from "../../static/tablet/changes.js";
import { openDatabase } from "../../static/tablet/db.js";
import { bringBack, clearDiscarded, discard } from "../../static/tablet/discarded.js";
import { finish } from "../../static/tablet/finish.js";
import { PhotographQueue } from "../../static/tablet/photograph_queue.js";
import { keepPicture, leftOver, LEFT, PIECE, pictureOf, sealLeftOver, setPhotographs } from "../../static/tablet/photographs.js";
import { fit } from "../../static/tablet/picture.js";
import { ChangedElsewhere, Records } from "../../static/tablet/records.js";
import { newDataKey, usable } from "../../static/tablet/vault.js";

const NOW = "2026-11-22T10:00:00.000Z";
const service = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
const head = { clock_offset_ms: 0, service_key: { id: "ab12", jwk: await crypto.subtle.exportKey("jwk", service.publicKey) } };
const family = { household: "h", as_of: { seq: 1, at: NOW } };
const consent = { who: "Ada", agreed: true, at: NOW };
const picture = (number, length = 150_000) => Uint8Array.from({ length }, (_, at) => (at * number) % 251);

/** A tablet with a draft of two photographs beside another draft with one. */
async function tablet() {
  globalThis.indexedDB = new IDBFactory();
  const db = await openDatabase({ onBlocked: () => {} });
  await db.put("accounts", { account: "hv", device: { id: "tablet", secret: "s" } });
  const records = new Records(db, "hv", await usable(newDataKey()));
  const drafts = {};
  for (const [id, photographs] of [["d", ["p1", "p2"]], ["e", ["p3"]]]) {
    const draft = (drafts[id] = { id, household: "h", changes: 0, body: { occurred_on: "2026-11-22", answers: {}, unasked_reasons: [] }, aside: {}, typed: {} });
    const taken = [];
    for (const [at, one] of photographs.entries()) taken.push(await keepPicture(records, draft, picture(at + 2), { id: one, place: "kitchen", now: NOW }));
    setPhotographs(draft.body, { consent, taken });
    await records.put("draft", id, draft, 0);
  }
  const seal = (more = {}) => finish({ db, records, draft: drafts.d, revision: 1, head, family, findings: [], level: { at_least: 1, could_be: 1 }, title: "Visit", lang: 2, now: NOW, ...more });
  const kept = async () => (await db.getAllKeys("records")).map(([, store, id]) => `${store}/${id}`).sort();
  return { db, records, drafts, draft: drafts.d, seal, kept, queue: new PhotographQueue(db) };
}

/** What the service finds in a photograph that it has every piece of. */
async function opened({ envelope, epk, iv }, pieces) {
  const theirs = await crypto.subtle.importKey("raw", fromBase64url(epk), { name: "ECDH", namedCurve: "P-256" }, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, service.privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: utf8("visitapp sealed photograph v1") };
  const key = await crypto.subtle.deriveKey(info, base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const sealed = await new Blob(pieces).arrayBuffer();
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64url(iv), additionalData: utf8(envelope) }, key, sealed));
}

test("a picture is kept encrypted, opens for its draft and for no other, and nothing of it stands there in clear", async () => {
  const { db, records, drafts } = await tablet();
  const [one] = drafts.d.body.photographs.taken;
  assert.deepEqual(await pictureOf(records, "d", one), picture(2));
  assert.equal(await pictureOf(records, "e", one), null);
  const row = await db.get("records", ["hv", "photograph", "d/p1"]);
  assert.equal(Buffer.from(row.data).includes(Buffer.from(picture(2).subarray(1000, 1016))), false);
  await db.put("records", { ...row, id: "e/p3" });
  assert.equal(await pictureOf(records, "e", drafts.e.body.photographs.taken[0]), null); // moved to another visit
});

test("sealed, a visit lists its photographs, and each lies beside it in pieces that only the service can put together", async () => {
  const { db, seal, kept, queue } = await tablet();
  assert.equal(await seal(), true);
  const rows = await queue.all();
  assert.deepEqual(rows.map(({ id, visit, trouble }) => [id, visit, trouble]), [["p1", "d", null], ["p2", "d", null]]);
  for (const [at, row] of rows.entries()) {
    const pieces = await Promise.all(row.pieces.map((_, number) => queue.piece(row.id, number)));
    assert.deepEqual(pieces.map(({ length }) => length), [...Array(9).fill(PIECE), 150_000 + 16 - 9 * PIECE]);
    assert.deepEqual(await Promise.all(pieces.map(sha256)), row.pieces);
    assert.deepEqual(await opened(row, pieces), picture(at + 2));
    assert.equal(JSON.parse(row.envelope).sha256, await sha256(picture(at + 2)));
    assert.equal(JSON.parse(row.envelope).visit, "d");
    await assert.rejects(opened({ ...row, envelope: row.envelope.replace('"d"', '"e"') }, pieces));
  }
  assert.deepEqual(await kept(), ["copy/d", "draft/e", "photograph/e/p3", "sent/d"]);
  assert.equal((await db.getAll("sealed")).length, 1);
});

test("a photograph that was taken out of the visit goes with the draft, and one that cannot be read is said to be lost", async () => {
  const { db, records, draft, seal, kept, queue } = await tablet();
  const [, second] = draft.body.photographs.taken;
  const third = await keepPicture(records, draft, picture(5), { id: "p9", place: "stairs", now: NOW });
  setPhotographs(draft.body, { consent, taken: [second, third] });
  await db.delete("records", ["hv", "photograph", "d/p2"]);
  await seal();
  assert.deepEqual((await queue.all()).map(({ id }) => id), ["p9"]);
  assert.deepEqual((await records.get("copy", "d")).value.body.photographs.taken.map(({ id, lost }) => [id, lost]), [["p2", true], ["p9", undefined]]);
  assert.deepEqual(await kept(), ["copy/d", "draft/e", "photograph/e/p3", "sent/d"]);
});

test("without anybody who agreed a visit is sealed without its photographs", async () => {
  for (const nobody of [{ who: "Ada", agreed: false, at: null }, { who: " ", agreed: true, at: NOW }]) {
    const { records, draft, seal, queue, kept } = await tablet();
    setPhotographs(draft.body, { ...draft.body.photographs, consent: nobody });
    await seal();
    assert.deepEqual(await queue.all(), []);
    assert.equal((await records.get("copy", "d")).value.body.photographs, undefined);
    assert.equal((await kept()).includes("photograph/d/p1"), false);
  }
});

/** No room for pieces while something is done. */
async function withoutRoom(act) {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === "pieces") throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, given);
  };
  await act().finally(() => (IDBObjectStore.prototype.put = put));
}

test("where there is no room to seal photographs the visit is sealed without them, and they are when there is room", async () => {
  const { db, records, seal, kept, queue, drafts } = await tablet();
  await withoutRoom(seal);
  assert.deepEqual(await kept(), ["copy/d", "draft/e", "photograph/d/p1", "photograph/d/p2", "photograph/e/p3", "sent/d", `${LEFT}/d`]);
  assert.equal((await db.getAll("sealed")).length, 1);
  assert.deepEqual((await leftOver(records)).map(({ id, taken }) => [id, taken.length]), [["d", 2]]);
  assert.deepEqual(await queue.all(), []);
  const given = { account: "hv", device: "tablet", head, now: NOW };
  await withoutRoom(() => assert.rejects(sealLeftOver(db, records, given)));
  assert.equal((await kept()).includes("photograph/d/p1"), true);
  await sealLeftOver(db, records, given);
  assert.deepEqual((await queue.all()).map(({ id, visit }) => [id, visit]), [["p1", "d"], ["p2", "d"]]);
  assert.deepEqual(await kept(), ["copy/d", "draft/e", "photograph/e/p3", "sent/d"]);
  assert.equal(drafts.e.body.photographs.taken.length, 1);
});

test("a visit that was changed in another window is not sealed, and its photographs stay", async () => {
  const { records, draft, seal, kept, queue } = await tablet();
  await records.put("draft", "d", draft, 1);
  await assert.rejects(seal(), ChangedElsewhere);
  assert.equal((await kept()).includes("photograph/d/p2"), true);
  assert.deepEqual(await queue.all(), []);
});

test("discarded, a visit keeps its photographs for as long as it can be brought back", async () => {
  const { records, draft, kept } = await tablet();
  const at = (day) => Date.parse(NOW) + day * 86_400_000;
  const meet = (day) => records.put("head", "caseload", { as_of: { seq: 1, at: new Date(at(day)).toISOString() } });
  await meet(0);
  await discard(records, draft, 1, at(0));
  assert.equal((await kept()).includes("photograph/d/p1"), true);
  await bringBack(records, "d");
  assert.notEqual(await pictureOf(records, "d", draft.body.photographs.taken[0]), null);
  await discard(records, draft, 3, at(0));
  for (const day of [1, 32]) {
    await meet(day);
    await clearDiscarded(records, at(day));
  }
  assert.deepEqual(await kept(), ["draft/e", "head/caseload", "photograph/e/p3"]);
});

test("what is said of photographs is part of what was changed, and comes back in the order in which they were taken", () => {
  const draft = { body: { occurred_on: "2026-11-22", answers: {}, unasked_reasons: [] }, aside: {}, typed: {} };
  const one = { id: "p1", caption: "", taken_at: "2026-11-22T10:00:00.000Z" };
  const two = { id: "p2", caption: "", taken_at: "2026-11-22T10:05:00.000Z" };
  const blank = cellsOf(draft);
  setPhotographs(draft.body, { consent, taken: [one, two] });
  const both = cellsOf(draft);
  setPhotographs(draft.body, { consent, taken: [{ ...two, caption: "Stairs" }] });
  const change = difference(both, cellsOf(draft));
  assert.deepEqual(change, { "#p1": [one, null], "#p2": [two, { ...two, caption: "Stairs" }] });
  const cells = cellsOf(draft);
  takeBack(cells, change);
  rebuild(draft, cells);
  assert.deepEqual(draft.body.photographs, { consent, taken: [one, two] });
  rebuild(draft, blank);
  assert.equal("photographs" in draft.body, false); // a visit without any says nothing of them
});

test("a picture is made no larger than it was, and its longer side no longer than is needed", () => {
  assert.deepEqual([[4000, 3000], [3000, 4000], [100, 50], [1600, 1], [90_000, 1]].map(([width, height]) => fit(width, height)), [[1600, 1200], [1200, 1600], [100, 50], [1600, 1], [1600, 1]]);
});

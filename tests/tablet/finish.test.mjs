import assert from "node:assert/strict";
import { test } from "node:test";
import { finish } from "../../static/tablet/finish.js";
import { ChangedElsewhere, Records } from "../../static/tablet/records.js";
import { newDataKey, usable } from "../../static/tablet/vault.js";

/** A database in memory: what `finish` asks of one, all of a transaction in one go. */
function database() {
  const stores = { records: new Map(), sealed: new Map(), accounts: new Map([["hv", { device: { id: "tablet" } }]]) };
  const keyOf = { records: (row) => `${row.account}/${row.store}/${row.id}`, sealed: (row) => row.id };
  const key = (wanted) => (Array.isArray(wanted) ? wanted.join("/") : wanted);
  const objectStore = (name) => ({
    get: async (wanted) => stores[name].get(key(wanted)),
    put: async (row) => void stores[name].set(keyOf[name](row), row),
    delete: async (wanted) => {
      const within = (at) => (wanted.lower ? at > wanted.lower && at < wanted.upper : at === key(wanted));
      for (const at of [...stores[name].keys()]) if (within(at)) stores[name].delete(at);
    },
  });
  const transaction = (names) => ({ objectStore, store: objectStore([names].flat()[0]), done: Promise.resolve() });
  return { stores, transaction, get: async (name, wanted) => stores[name].get(key(wanted)) };
}

globalThis.IDBKeyRange = { bound: (lower, upper) => ({ lower: lower.join("/"), upper: upper.join("/") }) };

const { publicKey } = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
const head = { clock_offset_ms: 0, service_key: { id: "k", jwk: await crypto.subtle.exportKey("jwk", publicKey) } };
const family = { household: "h", as_of: { seq: 1, at: "2026-11-22T09:00:00.000Z" } };
const plain = { head, family, findings: [], level: { at_least: 1, could_be: 1 }, title: "Visit", lang: 2, now: "2026-11-22T10:00:00.000Z" };
const visit = (said) => ({ id: "d", household: "h", body: { occurred_on: "2026-11-22", answers: { said } } });

async function tablet() {
  const db = database();
  const records = new Records(db, "hv", await usable(newDataKey()));
  await records.put("draft", "d", visit("sofa"), 0, [records.encrypt("change", "d/00000001", {}, 1)]);
  return { db, records };
}

test("a visit that was changed in another window is not sealed without what was said there", async () => {
  const { db, records } = await tablet();
  await records.put("draft", "d", visit("sofa, with her father"), 1);
  await assert.rejects(finish({ ...plain, db, records, draft: visit("sofa"), revision: 1 }), ChangedElsewhere);
  assert.equal(db.stores.sealed.size, 0);
  assert.equal(db.stores.records.size, 2);
  assert.equal((await records.get("draft", "d")).value.body.answers.said, "sofa, with her father");
});

test("draft and sealed visit change places, what was changed in it goes, no other's does, and a second tap does nothing", async () => {
  const { db, records } = await tablet();
  await records.put("change", "d2/00000001", {}, 0);
  assert.equal(await finish({ ...plain, db, records, draft: visit("sofa"), revision: 1 }), true);
  assert.deepEqual([...db.stores.sealed.keys(), ...db.stores.records.keys()], ["d", "hv/change/d2/00000001", "hv/copy/d", "hv/sent/d"]);
  const [first] = db.stores.sealed.values();
  assert.equal(await finish({ ...plain, db, records, draft: visit("sofa"), revision: 1 }), false);
  assert.deepEqual([...db.stores.sealed.values()], [first]);
});

test("an addition is sealed as an addition, and says so where it waits", async () => {
  const { db, records } = await tablet();
  const draft = { ...visit("armchair"), id: "e", adds: { title: "Home visit", occurred_on: "2026-11-20" } };
  draft.body.adds_to = "d";
  await records.put("draft", "e", draft, 0);
  assert.equal(await finish({ ...plain, db, records, draft, revision: 1 }), true);
  const { title, adds_to } = (await records.get("sent", "e")).value;
  assert.deepEqual([title, adds_to], ["Addition to the visit of 20 November 2026", "d"]);
  assert.equal((await records.get("copy", "e")).value.body.adds_to, "d");
});

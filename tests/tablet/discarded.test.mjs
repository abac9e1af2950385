import assert from "node:assert/strict";
import { test } from "node:test";
import { takeOffline } from "../../static/tablet/caseload.js";
import { aged, bringBack, clearDiscarded, discard, goesAt } from "../../static/tablet/discarded.js";
import { ChangedElsewhere, Records } from "../../static/tablet/records.js";
import { newDataKey, usable } from "../../static/tablet/vault.js";

globalThis.IDBKeyRange = { bound: (lower, upper) => ({ lower: lower.join("/"), upper: upper.map((one) => (Array.isArray(one) ? "\uffff" : one)).join("/") }) };

/** A database in memory: what records ask of one. */
function database() {
  const rows = new Map();
  const key = (wanted) => wanted.join("/");
  const within = (wanted) => [...rows.keys()].filter((at) => (wanted.lower ? at >= wanted.lower && at <= wanted.upper : at === key(wanted)));
  const store = {
    get: async (wanted) => rows.get(key(wanted)),
    put: async (row) => void rows.set(key([row.account, row.store, row.id]), row),
    delete: async (wanted) => within(wanted).forEach((at) => rows.delete(at)),
  };
  return { rows, transaction: () => ({ store, done: Promise.resolve() }), get: (_name, wanted) => store.get(wanted), getAll: async (_name, range) => within(range).map((at) => rows.get(at)) };
}

const day = (number) => `2026-11-${String(number).padStart(2, "0")}T10:00:00.000Z`;
const days = (number) => Date.parse(day(1)) + number * 86_400_000;
const at = (number) => new Date(days(number)).toISOString();
const draft = { id: "d", household: "h", changes: 2, body: { answers: { floors: { value: "good" } } } };

/** A tablet that met the service on a day, with a draft of two changes and another visit's beside it. */
async function tablet(met = 0) {
  const db = database();
  const records = new Records(db, "hv", await usable(newDataKey()));
  const change = (id) => records.encrypt("change", id, {}, 1);
  await records.put("draft", "d", draft, 0, [change("d/00000001"), change("d/00000002"), change("e/00000001")]);
  const meet = (number) => records.put("head", "caseload", { as_of: { seq: 1, at: at(number) } });
  await meet(met);
  return { db, records, meet, kept: () => [...db.rows.keys()].map((one) => one.replace("hv/", "")).filter((one) => !one.startsWith("head")).sort() };
}

test("a discarded visit keeps its changes, is no draft, and comes back as it was", async () => {
  const { records, kept } = await tablet();
  await discard(records, draft, 1, days(0));
  assert.deepEqual(kept(), ["change/d/00000001", "change/d/00000002", "change/e/00000001", "discarded/d"]);
  await bringBack(records, "d");
  assert.deepEqual(kept(), ["change/d/00000001", "change/d/00000002", "change/e/00000001", "draft/d"]);
  const { value, revision } = await records.get("draft", "d");
  assert.deepEqual([value, revision], [draft, 3]); // another window that still has it open can write no more
});

test("a visit that was changed in another window is not discarded without what was said there", async () => {
  const { records, kept } = await tablet();
  await assert.rejects(discard(records, draft, 0, days(0)), ChangedElsewhere);
  assert.ok(kept().includes("draft/d"));
});

test("after thirty days by both clocks it goes with its own changes, not before", async () => {
  const { records, meet, kept } = await tablet();
  await discard(records, draft, 1, days(0));
  await meet(1);
  await clearDiscarded(records, days(1));
  await meet(32);
  await clearDiscarded(records, days(29.9));
  assert.ok(kept().includes("discarded/d"));
  await clearDiscarded(records, days(32));
  assert.deepEqual(kept(), ["change/e/00000001"]);
});

test("a tablet that does not hear from the service removes nothing, however late its clock says it is", async () => {
  const { records, kept } = await tablet();
  await discard(records, draft, 1, days(0));
  for (const number of [40, 4000, 2]) await clearDiscarded(records, days(number));
  assert.ok(kept().includes("discarded/d"));
});

const one = { ...draft, discarded_at: at(0), told_at: at(0) };

for (const [why, visits, gone, more] of [
  ["the clock jumps years ahead and back, and the service goes on as always", [[2, 2], [4000, 3], [4000, 4], [5, 5], [4000, 29]], false],
  ["the service's clock jumps years ahead and back", [[2, 2], [3, 4000], [4, 4], [29, 4000]], false],
  ["it was discarded under a clock that is years behind, and then the clock is put right", [[1, 1]], false, { discarded_at: at(-4000) }],
  ["the same, and thirty days more have passed", [[1, 1], [31.5, 31.5]], true, { discarded_at: at(-4000) }],
  ["it was discarded under a clock that was years ahead, which is put right: the days count from then", [[1, 1], [30.5, 31.5]], false, { discarded_at: at(4000) }],
  ["the same, and the days have passed", [[1, 1], [31.5, 31.5]], true, { discarded_at: at(4000) }],
  ["the service's clock was years ahead when they met first, and the days have passed since it was put right", [[1, 4000], [2, 2], [32, 32]], true],
  ["the same, and they have not", [[1, 4000], [2, 2], [31, 31]], false],
  ["the tablet met the service only once after", [[31, 31]], false],
]) {
  test(`${why}: it ${gone ? "goes" : "stays"}`, () => {
    let kept = { ...one, ...more };
    for (const [here, there] of visits) kept &&= aged(kept, at(there), days(here));
    assert.equal(kept === null, gone);
  });
}

test("what it says is the day until which it can be brought back for sure", () => assert.equal(new Date(goesAt(one)).toISOString(), at(30)));

test("taking the families again keeps the family of a discarded visit", async () => {
  const { records } = await tablet();
  await records.put("family", "h", { household: "h", name: "old" });
  await discard(records, draft, 1, days(0));
  globalThis.fetch = async () => Response.json({ as_of: { seq: 9, at: at(1) }, account: { id: "hv" }, families: [] });
  await takeOffline(records, () => days(1));
  assert.deepEqual((await records.all("family")).map((family) => family.household), ["h"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { takeOffline } from "../../static/tablet/caseload.js";

/** Records in memory, with what was on the tablet before. @param {Record<string, any[]>} before */
function recordsWith(before) {
  const stores = new Map(Object.entries(before));
  return {
    account: "hv", stores,
    all: async (store) => stores.get(store) ?? [],
    put: async (store, _id, value) => void stores.set(store, [value]),
    replaceAll: async (store, values) => void stores.set(store, values.map(([, value]) => value)),
  };
}

test("taking the families again drops those that are sent no more, but none with a visit unfinished here", async () => {
  const sent = { as_of: { seq: 9, at: "2026-11-22T09:00:00.000Z" }, account: { id: "hv" }, families: [{ household: "a", name: "A" }] };
  globalThis.fetch = async () => Response.json(sent);
  const earlier = { seq: 3 };
  const kept = ["a", "b", "c"].map((household) => ({ household, name: `old ${household}`, as_of: earlier }));
  const records = recordsWith({ family: kept, draft: [{ household: "a" }, { household: "b" }] });
  await takeOffline(records, () => 0);
  assert.deepEqual(records.stores.get("family"), [
    { household: "a", name: "A", as_of: sent.as_of },
    { household: "b", name: "old b", as_of: earlier },
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { takeAgain, takeOffline, tellOpenings } from "../../static/tablet/caseload.js";
import { fetchResults } from "../../static/tablet/results.js";

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

test("taking the families again by itself changes nothing when it is refused, cannot be had, or is somebody else's", async () => {
  const before = [{ household: "a", name: "A" }];
  const records = recordsWith({ family: before });
  const problem = { code: "sign_in_needed", message: "Sign in." };
  const other = { as_of: { seq: 9 }, account: { id: "midwife" }, families: [] };
  for (const answer of [() => Response.json({ problem }, { status: 401 }), () => Promise.reject(new TypeError("no network")), () => Response.json(other)]) {
    globalThis.fetch = async () => answer();
    assert.equal(await takeAgain(records, () => 0), false);
    assert.deepEqual([...records.stores], [["family", before]]);
  }
  globalThis.fetch = async () => Response.json({ ...other, account: { id: "hv" } });
  assert.equal(await takeAgain(records, () => 0), true);
  assert.deepEqual(records.stores.get("family"), []);
});

/** A service where this account is signed in; remembers the openings it was told. */
function signedIn(id) {
  const told = [];
  globalThis.fetch = async (url, options) => {
    if (url.endsWith("whoami")) return Response.json({ account: { id, name: "Somebody", role: "midwife" } });
    told.push(JSON.parse(options.body));
    return new Response(null, { status: 204 });
  };
  return told;
}

function opened(count) {
  const kept = new Map([...Array(count).keys()].map((at) => [`${at} h`, { household: "h", at: String(at) }]));
  return { account: "hv", kept, all: async () => [...kept.values()], remove: async (_store, id) => void kept.delete(id) };
}

test("what was opened offline is told in nobody else's name", async () => {
  const records = opened(2);
  const told = signedIn("midwife");
  await tellOpenings(records);
  assert.deepEqual([told.length, records.kept.size], [0, 2]);
});

test("many openings go in as many turns as it takes", async () => {
  const records = opened(501);
  const told = signedIn("hv");
  await tellOpenings(records);
  await tellOpenings(records);
  assert.deepEqual([told.map((some) => some.length), records.kept.size], [[500, 1], 0]);
});

const results = new Map([["a", { submission: "a", state: "quarantined" }], ["b", { submission: "b", state: "assessed" }]]);
const asking = { account: "hv", all: async () => [...results.values()], put: async (_store, id, value) => void results.set(id, value) };
const sent = (...ids) => ({ receipts: async () => ids.map((id) => ({ id, account: "hv" })) });

test("a visit that was set aside is asked about again, for a person may take it in", async () => {
  const asked = [];
  globalThis.fetch = async (url) => (asked.push(url), Response.json([{ submission: "a", state: "assessed" }]));
  assert.deepEqual(await fetchResults(asking, sent("a", "b"), null), { arrived: 1, coming: 0, news: false });
  assert.deepEqual(asked, ["/tablet/api/results?ids=a"]);
  assert.equal(results.get("a").state, "assessed");
});

test("with nothing to ask about, only whether anything is new: by a mark, and the answer has no body", async () => {
  const answers = [new Response(null, { status: 304, headers: { ETag: '"hv.7.1.7"' } })];
  for (const tag of ['W/"hv.9.2.9"', '"hv.9.2.9-gzip"', '"hv.7.1.7-gzip"', '"midwife.9.2.9"', ""]) answers.push(Response.json([], { headers: { ETag: tag } }));
  const asked = [];
  globalThis.fetch = async (url, { headers }) => (asked.push([url, headers["If-None-Match"]]), answers.shift());
  const news = async (head) => (await fetchResults(asking, sent("b"), head)).news;
  const known = { news: "hv.7.1.7" };
  assert.deepEqual([await news(known), await news(known), await news({}), await news(known)], [false, true, true, false]);
  assert.deepEqual([await news(known), await news(known)], [false, false], "somebody else is signed in; an answer without a mark");
  assert.deepEqual(asked.slice(0, 3).map(([, mark]) => mark), ['"hv.7.1.7"', '"hv.7.1.7"', undefined]);
  assert.equal(await news(null), false, "no family was taken yet: nothing is asked");
  assert.deepEqual([asked.length, asked[0][0]], [6, "/tablet/api/results"]);
});

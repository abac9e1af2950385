import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen, copyName, copyOf } from "../../static/tablet/waiting_copy.js";
import { push } from "../../static/tablet/sync.js";

const row = (id) => ({
  id, account: "a1", sealed_at: "2026-11-26T10:00:00.000Z", sha256: "hash", envelope: `{"id":"${id}","said":"\\u00e9\n"}`, epk: "e", iv: "i", sealed: `s-${id}`,
  attempts: 3, next_at: "2026-11-26T10:10:00.000Z", trouble: { code: "no_network", at: "2026-11-26T10:05:00.000Z" },
});

test("the file holds exactly what would be sent, each visit on a line of its own, and no word of the queue's", async () => {
  const rows = [row("v1"), row("v2")];
  const bodies = [];
  const send = async (_url, options) => (bodies.push(options.body), Promise.reject(new TypeError("offline")));
  for (const one of rows) await push({ queue: { waiting: async () => [one], credential: async () => "", keepWaiting: async () => {} }, send, now: () => Date.now(), all: true });
  const file = copyOf(rows);
  assert.deepEqual(JSON.parse(file).visits.map((one) => JSON.stringify(one)), bodies);
  assert.deepEqual(file.split("\n").slice(1, 3).map((line) => line.replace(/,$/, "")), bodies);
  for (const word of ["attempts", "trouble", "no_network", "a1", "hash"]) assert.ok(!file.includes(word), word);
});

test("its name says the day and no person", () => {
  assert.equal(copyName(Date.parse("2026-11-26T23:30:00Z")), "visitapp-waiting-2026-11-26.json");
  assert.equal(copyName(Date.parse("2026-11-26T23:30:00Z"), "0a1b2c3d-aaaa-4000-8000-000000000001"), "visitapp-waiting-2026-11-26-0a1b2c3d.json");
});

test("one person's visits, one visit, or what everybody has waiting", () => {
  const rows = [row("v1"), row("v2"), { ...row("v3"), account: "a2" }];
  const ids = (of) => chosen(rows, of).map((one) => one.id);
  assert.deepEqual(ids({ account: "a1", id: "" }), ["v1", "v2"]);
  assert.deepEqual(ids({ account: "a1", id: "v2" }), ["v2"]);
  assert.deepEqual(ids({ account: "a1", id: "v3" }), []);
  assert.deepEqual(ids({}), ["v1", "v2", "v3"]);
});

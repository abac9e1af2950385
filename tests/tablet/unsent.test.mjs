import assert from "node:assert/strict";
import { test } from "node:test";
import { database } from "./database.mjs";
import { Queue } from "../../static/tablet/queue.js";
import { Records } from "../../static/tablet/records.js";
import { Unsent } from "../../static/tablet/unsent.js";
import { newDataKey, usable } from "../../static/tablet/vault.js";

const AT = "2026-11-22T10:00:00.000Z";
const sealed = (id, account = "hv") => ({
  id, account, sealed_at: AT, envelope: JSON.stringify({ id, household: `h-${id}` }), epk: "", iv: "", sealed: "", sha256: "", attempts: 0, next_at: AT, trouble: null,
});

/** A tablet of two practitioners, one of whom has it unlocked, and a service that answers with `status`. */
async function tablet() {
  const db = database();
  for (const account of ["hv", "mw"]) await db.put("accounts", { account, device: { id: `d-${account}`, secret: "s" } });
  const records = new Records(db, "hv", await usable(newDataKey()));
  await records.put("draft", "one", { id: "one", household: "h", began_at: AT, saved_at: AT, body: { answers: { name: "Isla" } } }, 0);
  const asked = [];
  const given = { status: 204, clock: 0 };
  const send = async (url, options) => {
    asked.push({ url, who: options.headers.Authorization, said: JSON.parse(options.body) });
    if (given.status === 0) throw new TypeError("no network");
    return new Response(null, { status: given.status });
  };
  return { db, records, asked, given, unsent: new Unsent({ db, queue: new Queue(db), now: () => given.clock, send }) };
}

test("each account tells what it holds by its own credential, ids and times alone, and of drafts only while it is open", async () => {
  const { db, records, asked, unsent } = await tablet();
  for (const row of [sealed("a"), sealed("b", "mw")]) await db.put("sealed", row);
  await unsent.tell(records);
  assert.deepEqual(asked, [
    { url: "/tablet/api/unsent", who: "Device d-hv:s", said: { sealed: [{ id: "a", household: "h-a", since: AT }], unfinished: [{ id: "one", household: "h", since: AT }] } },
    { url: "/tablet/api/unsent", who: "Device d-mw:s", said: { sealed: [{ id: "b", household: "h-b", since: AT }], unfinished: null } },
  ]);
  await unsent.tell(null);
  assert.equal(asked.at(-1).said.unfinished, null);
});

test("what the service has heard is not said again for an hour, and what it has not is said with the next round", async () => {
  const { db, records, asked, given, unsent } = await tablet();
  given.status = 0;
  await unsent.tell(records);
  given.status = 204;
  await unsent.tell(records);
  assert.equal(asked.length, 4);
  await unsent.tell(records);
  assert.equal(asked.length, 4);
  await db.put("sealed", sealed("a"));
  await unsent.tell(records);
  assert.equal(asked.length, 5);
  given.clock += 61 * 60_000;
  await unsent.tell(records);
  assert.equal(asked.length, 7);
});

test("a tablet that was taken out of use says nothing", async () => {
  const { db, records, asked, unsent } = await tablet();
  for (const account of ["hv", "mw"]) await db.put("accounts", { account, device: { id: account, secret: "s" }, revoked: true });
  await unsent.tell(records);
  assert.deepEqual(asked, []);
});

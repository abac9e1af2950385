import assert from "node:assert/strict";
import { test } from "node:test";
import { askStanding, meet, OUT_OF_USE, refusal, see, tooLong } from "../../static/tablet/standing.js";

const DAY = 86_400_000;
const MET = Date.parse("2026-11-22T09:00:00.000Z");
const iso = (at) => new Date(at).toISOString();
const head = { opens_offline: 7, taken_at: iso(MET - 3 * DAY) };
const row = { account: "hv", device: { id: "d", secret: "s" }, met: iso(MET), seen: iso(MET) };

test("it opens until the last minute of the set time without the service, and not after it", () => {
  assert.equal(refusal(row, head, MET + 7 * DAY), "");
  assert.equal(refusal(row, head, MET + 7 * DAY + 1), tooLong(7));
  assert.match(tooLong(7), /7 days.*Connect it.*Nothing on it is lost/);
});

test("a clock that was set back gains nothing, and one that ran ahead is put right by meeting the service", async () => {
  const db = database([{ ...row, seen: iso(MET + 8 * DAY) }]);
  assert.equal(refusal(db.row("hv"), head, MET + DAY), tooLong(7));
  await see(db, "hv", MET + 4000 * DAY);
  assert.equal(refusal(db.row("hv"), head, MET + DAY), tooLong(7));
  await see(db, "hv", MET);
  assert.equal(db.row("hv").seen, iso(MET + 4000 * DAY), "never earlier");
  await meet(db, "hv", MET + 2 * DAY);
  assert.equal(refusal(db.row("hv"), head, MET + 3 * DAY), "");
});

test("before families were taken, or from a service that names no time, there is no limit", () => {
  assert.equal(refusal(row, null, MET + 900 * DAY), "");
  assert.equal(refusal(row, { taken_at: iso(MET) }, MET + 900 * DAY), "");
});

test("a tablet set up before days were counted counts from when its families were taken", () => {
  assert.equal(refusal({ account: "hv" }, head, MET + 4 * DAY), "");
  assert.equal(refusal({ account: "hv" }, head, MET + 5 * DAY), tooLong(7));
});

/** The store of accounts, in memory. */
function database(rows) {
  const kept = new Map(rows.map((one) => [one.account, one]));
  const store = { get: async (key) => kept.get(key), put: (one) => void kept.set(one.account, one) };
  return { row: (account) => kept.get(account), transaction: () => ({ store, done: Promise.resolve() }), getAll: async () => [...kept.values()] };
}

const problem = (code) => Response.json({ problem: { code, message: "No." } }, { status: 401 });

/** What a tablet knows after asking a service that answers so. @param {() => any} device @param {() => any} [whoami] */
async function asked(device, whoami = () => problem("not_signed_in"), was = row) {
  const db = database([was]);
  globalThis.fetch = async (url) => (url.endsWith("/device") ? device() : whoami());
  await askStanding(db, () => MET + DAY);
  return db.row("hv");
}

test("a service that says so closes it, and one that knows it again opens it", async () => {
  const closed = await asked(() => problem("device_revoked"));
  assert.equal(refusal(closed, head, MET), OUT_OF_USE);
  assert.equal(closed.met, iso(MET), "being refused is no meeting");
  const open = await asked(() => Response.json({ account: "hv", device: "d" }), undefined, closed);
  assert.deepEqual([refusal(open, head, MET), open.met], ["", iso(MET + DAY)]);
});

test("on a shared tablet one account that is taken out leaves the others as they were", async () => {
  const db = database([row, { ...row, account: "midwife", device: { id: "e", secret: "t" } }]);
  globalThis.fetch = async (_url, { headers }) => (headers.Authorization === "Device e:t" ? problem("device_revoked") : Response.json({ account: "hv", device: "d" }));
  await askStanding(db, () => MET + DAY);
  assert.deepEqual([refusal(db.row("hv"), head, MET + DAY), refusal(db.row("midwife"), head, MET + DAY)], ["", OUT_OF_USE]);
});

test("silence, a captive portal, and another tablet's answer change nothing", async () => {
  const closed = { ...row, revoked: true };
  for (const answer of [
    () => Promise.reject(new TypeError("no network")), () => new Response("<html>", { status: 200 }), () => new Response(null, { status: 204 }),
    () => Response.json({ account: "hv", device: "other" }), () => new Response("<html>", { status: 401 }), () => problem("not_signed_in"),
  ]) {
    assert.deepEqual(await asked(answer), row);
    assert.deepEqual(await asked(answer, undefined, closed), closed);
  }
});

test("a credential that the service does not know closes nothing, and its owner's sign-in is a meeting", async () => {
  const mine = () => Response.json({ account: { id: "hv", name: "A", role: "midwife" } });
  const other = () => Response.json({ account: { id: "somebody", name: "B", role: "midwife" } });
  assert.equal((await asked(() => problem("not_signed_in"), mine)).met, iso(MET + DAY));
  assert.equal((await asked(() => problem("not_signed_in"), other)).met, iso(MET));
  assert.equal((await asked(() => problem("device_revoked"), mine)).revoked, true, "signing in does not undo it");
});

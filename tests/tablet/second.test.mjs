import assert from "node:assert/strict";
import { test } from "node:test";
import { newestOf, tap, tellTaps } from "../../static/tablet/second.js";

const AT = Date.parse("2026-11-22T10:40:00.000Z");
const DAY = 24 * 60 * 60_000;

function records() {
  const kept = new Map();
  return { account: "hv", kept, all: async () => [...kept.values()], put: async (_store, id, value) => void kept.set(id, value), remove: async (_store, id) => void kept.delete(id) };
}

let count = 0;
const tapped = (on, household = "fam") => tap(on, { household, from: "door", now: AT, newId: () => `tap-${++count}` });

/** A service that answers in turn, and remembers what it was sent. @param {...(() => Response | Promise<Response>)} answers */
function service(...answers) {
  const told = [];
  globalThis.fetch = async (url, options) => {
    told.push([url, options.headers.Authorization, options.body && JSON.parse(options.body)]);
    return (answers.length > 1 ? answers.shift() : answers[0])();
  };
  return told;
}

const ok = () => Response.json({ state: "asked" });
const refusal = (status) => () => Response.json({ problem: { code: "x", message: "Not yours." } }, { status });
const none = () => Promise.reject(new TypeError("no network"));

test("a tap waits through no network and goes once, by the tablet's own credential", async () => {
  const here = records();
  const one = await tapped(here);
  service(none);
  await assert.rejects(tellTaps(here, "Device d:s", AT));
  assert.equal(here.kept.get(one.id).sent, false);
  const told = service(ok);
  assert.equal(await tellTaps(here, "Device d:s", AT), 1);
  const sent = { household: "fam", id: one.id, asked_from: "door", asked_at: "2026-11-22T10:40:00.000Z" };
  assert.deepEqual(told, [["/tablet/api/second-workers", "Device d:s", sent]]);
});

test("until it is answered it is asked what became of it, and then no more", async () => {
  const here = records();
  const one = await tapped(here);
  const goes = { id: one.id, at: one.asked_at, state: "goes", who: "Megan", words: "At ten." };
  const told = service(ok, ok, () => Response.json(goes));
  assert.deepEqual([await tellTaps(here, "Device d:s", AT), await tellTaps(here, "Device d:s", AT), await tellTaps(here, "Device d:s", AT)], [1, 0, 1]);
  assert.equal(await tellTaps(here, "Device d:s", AT), 0);
  assert.equal(told.length, 3);
  assert.deepEqual(newestOf({ household: "fam" }, [here.kept.get(one.id)]), { known: goes });
});

test("what the service does not take says why and is not sent for ever; a service that is ill is asked again", async () => {
  const here = records();
  const [theirs, later] = [await tapped(here), await tapped(here)];
  service(refusal(404), refusal(503));
  await assert.rejects(tellTaps(here, "Device d:s", AT));
  assert.equal(here.kept.get(theirs.id).refused, "Not yours.");
  assert.deepEqual([here.kept.get(later.id).sent, here.kept.get(later.id).refused], [false, undefined]);
  const told = service(ok);
  assert.equal(await tellTaps(here, "Device d:s", AT), 1);
  assert.equal(told.length, 1);
});

test("a tablet without a credential sends nothing in the name of somebody else", async () => {
  const here = records();
  await tapped(here);
  const told = service(() => Response.json({ account: { id: "midwife" } }));
  assert.equal(await tellTaps(here, "", AT), 0);
  assert.deepEqual(told.map(([url]) => url), ["/tablet/api/whoami"]);
  service(() => Response.json({ account: { id: "hv" } }), ok);
  assert.equal(await tellTaps(here, "", AT), 1);
});

test("what was sent is shown for a week, and what waits for ever", async () => {
  const here = records();
  const [sent, waiting] = [await tapped(here), await tapped(here)];
  here.kept.set(sent.id, { ...sent, sent: true });
  service(none);
  await assert.rejects(tellTaps(here, "Device d:s", AT + 8 * DAY));
  assert.deepEqual([...here.kept.keys()], [waiting.id]);
});

test("of what was tapped here and what the service said, the newer is shown", async () => {
  const family = { household: "fam", second: { id: "s", at: "2026-11-22T09:00:00.000Z", state: "goes", who: "Megan", words: "" } };
  const here = records();
  assert.deepEqual(newestOf(family, []), { known: family.second });
  const mine = await tapped(here);
  const other = await tapped(here, "another family");
  assert.deepEqual(newestOf(family, [other, mine]), { tap: mine });
  const after = { ...family, second: { ...family.second, at: "2026-11-22T10:40:00.000Z" } };
  assert.deepEqual(newestOf(after, [mine]), { known: after.second });
  const asked = { ...family, second: { id: mine.id, at: mine.asked_at, state: "asked", who: "", words: "" } };
  assert.deepEqual(newestOf(asked, [mine]), { tap: mine }, "the caseload knows of this very one");
  const heard = { ...mine, sent: true, answer: { ...asked.second, state: "goes", who: "Megan" } };
  assert.deepEqual(newestOf(asked, [heard]), { known: heard.answer }, "the answer came after the caseload");
  assert.deepEqual(newestOf({ household: "fam" }, []), { known: undefined });
});

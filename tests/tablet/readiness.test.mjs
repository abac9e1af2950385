import assert from "node:assert/strict";
import { test } from "node:test";
import { LEAST_FREE, linesOf, MOST_OFFSET, overAll } from "../../static/tablet/readiness.js";

const NOW = Date.parse("2026-11-26T08:30:00.000Z");
const FORMS = ["home_visit", "not_let_in"].map((name) => ({ name, title: `The ${name}`, page: `/tablet/forms/${name}/3/page`, bundle: `/tablet/forms/${name}/3/bundle` }));
const head = (changed = {}) => ({ taken_at: "2026-11-26T08:10:00.000Z", clock_offset_ms: 900, forms: FORMS, ...changed });
const WELL = {
  now: NOW, reached: true, head: head(), lacking: [], newer: false, free: 5e9, persisted: true, refused: false, offset: -1500, byWords: true, opens: null,
  recovery: true, receipt: { id: "v", seq: 12, sha256: "x", account: "a", received_at: "2026-11-25T16:02:00.000Z" }, waiting: 0, drafts: 0,
};
const OFFLINE = { reached: false, newer: null, offset: null };
const line = (id, changed = {}) => linesOf({ ...WELL, ...changed }).find((one) => one.id === id);
const over = (changed = {}) => overAll(linesOf({ ...WELL, ...changed }));

test("with everything looked at and well it is ready to leave, and each line says so", () => {
  assert.equal(over(), "Ready to leave");
  assert.deepEqual([...new Set(linesOf(WELL).map((one) => one.state))], ["fine"]);
  assert.equal(new Set(linesOf(WELL).map((one) => one.title)).size, 10);
});

// what is found -> the line it belongs to, its state, and words that it must say
const CASES = [
  [{ head: null }, "caseload", "look", /No family is on this tablet/],
  [{ head: head({ taken_at: "2026-11-25T23:59:00.000Z" }) }, "caseload", "look", /at 23:59 on 25 Nov/],
  [{ head: head({ taken_at: "2026-11-27T09:00:00.000Z" }) }, "caseload", "look", /27 Nov/],
  [{ lacking: ["/tablet/forms/not_let_in/3/bundle"] }, "forms", "look", /without a connection: The not_let_in\./],
  [{ head: head({ taken_at: "2026-11-24T08:00:00.000Z" }) }, "forms", "unknown", /newer ones was not asked/],
  [{ head: null }, "forms", "unknown", /comes with your families/],
  [{ lacking: null }, "forms", "unknown", /did not say/],
  [{ lacking: null }, "page", "look", /may not open/],
  [{ lacking: ["/static/css/tablet.css"] }, "page", "look", /may not open/],
  [{ lacking: ["/tablet/forms/not_let_in/3/page"] }, "page", "fine", /opens without/],
  [{ newer: true }, "page", "look", /newer version/],
  [{ newer: null }, "page", "fine", /newer version was not asked/],
  [{ free: LEAST_FREE * 1e6 }, "space", "fine", /100 MB are free/],
  [{ free: LEAST_FREE * 1e6 - 1 }, "space", "look", /99 MB are free/],
  [{ free: null }, "space", "unknown", /does not say/],
  [{ persisted: false }, "storage", "look", /has not promised/],
  [{ persisted: false, refused: true }, "storage", "look", /asked just now/],
  [{ persisted: null }, "storage", "unknown", /does not say/],
  [{ offset: MOST_OFFSET }, "clock", "fine", /just now/],
  [{ offset: MOST_OFFSET + 1 }, "clock", "look", /2 minutes ahead of the service's clock just now/],
  [{ offset: -5 * 3_600_000 }, "clock", "look", /5 hours behind/],
  [{ offset: 40 * 86_400_000 }, "clock", "look", /40 days ahead/],
  [{ ...OFFLINE, head: head({ clock_offset_ms: -600_000 }) }, "clock", "look", /10 minutes behind .*when they last met, at 08:10/],
  [{ ...OFFLINE }, "clock", "fine", /when they last met, at 08:10/],
  [{ ...OFFLINE, head: head({ taken_at: "2026-11-25T08:10:00.000Z" }) }, "clock", "unknown", /Not compared since/],
  [{ ...OFFLINE, head: head({ clock_offset_ms: 0, clock_told: false }) }, "clock", "unknown", /not met/],
  [{ ...OFFLINE, head: null }, "clock", "unknown", /not met/],
  [{ byWords: false }, "unlock", "unknown", /without typing them/],
  [{ byWords: false, opens: true }, "unlock", "fine", /tried open/],
  [{ byWords: true, opens: false }, "unlock", "look", /do not open your work/],
  [{ recovery: false }, "recovery", "look", /Nothing would open/],
  [{ receipt: null }, "receipt", "unknown", /No visit of yours was sent/],
  [{ waiting: 1 }, "waiting", "look", /1 visit waits/],
  [{ waiting: 3, drafts: 1 }, "waiting", "look", /3 visits wait to be sent\. 1 visit is not finished/],
  [{ photographs: 1 }, "waiting", "look", /No finished visit waits to be sent\. 1 photograph waits/],
  [{ waiting: 1, photographs: 2, drafts: 1 }, "waiting", "look", /1 visit waits to be sent\. 2 photographs wait to be sent\. 1 visit is not finished/],
  [{ drafts: 2 }, "waiting", "fine", /2 visits are not finished/],
];
for (const [changed, id, state, words] of CASES) {
  test(`${id}, ${JSON.stringify(changed).slice(0, 70)}: ${state}`, () => {
    const found = line(id, changed);
    assert.equal(found.state, state);
    assert.match(found.words, words);
    if (state === "look") assert.ok(found.todo, "it says what to do");
  });
}

test("the last receipt has its number and its time", () => assert.equal(line("receipt").words, "Number 12, at 16:02 on 25 Nov."));

test("over all it counts what wants a look and what was not checked, and is never ready while either is there", () => {
  assert.equal(over({ waiting: 1 }), "1 thing wants a look");
  assert.equal(over({ waiting: 1, persisted: false, receipt: null }), "2 things want a look, 1 thing was not checked");
  assert.equal(over({ receipt: null, free: null }), "Nothing wants a look, but 2 things were not checked");
  for (const [changed, , state] of CASES) if (state !== "fine") assert.notEqual(over(changed), "Ready to leave");
});

test("without a connection nothing that was found before turns into fine that was not, and old facts are not checked", () => {
  const old = { ...OFFLINE, head: head({ taken_at: "2026-11-23T08:10:00.000Z" }) };
  const states = Object.fromEntries(linesOf({ ...WELL, ...old }).map((one) => [one.id, one.state]));
  assert.deepEqual([states.caseload, states.forms, states.clock], ["look", "unknown", "unknown"]);
});

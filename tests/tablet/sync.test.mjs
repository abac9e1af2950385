import assert from "node:assert/strict";
import { test } from "node:test";
import { push, waitAfter } from "../../static/tablet/sync.js";
import { TROUBLES, whyWaiting } from "../../static/tablet/status.js";

const NOW = Date.parse("2026-11-22T11:00:00.000Z");
const instant = (ms) => new Date(ms).toISOString();

const visit = (id, changed = {}) => ({
  id, account: "a1", sealed_at: `2026-11-22T10:0${id}:00.000Z`, sha256: `hash-${id}`, envelope: "{}", epk: "e", iv: "i", sealed: "s",
  attempts: 0, next_at: instant(NOW - 1000), trouble: null, ...changed,
});

function queueOf(...rows) {
  const held = new Map(rows.map((row) => [row.id, row]));
  const receipts = new Map();
  return {
    held, receipts,
    waiting: async () => [...held.values()].sort((a, b) => (a.sealed_at < b.sealed_at ? -1 : 1)),
    credential: async (account) => `Device ${account}:secret`,
    keepWaiting: async (row) => void held.set(row.id, row),
    settle: async (row, receipt) => void (held.delete(row.id), receipts.set(row.id, receipt)),
  };
}

const receipt = (id, changed = {}) => ({ id, seq: 7, sha256: `hash-${id}`, received_at: instant(NOW), ...changed });
const answer = (status, body, headers = {}) => new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
const problem = (status, code = "x", headers) => answer(status, { problem: { code, message: "m" } }, headers);
const html = (status) => new Response("<html>Welcome to Free Wifi</html>", { status, headers: { "content-type": "text/html" } });

/** A service that gives these answers in turn, and remembers what it was sent. */
function service(...answers) {
  const asked = [];
  const send = async (url, options) => {
    asked.push({ url, ...options });
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  return { send, asked };
}

const round = (queue, { send }, more = {}) => push({ queue, send, now: () => NOW, ...more });

test("visits go one a request, oldest first, by the device's credential, and leave against their receipts", async () => {
  const queue = queueOf(visit(2), visit(1));
  const there = service(answer(201, receipt(1)), answer(200, receipt(2)));
  assert.deepEqual(await round(queue, there), { sent: 2, waiting: 0, next: null });
  assert.deepEqual([...queue.receipts.keys()], [1, 2]);
  assert.equal(there.asked[0].headers.Authorization, "Device a1:secret");
  assert.deepEqual(JSON.parse(there.asked[0].body), { envelope: "{}", epk: "e", iv: "i", sealed: "s" });
});

const NOT_RECEIPTS = {
  "a captive portal's 200": [html(200), "not_the_service"],
  "a proxy's 403 page": [html(403), "not_the_service"],
  "a receipt with another hash": [answer(201, receipt(1, { sha256: "other" })), "wrong_receipt"],
  "a receipt for another visit": [answer(201, receipt(2)), "wrong_receipt"],
  "a receipt without its number": [answer(201, receipt(1, { seq: undefined })), "wrong_receipt"],
  "a truncated receipt": [new Response('{"id":1,"sha', { status: 201, headers: { "content-type": "application/json" } }), "not_the_service"],
  "a 204": [new Response(null, { status: 204 }), "not_the_service"],
  "a receipt under 202": [answer(202, receipt(1)), "wrong_receipt"],
  "silence": [new TypeError("fetch failed"), "no_network"],
  "not signed in": [problem(401), "not_signed_in"],
  "not allowed": [problem(403), "not_allowed"],
  "a conflict": [problem(409), "conflict"],
  "too large": [problem(413), "too_large"],
  "unreadable": [problem(422), "unreadable"],
  "an unknown refusal": [problem(418), "refused"],
  "a fault": [html(502), "service_fault"],
};

for (const [name, [response, trouble]] of Object.entries(NOT_RECEIPTS)) {
  test(`${name} is never taken for a receipt`, async () => {
    const queue = queueOf(visit(1));
    const { sent, waiting, next } = await round(queue, service(response));
    assert.deepEqual([sent, waiting, next], [0, 1, 5_000]);
    const [kept] = await queue.waiting();
    assert.equal(kept.sealed, "s");
    assert.equal(kept.trouble.code, trouble);
    assert.match(whyWaiting(kept, NOW), /tried again at 11:00/);
  });
}

for (const status of [401, 409, 413, 422, 500]) {
  test(`a visit answered ${status} does not hold up the next`, async () => {
    const queue = queueOf(visit(1), visit(2));
    const refusals = status === 401 ? [problem(401), problem(401)] : [problem(status)]; // by the tablet's credential and by the sign-in
    await round(queue, service(...refusals, answer(201, receipt(2))));
    assert.deepEqual([...queue.held.keys()], [1]);
    assert.deepEqual([...queue.receipts.keys()], [2]);
  });
}

test("a tablet whose credential was revoked still delivers for its author who signs in", async () => {
  const queue = queueOf(visit(1));
  const there = service(problem(401), answer(201, receipt(1)));
  assert.equal((await round(queue, there)).sent, 1);
  assert.deepEqual(there.asked.map(({ headers }) => headers.Authorization), ["Device a1:secret", undefined]);
});

test("somebody else's sign-in delivers nothing, and what is said stays true", async () => {
  const queue = queueOf(visit(1));
  await round(queue, service(problem(401), problem(422, "not_the_author")));
  assert.equal(queue.held.get(1).trouble.code, "not_signed_in");
});

test("a receipt that cannot be written leaves the visit here, and the next one goes", async () => {
  const queue = queueOf(visit(1), visit(2));
  const { settle } = queue;
  queue.settle = async (row, given) => {
    if (row.id === 1) throw new DOMException("full", "QuotaExceededError");
    return settle(row, given);
  };
  const { sent, waiting, next } = await round(queue, service(answer(201, receipt(1)), answer(201, receipt(2))));
  assert.deepEqual([sent, waiting, next], [1, 1, 5_000]);
  assert.equal(queue.held.get(1).trouble.code, "storage");
  assert.match(whyWaiting(queue.held.get(1), NOW), /still here/);
});

test("where nothing at all can be written the others are tried, and the service is not asked at every moment", async () => {
  const queue = queueOf(visit(1), visit(2));
  queue.keepWaiting = async () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  const { waiting, next } = await round(queue, service(problem(500), problem(500)));
  assert.deepEqual([waiting, next], [2, 900_000]);
});

for (const [told, seconds] of [["99999999999999", 3600], ["-5", 5], ["Wed, 21 Oct 2026 07:28:00 GMT", 5]]) {
  test(`a pause of ${told} is neither for ever nor none`, async () => {
    const queue = queueOf(visit(1));
    await round(queue, service(problem(429, "slow", { "retry-after": told })));
    assert.equal(queue.held.get(1).next_at, instant(NOW + seconds * 1000));
  });
}

test("a visit put off by a clock that ran ahead is sent when the clock is right again", async () => {
  const ahead = visit(1, { next_at: "2031-01-01T00:00:00.000Z", trouble: { code: "slow_down", at: instant(NOW) } });
  assert.equal((await round(queueOf(ahead), service(answer(200, receipt(1))))).sent, 1);
});

test("with no network the round ends: the others would only wait their minute too", async () => {
  const queue = queueOf(visit(1), visit(2));
  const there = service(new TypeError("fetch failed"));
  await round(queue, there);
  assert.equal(there.asked.length, 1);
  assert.equal(queue.held.size, 2);
});

test("when the service asks for a pause it gets the pause it asked for, even when somebody presses send", async () => {
  const queue = queueOf(visit(1));
  await round(queue, service(problem(429, "slow", { "retry-after": "120" })));
  assert.equal(queue.held.get(1).next_at, instant(NOW + 120_000));
  const there = service();
  await round(queue, there, { all: true });
  assert.equal(there.asked.length, 0);
});

test("a visit whose time has not come waits, unless the network has just returned", async () => {
  const waiting = visit(1, { attempts: 3, next_at: instant(NOW + 60_000), trouble: { code: "no_network", at: instant(NOW) } });
  const quiet = service();
  assert.equal((await round(queueOf(waiting), quiet)).next, 60_000);
  assert.equal(quiet.asked.length, 0);
  assert.equal((await round(queueOf(waiting), service(answer(200, receipt(1))), { all: true })).sent, 1);
});

test("it waits longer each time, up to a quarter of an hour, and never stops", () => {
  assert.deepEqual([0, 1, 2, 5, 6, 50, 5000].map(waitAfter), [5, 10, 20, 160, 320, 900, 900]);
});

test("every trouble has words, and none of them is silence", () => {
  for (const [code, words] of Object.entries(TROUBLES)) assert.match(words, /\w+.*\.$/, code);
  for (const [, trouble] of Object.values(NOT_RECEIPTS)) assert.ok(TROUBLES[trouble], trouble);
});

test("every reason says how often and when it was tried, what happens next, and where trying alone may not help, what else to do", () => {
  for (const code of Object.keys(TROUBLES)) {
    const words = whyWaiting(visit(1, { attempts: 2, next_at: instant(NOW + 60_000), trouble: { code, at: instant(NOW) } }), NOW);
    assert.match(words, /^Tried 2 times, last at 11:00\. /, code);
    assert.match(words, /tried again at 11:01.*, and for as long as it takes\./, code);
    assert.equal(words.includes("as soon as a connection comes back"), code !== "slow_down", code);
    if (!["no_network", "slow_down"].includes(code)) assert.match(words, /encrypted copy|tell your supervisor/, code);
  }
  assert.match(whyWaiting(visit(1), NOW), /not tried yet.*by itself/);
});

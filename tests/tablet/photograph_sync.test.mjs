import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { openDatabase } from "../../static/tablet/db.js";
import { PIECE } from "../../static/tablet/photographs.js";
import { PhotographQueue } from "../../static/tablet/photograph_queue.js";
import { pushPhotographs } from "../../static/tablet/photograph_sync.js";
import { inShort, PHOTOGRAPH_TROUBLES, photographsSent } from "../../static/tablet/status.js";

const NOW = Date.parse("2026-11-22T11:00:00.000Z");
const instant = (ms) => new Date(ms).toISOString();
const named = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A tablet's disk on which these photographs of a visit that was sent wait, each of so many pieces. */
async function disk(photographs, { visitSent = true } = {}) {
  globalThis.indexedDB = new IDBFactory();
  const db = await openDatabase({ onBlocked: () => {} });
  if (visitSent) await db.put("receipts", { id: "v", seq: 1, sha256: "x", received_at: instant(NOW), account: "a1" });
  for (const [id, count] of Object.entries(photographs)) {
    const pieces = Array.from({ length: count }, (_, number) => new TextEncoder().encode(`${id} piece ${number} `.repeat(100)));
    await db.put("photographs", {
      id, visit: "v", account: "a1", sealed_at: instant(NOW), sha256: `hash-${id}`, receipt: null, envelope: "{}", epk: "e", iv: "i",
      pieces: pieces.map(named), attempts: 0, next_at: instant(NOW - 1000), trouble: null,
    });
    for (const [number, bytes] of pieces.entries()) await db.put("pieces", { photograph: id, number, bytes });
  }
  const queue = new PhotographQueue(db);
  return Object.assign(queue, { credential: async (account) => `Device ${account}:secret` });
}

const answer = (status, body, headers = {}) => new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
const problem = (status, code = "x", headers) => answer(status, { problem: { code, message: "m" } }, headers);
const html = (status) => new Response("<html>Welcome to Free Wifi</html>", { status, headers: { "content-type": "text/html" } });

/** The service: keeps pieces by name, and gives a receipt when there is nothing missing. `meddle` may answer in its place. */
function service(meddle = () => undefined) {
  const kept = new Map();
  const put = [];
  const asked = [];
  const send = async (url, { method, headers, body }) => {
    const [, , , , visit, , id, what, name] = url.split("/");
    asked.push({ method, id, what, headers });
    const before = meddle({ number: asked.length, method, id, what, name, headers });
    if (before instanceof Error) throw before;
    if (before instanceof Response) return before;
    const said = respond(visit, id, what, name, body);
    if (before === "lost") throw new TypeError("the answer was lost");
    return said;
  };
  const respond = (visit, id, what, name, body) => {
    if (what === "pieces") {
      put.push({ name, bytes: body.length });
      assert.equal(named(body), name);
      kept.set(name, body);
      return answer(200, { sha256: name });
    }
    const missing = JSON.parse(body).pieces.filter((one) => !kept.has(one));
    return missing.length ? answer(200, { missing }) : answer(201, { id, seq: 9, sha256: `hash-${id}`, received_at: instant(NOW) });
  };
  return { kept, put, asked, send };
}

const round = (queue, { send }, more = {}) => pushPhotographs({ disk: queue, send, now: () => NOW, ...more });

test("it asks what is missing, sends that piece by piece, asks again, and lets go against the receipt alone", async () => {
  const queue = await disk({ p1: 3, p2: 1 });
  const there = service();
  let told = 0;
  assert.deepEqual(await round(queue, there, { told: async () => void (told += 1) }), { sent: 2, next: null });
  assert.deepEqual(there.asked.map(({ method, id, what }) => `${method} ${id} ${what}`), [
    "POST p1 missing", "PUT p1 pieces", "PUT p1 pieces", "PUT p1 pieces", "POST p1 missing", "POST p2 missing", "PUT p2 pieces", "POST p2 missing",
  ]);
  assert.ok(there.asked.every(({ headers }) => headers.Authorization === "Device a1:secret"));
  assert.deepEqual((await queue.all()).map(({ id, receipt }) => [id, receipt.sha256]), [["p1", "hash-p1"], ["p2", "hash-p2"]]);
  assert.deepEqual([await queue.piece("p1", 0), await queue.piece("p2", 0)], [null, null]);
  assert.equal(told, 2);
});

test("nothing is sent of a visit whose answers are not with the service yet", async () => {
  const queue = await disk({ p1: 1 }, { visitSent: false });
  const there = service();
  assert.deepEqual(await round(queue, there, { all: true }), { sent: 0, next: null });
  assert.equal(there.asked.length, 0);
  assert.equal((await queue.waiting()).length, 1);
});

const PIECES = 5;
for (let cut = 1; cut <= PIECES + 2; cut += 1) {
  for (const [name, what] of [["before it arrives", new TypeError("cut")], ["before its answer is back", "lost"]]) {
    test(`a connection cut at request ${cut}, ${name}, sends nothing again that the service has`, async () => {
      const queue = await disk({ p1: PIECES });
      const there = service(({ number }) => (number === cut ? what : undefined));
      const first = await round(queue, there);
      assert.deepEqual([first.sent, first.next], [0, 5_000]);
      const [row] = await queue.waiting();
      assert.deepEqual([row.trouble.code, row.attempts], ["no_network", 1]);
      assert.equal((await round(queue, there, { all: true })).sent, 1);
      assert.equal(there.put.length, PIECES); // not one of them twice
      assert.equal(there.kept.size, PIECES);
    });
  }
}

test("over a link that loses one request in three, and one answer in three, only pieces whose answer was lost could have gone twice, and none did", async () => {
  let chance = 7;
  const roll = () => ((chance = (chance * 48271) % 2147483647) / 2147483647);
  const queue = await disk({ p1: 12, p2: 12, p3: 12 });
  const there = service(() => (roll() < 1 / 3 ? new TypeError("lost on the way") : roll() < 1 / 3 ? "lost" : undefined));
  let rounds = 0;
  while ((await queue.waiting()).length && rounds < 500) {
    await round(queue, there, { all: true });
    rounds += 1;
  }
  assert.equal((await queue.waiting()).length, 0);
  assert.ok(rounds > 20, `${rounds} rounds: the link was not bad enough to show anything`);
  assert.equal(there.put.length, 36);
});

/** How many times its size a photograph of 300 kB costs over a link that breaks every 150 kB on average, cut into such pieces. */
async function cost(piece, trials) {
  const [size, between] = [300_000, 150_000];
  let chance = 11;
  const roll = () => ((chance = (chance * 48271) % 2147483647) / 2147483647);
  let sent = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const pieces = Array.from({ length: Math.ceil(size / piece) }, (_, number) => new Uint8Array(Math.min(piece, size - number * piece)).fill(number + 1));
    const row = { id: "p1", visit: "v", account: "a1", sha256: "hash-p1", envelope: "{}", epk: "e", iv: "i", pieces: pieces.map(named), attempts: 0, next_at: instant(NOW), trouble: null };
    let whole = false;
    const memory = { ready: async () => (whole ? [] : [row]), piece: async (_, number) => pieces[number], keepWaiting: async () => {}, settle: async () => void (whole = true), credential: async () => "" };
    const there = service();
    const send = async (url, options) => {
      const bytes = options.body.length + 500; // with the headers
      const breaks = -Math.log(1 - roll()) * between;
      sent += Math.min(bytes, breaks);
      if (breaks < bytes) throw new TypeError("cut");
      return there.send(url, options);
    };
    while (!whole) await pushPhotographs({ disk: memory, send, now: () => NOW, all: true });
  }
  return sent / trials / size;
}

test("over a link that breaks, pieces cost little more than the photograph, and the photograph sent whole several times itself", async () => {
  const [inPieces, whole] = [await cost(PIECE, 100), await cost(300_000, 100)];
  assert.ok(inPieces < 1.2, `${inPieces}`);
  assert.ok(whole > 2 * inPieces, `${whole}`);
});

const TROUBLES = {
  "a captive portal's 200": [html(200), "not_the_service"], "a proxy's 403 page": [html(403), "not_the_service"],
  "an empty list of what is missing": [answer(200, { missing: [] }), "wrong_receipt"],
  "a list with what is no piece of it": [answer(200, { missing: ["0".repeat(64)] }), "wrong_receipt"],
  "a receipt with another hash": [answer(201, { id: "p1", seq: 1, sha256: "other", received_at: instant(NOW) }), "wrong_receipt"],
  "a receipt for another photograph": [answer(201, { id: "p2", seq: 1, sha256: "hash-p1", received_at: instant(NOW) }), "wrong_receipt"],
  "silence": [new TypeError("fetch failed"), "no_network"], "not signed in": [problem(401), "not_signed_in"], "not allowed": [problem(403), "not_allowed"],
  "not found": [problem(404), "refused"], "too large": [problem(413), "too_large"], "unreadable": [problem(422), "unreadable"], "a fault": [html(502), "service_fault"],
};

for (const [name, [response, trouble]] of Object.entries(TROUBLES)) {
  test(`${name} is never taken for a receipt, and the photograph stays whole`, async () => {
    const queue = await disk({ p1: 2 });
    const there = service(() => (response instanceof Error ? response : response.clone()));
    assert.equal((await round(queue, there)).sent, 0);
    const [row] = await queue.waiting();
    assert.equal(row.trouble.code, trouble);
    assert.ok(await queue.piece("p1", 1));
    assert.match(photographsSent({ sent: 2, waiting: [row] }, true, NOW), /^2 of 3 photographs sent\. .*tried again at 11:00.*tell your supervisor\.$/);
  });
}

for (const status of [401, 403, 404, 409, 413, 422, 500]) {
  test(`a photograph answered ${status} does not hold up the next`, async () => {
    const queue = await disk({ p1: 1, p2: 1 });
    const there = service(({ id }) => (id === "p1" ? problem(status) : undefined));
    assert.equal((await round(queue, there)).sent, 1);
    assert.deepEqual((await queue.waiting()).map(({ id }) => id), ["p1"]);
  });
}

test("a piece that is answered with another name, one that is gone from the disk and one that the service keeps losing are each said as they are", async () => {
  const other = await disk({ p1: 1 });
  await round(other, service(({ method }) => (method === "PUT" ? answer(200, { sha256: "other" }) : undefined)));
  assert.equal((await other.waiting())[0].trouble.code, "wrong_receipt");
  const gone = await disk({ p1: 2, p2: 1 });
  await gone.db.delete("pieces", ["p1", 1]);
  assert.equal((await round(gone, service())).sent, 1);
  assert.equal((await gone.waiting())[0].trouble.code, "piece_gone");
  const forgetful = await disk({ p1: 1 });
  const there = service();
  const send = async (...given) => (there.kept.clear(), there.send(...given));
  await round(forgetful, { send });
  assert.equal((await forgetful.waiting())[0].trouble.code, "not_whole");
  assert.equal(there.put.length, 3); // and then there is a pause
});

test("a tablet whose credential was revoked keeps its photographs, and delivers them for their author who signs in", async () => {
  const revoked = ({ headers }) => (headers.Authorization ? problem(401, "device_revoked") : undefined);
  const locked = await disk({ p1: 2 });
  await round(locked, service(({ headers }) => revoked({ headers }) ?? problem(401)));
  assert.equal((await locked.waiting())[0].trouble.code, "not_signed_in");
  assert.equal((await round(locked, service(revoked), { all: true })).sent, 1);
  const somebodyElse = await disk({ p1: 2 });
  await round(somebodyElse, service(({ headers }) => revoked({ headers }) ?? problem(404, "not_found")));
  assert.equal((await somebodyElse.waiting())[0].trouble.code, "not_signed_in");
});

test("a receipt that cannot be written leaves the photograph here, and the next one goes", async () => {
  const queue = await disk({ p1: 1, p2: 1 });
  const { settle } = queue;
  queue.settle = async (row, receipt) => (row.id === "p1" ? Promise.reject(new DOMException("full", "QuotaExceededError")) : settle.call(queue, row, receipt));
  assert.equal((await round(queue, service())).sent, 1);
  assert.equal((await queue.waiting())[0].trouble.code, "storage");
});

test("a pause that the service asks for is kept, and with no network the others are not tried either", async () => {
  const slow = await disk({ p1: 1, p2: 1 });
  const there = service(() => problem(429, "slow", { "retry-after": "120" }));
  await round(slow, there);
  assert.equal(there.asked.length, 1);
  assert.equal((await slow.waiting())[0].next_at, instant(NOW + 120_000));
  const quiet = await disk({ p1: 1, p2: 1 });
  const none = service(() => new TypeError("fetch failed"));
  await round(quiet, none);
  assert.equal(none.asked.length, 1);
  await round(quiet, none);
  assert.equal(none.asked.length, 2);
  assert.deepEqual((await quiet.waiting()).map(({ attempts }) => attempts), [1, 1]);
});

test("one that something in between will not let through ends its round, and the next round goes on with the others", async () => {
  const queue = await disk({ p1: 1, p2: 1, p3: 1 });
  const there = service(({ id }) => (id === "p1" ? html(413) : undefined));
  assert.deepEqual(await round(queue, there), { sent: 0, next: 0 });
  assert.deepEqual(await round(queue, there), { sent: 2, next: 5_000 });
});

test("what another window sent meanwhile is not made to wait again", async () => {
  const queue = await disk({ p1: 1 });
  const [row] = await queue.waiting();
  await queue.settle(row, { id: "p1", seq: 3, sha256: "hash-p1", received_at: instant(NOW) });
  await queue.keepWaiting({ ...row, attempts: 1 });
  assert.equal((await queue.waiting()).length, 0);
});

test("a tablet that was set up before there were photographs keeps what it has and gets room for them", async () => {
  globalThis.indexedDB = new IDBFactory();
  await new Promise((done) => {
    const opening = indexedDB.open("visitapp", 1);
    opening.onupgradeneeded = () => {
      for (const [name, keyPath] of [["accounts", "account"], ["records", ["account", "store", "id"]], ["sealed", "id"], ["receipts", "id"]]) opening.result.createObjectStore(name, { keyPath });
    };
    opening.onsuccess = () => {
      const tx = opening.result.transaction("sealed", "readwrite");
      tx.objectStore("sealed").put({ id: "v" });
      tx.oncomplete = () => (opening.result.close(), done());
    };
  });
  const db = await openDatabase({ onBlocked: () => {} });
  assert.deepEqual([await db.getAll("sealed"), await db.getAll("photographs"), await db.getAll("pieces")], [[{ id: "v" }], [], []]);
});

test("what is said of them is true at each stage", () => {
  const row = { trouble: null };
  assert.equal(photographsSent({ sent: 0, waiting: [row, row] }, false, NOW), "2 photographs, sent after the visit. A copy of this visit does not hold them.");
  assert.match(photographsSent({ sent: 3, waiting: [row, row] }, true, NOW), /^3 of 5 photographs sent\. They are sent by themselves/);
  assert.match(photographsSent({ sent: 0, waiting: [], left: 1 }, true, NOW), /^0 of 1 photograph sent\. There was no room/);
  assert.equal(photographsSent({ sent: 5, waiting: [] }, true, NOW), "All 5 photographs are sent. The receipts match.");
  assert.equal(inShort(0, 0, true, 1), "1 photograph waiting to be sent");
  assert.equal(inShort(1, 0, false, 3), "1 waiting to be sent, 3 photographs waiting to be sent. No connection");
  for (const [code, words] of Object.entries(PHOTOGRAPH_TROUBLES)) assert.match(words, /\w+.*\.$/, code);
  for (const [, trouble] of Object.values(TROUBLES)) assert.ok(PHOTOGRAPH_TROUBLES[trouble], trouble);
  assert.ok(!Object.values(PHOTOGRAPH_TROUBLES).some((words) => /encrypted copy/.test(words))); // it holds none
});

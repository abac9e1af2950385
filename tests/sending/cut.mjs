// One visit after another is sent over a connection that is cut after a certain byte, of what goes up or of what comes back, and then sent
// again: node cut.mjs <python> <folder> <port> <seed> <how many bytes of each way, or "every">

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { openDatabase } from "../../static/tablet/db.js";
import { makeAccount, newDataKey, usable } from "../../static/tablet/vault.js";
import { Chance } from "./chance.mjs";
import { Disk } from "./disk.mjs";
import { Service } from "./service.mjs";
import { Tablet } from "./tablet.mjs";
import { Truth } from "./truth.mjs";

const [python, folder, port, seed, many] = process.argv.slice(2);
const SAID = "Nan was there; Ada’s cot stood beside the bed.";

/** One way to the service, which passes bytes on until that many went up or down it. */
class Way {
  /** @param {number} to the service's port @param {{ up?: number, down?: number }} cut */
  constructor(to, cut) {
    this.to = to;
    this.left = { up: Infinity, down: Infinity, ...cut };
    this.passed = { up: 0, down: 0 };
    this.server = createServer((tablet) => this.#join(tablet));
  }

  async listen() {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return this.server.address().port;
  }

  #join(tablet) {
    const service = connect(this.to, "127.0.0.1");
    this.close = () => [tablet, service, this.server].forEach((one) => (one.destroy ?? one.close).call(one));
    this.#pass(tablet, service, "up");
    this.#pass(service, tablet, "down");
  }

  #pass(from, onto, way) {
    from.on("data", (bytes) => {
      const some = bytes.subarray(0, Math.max(0, this.left[way]));
      this.left[way] -= bytes.length;
      this.passed[way] += some.length;
      onto.write(some, () => this.left[way] <= 0 && this.close());
    });
    from.on("error", this.close).on("close", this.close);
    if (this.left[way] === 0) this.close();
  }
}

/** A tablet and its one practitioner, and what it sends through. */
async function tabletOf(place, network) {
  const [{ id, device }] = place.accounts;
  const disk = new Disk();
  const clock = { now: Date.parse("2026-11-22T10:00:00.000Z") };
  const tablet = new Tablet({ disk, network, place, clock });
  const raw = newDataKey();
  const truth = new Truth({ [id]: await usable(raw) });
  const account = await makeAccount({ account: id, raw, passphrase: "words", recovery: null, device, rounds: 1 });
  (await openDatabase({ onBlocked: () => {} })).close();
  await disk.write({ accounts: [account], records: [], sealed: [], receipts: [] });
  await tablet.switchOn();
  await tablet.unlock("words");
  return { disk, tablet, truth };
}

/** Finishes one visit. @returns {Promise<string>} */
async function finished({ tablet, truth }, household) {
  const [draft] = await tablet.begin(household, (made) => truth.begins(made, tablet.records.account));
  truth.savedAs(draft.id, "");
  await tablet.resume(draft.id, { looked: () => {}, saved: () => {} });
  truth.typed(draft.id, SAID);
  tablet.answer(SAID);
  await tablet.finish((body) => truth.seals(draft.id, body));
  return draft.id;
}

const service = new Service(python, folder, Number(port));
const network = { whole: new Set() };
try {
  const place = await service.furnish("granian");
  let to = place.port;
  let read = Promise.resolve();
  network.send = async (path, options) => {
    const response = await fetch(`http://127.0.0.1:${to}${path}`, options); // as it comes: the tablet itself finds that it was cut
    const count = (text) => response.ok && network.whole.add(`${JSON.parse(text).id} ${JSON.parse(text).sha256}`);
    read = response.clone().text().then(count, () => {});
    return response;
  };
  const trial = await tabletOf(place, network);
  const { tablet, truth, disk } = trial;
  const look = async () => {
    await read;
    await truth.check(await disk.read(), { service, network, now: tablet.clock.now, day: 0 });
  };
  const waiting = async () => (await tablet.queue.waiting()).length;

  const sent = async (cut) => {
    await finished(trial, place.families[0]);
    const way = new Way(place.port, cut);
    to = await way.listen();
    await tablet.push(true);
    await look();
    const here = await waiting();
    way.close();
    to = place.port;
    await tablet.push(true);
    await look();
    assert.equal(await waiting(), 0, `cut at ${JSON.stringify(cut)}: sent again, and still here`);
    return { received: here === 0, passed: way.passed };
  };

  const { received, passed: whole } = await sent({});
  assert.ok(received, "an uncut connection does not deliver");
  const chance = new Chance(Number(seed));
  const tried = {};
  for (const way of ["up", "down"]) {
    const every = [...Array(whole[way]).keys()];
    const some = many === "every" ? every : every.sort(() => chance.next() - 0.5).slice(0, Number(many) - 2).concat([whole[way] - 1, 0]);
    for (const at of some) assert.equal((await sent({ [way]: at })).received, false, `cut at byte ${at} of ${whole[way]} ${way}: it counts as received`);
    tried[way] = some.length;
  }
  truth.end(service, 0, new Set());
  assert.equal(truth.all("sent").length, service.count());
  console.log(JSON.stringify({ whole, tried, kept: service.count() }));
} finally {
  service.end();
}

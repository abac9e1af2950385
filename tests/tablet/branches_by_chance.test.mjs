// Two devices of one practitioner and a bad network, by chance: requests that never arrive, arrive late or whose answer is lost; writing on
// both, hearing, opening, choosing. A failure prints its seed; DRAFTS_SEED runs that one alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { database, DraftService } from "./database.mjs";
import { carriedOf, carry, carryAll, hear } from "../../static/tablet/carrying.js";
import { keepCarryingKey } from "../../static/tablet/carrying_key.js";
import { Autosave } from "../../static/tablet/drafts.js";
import { choose, download, elsewhereOf, keepHere, opened } from "../../static/tablet/elsewhere.js";
import { cellsAfter } from "../../static/tablet/history.js";
import { Records } from "../../static/tablet/records.js";
import { whenOnService } from "../../static/tablet/revisions.js";
import { makeAccount, newDataKey, usable } from "../../static/tablet/vault.js";

const TRIALS = 40;
const STEPS = 30;

/** Numbers between 0 and 1, the same for a seed. @param {number} seed */
function chance(seed) {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

class Trial {
  constructor(seed) {
    this.random = chance(seed);
    this.service = new DraftService();
    this.late = [];
    this.bad = 0.5;
    this.number = 0;
    globalThis.fetch = this.fetch;
  }

  fetch = async (address, options = {}) => {
    const roll = this.random();
    if (roll > this.bad) return this.service.fetch(address, options);
    if (roll < this.bad / 3) throw new TypeError("no network");
    if (roll < (2 * this.bad) / 3 && options.method === "PUT") this.late.push(() => this.service.fetch(address, options));
    else await this.service.fetch(address, options);
    throw new TypeError("the connection went");
  };

  async device(id) {
    const db = database();
    const records = new Records(db, "hv", await usable(newDataKey()));
    const row = await makeAccount({ account: "hv", raw: newDataKey(), passphrase: id, recovery: null, device: null, rounds: 1 });
    await keepCarryingKey(records, row, id);
    return { db, records, device: { id, secret: "s" }, words: new Set() };
  }

  async open(on) {
    const { value, revision } = await on.records.get("draft", "d");
    on.draft = value;
    on.autosave = new Autosave(on.records, value, revision, { saving() {}, saved() {}, failed() {} }, () => Date.parse("2026-11-22T10:00:00.000Z"));
  }

  async write(on) {
    const text = `${on.device.id} ${(this.number += 1)}`;
    on.draft.body.answers.said = { value: text };
    on.autosave.touch();
    await on.autosave.settled();
    on.words.add(text);
    on.says = text;
  }

  /** The other device takes what is on the service, with the first one's words. */
  async takeOver(from, to) {
    const away = await elsewhereOf(to.records);
    if (!away.length) return;
    const { draft, head } = away[0];
    const row = await download(to.device.id, draft, head.revision);
    const content = await opened(to.records, { draft, revision: head.revision }, row, from.device.id);
    await keepHere(to.records, head, content);
    await this.open(to);
    to.says = to.draft.body.answers.said.value;
  }

  async choose(on, other) {
    const [head] = (await carriedOf(on.records, "d")).others;
    if (!head) return;
    const row = await download(on.device.id, "d", head.revision);
    const { draft: there } = await opened(on.records, { draft: "d", revision: head.revision }, row, other.device.id);
    const take = this.random() < 0.5;
    const [mine, theirs] = [on.says, there.body.answers.said.value];
    await choose({ records: on.records, draft: on.draft, autosave: on.autosave, there, head, take });
    on.says = take ? theirs : mine;
    for (const text of [mine, theirs]) on.words.add(text);
  }

  /** What the device says is what was last written or chosen there, and everything else that was is in its history. */
  async holds(on) {
    const { value } = await on.records.get("draft", "d");
    assert.equal(value.body.answers.said.value, on.says);
    const said = new Set();
    for (let number = 0; number <= (value.changes ?? 0); number += 1) said.add((await cellsAfter(on.records, value, number)).get("said")?.value);
    for (const text of on.words) assert.ok(said.has(text), `${text} is gone from ${on.device.id}`);
  }

  async begin(on) {
    const body = { v: 1, household: "h", form: "f", form_version: 1, occurred_on: "2026-11-22", answers: {}, calls: [], unasked_reasons: [] };
    const draft = { id: "d", household: "h", form: "f", form_version: 1, form_hash: "ff", began_at: "2026-11-22T09:00:00.000Z", saved_at: "2026-11-22T09:00:00.000Z", body, aside: {}, typed: {}, ways: {}, told: [] };
    await on.records.put("draft", "d", draft, 0);
    await this.open(on);
    await this.write(on);
  }

  async step(tablet, desk) {
    const on = desk.draft && this.random() < 0.5 ? desk : tablet;
    const roll = this.random();
    if (roll < 0.3) await this.write(on);
    else if (roll < 0.6) await carry(on, "d");
    else if (roll < 0.7) await carryAll(on);
    else if (roll < 0.8) await this.late.splice(Math.floor(this.random() * this.late.length), 1)[0]?.();
    else if (!desk.draft) await hear(desk).then(() => this.takeOver(tablet, desk));
    else if (roll < 0.9) await hear(on);
    else await this.choose(on, on === desk ? tablet : desk);
  }

  heads = () => this.service.told("d", this.service.drafts.get("d")).heads;
}

const seeds = process.env.DRAFTS_SEED ? [Number(process.env.DRAFTS_SEED)] : Array.from({ length: TRIALS }, (_, at) => at + 1);

test("one device alone is never shown a branch, whatever the network does, and in the end its newest state is there", async () => {
  for (const seed of seeds) {
    const trial = new Trial(seed);
    const tablet = await trial.device("tablet");
    await trial.begin(tablet);
    const step = async () => {
      const roll = trial.random();
      if (roll < 0.4) await trial.write(tablet);
      else if (roll < 0.8) await carry(tablet, "d");
      else await trial.late.shift()?.();
    };
    for (let at = 0; at < STEPS; at += 1) {
      await step().catch((error) => assert.match(String(error), /no connection/));
      assert.deepEqual((await carriedOf(tablet.records, "d")).others, [], `DRAFTS_SEED=${seed}`);
    }
    trial.bad = 0;
    for (const deliver of trial.late) await deliver();
    await carryAll(tablet);
    await carryAll(tablet);
    assert.equal(trial.heads().length, 1, `DRAFTS_SEED=${seed}`);
    assert.notEqual(whenOnService(await carriedOf(tablet.records, "d"), tablet.autosave.revision), "", `DRAFTS_SEED=${seed}`);
    await trial.holds(tablet);
  }
});

test("of two devices nothing that was written is lost, and choosing comes to an end with one head", async () => {
  let branches = 0;
  for (const seed of seeds) {
    const trial = new Trial(seed);
    const [tablet, desk] = [await trial.device("tablet"), await trial.device("desk")];
    try {
      await trial.begin(tablet);
      for (let at = 0; at < STEPS; at += 1) {
        await trial.step(tablet, desk).catch((error) => {
          if (error instanceof assert.AssertionError || !/no connection|Not here/.test(String(error))) throw error;
        });
        for (const on of [tablet, desk]) if (on.draft) await trial.holds(on);
        branches += trial.service.drafts.has("d") && trial.heads().length > 1 ? 1 : 0;
      }
      trial.bad = 0;
      for (const deliver of trial.late) await deliver();
      const both = desk.draft ? [tablet, desk] : [tablet];
      for (const on of [...both, ...both]) await carryAll(on);
      for (let again = 0; again < 6; again += 1) {
        for (const on of both) {
          await hear(on);
          await trial.choose(on, on === desk ? tablet : desk);
          await carryAll(on);
        }
      }
      assert.equal(trial.heads().length, 1);
      for (const on of both) await trial.holds(on);
    } catch (error) {
      throw new Error(`DRAFTS_SEED=${seed}`, { cause: error });
    }
  }
  assert.ok(seeds.length < TRIALS || branches > 30, "there were branches to choose between");
});

// One trial: a tablet shared by two practitioners and the service it sends to, some tens of things that happen by chance, and after each of
// them the truth. In the end the way is made clear, and everything must arrive.

import assert from "node:assert/strict";
import { openDatabase } from "../../static/tablet/db.js";
import { makeAccount, newDataKey, usable } from "../../static/tablet/vault.js";
import { Chance } from "./chance.mjs";
import { Disk } from "./disk.mjs";
import { Network } from "./network.mjs";
import { OFTEN, STEPS } from "./steps.mjs";
import { Tablet } from "./tablet.mjs";
import { Truth } from "./truth.mjs";

const START = Date.parse("2026-11-22T10:00:00.000Z");
const FEW_ROUNDS = 25;

export class Trial {
  /** @param {any} place @param {import("./service.mjs").Service} service @param {number} seed */
  constructor(place, service, seed) {
    Object.assign(this, { place, service, seed });
    this.chance = new Chance(seed);
    this.people = place.accounts;
    this.clock = { now: START };
    this.world = { now: START }; // what time it really is
    this.disk = new Disk();
    this.network = new Network(service, this.chance, () => this.tablet.powerSwitch());
    this.tablet = new Tablet({ disk: this.disk, network: this.network, place, clock: this.clock });
    this.image = null;
    /** @type {string[]} what happened, to be read when it went wrong */
    this.story = [];
  }

  async run() {
    const before = this.service.count();
    await this.#setUp();
    for (let left = 16 + this.chance.below(30); left > 0; left -= 1) {
      const step = this.chance.named(OFTEN);
      this.story.push(step);
      if (this.tablet.off) await this.switchOn();
      await STEPS[step](this);
      await this.#check();
    }
    await this.#clearTheWay();
    this.truth.end(this.service, before, this.network.refused);
    this.tablet.cutPower();
  }

  async #setUp() {
    await this.service.start();
    const own = this.chance.happens(0.4); // credentials of its own, which may be revoked
    this.devices = [];
    const keys = {};
    await this.makeStores();
    const accounts = [];
    for (const { id, device: shared, username } of this.people) {
      const device = own ? await this.service.register(id) : shared;
      if (own) this.devices.push(device.id);
      const raw = newDataKey();
      keys[id] = await usable(raw);
      accounts.push(await makeAccount({ account: id, raw, passphrase: username, recovery: null, device, rounds: 1 }));
    }
    await this.disk.write({ accounts, records: [], sealed: [], receipts: [] });
    this.truth = new Truth(keys);
    await this.switchOn();
  }

  makeStores = async () => (await openDatabase({ onBlocked: () => {} })).close();

  async switchOn() {
    for (const visit of this.truth.visits.values()) visit.off = true;
    await this.tablet.switchOn();
    await this.unlockFor(this.chance.one(this.people));
    await this.#check();
  }

  unlockFor = ({ username }) => this.tablet.unlock(username);

  /** Time that really passes. @param {number} ms */
  passes(ms) {
    this.clock.now += ms;
    this.world.now += ms;
  }

  /** Does something of the tablet, and in every other trial of it the power goes or the storage is full in the middle. */
  async perhapsStruck(steps, act) {
    const { tablet, disk, chance } = this;
    const chosen = chance.named({ nothing: 7, power: 3, full: 1 });
    if (chosen === "power") disk.cutAfter(chance.below(steps), tablet.gone);
    if (chosen === "full") disk.fullAfter(chance.below(4));
    if (chosen !== "nothing") this.story.push(chosen);
    try {
      await tablet.whileOn(act);
    } catch (error) {
      if (chosen !== "full") throw error; // it was told, and the tablet goes on
      this.story.push(`told: ${error.message}`);
    }
    disk.calm();
  }

  /** @param {string} state */
  oneOf(state) {
    const mine = ["draft", "discarded"].includes(state) && this.tablet.records?.account;
    const some = this.truth.all(state).filter((visit) => !mine || visit.account === mine);
    return some.length ? this.chance.one(some) : null;
  }

  async openVisit(visit) {
    if (this.tablet.open?.draft.id === visit.id) return;
    const stood = new Map(); // what the answer was at each instant at which the tablet looked at the clock
    await this.tablet.resume(visit.id, { looked: (at) => stood.set(at, visit.text), saved: (at) => this.truth.savedAs(visit.id, stood.get(at)) });
    if (this.tablet.off) return;
    visit.text = this.tablet.open.draft.body.answers.parents_view?.value ?? "";
  }

  async signIn({ username, password }) {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams({ username, password }).toString();
    const answer = await this.network.real("/sign-in", { method: "POST", headers, body, redirect: "manual" }).catch((error) => ({ error }));
    this.signedIn = answer.error ? `${answer.error.cause ?? answer.error}` : `answered ${answer.status}`;
    if (!answer.error) this.network.cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0];
  }

  async signOut() {
    await this.network.real("/sign-out", { method: "POST", redirect: "manual" }).catch(() => null);
    this.network.cookie = "";
  }

  async #check() {
    assert.deepEqual(this.disk.lax(), [], "called kept before it is on the disk");
    await this.truth.check(await this.disk.read(), { service: this.service, network: this.network, now: this.clock.now, day: this.world.now });
  }

  /** The service is up, the weather is clear, and each practitioner signs in and unlocks once. Only the tablet's own timer is waited for. */
  async #clearTheWay() {
    this.story.push("the way is clear");
    if (this.tablet.off) await this.switchOn();
    await this.service.start();
    await this.network.arrive();
    this.network.weather = { clear: 1 };
    for (const person of this.people) {
      this.network.cookie = "";
      for (let tries = 0; !this.network.cookie && tries < 3; tries += 1) await this.signIn(person); // a connection to the service that died is found out by using it
      assert.ok(this.network.cookie, `nobody can sign in: ${this.signedIn}`);
      await this.tablet.lock();
      await this.unlockFor(person); // photographs that there was no room to seal need their author
      await this.#byItself();
    }
    await this.#check();
  }

  async #byItself() {
    for (let rounds = 0; rounds < FEW_ROUNDS; rounds += 1) {
      const told = await this.tablet.push(false);
      this.truth.round(told);
      if (told.next === null) return;
      this.clock.now += told.next;
    }
  }
}

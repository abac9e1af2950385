// What must be so, worked out from nothing but what was typed, what was finished and which receipts came through whole. It shares no code
// with the tablet and none with the service, apart from reading what the tablet keeps encrypted.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { decryptRecord } from "../../static/tablet/records.js";
import { whyWaiting } from "../../static/tablet/status.js";
import { checkAllArrived, checkNothingLeft, checkPictures } from "./pictures.mjs";
import { QUESTION } from "./tablet.mjs";

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
const LONGEST = 60 * 60_000; // no visit may be put off for longer
const THIRTY_DAYS = 30 * 24 * LONGEST;

export class Truth {
  /** @param {Record<string, CryptoKey>} keys to read with, by account */
  constructor(keys) {
    this.keys = keys;
    /** @type {Map<string, any>} */
    this.visits = new Map();
    /** @type {Map<string, Buffer[]>} all that was ever sealed under an id, older images of the tablet included */
    this.sealed = new Map();
  }

  /** Told before the first write. */
  begins = (draft, account) => this.visits.set(draft.id, { id: draft.id, account, household: draft.household, text: "", saved: "", state: "begins", bytes: null });

  typed(id, text) {
    this.visits.get(id).text = text;
  }

  /** The tablet said so: what stood at that moment may not be lost any more. */
  savedAs(id, text) {
    assert.equal(typeof text, "string", "saved at a moment at which nothing was written");
    const visit = this.visits.get(id);
    visit.saved = text;
    if (visit.state === "begins") visit.state = "draft";
  }

  /** The tablet said that a photograph is kept: it may not be lost any more. */
  photographed(id, picture) {
    const visit = this.visits.get(id);
    visit.pictures = [...(visit.pictures ?? []), picture];
  }

  /** Told before the tablet seals: these bytes and no others. */
  seals(id, body) {
    const bytes = Buffer.from(JSON.stringify(body));
    Object.assign(this.visits.get(id), { bytes, sealing: true });
    this.sealed.set(id, [...(this.sealed.get(id) ?? []), bytes]);
  }

  /** Told before a draft is discarded, or brought back: it may be in one place or the other, and nowhere else. @param {number} day what day it really is */
  goesTo(id, place, day) {
    Object.assign(this.visits.get(id), { goes: place, ...(place === "discarded" ? { day } : {}) });
  }

  damaged = (id) => (this.visits.get(id).damaged = true);
  all = (state) => [...this.visits.values()].filter((visit) => visit.state === state);

  /** What is known now, to go back to with an older image of the tablet. */
  copy = () => [...this.visits.values()].map((visit) => ({ ...visit }));

  /** @param {any[]} visits */
  backTo(visits) {
    for (const id of this.visits.keys()) if (!visits.some((visit) => visit.id === id)) this.visits.delete(id);
    for (const visit of visits) this.visits.set(visit.id, { ...visit });
  }

  /** @param {Record<string, any[]>} disk @param {{ service: any, network: any, now: number, day: number }} world day: what day it really is */
  async check(disk, world) {
    const rows = { draft: new Map(), copy: new Map(), discarded: new Map(), change: new Map() };
    for (const row of disk.records) rows[row.store]?.set(row.id.split("/")[0], row);
    const sealed = new Map(disk.sealed.map((row) => [row.id, row]));
    const receipts = new Map(disk.receipts.map((row) => [row.id, row]));
    const belong = new Set();
    for (const visit of this.visits.values()) {
      const { id } = visit;
      const kept = { draft: rows.draft.get(id), discarded: rows.discarded.get(id), sealed: sealed.get(id), sent: receipts.get(id) };
      await this.#one(visit, kept, { copy: rows.copy.get(id), change: rows.change.get(id) }, world);
      const place = Object.keys(kept).find((one) => kept[one]);
      if (place) for (const picture of await checkPictures(visit, place, disk, { ...world, keys: this.keys })) belong.add(picture);
    }
    checkNothingLeft(disk, this.visits, belong);
    const known = (row) => this.visits.has(row.id);
    assert.ok(disk.sealed.every(known) && disk.receipts.every(known), "the tablet holds a visit that nobody wrote");
  }

  async #one(visit, kept, { copy, change }, world) {
    const where = `visit ${visit.id}, ${visit.state}`;
    const places = Object.keys(kept).filter((place) => kept[place]);
    assert.ok(places.length < 2, `${where}: in two places, ${places}`);
    const [place = "nowhere"] = places;
    this.#mayBe(visit, place, where, world);
    assert.equal(Boolean(copy), place === "sealed", `${where}: the author's readable copy stays until the receipt, and no longer`);
    if (place === "draft" || place === "discarded") await this.#draft(visit, kept[place], where);
    else assert.ok(!change, `${where}: what was said before it was sealed is still here`);
    if (place === "sealed") await this.#waiting(visit, kept.sealed, copy, where, world.now);
    if (place === "sent") this.#sent(visit, kept.sent, where, world.service);
    if (place === "nowhere" && visit.state !== "begins") this.visits.delete(visit.id);
    if (place !== "nowhere") Object.assign(visit, { state: place, goes: "", sealing: visit.sealing && place !== "sealed" });
  }

  #mayBe(visit, place, where, { network, day }) {
    const receipt = visit.bytes && network.whole.has(`${visit.id} ${hash(visit.bytes)}`);
    const old = day - visit.day >= THIRTY_DAYS;
    const allowed = {
      begins: ["nowhere", "draft"], draft: visit.sealing ? ["draft", "sealed"] : ["draft"], discarded: old ? ["discarded", "nowhere"] : ["discarded"],
      sealed: receipt ? ["sealed", "sent"] : ["sealed"], sent: ["sent"],
    }[visit.state];
    if (visit.sealing && receipt) allowed.push("sent");
    if (visit.goes) allowed.push(visit.goes);
    assert.ok(allowed.includes(place), `${where}: is now ${place}, and ${receipt ? "its" : "no"} receipt has come through`);
  }

  async #draft(visit, row, where) {
    const draft = await decryptRecord(this.keys[visit.account], row);
    const text = draft.body.answers[QUESTION]?.value ?? "";
    assert.equal(draft.household, visit.household, `${where}: another family`);
    assert.ok(visit.text.startsWith(text), `${where}: says what was not typed`);
    assert.ok(text.startsWith(visit.saved), `${where}: what was called saved is lost: ${visit.saved.length - text.length} characters`);
    if (visit.off) Object.assign(visit, { text, saved: text, off: false });
  }

  async #waiting(visit, row, copy, where, now) {
    if (!visit.damaged) assert.equal(row.sha256, hash(visit.bytes), `${where}: other bytes were sealed`);
    const kept = await decryptRecord(this.keys[visit.account], copy);
    assert.deepEqual(Buffer.from(JSON.stringify(kept.body)), visit.bytes, `${where}: the author's copy is another`);
    const words = whyWaiting(row, now);
    assert.match(words, /^[A-Z].{20,}\.$/, `${where}: no reason in words`);
    assert.doesNotMatch(words, /undefined|Invalid/, `${where}: no reason in words`);
    assert.ok(Number.isFinite(Date.parse(row.next_at)), `${where}: no next time`);
  }

  #sent(visit, receipt, where, service) {
    const kept = service.kept(visit.id);
    assert.ok(kept, `${where}: acknowledged, and the service does not have it`);
    assert.deepEqual(Buffer.from(kept.body), visit.bytes, `${where}: the service has other bytes`);
    assert.deepEqual([receipt.sha256, receipt.seq, kept.author], [hash(visit.bytes), kept.seq, visit.account], `${where}: another receipt`);
  }

  /** Everything has arrived that can, and nothing else. @param {any} service @param {number} before how many visits it held @param {Set<string>} refused */
  end(service, before, refused) {
    const stored = [...this.sealed.keys()].filter((id) => service.kept(id));
    assert.equal(service.count() - before, stored.length, "the service holds a visit more than once, or one that nobody finished");
    for (const id of stored) {
      const body = Buffer.from(service.kept(id).body);
      assert.ok(this.sealed.get(id).some((bytes) => bytes.equals(body)), `visit ${id}: the service has bytes that nobody sealed`);
    }
    checkAllArrived(this.all("sent"), service, refused);
    for (const visit of this.all("sealed")) {
      const first = service.kept(visit.id);
      const other = first && !Buffer.from(first.body).equals(visit.bytes);
      if (other && !visit.damaged && !refused.has(visit.id)) assert.ok(service.aside(visit.id).some((body) => visit.bytes.equals(body)), `visit ${visit.id}: the second bytes are not set aside`);
      assert.ok(visit.damaged || other || refused.has(visit.id), `visit ${visit.id}: the way is clear, and it is still here`);
    }
  }

  /** @param {{ next: number | null, waiting: number }} told by a round of sending */
  round({ next, waiting }) {
    assert.equal(next === null, waiting === 0, "visits wait, and no next time is set");
    assert.ok(next === null || (next >= 0 && next <= LONGEST), `the next time is ${next} ms away`);
  }
}

// The tablet without its screens: the very modules that the page runs, put together as the page does it. Switched off, it forgets all but
// its disk.

import { unlock } from "../../static/tablet/accounts.js";
import { openDatabase } from "../../static/tablet/db.js";
import { bringBack, clearDiscarded, discard } from "../../static/tablet/discarded.js";
import { Autosave, newDraft } from "../../static/tablet/drafts.js";
import { finish } from "../../static/tablet/finish.js";
import { PhotographQueue } from "../../static/tablet/photograph_queue.js";
import { pushPhotographs } from "../../static/tablet/photograph_sync.js";
import { keepPicture, photographsOf, sealLeftOver, setPhotographs } from "../../static/tablet/photographs.js";
import { Queue } from "../../static/tablet/queue.js";
import { askStanding } from "../../static/tablet/standing.js";
import { push } from "../../static/tablet/sync.js";

export const QUESTION = "parents_view";
const LEVEL = { at_least: 1, could_be: 1, because: [] };

export class Tablet {
  /**
   * @param {{ disk: import("./disk.mjs").Disk, network: import("./network.mjs").Network, place: any, clock: { now: number } }} given
   */
  constructor({ disk, network, place, clock }) {
    Object.assign(this, { disk, network, place, clock });
    this.off = true;
  }

  now = () => (this.clock.now += 1);
  instant = () => new Date(this.now()).toISOString();

  async switchOn() {
    this.off = false;
    /** Settled when the power goes: whoever waits for this tablet then waits no more. */
    this.died = new Promise((done) => (this.die = done));
    this.db = await openDatabase({ onBlocked: () => {} });
    this.queue = new Queue(this.db);
    this.photographs = new PhotographQueue(this.db);
    this.records = null;
    this.open = null;
  }

  /** The power goes, wherever the code is. */
  cutPower = () => {
    this.disk.cut();
    this.gone();
  };

  /** Cuts the power, unless it went since. */
  powerSwitch() {
    const life = this.died;
    return () => this.#over(life) || this.cutPower();
  }

  gone = () => {
    this.off = true;
    this.die();
  };

  /** Does something, which a power cut ends. @template T @param {() => Promise<T>} act @returns {Promise<T | undefined>} */
  async whileOn(act) {
    const life = this.died;
    const done = act().catch((error) => {
      if (!this.#over(life)) throw error;
    });
    return Promise.race([done, life]);
  }

  /** @param {Promise<void> | undefined} life of whoever asks */
  #over = (life) => this.off || this.died !== life;

  /** @param {string} words */
  async unlock(words) {
    this.records = await unlock(this.db, words);
    if (!this.records) throw new Error("the words do not open the tablet");
    this.open = null;
    await clearDiscarded(this.records, this.now());
  }

  async lock() {
    await this.settled();
    this.records = this.open = null;
  }

  /** @param {string} household */
  family = (household) => ({ household, people: [], as_of: { seq: 1, at: new Date(this.clock.now).toISOString() } });

  /** A blank visit, kept before anything is said in it. @param {string} household @param {(draft: any) => void} made */
  async begin(household, made) {
    const given = { family: this.family(household), bundle: this.place.bundle, today: "2026-11-22", now: this.instant(), newId: () => crypto.randomUUID() };
    const draft = newDraft(given);
    made(draft);
    const revision = await this.records.put("draft", draft.id, draft, 0);
    return [draft, revision];
  }

  /** Opens a draft as it is on the disk. @param {string} id @param {{ saved: (at: string) => void, looked: (at: string) => void }} tell */
  async resume(id, tell) {
    await this.settled();
    const { value: draft, revision } = await this.records.get("draft", id);
    const now = () => {
      const at = this.now();
      tell.looked(new Date(at).toISOString());
      return at;
    };
    const open = { draft, fault: false };
    const saved = (at) => {
      open.fault = false;
      tell.saved(at);
    };
    this.open = Object.assign(open, { autosave: new Autosave(this.records, draft, revision, { saving() {}, saved, failed: () => (open.fault = true) }, now) });
  }

  /** All that was typed is on the disk; where the red bar stands, somebody presses "Try again" first. */
  async settled() {
    if (this.open?.fault) this.open.autosave.touch();
    await this.open?.autosave.settled();
  }

  /** @param {string} text the whole answer as it stands now */
  answer(text) {
    this.open.draft.body.answers[QUESTION] = { value: text };
    this.open.autosave.touch();
  }

  /** @param {Uint8Array<ArrayBuffer>} picture @returns {Promise<string>} its id, once it is kept */
  async photograph(picture) {
    const { draft, autosave } = this.open;
    const taken = await keepPicture(this.records, draft, picture, { id: crypto.randomUUID(), place: "kitchen", now: this.instant() });
    setPhotographs(draft.body, { consent: { who: "Ada", agreed: true, at: taken.taken_at }, taken: [...photographsOf(draft.body).taken, taken] });
    autosave.touch();
    await autosave.settled();
    return taken.id;
  }

  /** @param {(body: any) => void} sealing told what is sealed */
  async finish(sealing) {
    const { draft, autosave } = this.open;
    await this.settled();
    sealing(draft.body);
    const head = { clock_offset_ms: 0, service_key: this.place.key };
    const given = { db: this.db, records: this.records, draft, revision: autosave.revision, head, family: this.family(draft.household) };
    await finish({ ...given, findings: [], level: LEVEL, title: "Home visit", lang: 2, now: this.instant() });
    this.open = null;
  }

  /** @param {() => void} leaving told before the open draft goes */
  async discard(leaving) {
    await this.settled();
    leaving();
    await discard(this.records, this.open.draft, this.open.autosave.revision, this.now());
    this.open = null;
  }

  /** Whether it is still in use. */
  askStanding = () => askStanding(this.db, this.now);

  bringBack = (id) => bringBack(this.records, id);

  /** A caseload comes, and with it the service's own time. @param {string} at */
  meets = (at) => this.records.put("head", "caseload", { as_of: { seq: 1, at } });

  /** Visits, and then photographs of those that the service has. @param {boolean} all */
  async push(all) {
    const { queue, photographs, died } = this;
    const send = async (...given) => {
      if (this.#over(died)) throw new TypeError("this tablet is off");
      return this.network.send(...given);
    };
    const visits = await push({ queue, send, now: this.now, all });
    if (this.records) await this.sealLeftOver().catch(() => {});
    const disk = {
      ready: () => photographs.ready(), piece: (...of) => photographs.piece(...of), keepWaiting: (row) => photographs.keepWaiting(row),
      settle: (...given) => photographs.settle(...given), credential: (account) => queue.credential(account),
    };
    const pictures = await pushPhotographs({ disk, send, now: this.now, all });
    const due = [visits.next, pictures.next].filter((next) => next !== null);
    return { next: due.length ? Math.min(...due) : null, waiting: visits.waiting + (await photographs.ready()).length };
  }

  async sealLeftOver() {
    const { account } = this.records;
    const device = (await this.db.get("accounts", account))?.device?.id ?? "";
    await sealLeftOver(this.db, this.records, { account, device, head: { service_key: this.place.key }, now: this.instant() });
  }
}

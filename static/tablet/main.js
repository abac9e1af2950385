// @ts-check
// Where the tablet starts: opens its store, draws the screen its address names, sends what waits, locks itself.

import { accountsOf } from "./accounts.js";
import { takeAgain, tellOpenings } from "./caseload.js";
import { cover } from "./cover.js";
import { atWhen } from "./dates.js";
import { openDatabase } from "./db.js";
import { button } from "./dom.js";
import { lockWhenIdle } from "./idle.js";
import { Queue } from "./queue.js";
import { ChangedElsewhere } from "./records.js";
import { Refused } from "./api.js";
import { fetchResults } from "./results.js";
import { inShort } from "./status.js";
import { push } from "./sync.js";
import { startWorker } from "./worker.js";
import { family } from "./screens/family.js";
import { result } from "./screens/result.js";
import { today } from "./screens/today.js";
import { unlockScreen, welcome } from "./screens/unlock.js";
import { visit } from "./screens/visit.js";
import { waiting } from "./screens/waiting.js";

/** @import { Records } from "./records.js" */
/** @typedef {{ element: HTMLElement, leave?: () => Promise<void>, live?: boolean }} Screen live: drawn again when something was sent */

const SCREENS = /** @type {Record<string, (app: App, id: string) => Promise<Screen>>} */ ({ today, family, visit, waiting, result });

const NOTHING = { arrived: 0, coming: 0 };

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

export class App {
  /** @param {import("./types").Database} db */
  constructor(db) {
    this.db = db;
    this.queue = new Queue(db);
    /** @type {Records | null} */
    this.records = null;
    /** @type {Screen | null} */
    this.screen = null;
    this.drawing = 0;
    this.timer = 0;
    this.pause = 1000;
    this.signInForResults = false;
    this.retry = () => {}; // the open visit sets it
  }

  now = () => Date.now();
  newId = () => crypto.randomUUID();

  /** The unlocked records. */
  open() {
    if (!this.records) throw new Error("the tablet is locked");
    return this.records;
  }

  /** @param {string} hash */
  go(hash) {
    if (location.hash === hash) void this.draw();
    else location.hash = hash;
  }

  /** @param {Records} records */
  async unlocked(records) {
    this.records = records;
    byId("lock").hidden = false;
    await this.draw();
    void this.sync(true);
  }

  /** Keeps the place: the address stays, and the same screen opens after the unlock. */
  async lock() {
    if (!this.records) return;
    try {
      await this.screen?.leave?.();
    } catch (error) {
      return this.notSaved(error); // locking now would lose what only the screen holds
    }
    document.querySelectorAll("dialog.app-sheet").forEach((dialog) => dialog.remove());
    this.records = null;
    byId("lock").hidden = true;
    await this.draw();
  }

  async draw() {
    const turn = ++this.drawing;
    const before = this.screen;
    this.screen = null;
    await before?.leave?.().catch(this.notSaved);
    const screen = await this.#screenFor().catch((error) => this.#broken(error));
    if (turn !== this.drawing) return;
    this.screen = screen;
    byId("screen").replaceChildren(screen.element);
    if (before) byId("screen").focus({ preventScroll: true });
    scrollTo(0, 0);
    await this.tellState();
  }

  /** @returns {Promise<Screen>} */
  async #screenFor() {
    if (!this.records) return (await accountsOf(this.db)).length ? unlockScreen(this) : welcome(this);
    const [, name, id] = location.hash.split("/");
    return (SCREENS[name] ?? today)(this, id ?? "");
  }

  /** @param {unknown} error @returns {Promise<Screen>} */
  async #broken(error) {
    const { message } = await import("./screens/message.js");
    return message("This screen could not be opened.", `What is saved is still saved. (${error instanceof Error ? error.message : error})`, "#/today", "Back to today");
  }

  /** @param {string} at */
  saved = (at) => {
    byId("alarm").hidden = true;
    byId("state").textContent = `Saved ${atWhen(at, this.now())}`;
  };

  /** A storage error is a red bar until a later write succeeds. @param {unknown} error */
  notSaved = (error) => {
    const elsewhere = error instanceof ChangedElsewhere;
    const words = elsewhere ? "This visit was changed in another window. Close this one: what you type here is not saved. " : "The last change is not saved: this tablet's storage gave an error. Keep this screen open. ";
    byId("alarm").replaceChildren(words, elsewhere ? "" : button("Try again", () => this.retry(), "nhsuk-button--reverse nhsuk-button--small"));
    byId("alarm").hidden = false;
  };

  async tellState() {
    if (location.hash.startsWith("#/visit/") && this.records) return;
    const drafts = this.records ? (await this.records.all("draft")).length : 0;
    const rows = await this.queue.waiting();
    const mine = this.records ? rows.filter((row) => row.account === this.records?.account) : rows;
    byId("state").textContent = inShort(mine.length, drafts, navigator.onLine);
  }

  /** Sends what waits, then asks for what came of it. @param {boolean} [all] also what is not due yet */
  async sync(all = false) {
    await navigator.locks.request("visitapp-sync", () => this.#round(all)); // one at a time, in every window
  }

  /** @param {boolean} all */
  async #round(all) {
    const { sent, next } = await push({ queue: this.queue, send: (...given) => fetch(...given), now: this.now, all });
    const { arrived, coming } = await this.#results();
    const taken = arrived > 0 && this.records !== null && (await takeAgain(this.records, this.now)); // the family's page knows the visit
    clearTimeout(this.timer);
    const soon = coming ? (this.pause = Math.min(this.pause * 2, 60_000)) : null;
    const wait = Math.min(next ?? Infinity, soon ?? Infinity);
    if (wait < Infinity) this.timer = window.setTimeout(() => void this.sync(), Math.max(wait, 500));
    if (sent) this.pause = 1000;
    if (this.screen?.live || (taken && !location.hash.startsWith("#/visit/"))) await this.draw();
    else await this.tellState();
  }

  /** What came of the visits that were sent: see `fetchResults`. */
  async #results() {
    const { records } = this;
    if (!records || !navigator.onLine) return NOTHING;
    try {
      await tellOpenings(records).catch(() => {}); // they stay queued, and go when somebody is signed in
      const results = await fetchResults(records, this.queue);
      this.signInForResults = false;
      return results;
    } catch (error) {
      this.signInForResults = error instanceof Refused && error.status === 401;
      return NOTHING; // the next round asks again
    }
  }
}

async function start() {
  const blocked = () => {
    byId("alarm").textContent = "The tablet's storage is in use by another version of this page. Close its other windows, then open this one again.";
    byId("alarm").hidden = false;
  };
  const app = new App(await openDatabase({ onBlocked: blocked }));
  addEventListener("hashchange", () => void app.draw());
  addEventListener("online", () => void app.sync(true));
  document.addEventListener("visibilitychange", () => void (document.hidden || app.sync(true)));
  addEventListener("offline", () => void app.tellState());
  byId("cover").addEventListener("click", cover);
  byId("lock").addEventListener("click", () => void app.lock());
  lockWhenIdle({ now: app.now, lock: () => void app.lock() });
  await app.draw();
  const failed = () => {
    byId("alarm").textContent = "This browser could not keep the page for use without a network. Open it again with a connection before you leave base.";
    byId("alarm").hidden = false;
  };
  void startWorker({ locked: () => !app.records, failed });
  void app.sync(true);
}

await start();

// @ts-check
// Where the tablet starts: opens its store, draws the screen its address names, sends what waits, locks itself.

import { accountsOf } from "./accounts.js";
import { headOf, takeAgain, tellOpenings } from "./caseload.js";
import { Carrier } from "./carrier.js";
import { Unsent } from "./unsent.js";
import { cover } from "./cover.js";
import { atWhen } from "./dates.js";
import { openDatabase } from "./db.js";
import { clearDiscarded } from "./discarded.js";
import { button, h, quietButton } from "./dom.js";
import { lockWhenIdle } from "./idle.js";
import { PhotographQueue } from "./photograph_queue.js";
import { pushPhotographs } from "./photograph_sync.js";
import { leftOver, sealLeftOver } from "./photographs.js";
import { Queue } from "./queue.js";
import { ChangedElsewhere } from "./records.js";
import { Refused } from "./api.js";
import { fetchResults } from "./results.js";
import { inView, newsOf } from "./reviews.js";
import { askStanding, OUT_OF_USE, refusal, see } from "./standing.js";
import { tellTaps } from "./second.js";
import { inShort } from "./status.js";
import { push } from "./sync.js";
import { startWorker } from "./worker.js";
import { both } from "./screens/both.js";
import { door } from "./screens/door.js";
import { family } from "./screens/family.js";
import { history } from "./screens/history.js";
import { ready } from "./screens/ready.js";
import { result } from "./screens/result.js";
import { reviews } from "./screens/reviews.js";
import { today } from "./screens/today.js";
import { unlockScreen, welcome } from "./screens/unlock.js";
import { visit } from "./screens/visit.js";
import { waiting } from "./screens/waiting.js";

/** @import { Records } from "./records.js" */
/** @typedef {{ element: HTMLElement, leave?: () => Promise<void>, live?: boolean, told?: () => Promise<void>, household?: string, carried?: () => Promise<void>, heard?: () => Promise<void> }} Screen live: drawn again when something was sent; told: a photograph was; household: whose door is one tap away; carried: something was heard of unfinished visits; heard: the families were taken again */

const SCREENS = /** @type {Record<string, (app: App, id: string) => Promise<Screen>>} */ ({ today, ready, family, door, visit, history, both, waiting, result, reviews });

const NOTHING = { arrived: 0, coming: 0, news: false };
const READABLE = 400; // milliseconds: a word that is there for less is a flicker
const LISTEN = 2 * 60_000; // milliseconds between two questions whether anything is new
const QUARTER = 15 * 60_000; // milliseconds: at the latest then the service is asked again

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

export class App {
  /** @param {import("./types").Database} db */
  constructor(db) {
    this.db = db;
    this.queue = new Queue(db);
    this.carrier = new Carrier(this);
    this.unsent = new Unsent({ db, queue: this.queue, now: this.now, send: (...given) => fetch(...given) });
    this.photographs = new PhotographQueue(db);
    /** @type {Records | null} */
    this.records = null;
    /** @type {Screen | null} */
    this.screen = null;
    this.drawing = 0;
    this.at = ""; // the address of the screen
    this.timer = 0;
    this.photographTimer = 0;
    this.pause = 1000;
    this.slow = 0; // the timer that says that a write takes long
    this.signInForResults = false;
    this.byWords = false;
    this.refused = ""; // why nothing is opened
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

  /** @param {Records} records @param {boolean} [byWords] the four words opened it, and were not set just now */
  async unlocked(records, byWords = false) {
    this.records = records;
    this.byWords = byWords;
    await clearDiscarded(records, this.now()).catch(() => {}); // what could not be removed is still kept, and the next unlock tries again
    await this.draw();
    void this.sync(true);
  }

  /** Keeps the place: the address stays, and the same screen opens after the unlock. @param {string} [why] nothing is opened again for now */
  async lock(why = "") {
    if (!this.records) return;
    try {
      await this.screen?.leave?.();
    } catch (error) {
      this.notSaved(error);
      if (!(error instanceof ChangedElsewhere)) return; // locking now would lose what only the screen holds
    }
    if (!why) void this.carrier.round(); // it takes the records with it
    closeSheets();
    this.records = null;
    this.refused = why;
    await this.draw();
  }

  async draw() {
    const turn = ++this.drawing;
    const before = this.screen;
    this.screen = null;
    try {
      await before?.leave?.();
    } catch (error) {
      this.notSaved(error);
      if (!(error instanceof ChangedElsewhere)) return this.#stay(before); // another visit would take this one's "Try again"
    }
    const screen = await this.#screenFor().catch((error) => this.#broken(error));
    if (turn !== this.drawing) return;
    this.screen = screen;
    this.at = location.hash;
    byId("screen").replaceChildren(screen.element);
    byId("news").replaceChildren();
    byId("lock").hidden = !this.records;
    byId("door").hidden = !screen.household;
    byId("door").setAttribute("href", `#/door/${screen.household}`);
    if (before) byId("screen").focus({ preventScroll: true });
    scrollTo(0, 0);
    await this.tellState();
  }

  /** @param {Screen | null} screen holds what is nowhere else */
  #stay(screen) {
    this.screen = screen;
    window.history.replaceState(null, "", this.at);
  }

  /** @returns {Promise<Screen>} */
  async #screenFor() {
    if (this.records && (this.refused = await this.#refusal(this.records))) this.records = null;
    if (!this.records) return (await accountsOf(this.db)).length ? unlockScreen(this) : welcome(this);
    const [, name, id] = location.hash.split("/");
    return (SCREENS[name] ?? today)(this, id ?? "");
  }

  /** Why nothing may be opened. Whoever is refused is asked about once more: a connection may have come back. @param {Records} records */
  async #refusal(records) {
    const head = await headOf(records);
    const why = async () => refusal(await this.db.get("accounts", records.account), head, this.now());
    if ((await why()) && navigator.onLine) await askStanding(this.db, this.now).catch(() => {});
    await see(this.db, records.account, this.now()).catch(() => {}); // storage that gives an error must not keep anybody out
    return why();
  }

  /** @param {unknown} error @returns {Promise<Screen>} */
  async #broken(error) {
    const { message } = await import("./screens/message.js");
    return message("This screen could not be opened.", `What is saved is still saved. (${error instanceof Error ? error.message : error})`, "#/today", "Back to today");
  }

  /** A change is on its way to the disk. The bar says so in words only where that takes long enough to be read. */
  saving = () => {
    byId("state").setAttribute("aria-busy", "true");
    this.slow ||= window.setTimeout(() => (byId("state").textContent = "Saving"), READABLE);
  };

  /** @param {string} words what became of it @param {string} [there] and of the service's copy; on a phone there is room for that alone */
  #settled(words, there) {
    clearTimeout(this.slow);
    this.slow = 0;
    byId("state").removeAttribute("aria-busy");
    const said = there ? `${words}, ${there}` : words;
    if (byId("state").textContent === said) return; // most answers of a minute: nothing is to be laid out again
    byId("state").replaceChildren(...(there ? [h("span.app-bar__here", null, `${words}, `), there] : [words]));
  }

  /** @param {string} at @param {string} [there] when the service got just this state, if it has it */
  saved = (at, there) => {
    byId("alarm").hidden = true;
    this.#settled(`Saved ${atWhen(at, this.now())}`, there && `saved to the service ${atWhen(there, this.now())}`);
  };

  /** The same, heard of the service and not of the disk: a red bar stays. @param {string} at @param {string} there */
  stillSaved = (at, there) => void (byId("alarm").hidden && this.saved(at, there));

  /** A storage error is a red bar until a later write succeeds. @param {unknown} error */
  notSaved = (error) => {
    const elsewhere = error instanceof ChangedElsewhere;
    const words = elsewhere ? "This visit was changed in another window. Close this one: what you type here is not saved. " : "The last change is not saved: this tablet's storage gave an error. Keep this screen open. ";
    byId("alarm").replaceChildren(words, elsewhere ? "" : button("Try again", () => this.retry(), "nhsuk-button--reverse nhsuk-button--small"));
    byId("alarm").hidden = false;
    this.#settled("Not saved");
  };

  async tellState() {
    if (location.hash.startsWith("#/visit/") && this.records) return;
    const drafts = this.records ? (await this.records.all("draft")).length : 0;
    const rows = await this.queue.waiting();
    const mine = (/** @type {{ account: string }} */ row) => !this.records || row.account === this.records.account;
    const left = this.records ? (await leftOver(this.records)).flatMap(({ taken }) => taken).length : 0;
    const pictures = (await this.photographs.waiting()).filter(mine).length + left;
    this.#settled(inShort(rows.filter(mine).length, drafts, navigator.onLine, pictures));
  }

  /** Sends what waits, then asks for what came of it. @param {boolean} [all] also what is not due yet */
  async sync(all = false) {
    const standing = this.#standing(); // beside it: what is sent never waits for this answer
    await navigator.locks.request("visitapp-sync", () => this.#round(all)); // one at a time, in every window
    void this.#photographs(all); // beside: no visit waits for a photograph
    await standing;
  }

  /** @param {boolean} all */
  async #round(all) {
    const { sent, next } = await push({ queue: this.queue, send: (...given) => fetch(...given), now: this.now, all });
    const { arrived, coming, news } = await this.#results();
    const taken = (arrived > 0 || news) && (await this.#takeAgain(news)); // the family's page knows the visit
    clearTimeout(this.timer);
    const soon = coming ? (this.pause = Math.min(this.pause * 2, 60_000)) : QUARTER;
    this.timer = window.setTimeout(() => void this.sync(), Math.max(Math.min(next ?? QUARTER, soon, QUARTER), 500));
    if (sent) this.pause = 1000;
    if (this.screen?.live || (taken && arrived && !location.hash.startsWith("#/visit/"))) await this.draw();
    else await this.tellState();
    void this.carrier.round(); // after the visits, which wait for nothing
    void this.unsent.tell(this.records);
  }

  /** Asks whether anything is new: one small request, and only while somebody can see the answer. */
  async listen() {
    if (document.hidden || !this.records || !navigator.onLine || this.signInForResults) return;
    await navigator.locks.request("visitapp-sync", { ifAvailable: true }, async (lock) => {
      const { news } = lock ? await this.#results() : NOTHING;
      if (news) await this.#takeAgain(news);
    });
  }

  /** Takes the families again, and says on the screen what came with them. @param {boolean} news @returns {Promise<boolean>} */
  async #takeAgain(news) {
    const { records } = this;
    if (!records || !(await takeAgain(records, this.now))) return false;
    if (news && records === this.records) await this.#tellNews(records);
    return true;
  }

  /** Nothing of it while a visit is written or on the way to the door: the family sees the screen, and it is there afterwards. @param {Records} records */
  async #tellNews(records) {
    if (/^#\/(visit|door|history|both)\//.test(location.hash)) return;
    const said = newsOf(await headOf(records), this.now());
    await this.screen?.heard?.();
    if (location.hash.startsWith("#/reviews")) byId("news").replaceChildren("Something new came. ", quietButton("Show it", () => void this.draw()));
    else if (said.length) byId("news").replaceChildren(h("a.app-action", { href: "#/reviews" }, inView(said)));
    else byId("news").replaceChildren("Your families were brought up to date.");
  }

  /** Sends photographs, for as long as it takes; a round that is under way is not begun again. @param {boolean} all */
  async #photographs(all) {
    await navigator.locks.request("visitapp-photographs", { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      const { records, queue, photographs } = this;
      if (records) await this.#sealLeftOver(records).catch(() => {}); // still no room: the next round tries again
      const disk = {
        ready: () => photographs.ready(), piece: photographs.piece.bind(photographs), keepWaiting: photographs.keepWaiting.bind(photographs),
        settle: photographs.settle.bind(photographs), credential: queue.credential.bind(queue),
      };
      const told = () => this.screen?.told?.() ?? this.tellState();
      const { next } = await pushPhotographs({ disk, send: (...given) => fetch(...given), now: this.now, all, told });
      clearTimeout(this.photographTimer);
      if (next !== null) this.photographTimer = window.setTimeout(() => void this.#photographs(false), Math.max(next, 500));
      if (next !== null && this.screen?.live) await this.draw(); // why they wait
    });
  }

  /** @param {Records} records */
  async #sealLeftOver(records) {
    const head = await headOf(records);
    const device = (await this.db.get("accounts", records.account))?.device?.id ?? "";
    if (head) await sealLeftOver(this.db, records, { account: records.account, device, head, now: new Date(this.now()).toISOString() });
  }

  /** Whether the service still knows this tablet; where it was taken out of use, what is open is locked at once. */
  async #standing() {
    if (!navigator.onLine) return;
    await askStanding(this.db, this.now).catch(() => {}); // the tablet's storage is at fault: the next round asks again
    const account = this.records?.account;
    if (account && (await this.db.get("accounts", account))?.revoked) await this.lock(OUT_OF_USE);
  }

  /** Sends what was tapped for a second worker, and says so where it is in view. @param {Records} records */
  async #taps(records) {
    const told = await tellTaps(records, await this.queue.credential(records.account), this.now()).catch(() => 0); // they wait, and say so
    if (told && /^#\/(door|family)\//.test(location.hash)) await this.draw();
  }

  /** What came of the visits that were sent: see `fetchResults`. */
  async #results() {
    const { records } = this;
    if (!records || !navigator.onLine) return NOTHING;
    try {
      await this.#taps(records);
      await tellOpenings(records).catch(() => {}); // they stay queued, and go when somebody is signed in
      const results = await fetchResults(records, this.queue, await headOf(records));
      this.signInForResults = false;
      return results;
    } catch (error) {
      this.signInForResults = error instanceof Refused && error.status === 401;
      return NOTHING; // the next round asks again
    }
  }
}

const closeSheets = () => document.querySelectorAll("dialog.app-sheet").forEach((dialog) => dialog.remove());

async function start() {
  const blocked = () => {
    byId("alarm").textContent = "The tablet's storage is in use by another version of this page. Close its other windows, then open this one again.";
    byId("alarm").hidden = false;
  };
  const closed = () => {
    byId("alarm").replaceChildren("The browser closed this tablet's storage. What was saved is still there; what you typed in the last moment may not be: note it down. Then open this page again. ",
      button("Open it again", () => location.reload(), "nhsuk-button--reverse nhsuk-button--small"));
    byId("alarm").hidden = false;
  };
  const app = new App(await openDatabase({ onBlocked: blocked, onClosed: closed }));
  addEventListener("hashchange", () => (closeSheets(), void app.draw()));
  addEventListener("online", () => void app.sync(true));
  document.addEventListener("visibilitychange", () => void (document.hidden || app.sync(true)));
  addEventListener("offline", () => void app.tellState());
  byId("cover").addEventListener("click", cover);
  byId("lock").addEventListener("click", () => void app.lock());
  setInterval(() => void app.listen(), LISTEN);
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

// @ts-check
// When unfinished visits go up: after a pause in the answers, when a visit is left, when the tablet is locked, and with each round of
// sending. One at a time, in every window; what fails is silent here, because the bar says "saved to the service" only where it is so.

import { carry, carryAll } from "./carrying.js";

/** @import { App } from "./main.js" */
/** @import { Carrying } from "./carrying.js" */

const PAUSE = 10_000; // milliseconds without an answer

export class Carrier {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.timer = 0;
  }

  /** A draft was changed. @param {string} id */
  touched(id) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.now(id), PAUSE);
  }

  /** The newest state of a draft, at once. @param {string} id */
  now(id) {
    clearTimeout(this.timer);
    return this.#turn((carrying) => carry(carrying, id));
  }

  /** Everything, with each round of sending. */
  round = () => this.#turn(carryAll);

  /** What has been begun goes on when the tablet is locked meanwhile: it holds the records that were open then. @param {(carrying: Carrying) => Promise<void>} act */
  async #turn(act) {
    const { records, db } = this.app;
    if (!records || !navigator.onLine) return;
    try {
      const { device, revoked } = await db.get("accounts", records.account);
      if (device && !revoked) await navigator.locks.request("visitapp-carry", () => act({ records, device }));
    } catch {
      // no connection, or the tablet's storage is at fault: the next pause or round tries again
    }
    if (this.app.records !== records) return;
    await this.app.screen?.carried?.().catch(() => {});
    await this.app.unsent.tell(records); // a visit that was just begun is known of before the network is gone
  }
}

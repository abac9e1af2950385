// @ts-check
// Over an open visit: whether it went on, or ended, on another device. It says so and leaves the visit alone: nothing that is typed waits for it.

import { carriedOf, note } from "../carrying.js";
import { h, quietButton } from "../dom.js";
import { isIncluded, whenOnService } from "../revisions.js";
import { wentOn } from "./elsewhere.js";
import { discardButton } from "./undo.js";

/** @import { Open } from "./undo.js" */
/** @import { Carried as Known } from "../types" */

export class Carried {
  /** @param {Open} open */
  constructor(open) {
    this.open = open;
    this.element = h("div", { role: "status", id: "carried" });
    this.drawn = "";
    this.beside = ""; // where else it ended or went on, in words
  }

  /** What is known now; also in the bar, when what is on the screen is all on the disk. */
  async tell() {
    const { app, records, draft, autosave } = this.open;
    const known = await carriedOf(records, draft.id);
    const own = (await app.db.get("accounts", records.account))?.device?.id;
    const still = !autosave.writing && !autosave.changed;
    if (still && records === app.records) app.stillSaved(draft.saved_at, whenOnService(known, autosave.revision));
    this.beside = wentOn(known, own, app.now());
    const lines = !this.beside ? [] : known.ended ? this.#ended(known) : this.#branch();
    const drawn = lines.map((line) => line.textContent).join();
    if (drawn === this.drawn) return; // what somebody is about to press stays where it is
    this.drawn = drawn;
    this.element.replaceChildren(...(lines.length ? [h("div.app-warning", null, ...lines)] : []));
  }

  /** @param {Known} known @returns {HTMLElement[]} */
  #ended(known) {
    const { app, records, draft, autosave } = this.open;
    const since = known.sent?.kept !== autosave.revision && "You changed something here that did not go there.";
    const more = since || (!isIncluded(known, autosave.revision) && "What is here may say something that did not go there.");
    const goOn = () => note(records, draft.id, (one) => ({ ...one, resume: true })).then(() => app.carrier.now(draft.id)).catch(app.notSaved);
    return [
      h("p", null, `${this.beside} What is here stays here until you discard it.`),
      ...(more ? [h("p", null, `${more} Look whether it is needed before you discard it.`)] : []),
      h("p", null, discardButton(this.open), " ", known.ended?.how === "discarded" && quietButton("Go on with it here", goOn)),
    ];
  }

  #branch() {
    return [
      h("p", null, `${this.beside} Nothing is put together by itself: you choose.`),
      h("p", null, h("a.app-action", { href: `#/both/${this.open.draft.id}` }, "See both and choose")),
    ];
  }
}

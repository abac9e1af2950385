// @ts-check
// Taking back the last change of a visit, and discarding the visit: both leave everything where it can be brought back from.

import { cellsOf, difference } from "../changes.js";
import { discard } from "../discarded.js";
import { button, h, quietButton } from "../dom.js";
import { ChangeWords, inOneSentence } from "../form/change_words.js";
import { takenBack, toUndo } from "../history.js";
import { sheet } from "../sheet.js";

/** @import { App } from "../main.js" */
/** @import { Autosave } from "../drafts.js" */
/** @import { Form } from "../form/form.js" */
/** @import { Records } from "../records.js" */
/** @import { Draft, KeptFamily, Question } from "../types" */
/** @typedef {{ app: App, records: Records, draft: Draft, autosave: Autosave, family: KeptFamily }} Open */

/** The button in the visit's bar, and beside it what it took back. */
export class Undo {
  /** @param {Open} open */
  constructor(open) {
    this.open = open;
    this.said = h("p.app-undone", { role: "status", id: "undone" });
    this.button = h("button.app-marker", { type: "button", id: "undo", hidden: true, onclick: () => this.#press() }, "Undo");
    /** @type {Map<string, Question>} */
    this.questions = new Map();
  }

  /** There may be something to take back from before. @param {Form} form */
  async begin(form) {
    this.questions = form.questions;
    (form.element.closest(".app-visit") ?? form.element).addEventListener("click", () => this.said.replaceChildren());
    if (await toUndo(this.open.records, this.open.draft)) this.button.hidden = false;
  }

  changed() {
    this.button.hidden = false;
    this.said.replaceChildren();
  }

  /** Nothing can be pressed or typed until the page that stands here is gone: it would go into a draft that nobody sees. */
  async #press() {
    const { app } = this.open;
    const screen = /** @type {HTMLElement} */ (this.button.closest(".app-visit"));
    screen.inert = true;
    await this.#takeBack().catch(app.notSaved);
    screen.inert = false;
  }

  /** The page is drawn again from the draft: what is hidden or shown, and which rows there are, may be other than now. */
  async #takeBack() {
    const { app, records, draft, autosave, family } = this.open;
    await autosave.settled();
    const last = await toUndo(records, draft);
    if (!last) return this.said.replaceChildren("There is nothing to take back.");
    const before = cellsOf(draft);
    takenBack(draft, last);
    autosave.touch("", { undo: last.number });
    await autosave.settled();
    const after = cellsOf(draft);
    const lines = new ChangeWords(this.questions, family, after).lines(difference(before, after));
    const height = scrollY;
    await app.draw();
    scrollTo(0, height);
    document.querySelector(`[data-path="${lines[0]?.key}"]`)?.scrollIntoView({ block: "center" });
    document.getElementById("undo")?.focus({ preventScroll: true });
    document.getElementById("undone")?.append(`Taken back: ${inOneSentence(lines)}.`);
  }
}

/** @param {Open} open */
export function discardButton({ app, records, draft, autosave, family }) {
  const go = async () => {
    await autosave.settled();
    await discard(records, draft, autosave.revision, app.now());
    app.go(`#/family/${family.household}`);
  };
  const ask = () => {
    const dialog = sheet(
      "Discard this visit?", {},
      h("p", null, "It is not sent, and it leaves this screen and the family’s. For thirty days it stands under “Discarded” on “Waiting and sent”, and can be brought back as it is. After that it is removed from this tablet with everything that was changed in it."),
      draft.body.calls.length > 0 && h("p", null, "The calls that you wrote down in it go with it."),
      button("Discard this visit", () => go().finally(() => dialog.close()).catch(app.notSaved)), " ", quietButton("Keep it", () => dialog.close()),
    );
  };
  return quietButton("Discard this visit", ask);
}

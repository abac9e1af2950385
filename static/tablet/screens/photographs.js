// @ts-check
// Photographs of the place, at the end of a visit: what may be photographed, who agreed, and each photograph with its place and a caption.
// A picture is drawn anew and encrypted as soon as it is taken; it is shown for as long as this screen is, and nowhere else.

import { clock } from "../dates.js";
import { button, details, fault, field, h, quietButton } from "../dom.js";
import { agreed, keepPicture, MOST, photographsOf, pictureOf, PLACES, setPhotographs } from "../photographs.js";
import { NoPicture, redrawn, show } from "../picture.js";
import { sheet } from "../sheet.js";

/** @import { App } from "../main.js" */
/** @import { Records } from "../records.js" */
/** @import { Consent, Draft, Taken } from "../types" */

const KINDS = ["visit", "antenatal", "visit_not_completed"];
const NOT_A_PICTURE = "This tablet cannot read that file as a picture. Take the photograph again with the camera. The visit is as it was.";
const NO_ROOM = "The photograph is not kept: this tablet’s storage gave an error. The visit is as it was.";
const TAKE = "Take a photograph";

/** Whether photographs may be taken with a form of this kind. @param {string} kind */
export const takesPhotographs = (kind) => KINDS.includes(kind);

export class PhotographsBlock {
  /** @param {{ app: App, records: Records, draft: Draft, changed: (stay?: string) => void }} given */
  constructor({ app, records, draft, changed }) {
    this.app = app;
    this.records = records;
    this.draft = draft;
    this.changed = changed;
    /** @type {Promise<void>} what is being drawn anew just now */
    this.working = Promise.resolve();
    this.said = h("p.app-hint", { role: "status", id: "photograph-said" });
    this.list = h("ul.app-photographs");
    this.consent = this.#consent();
    this.place = this.#places("photograph-place", "");
    this.input = /** @type {HTMLInputElement} */ (h("input", { type: "file", accept: "image/*", capture: "environment", hidden: true, id: "photograph", "aria-label": TAKE }));
    this.input.addEventListener("change", () => (this.working = this.#taken()));
    const { taken, consent } = photographsOf(draft.body);
    this.element = details("",
      h("p.app-warning", null, h("strong", null, "Of a place only: a room, a bed, something that is not safe. "), "Never of a child or anybody else, and never of an injury. They are kept with the visit, and no letter has them."),
      ...this.consent, h("div.app-photographs__add", null, h("label.nhsuk-label", { for: "photograph-place" }, "Which place?"), this.place),
      button(TAKE, () => this.#take(), "nhsuk-button--secondary"), this.input, this.said, this.list);
    this.element.id = "photographs";
    this.element.toggleAttribute("open", taken.length > 0 || Boolean(consent.who));
    this.#draw();
  }

  /** Until nothing is being worked on: it would go into a draft that nobody sees. */
  settled = () => this.working;

  /** @param {{ consent?: Consent, taken?: Taken[] }} parts @param {string} [stay] */
  #change(parts, stay) {
    const { consent, taken } = photographsOf(this.draft.body);
    setPhotographs(this.draft.body, { consent, taken: [...taken], ...parts });
    this.changed(stay);
  }

  /** @returns {[HTMLElement, HTMLElement]} */
  #consent() {
    const { consent } = photographsOf(this.draft.body);
    const who = field({ id: "photograph-who", label: "Who agreed?", hint: "A name, or who it is in the family.", value: consent.who });
    const name = /** @type {HTMLInputElement} */ (who.querySelector("input"));
    const tick = /** @type {HTMLInputElement} */ (h("input.nhsuk-checkboxes__input", { type: "checkbox", id: "photograph-agreed" }));
    tick.checked = consent.agreed;
    const now = () => photographsOf(this.draft.body);
    name.addEventListener("input", () => {
      if (!name.value.trim() && now().taken.length) return; // those that were taken stay agreed to by somebody
      this.#change({ consent: { ...now().consent, who: name.value } }, name.id);
    });
    name.addEventListener("change", () => (name.value = now().consent.who));
    const keep = (/** @type {boolean} */ yes) => {
      tick.checked = yes;
      this.#change({ consent: { ...now().consent, agreed: yes, at: yes ? new Date(this.app.now()).toISOString() : null }, ...(yes ? {} : { taken: [] }) });
      this.#draw();
    };
    tick.addEventListener("change", () => {
      if (tick.checked || !now().taken.length) return keep(tick.checked);
      tick.checked = true;
      this.#noLonger(() => keep(false));
    });
    const label = h("label.nhsuk-label.nhsuk-checkboxes__label", { for: tick.id }, "They agreed to photographs of the room, and know they are kept with the visit");
    return [who, h("div.app-options.app-photographs__agreed", null, h("div.nhsuk-checkboxes__item", null, tick, label))];
  }

  /** Who agreed may think again. @param {() => void} remove */
  #noLonger(remove) {
    const { taken } = photographsOf(this.draft.body);
    const these = taken.length === 1 ? "the photograph" : `all ${taken.length} photographs`;
    const dialog = sheet("They no longer agree?", {}, h("p", null, `This takes ${these} out of the visit. Until the visit is finished “Undo” brings them back.`),
      button(`Take ${these} out`, () => (dialog.close(), remove())), " ", quietButton("Keep them", () => dialog.close()));
  }

  /** @param {string} id @param {string} chosen */
  #places(id, chosen) {
    const options = Object.entries(PLACES).map(([code, words]) => h("option", { value: code, selected: code === chosen }, words));
    return /** @type {HTMLSelectElement} */ (h("select.app-select", { id }, !chosen && h("option", { value: "" }, "Choose a place"), ...options));
  }

  #take() {
    const [who, tick] = this.consent;
    const { body } = this.draft;
    this.#say("");
    fault(who, "");
    if (!agreed(body)) {
      if (!photographsOf(body).consent.who.trim()) return fault(who, "Write down first who agreed");
      this.#say("Tick first that they agreed and know that the photographs are kept with the visit.");
      return /** @type {HTMLElement} */ (tick.querySelector("input")).focus();
    }
    if (photographsOf(body).taken.length >= MOST) return this.#say(`A visit can have ${MOST} photographs. Take one out first.`);
    if (!this.place.value) {
      this.#say("Choose first which place it shows.");
      return this.place.focus();
    }
    this.input.click();
  }

  async #taken() {
    const [file] = this.input.files ?? [];
    if (!file) return;
    this.#say("Working on the photograph");
    try {
      const now = new Date(this.app.now()).toISOString();
      const picture = await redrawn(file);
      if (!this.element.isConnected) return this.#say("The photograph is not kept: the visit was left meanwhile. Take it again.");
      const taken = await keepPicture(this.records, this.draft, picture, { id: this.app.newId(), place: this.place.value, now });
      this.#change({ taken: [...photographsOf(this.draft.body).taken, taken] });
      this.#draw();
      this.#say(`Encrypted and kept on this tablet at ${clock(now)}, ${Math.ceil(taken.size / 1000)} kB. What the camera wrote into it, such as where it was taken, is gone.`);
      document.getElementById(`caption-${taken.id}`)?.focus();
    } catch (error) {
      this.#say(error instanceof NoPicture ? NOT_A_PICTURE : NO_ROOM);
    } finally {
      this.input.value = ""; // the same file may be chosen again
    }
  }

  /** @param {string} words */
  #say(words) {
    const there = this.element?.isConnected !== false ? this.said : document.getElementById("state");
    there?.replaceChildren(words);
  }

  #draw() {
    const { taken } = photographsOf(this.draft.body);
    const title = /** @type {HTMLElement} */ (this.element.querySelector(".nhsuk-details__summary-text"));
    title.textContent = `Photographs of the place: ${taken.length || "none"}`;
    const drawn = new Map([...this.list.children].map((item) => [/** @type {HTMLElement} */ (item).dataset.photograph, item]));
    this.list.replaceChildren(...taken.map((one) => drawn.get(one.id) ?? this.#item(one)));
  }

  /** @param {Taken} one */
  #item({ id, place, caption }) {
    const canvas = /** @type {HTMLCanvasElement} */ (h("canvas.app-photograph__picture", { role: "img", "aria-label": `Photograph: ${PLACES[place]}` }));
    const where = this.#places(`place-${id}`, place);
    const words = field({ id: `caption-${id}`, label: "What does it show?", value: caption });
    const input = /** @type {HTMLInputElement} */ (words.querySelector("input"));
    const change = (/** @type {Partial<Taken>} */ parts, /** @type {string} */ stay = "") => this.#change({ taken: photographsOf(this.draft.body).taken.map((one) => (one.id === id ? { ...one, ...parts } : one)) }, stay);
    input.addEventListener("input", () => change({ caption: input.value }, input.id));
    where.addEventListener("change", () => {
      change({ place: where.value });
      canvas.setAttribute("aria-label", `Photograph: ${PLACES[where.value]}`);
    });
    const remove = () => {
      this.#change({ taken: photographsOf(this.draft.body).taken.filter((one) => one.id !== id) });
      this.#draw();
      this.#say("Taken out. Until the visit is finished “Undo” brings it back; then it goes for good.");
    };
    const item = h("li.app-photograph", { "data-photograph": id, "data-path": `#${id}` }, canvas,
      h("label.nhsuk-label", { for: where.id }, "Which place?"), where, words, quietButton("Take this photograph out", remove));
    void this.#show(canvas, id);
    return item;
  }

  /** @param {HTMLCanvasElement} canvas @param {string} id */
  async #show(canvas, id) {
    const taken = photographsOf(this.draft.body).taken.find((one) => one.id === id);
    const picture = taken && (await pictureOf(this.records, this.draft.id, taken));
    const shown = picture && (await show(canvas, picture).then(() => true, () => false));
    if (!shown) canvas.replaceWith(h("p.app-warning", null, "This photograph is not on this device, or cannot be read here any more. Finished here, the visit goes without it, and says so."));
  }
}

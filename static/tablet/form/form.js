// @ts-check
// The form as it is filled in: the blank page the server drew, wired to one draft. An answer goes to the draft as it is given; what is
// shown or hidden is worked out again only when a question that something depends on was answered.

import { h } from "../dom.js";
import { shown } from "../rules.js";
import { answerAt, place, questionsOf, readBy, rowsAt, setAnswer } from "./body.js";
import { KINDS, keepAlone, numberFault } from "./kinds.js";
import { RowBlocks } from "./row_blocks.js";

/** @import { Answer, Bundle, Draft, KeptFamily, Question } from "../types" */

export class Form {
  /**
   * @param {{ page: Document, bundle: Bundle, draft: Draft, family: KeptFamily, newId: () => string, changed: () => void }} given
   *   changed: called after every change to the draft
   */
  constructor({ page, bundle, draft, family, newId, changed }) {
    this.bundle = bundle;
    this.draft = draft;
    this.family = family;
    this.newId = newId;
    this.changed = changed;
    this.questions = questionsOf(bundle);
    this.deciding = new Set([...this.questions.values()].flatMap((question) => readBy(question.show_if)));
    this.element = /** @type {HTMLElement} */ (document.importNode(/** @type {Node} */ (page.getElementById("form")), true));
    this.element.addEventListener("submit", (event) => event.preventDefault());
    this.element.addEventListener("input", (event) => this.#answered(/** @type {HTMLInputElement} */ (event.target)));
    this.element.addEventListener("click", (event) => openPrivate(/** @type {HTMLElement} */ (event.target)));
    this.element.addEventListener("focusin", (event) => shutOthers(this.element, /** @type {HTMLElement} */ (event.target)));
    this.element.addEventListener("change", (event) => this.#left(/** @type {HTMLInputElement} */ (event.target)));
    this.rows = new RowBlocks(this);
    this.fill(this.element);
    this.reveal();
  }

  /** @param {string} path @returns {HTMLElement | null} */
  at(path) {
    return this.element.querySelector(`[data-path="${CSS.escape(path)}"]`);
  }

  /** Goes to a question, or to the nearest thing there is to it. @param {string} path */
  jump(path) {
    const target = this.at(path) ?? this.element;
    target.scrollIntoView({ block: "center" });
    const control = /** @type {HTMLElement | null} */ (target.querySelector(":scope > [data-private], input:not([hidden]), textarea, button"));
    control?.focus({ preventScroll: true });
  }

  /** The day of the visit changed: ages and what depends on them change with it. */
  dayChanged() {
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.element.querySelectorAll("article[data-row]"))) this.rows.name(row);
    this.reveal();
  }

  // --- from the draft to the page -------------------------------------------------------------------------------------

  /** @param {HTMLElement} inside */
  fill(inside) {
    const own = /** @type {NodeListOf<HTMLElement>} */ (inside.querySelectorAll("[data-question]"));
    for (const element of own) this.#write(element);
  }

  /** @param {HTMLElement} element */
  #write(element) {
    const { path, kind } = /** @type {{ path: string, kind: string }} */ (/** @type {unknown} */ (element.dataset));
    const answer = answerAt(this.draft.body, path);
    if (kind === "rows") return this.#writeRows(element, path);
    KINDS[kind].write(part(element, "value"), this.draft.typed[path] ?? answer?.value);
    check(element, "known", answer?.known);
    check(element, "absent", answer?.absent);
    this.#tidy(element, answer);
    sayFault(element, this.#faultOf(element));
  }

  /** @param {HTMLElement} element @param {string} path */
  #writeRows(element, path) {
    const answer = answerAt(this.draft.body, path);
    const complete = /** @type {HTMLInputElement} */ (ownComplete(element));
    complete.checked = Boolean(answer?.complete);
    complete.addEventListener("change", () => this.change(path, () => (rowsAt(this.draft.body, path).complete = complete.checked)));
    for (const row of answer?.rows ?? []) this.rows.draw(element, path, row);
    this.rows.offer(element, path);
  }

  // --- from the page to the draft -------------------------------------------------------------------------------------

  /** @param {HTMLInputElement} control */
  #answered(control) {
    const element = /** @type {HTMLElement | null} */ (control.closest("[data-question]"));
    if (!element || element.dataset.kind === "rows") return;
    const within = control.closest(".app-question > [data-part]")?.getAttribute("data-part");
    if (within === "value") {
      keepAlone(control);
      check(element, "absent", undefined);
    }
    if (within === "absent") this.#blank(element);
    this.#take(element);
  }

  /** Clears what was answered and why it was not. @param {HTMLElement} element */
  #blank(element) {
    KINDS[/** @type {string} */ (element.dataset.kind)].write(part(element, "value"), undefined);
    check(element, "known", undefined);
  }

  /** @param {HTMLElement} element */
  #take(element) {
    const path = /** @type {string} */ (element.dataset.path);
    const answer = this.#read(element, path);
    this.change(path, () => setAnswer(this.draft.body, path, answer));
    this.#tidy(element, answer);
  }

  /** @param {HTMLElement} element @param {string} path @returns {Answer | undefined} */
  #read(element, path) {
    const absent = checked(element, "absent");
    delete this.draft.typed[path];
    if (absent) return { absent };
    const question = this.question(path);
    if (this.#faultOf(element)) this.draft.typed[path] = /** @type {HTMLInputElement} */ (element.querySelector("input")).value;
    const value = KINDS[question.kind].read(part(element, "value"), question);
    if (value === undefined) return undefined;
    const known = checked(element, "known");
    return known ? { value, known } : { value };
  }

  /** A number is looked at when the field is left, not while it is typed. @param {HTMLInputElement} control */
  #left(control) {
    const element = /** @type {HTMLElement | null} */ (control.closest("[data-question]"));
    if (element) sayFault(element, this.#faultOf(element));
  }

  /** @param {string} path @param {() => unknown} change */
  change(path, change) {
    change();
    this.changed();
    const id = /** @type {string} */ (path.split("/").pop());
    if (this.deciding.has(id)) this.reveal();
  }

  // --- what is seen ---------------------------------------------------------------------------------------------------

  /** Shows what applies. An answer to a question that no longer applies is set aside, and comes back with it. */
  reveal() {
    for (const [path, applies] of shown(this.bundle, this.draft.body, this.family.given)) {
      const element = this.at(path);
      if (!element || element.hidden === (applies !== true)) continue;
      element.hidden = applies !== true;
      if (element.hidden) this.#setAside(path);
      else this.#bringBack(path, element);
    }
  }

  /** @param {string} path */
  #setAside(path) {
    const answer = answerAt(this.draft.body, path);
    if (answer === undefined) return;
    this.draft.aside[path] = answer;
    setAnswer(this.draft.body, path, undefined);
    this.changed();
  }

  /** @param {string} path @param {HTMLElement} element */
  #bringBack(path, element) {
    const answer = this.draft.aside[path];
    if (answer === undefined || answerAt(this.draft.body, path) !== undefined) return;
    delete this.draft.aside[path];
    setAnswer(this.draft.body, path, answer);
    if (element.dataset.kind !== "rows") this.#write(element);
    this.changed();
  }

  /** @param {HTMLElement} element @param {Answer | undefined} answer */
  #tidy(element, answer) {
    const known = element.querySelector(":scope > [data-part=known]");
    if (known) /** @type {HTMLElement} */ (known).hidden = !(answer && "value" in answer);
    const clear = /** @type {HTMLElement} */ (element.querySelector(":scope > [data-clear]"));
    clear.hidden = answer === undefined;
    const absent = element.querySelector(":scope > [data-part=absent]");
    if (absent) /** @type {HTMLElement} */ (absent).hidden = Boolean(answer && "value" in answer); // the way it is known stands there instead
    clear.onclick = () => {
      this.#blank(element);
      check(element, "absent", undefined);
      this.#take(element);
      /** @type {HTMLElement} */ (element.querySelector("input, textarea")).focus();
    };
  }

  /** @param {HTMLElement} element @returns {string} */
  #faultOf(element) {
    if (element.dataset.kind !== "integer") return "";
    return numberFault(/** @type {HTMLInputElement} */ (element.querySelector("input")).value, this.question(/** @type {string} */ (element.dataset.path)));
  }

  /** @param {string} path @returns {Question} */
  question(path) {
    return /** @type {Question} */ (this.questions.get(/** @type {string} */ (path.split("/").pop())));
  }

  /** Whether the place is still in the visit. @param {string} path */
  has(path) {
    return place(this.draft.body, path) !== null && this.at(path) !== null;
  }
}

/** Opens what is for the practitioner alone, or shuts it. @param {HTMLElement} pressed */
function openPrivate(pressed) {
  const toggle = pressed.closest("[data-private]");
  toggle?.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") === "false"));
}

/** Going on to something else shuts what is for the practitioner alone. @param {HTMLElement} form @param {HTMLElement} at */
function shutOthers(form, at) {
  for (const toggle of form.querySelectorAll("[data-private][aria-expanded=true]")) if (!toggle.parentElement?.contains(at)) toggle.setAttribute("aria-expanded", "false");
}

/** @param {HTMLElement} element @param {string} name @returns {HTMLElement} */
const part = (element, name) => /** @type {HTMLElement} */ (element.querySelector(`:scope > [data-part=${name}]`));

/** @param {HTMLElement} element @returns {HTMLInputElement | null} */
const ownComplete = (element) => element.querySelector(`:scope > .nhsuk-form-group .app-complete input`);

/** @param {HTMLElement} element @param {string} name */
const radiosOf = (element, name) => /** @type {HTMLInputElement[]} */ ([...(part(element, name)?.querySelectorAll("input") ?? [])]);

/** @param {HTMLElement} element @param {string} name */
const checked = (element, name) => radiosOf(element, name).find((radio) => radio.checked)?.value;

/** @param {HTMLElement} element @param {string} name @param {string | undefined} code */
const check = (element, name, code) => radiosOf(element, name).forEach((radio) => (radio.checked = radio.value === code));

/** @param {HTMLElement} element @param {string} message */
function sayFault(element, message) {
  const group = element.querySelector(":scope > [data-part=value] .nhsuk-form-group");
  if (!group || (!message && !group.classList.contains("nhsuk-form-group--error"))) return;
  group.querySelector(".nhsuk-error-message")?.remove();
  group.classList.toggle("nhsuk-form-group--error", Boolean(message));
  if (message) group.querySelector("label")?.after(h("p.nhsuk-error-message", { role: "alert" }, message));
}

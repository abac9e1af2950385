// @ts-check
// The form as it is filled in: the blank page the server drew, wired to one draft. An answer goes to the draft as it is given; what is
// shown or hidden is worked out again only when a question that something depends on was answered.

import { h } from "../dom.js";
import { shown } from "../rules.js";
import { Before } from "./before.js";
import { markRegions, pressRegion } from "./body_map.js";
import { answerAt, place, questionsOf, readBy, setAnswer } from "./body.js";
import { KINDS, TYPED, keepAlone, numberFault } from "./kinds.js";
import { check, checked, completeOf, part } from "./parts.js";
import { RowBlocks } from "./row_blocks.js";
import { cloneInto } from "./rows.js";
import { keepWay, sayTaken, takeWay } from "./ways.js";

/** @import { Answer, Bundle, Draft, KeptFamily, Question } from "../types" */

export class Form {
  /**
   * @param {{ page: Document, bundle: Bundle, draft: Draft, family: KeptFamily, newId: () => string, changed: (stay?: string, empty?: boolean) => void }} given
   *   changed: called after every change to the draft, with a name for this stay in a field while somebody types; empty when it only made room for answers
   */
  constructor({ page, bundle, draft, family, newId, changed }) {
    this.bundle = bundle;
    this.draft = draft;
    this.family = family;
    this.newId = newId;
    this.changed = changed;
    this.questions = questionsOf(bundle);
    this.deciding = new Set([...this.questions.values()].flatMap((question) => readBy(question.show_if)));
    this.sections = new Map(bundle.sections.flatMap((section) => section.questions.map((question) => [question.id, section.id])));
    /** @type {Map<string, HTMLElement>} questions as they are drawn, by path: looking one up is not to search a page of thousands of elements */
    this.drawn = new Map();
    /** @type {Map<string, HTMLTemplateElement>} questions that were not asked yet, by path */
    this.later = new Map();
    /** @type {Set<string>} sections in which something was answered, shown or hidden since they were last counted */
    this.touched = new Set(bundle.sections.map((section) => section.id));
    /** @type {Set<string> | null} questions answered, shown or hidden since the rules were run last; null when all of them must be run */
    this.news = null;
    this.stays = 0;
    this.typing = ""; // the stay in a field in which something is being typed just now
    this.before = new Before(this);
    this.element = /** @type {HTMLElement} */ (document.adoptNode(/** @type {Node} */ (page.getElementById("form")))); // the page was parsed for this form alone
    this.element.addEventListener("submit", (event) => event.preventDefault());
    this.element.addEventListener("input", (event) => this.#answered(/** @type {HTMLInputElement} */ (event.target)));
    this.element.addEventListener("click", (event) => pressRegion(/** @type {HTMLElement} */ (event.target)) || openPrivate(/** @type {HTMLElement} */ (event.target)));
    this.element.addEventListener("focusin", (event) => shutOthers(this.element, /** @type {HTMLElement} */ (event.target)));
    this.element.addEventListener("change", (event) => this.#left(/** @type {HTMLInputElement} */ (event.target)));
    this.rows = new RowBlocks(this);
    this.fill(this.element);
    this.reveal();
  }

  /** @param {string} path @returns {HTMLElement | null} */
  at(path) {
    const element = this.drawn.get(path);
    return element && this.element.contains(element) ? element : null;
  }

  /** The section that a question stands in. @param {string} path */
  sectionOf(path) {
    return /** @type {string} */ (this.sections.get(path.split("/", 1)[0]));
  }

  /** Goes to a question, or to the nearest thing there is to it. @param {string} path */
  jump(path) {
    const target = this.at(path) ?? this.element;
    target.scrollIntoView({ block: "center" });
    const controls = /** @type {HTMLElement[]} */ ([...target.querySelectorAll(":scope > [data-private], input, textarea, button")]);
    controls.find((control) => control.getClientRects().length)?.focus({ preventScroll: true });
  }

  /** What happened since this was asked last; null for everything. @returns {Set<string> | null} */
  takeNews() {
    const { news } = this;
    this.news = new Set();
    return news;
  }

  /** The day of the visit changed: ages and what depends on them change with it. */
  dayChanged() {
    this.news = null;
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.element.querySelectorAll("article[data-row]"))) this.rows.name(row);
    this.reveal();
  }

  // --- from the draft to the page -------------------------------------------------------------------------------------

  /** @param {HTMLElement} inside */
  fill(inside) {
    const own = /** @type {HTMLElement[]} */ ([...inside.querySelectorAll("[data-question], template[data-later]")]);
    for (const element of own) {
      if (element instanceof HTMLTemplateElement) this.later.set(/** @type {string} */ (element.dataset.later), element);
      else this.#draw(element, /** @type {string} */ (element.dataset.path));
    }
    this.before.group(own);
  }

  /** Draws a question that is asked for the first time. @param {string} path @returns {HTMLElement | undefined} */
  #drawLater(path) {
    const template = this.later.get(path);
    if (!template) return undefined;
    const element = cloneInto(template, path.slice(0, path.lastIndexOf("/") + 1));
    this.later.delete(path);
    template.replaceWith(element);
    this.#draw(element, path);
    return element;
  }

  /** @param {HTMLElement} element @param {string} path */
  #draw(element, path) {
    this.drawn.set(path, element);
    if (element.dataset.kind === "rows") return this.#writeRows(element, path);
    this.before.draw(element, path);
    this.#write(element, path);
  }

  /** @param {HTMLElement} element @param {string} path */
  #write(element, path) {
    const answer = answerAt(this.draft.body, path);
    KINDS[/** @type {string} */ (element.dataset.kind)].write(part(element, "value"), this.draft.typed[path] ?? answer?.value);
    check(element, "known", answer?.known);
    check(element, "absent", answer?.absent);
    this.#tidy(element, path, answer);
    sayFault(element, this.#faultOf(element, path));
  }

  /** @param {HTMLElement} element @param {string} path */
  #writeRows(element, path) {
    const answer = answerAt(this.draft.body, path);
    const complete = completeOf(element);
    complete.checked = Boolean(answer?.complete);
    complete.addEventListener("change", () => this.rows.complete(path, complete.checked));
    for (const row of answer?.rows ?? []) this.rows.drawKept(element, path, row);
    this.rows.offer(element, path);
    this.rows.blank(element, path);
  }

  // --- from the page to the draft -------------------------------------------------------------------------------------

  /** @param {HTMLInputElement} control */
  #answered(control) {
    const element = /** @type {HTMLElement | null} */ (control.closest("[data-question]"));
    if (!element || element.dataset.kind === "rows") return;
    const path = /** @type {string} */ (element.dataset.path);
    const within = control.closest(".app-question > [data-part]")?.getAttribute("data-part");
    if (within === "value") {
      keepAlone(control);
      check(element, "absent", undefined);
      takeWay(this, element, path);
    }
    if (within === "known") keepWay(this, element, path);
    if (within === "absent") this.#blank(element);
    this.typing = within === "value" && TYPED.includes(/** @type {string} */ (element.dataset.kind)) ? `${path} ${this.stays}` : "";
    this.#take(element, path);
    this.typing = "";
  }

  /** Clears what was answered and why it was not. @param {HTMLElement} element */
  #blank(element) {
    KINDS[/** @type {string} */ (element.dataset.kind)].write(part(element, "value"), undefined);
    check(element, "known", undefined);
    sayTaken(element, false);
  }

  /** @param {HTMLElement} element @param {string} path */
  #take(element, path) {
    const answer = this.#read(element, path);
    const begun = (answer !== undefined || path in this.draft.typed) && this.rows.begin(path);
    this.change(path, () => setAnswer(this.draft.body, path, answer));
    if (begun) this.reveal();
    this.#tidy(element, path, answer);
  }

  /** Several answers at once that were not given at their own questions. @param {[string, Answer | undefined][]} answers */
  give(answers) {
    for (const [path, answer] of answers) {
      this.#touch(path);
      setAnswer(this.draft.body, path, answer);
      this.#write(/** @type {HTMLElement} */ (this.at(path)), path);
    }
    this.changed();
    this.reveal();
  }

  /** @param {HTMLElement} element @param {string} path @returns {Answer | undefined} */
  #read(element, path) {
    const absent = checked(element, "absent");
    delete this.draft.typed[path];
    if (absent) return { absent };
    const question = this.question(path);
    if (this.#faultOf(element, path)) this.draft.typed[path] = /** @type {HTMLInputElement} */ (element.querySelector("input")).value;
    const value = KINDS[question.kind].read(part(element, "value"), question);
    if (value === undefined) return undefined;
    const known = checked(element, "known");
    return known ? { value, known } : { value };
  }

  /** A number is looked at when the field is left, not while it is typed. @param {HTMLInputElement} control */
  #left(control) {
    this.stays += 1;
    const element = /** @type {HTMLElement | null} */ (control.closest("[data-question]"));
    if (element?.dataset.kind !== "integer") return;
    const message = this.#faultOf(element, /** @type {string} */ (element.dataset.path));
    inPlace(() => element.getBoundingClientRect().bottom, () => sayFault(element, message));
  }

  /** @param {string} path @param {() => unknown} change */
  change(path, change) {
    change();
    this.changed(this.typing);
    if (this.deciding.has(this.#touch(path))) this.reveal();
  }

  /** A row was added that has no answer yet. @param {string} path @param {string} row its own path, with its last stroke */
  added(path, row) {
    this.changed("", true);
    this.reveal(this.deciding.has(this.#touch(path)) ? "" : row);
  }

  /** Something happened to this question: its id. @param {string} path */
  #touch(path) {
    const id = /** @type {string} */ (path.split("/").pop());
    this.touched.add(this.sectionOf(path));
    this.news?.add(id);
    return id;
  }

  // --- what is seen ---------------------------------------------------------------------------------------------------

  /** Shows what applies. An answer to a question that no longer applies is set aside, and comes back with it. @param {string} [within] only in rows whose path begins so */
  reveal(within = "") {
    let some = false;
    let rows = false;
    const all = this.rows.withBlanks(() => shown(this.bundle, this.draft.body, this.family.given, within));
    for (const [path, applies] of all) {
      const first = applies === true && !this.drawn.has(path) ? this.#drawLater(path) : undefined;
      const element = first ?? this.drawn.get(path);
      if (!element || element.hidden === (applies !== true)) continue;
      some = true;
      rows ||= first?.dataset.kind === "rows";
      element.hidden = applies !== true;
      this.#touch(path);
      if (element.hidden) this.#setAside(path);
      else this.#bringBack(path, element);
    }
    if (rows) this.reveal(within); // what is asked in rows that were just drawn
    else if (some) this.before.revealed();
  }

  /** @param {string} path */
  #setAside(path) {
    const answer = answerAt(this.draft.body, path);
    if (answer === undefined) return;
    this.draft.aside[path] = answer;
    setAnswer(this.draft.body, path, undefined);
    this.changed(this.typing);
  }

  /** @param {string} path @param {HTMLElement} element */
  #bringBack(path, element) {
    const answer = this.draft.aside[path];
    if (answer === undefined || answerAt(this.draft.body, path) !== undefined) return;
    delete this.draft.aside[path];
    setAnswer(this.draft.body, path, answer);
    if (element.dataset.kind !== "rows") this.#write(element, path);
    this.changed(this.typing);
  }

  /** @param {HTMLElement} element @param {string} path @param {Answer | undefined} answer */
  #tidy(element, path, answer) {
    const known = element.querySelector(":scope > [data-part=known]");
    if (known) /** @type {HTMLElement} */ (known).hidden = !(answer && "value" in answer);
    const clear = /** @type {HTMLElement} */ (element.querySelector(":scope > [data-clear]"));
    clear.hidden = answer === undefined;
    element.classList.toggle("app-question--answered", answer !== undefined);
    const absent = element.querySelector(":scope > [data-part=absent]");
    if (absent) /** @type {HTMLElement} */ (absent).hidden = Boolean(answer && "value" in answer); // the way it is known stands there instead
    clear.onclick = () => {
      this.#blank(element);
      check(element, "absent", undefined);
      this.#take(element, path);
      /** @type {HTMLElement} */ (element.querySelector(":scope > [data-part=before] button, input, textarea")).focus();
    };
    if (this.question(path).layout) markRegions(element, /** @type {any} */ (answer)?.value);
    this.before.show(element, path, answer);
  }

  /** @param {HTMLElement} element @param {string} path @returns {string} */
  #faultOf(element, path) {
    if (element.dataset.kind !== "integer") return "";
    return numberFault(/** @type {HTMLInputElement} */ (element.querySelector("input")).value, this.question(path));
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

/** Opens what is for the practitioner alone, of everybody in the same list, or shuts it. @param {HTMLElement} pressed */
function openPrivate(pressed) {
  const toggle = pressed.closest("[data-private]");
  if (!toggle) return;
  const opens = String(toggle.getAttribute("aria-expanded") === "false");
  for (const one of toggle.closest("[data-rows]")?.querySelectorAll("[data-private]") ?? [toggle]) if (one !== toggle) one.setAttribute("aria-expanded", opens);
  inPlace(() => toggle.getBoundingClientRect().top, () => toggle.setAttribute("aria-expanded", opens));
}

/** Going on to something that is not for the practitioner alone shuts what is. @param {HTMLElement} form @param {HTMLElement} at */
function shutOthers(form, at) {
  if (at.closest(".app-question")?.querySelector(":scope > [data-private]")) return;
  const open = [...form.querySelectorAll("[data-private][aria-expanded=true]")];
  if (open.length) inPlace(() => at.getBoundingClientRect().top, () => open.forEach((toggle) => toggle.setAttribute("aria-expanded", "false")));
}

/** Changes the page and keeps what a finger is about to press under it: a press that lands beside its target is lost. @param {() => number} where @param {() => void} change */
function inPlace(where, change) {
  const before = where();
  change();
  scrollBy(0, where() - before);
}

/** @param {HTMLElement} element @param {string} message */
function sayFault(element, message) {
  const group = element.querySelector(":scope > [data-part=value] .nhsuk-form-group");
  if (!group || (!message && !group.classList.contains("nhsuk-form-group--error"))) return;
  group.querySelector(".nhsuk-error-message")?.remove();
  group.classList.toggle("nhsuk-form-group--error", Boolean(message));
  if (message) group.querySelector("label")?.after(h("p.nhsuk-error-message", { role: "alert" }, message));
}

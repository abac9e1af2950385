// @ts-check
// What was known before, beside the question it answers. Of most questions it is only said. A question with `carry` is shut with its
// answer of before in view, and one tap says that it is still so; nothing of it counts as an answer until somebody has said that.

import { h } from "../dom.js";
import { answerAt, place, readBy } from "./body.js";
import { establishedOf, howWords, valueWords } from "./established.js";
import { part } from "./parts.js";
import { around } from "./ways.js";

/** @import { Answer, Known } from "../types" */
/** @import { Form } from "./form.js" */
/** @typedef {{ panel: HTMLElement, list: HTMLElement, button: HTMLElement, paths: string[], said: string }} Group */

/** Whether what was answered is of the kind that lasts, and can be confirmed. @param {import("../types").Question} question @param {any} value */
const lasts = ({ carry }, value) => (Array.isArray(carry) ? carry.includes(value) : Boolean(carry));

export class Before {
  /** @param {Form} form */
  constructor(form) {
    this.form = form;
    /** @type {Map<string, Known>} what can be confirmed, by the path of its question */
    this.carried = new Map();
    /** @type {Map<string, { first: HTMLElement, paths: string[] }>} what stands together, by the row, list or section it stands in */
    this.beside = new Map();
    /** @type {Map<string, Group>} the buttons for all that stands together */
    this.groups = new Map();
  }

  /** What was known, where it stands in a row of somebody's own; `carry` when it can be confirmed. @param {Element} at @param {string} path */
  #known(at, path) {
    const question = this.form.question(path);
    if (!question.measure || question.kind === "text") return undefined;
    const row = at.closest("article[data-row]");
    const whose = /** @type {HTMLElement | null} */ (at.closest('article[data-row]:not([data-person=""])'));
    if (row && !whose) return undefined; // a row of nobody's: which of several it was before, nobody can say
    const known = establishedOf(this.form.family, whose?.dataset.person ?? "", question);
    return known && { known, carry: row === whose && lasts(question, known.value) };
  }

  /** @param {HTMLElement} element @param {string} path */
  draw(element, path) {
    const found = this.#known(element, path);
    if (found?.carry) this.#strip(element, path, found.known);
    else if (found) element.querySelector("legend, label")?.after(h("p.app-last", null, `Last: ${valueWords(this.form.question(path), found.known.value)}. ${howWords(found.known)}`));
  }

  /** @param {HTMLElement} element @param {string} path @param {Known} known */
  #strip(element, path, known) {
    const question = this.form.question(path);
    const which = () => h("span.nhsuk-u-visually-hidden", null, `: ${question.label}`);
    const strip = h(
      "div.app-before", { "data-part": "before" },
      h("p.app-before__label", null, question.label),
      h("p.app-before__said", null, h("strong", null, valueWords(question, known.value)), h("span", null, howWords(known))),
      h("div.app-before__do", null,
        h("button.app-still", { type: "button", "aria-pressed": "false", "data-still": true, onclick: () => this.#still(path) }, "Still so", which()),
        h("button.app-link", { type: "button", "aria-expanded": "false", "data-change": true, onclick: () => this.#open(element) }, "Change", which())),
    );
    this.carried.set(path, known);
    part(element, "value").before(strip);
  }

  /** @param {string} path @returns {Answer} */
  #confirmed(path) {
    const { value, known, on } = /** @type {Known} */ (this.carried.get(path));
    return { value, ...(this.form.question(path).known.includes(known) ? { known } : {}), since: on };
  }

  /** @param {string} path */
  #sinceOf(path) {
    return answerAt(this.form.draft.body, path)?.since;
  }

  /** @param {string} path */
  #still(path) {
    this.form.give([[path, this.#sinceOf(path) ? undefined : this.#confirmed(path)]]);
  }

  /** @param {HTMLElement} element */
  #open(element) {
    this.#shut(element, false);
    /** @type {HTMLElement} */ (part(element, "value").querySelector("input:checked, input, textarea")).focus();
  }

  /** @param {HTMLElement} element @param {boolean} shut */
  #shut(element, shut) {
    element.classList.toggle("app-question--shut", shut);
    part(element, "before").querySelector("[data-change]")?.setAttribute("aria-expanded", String(!shut));
  }

  /** Follows an answer that was given, confirmed or cleared. @param {HTMLElement} element @param {string} path @param {any} answer */
  show(element, path, answer) {
    if (!this.carried.has(path)) return;
    part(element, "before").querySelector("[data-still]")?.setAttribute("aria-pressed", String(Boolean(answer?.since)));
    this.#shut(element, !answer || Boolean(answer.since));
    const group = this.groups.get(this.#together(path));
    if (group) this.#state(group);
  }

  // --- all of a row, or of a section, in one tap ----------------------------------------------------------------------

  /** Puts one button before several that can be confirmed together. @param {HTMLElement[]} those in their order: questions just drawn, and the templates of those to be drawn later */
  group(those) {
    const changed = new Set();
    for (const at of those) {
      const path = /** @type {string} */ (at.dataset.path ?? at.dataset.later);
      const found = this.#known(at, path);
      if (!found?.carry) continue;
      const where = this.#together(path);
      this.carried.set(path, found.known);
      const there = this.beside.get(where) ?? { first: at, paths: [] };
      there.paths.push(path);
      this.beside.set(where, there);
      changed.add(where);
    }
    for (const where of changed) this.#regroup(where);
  }

  /** @param {string} where */
  #regroup(where) {
    const { first, paths } = /** @type {{ first: HTMLElement, paths: string[] }} */ (this.beside.get(where));
    const group = this.groups.get(where);
    if (group) this.#state(group);
    else if (paths.length > 1) this.groups.set(where, this.#panel(this.#ofAdults(where) ? /** @type {HTMLElement} */ (first.closest("[data-rows]")) : first, paths));
  }

  /**
   * What one press confirms: a child's own row, so that no child's answers are ever taken for another's; all the adults of a list; outside
   * rows, a section. @param {string} path
   */
  #together(path) {
    const rows = path.split("/", 1)[0];
    return this.#ofAdults(rows) && path.includes("/") ? rows : around(this.form, path);
  }

  /** @param {string} rows */
  #ofAdults(rows) {
    return this.form.questions.get(rows)?.of === "adult";
  }

  /** @param {HTMLElement} first what it stands before @param {string[]} paths @returns {Group} */
  #panel(first, paths) {
    const button = h("button.app-still.app-still--all", { type: "button", "aria-pressed": "false" }, "All still so");
    const list = h("ul.app-before__list");
    const panel = h("div.app-before-all", { role: "group", "aria-label": "Known before" }, h("p.app-before__label", null, "Known before"), list, button);
    const group = { panel, list, button, paths, said: "" };
    button.addEventListener("click", () => this.#allStill(group));
    first.before(panel);
    this.#state(group);
    return group;
  }

  /** Those that apply now, and those that only wait for others of the same group. @param {Group} group */
  #applying({ paths }) {
    const there = new Set(paths);
    return paths.filter((path) => {
      const waits = readBy(this.form.question(path).show_if);
      const beside = path.slice(0, path.lastIndexOf("/") + 1);
      return this.form.drawn.get(path)?.hidden === false || (waits.length > 0 && waits.every((id) => there.has(beside + id)));
    });
  }

  /** @param {Group} group */
  #state(group) {
    const { panel, list, button } = group;
    const those = this.#applying(group);
    const open = those.filter((path) => answerAt(this.form.draft.body, path) === undefined);
    const still = those.filter((path) => this.#sinceOf(path));
    panel.hidden = those.length < 2 || open.length + still.length === 0;
    button.setAttribute("aria-pressed", String(!open.length && still.length > 0));
    const said = those.join();
    if (said !== group.said) list.replaceChildren(...those.map((path) => h("li", null, this.#line(path))));
    group.said = said;
  }

  /** @param {string} path */
  #line(path) {
    const question = this.form.question(path);
    const person = this.#ofAdults(path.split("/", 1)[0]) && place(this.form.draft.body, path)?.row?.person;
    const who = person ? `${this.form.family.people.find((one) => one.id === person)?.given_names}: ` : "";
    return `${who}${question.label}${question.label.endsWith("?") ? "" : ":"} ${valueWords(question, /** @type {Known} */ (this.carried.get(path)).value)}`;
  }

  /** Pressed again, it takes back what is confirmed. @param {Group} group */
  #allStill(group) {
    const { paths, button } = group;
    if (button.getAttribute("aria-pressed") === "true") return this.form.give(paths.filter((path) => this.#sinceOf(path)).map((path) => [path, undefined]));
    for (let open = this.#unsaid(paths); open.length; open = this.#unsaid(paths)) this.form.give(open.map((path) => [path, this.#confirmed(path)]));
  }

  /** Those that are shown and have no answer: a confirmed one can bring up others. @param {string[]} paths */
  #unsaid(paths) {
    return paths.filter((path) => this.form.drawn.get(path)?.hidden === false && answerAt(this.form.draft.body, path) === undefined);
  }

  /** What applies has changed. */
  revealed() {
    for (const group of this.groups.values()) this.#state(group);
  }
}

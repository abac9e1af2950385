// @ts-check
// The blocks of a question with rows: each child, each sleep, each person who shared it. Whose block it is stands over it always; a block
// is added in one tap, and one that was removed by mistake can be put back. Where there is none yet, a blank one stands ready: it is no
// row of the visit, and no answer can be read from it, until the first answer is given in it.

import { h } from "../dom.js";
import { membersOf } from "../drafts.js";
import { rowTitle } from "../people.js";
import { answerAt, place, rowsAt } from "./body.js";
import { completeOf } from "./parts.js";
import { cloneRow } from "./rows.js";

/** @import { Row } from "../types" */
/** @import { Form } from "./form.js" */

export class RowBlocks {
  /** @param {Form} form */
  constructor(form) {
    this.form = form;
    /** @type {Map<string, { row: Row, article: HTMLElement, element: HTMLElement }>} the blank blocks, by the path of their question */
    this.blanks = new Map();
  }

  /** @param {HTMLElement} element @param {string} path @param {Row} row */
  draw(element, path, row) {
    const article = cloneRow(element, `${path}/${row.id}/`);
    article.dataset.person = row.person ?? "";
    article.dataset.id = row.id;
    /** @type {HTMLElement} */ (element.querySelector(":scope > [data-rows]")).append(article);
    this.name(article);
    this.form.fill(article);
    return article;
  }

  /** @param {HTMLElement} element @param {string} path @param {Row} row */
  drawKept(element, path, row) {
    const article = this.draw(element, path, row);
    this.#removable(article, element, path, row);
    return article;
  }

  /** @param {HTMLElement} article @param {HTMLElement} element @param {string} path @param {Row} row */
  #removable(article, element, path, row) {
    if (row.person && this.form.question(path).of && !path.includes("/")) return;
    article.querySelector(".app-row__head")?.append(this.removal(article, element, path, row));
  }

  /** A blank block for the first row of a question that is not about people of the household. @param {HTMLElement} element @param {string} path */
  blank(element, path) {
    if (this.form.question(path).of || answerAt(this.form.draft.body, path)?.rows.length) return;
    const row = { id: this.form.newId(), person: null, answers: {} };
    this.blanks.set(path, { row, element, article: /** @type {any} */ (null) });
    const article = this.draw(element, path, row);
    article.classList.add("app-row--blank");
    this.blanks.set(path, { row, element, article });
    this.offer(element, path);
  }

  /** An answer is about to be given: the blank blocks that it stands in become rows, the outer first. @param {string} path @returns {boolean} whether any did */
  begin(path) {
    const those = [...this.blanks].filter(([of, { row }]) => path.startsWith(`${of}/${row.id}/`)).sort(([a], [b]) => a.length - b.length);
    for (const [of, { row, article, element }] of those) {
      this.blanks.delete(of);
      this.form.change(of, () => rowsAt(this.form.draft.body, of).rows.push(row));
      article.classList.remove("app-row--blank");
      this.#removable(article, element, of, row);
      this.offer(element, of);
    }
    return those.length > 0;
  }

  /** What a reader of the visit would see if the blank blocks were rows of it: which of their questions to show. @template T @param {() => T} read @returns {T} */
  withBlanks(read) {
    const { body } = this.form.draft;
    /** @type {(() => void)[]} */
    const undo = [];
    for (const [path, { row }] of this.blanks) {
      const at = place(body, path);
      if (!at) continue;
      const { answers, id } = at;
      const there = id in answers;
      rowsAt(body, path).rows.push(row);
      undo.unshift(() => void (there ? rowsAt(body, path).rows.pop() : delete answers[id]));
    }
    try {
      return read();
    } finally {
      for (const step of undo) step();
    }
  }

  /** @param {HTMLElement} article */
  name(article) {
    const rows = /** @type {HTMLElement} */ (article.parentElement?.closest("[data-question]"));
    const path = rows.dataset.path ?? "";
    const person = this.form.family.people.find((one) => one.id === article.dataset.person);
    const number = [.../** @type {HTMLElement} */ (article.parentElement).children].indexOf(article) + 1;
    const own = person ? rowTitle(person, this.form.family, this.form.draft.body.occurred_on) : `${this.form.question(path).row_title ?? "Row"} ${number}`;
    const outer = article.parentElement?.closest("article[data-row]")?.querySelector("[data-title]")?.textContent?.split(", ");
    /** @type {HTMLElement} */ (article.querySelector("[data-title]")).textContent = outer && !person ? `${outer.slice(0, 2).join(", ")}: ${own}` : own;
  }

  /** Whoever of the household is not there yet, and one for anybody else. @param {HTMLElement} element @param {string} path */
  offer(element, path) {
    const question = this.form.question(path);
    const there = new Set((answerAt(this.form.draft.body, path)?.rows ?? []).map((/** @type {Row} */ row) => row.person));
    const members = question.of ? membersOf(question.of, this.form.family).filter((person) => !there.has(person.id)) : [];
    const add = (/** @type {string} */ text, /** @type {string | null} */ person) =>
      h("button.nhsuk-button.nhsuk-button--secondary.nhsuk-button--small", { type: "button", onclick: () => this.add(element, path, person) }, text);
    const title = (question.row_title ?? "row").toLowerCase();
    const other = question.of ? `Add ${question.of === "child" ? "a child" : "an adult"} who is not listed` : there.size ? `Add another: ${title}` : `Add: ${title}`;
    const buttons = /** @type {HTMLElement} */ (element.querySelector(":scope > [data-add-row]"));
    buttons.hidden = this.blanks.has(path);
    buttons.replaceChildren(...members.map((person) => add(`Add ${person.given_names}`, person.id)), add(other, null));
  }

  /** Whether these are all. Where the same people stand again in the form it is the same answer, and it is not asked twice. @param {string} path @param {boolean} all */
  complete(path, all) {
    this.begin(path);
    for (const one of [path, ...this.#samePeople(path)]) {
      this.form.change(one, () => (rowsAt(this.form.draft.body, one).complete = all));
      completeOf(/** @type {HTMLElement} */ (this.form.at(one))).checked = all;
    }
  }

  /** Other rows at the top of the form in which the same people of the household stand. @param {string} path @returns {string[]} */
  #samePeople(path) {
    const { of } = this.form.question(path);
    const people = (/** @type {string} */ id) => rowsAt(this.form.draft.body, id).rows.map((row) => row.person ?? row.id).sort().join();
    const shown = (/** @type {string} */ id) => this.form.at(id)?.hidden === false;
    if (!of || path.includes("/")) return [];
    const rows = [...this.form.sections.keys()].filter((id) => id !== path && this.form.questions.get(id)?.of === of && shown(id));
    return rows.filter((id) => people(id) === people(path));
  }

  /** @param {HTMLElement} element @param {string} path @param {string | null} person */
  add(element, path, person) {
    const row = { id: this.form.newId(), person, answers: {} };
    this.begin(path);
    rowsAt(this.form.draft.body, path).rows.push(row);
    const article = this.drawKept(element, path, row);
    this.offer(element, path);
    this.form.added(path, `${path}/${row.id}/`);
    const title = /** @type {HTMLElement} */ (article.querySelector("[data-title]"));
    title.tabIndex = -1;
    requestAnimationFrame(() => setTimeout(() => title.focus())); // once it is drawn: asked for at once, the whole page would be laid out twice
  }

  /** @param {HTMLElement} article @param {HTMLElement} element @param {string} path @param {Row} row */
  removal(article, element, path, row) {
    const remove = () => {
      const rows = rowsAt(this.form.draft.body, path).rows;
      const at = rows.findIndex((one) => one.id === row.id);
      const [taken] = rows.splice(at, 1);
      const back = h("p.app-removed", { role: "status" }, "Removed. ", h("button.app-link", { type: "button", onclick: () => putBack(at, taken) }, "Put it back"));
      article.replaceWith(back);
      /** @type {HTMLElement} */ (back.querySelector("button")).focus();
      this.form.change(path, () => {});
      this.offer(element, path);
    };
    const putBack = (/** @type {number} */ at, /** @type {Row} */ taken) => {
      rowsAt(this.form.draft.body, path).rows.splice(at, 0, taken);
      element.querySelector(":scope > [data-rows] > .app-removed")?.replaceWith(article);
      this.form.change(path, () => {});
      this.offer(element, path);
      /** @type {HTMLElement} */ (article.querySelector("button")).focus();
    };
    return h("button.app-link", { type: "button", onclick: remove }, "Remove");
  }
}

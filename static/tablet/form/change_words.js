// @ts-check
// What was changed, as a person would say it: whose answer, to which question, from what to what in the words of its options.

import { inWords } from "../dates.js";
import { PLACES } from "../photographs.js";
import { valueWords } from "./established.js";

/** @import { Answer, Cells, Change, KeptFamily, Question } from "../types" */
/** @typedef {{ key: string, place: string, from: string, to: string, alone: boolean }} Line alone: for the practitioner alone */

const HOW = /** @type {Record<string, string>} */ ({ seen: "seen", shown: "shown", told: "told", told_by_agency: "told by another agency" });
const WHY = /** @type {Record<string, string>} */ ({ not_asked: "not asked", not_seen: "not seen", refused: "would rather not say or show", not_safe_to_ask: "not safe to ask" });
export const NOTHING = "nothing";

export class ChangeWords {
  /** @param {Map<string, Question>} questions @param {KeptFamily} family @param {Cells} now */
  constructor(questions, family, now) {
    this.questions = questions;
    this.family = family;
    /** @type {Map<string, string>} rows by id: a row keeps the name it has now, or had when it was there last */
    this.rows = new Map();
    for (const [key, value] of now) this.#meet(key, value, "");
  }

  /** @param {string} key @param {any} value @param {string} since */
  #meet(key, value, since) {
    value?.rows?.forEach((/** @type {[string, string | null]} */ [id, person], /** @type {number} */ at) => {
      const name = this.family.people.find((one) => one.id === person)?.given_names ?? `${this.#question(key)?.row_title ?? "Row"} ${at + 1}`;
      if (!this.rows.has(id)) this.rows.set(id, name + since);
    });
  }

  /** @param {string} key */
  #question(key) {
    return this.questions.get(/** @type {string} */ (key.split(/[/~]/).pop()));
  }

  /** Read newest first, so that rows which were removed have their names. @param {Change["cells"]} cells @returns {Line[]} */
  lines(cells) {
    for (const [key, sides] of Object.entries(cells)) for (const side of sides) this.#meet(key, side, " (removed)");
    const folded = Object.entries(cells).flatMap(([key, [was, is]]) => [...goneFrom(was, is), ...(`~${key}` in cells ? goneFrom(is, was) : [])].map((id) => `${key}/${id}/`));
    const paths = new Set(Object.keys(cells).filter((key) => !/^[~@]/.test(key)).map((key) => key.replace("?", "")));
    const seen = [...paths].filter((path) => !folded.some((row) => path.startsWith(row)));
    const begun = (/** @type {string} */ path) => cells[path]?.[1]?.rows && !cells[path][0] && seen.some((one) => one.startsWith(`${path}/`)); // its first answer says it
    return seen.filter((path) => !begun(path)).map((path) => this.#line(cells, path)).filter(({ from, to }) => from !== to); // an empty list, and none yet
  }

  /** @param {Change["cells"]} cells @param {string} key @returns {Line} */
  #line(cells, key) {
    const [from, to] = [0, 1].map((side) => this.#said(cells, key, side));
    return { key, place: this.#place(key), from, to, alone: Boolean(this.#question(key)?.confidential) };
  }

  /** @param {string} key */
  #place(key) {
    if (key === "=") return "Day of the visit";
    if (key[0] === "!") return "Why something could not be asked";
    if (key === "#") return "Who agreed to photographs";
    if (key[0] === "#") return "A photograph";
    const steps = key.split("/");
    const who = steps.filter((_, at) => at % 2).map((id) => this.rows.get(id) ?? "");
    return [who.join(", "), this.#question(key)?.label ?? steps.pop()].filter(Boolean).join(": ");
  }

  /** @param {Change["cells"]} cells @param {string} key @param {number} side */
  #said(cells, key, side) {
    const is = cells[key]?.[side] ?? null;
    const typed = cells[`?${key}`]?.[side];
    const aside = cells[`~${key}`]?.[side];
    if (key === "=") return inWords(is);
    if (key[0] === "#") return photographWords(key, is);
    if (typeof is === "string") return quoted(is);
    if (is) return this.#answer(key, is);
    if (typed) return `${quoted(typed)}, which is no answer yet`;
    return aside ? `${this.#answer(key, aside)}, put aside with its question` : NOTHING;
  }

  /** @param {string} key @param {any} answer */
  #answer(key, answer) {
    const question = this.#question(key);
    if (answer.rows) return `${answer.rows.map((/** @type {[string]} */ [id]) => this.rows.get(id)).join(", ") || NOTHING}${answer.complete ? ", and that is all" : ""}`;
    if (answer.absent) return `no answer: ${WHY[answer.absent] ?? answer.absent}`;
    const how = [answer.known && (HOW[answer.known] ?? answer.known), answer.since && "still so"].filter(Boolean).join(", ");
    return `${quoted(question ? valueWords(question, answer.value) : String(answer.value))}${how && ` (${how})`}`;
  }
}

/** @param {string} key @param {any} is */
function photographWords(key, is) {
  if (!is) return NOTHING;
  if (key !== "#") return `${PLACES[is.place] ?? is.place}${is.caption && `, ${quoted(is.caption)}`}`;
  return is.agreed ? `agreed by ${quoted(is.who)}` : quoted(is.who);
}

/** @param {string} words */
const quoted = (words) => (words ? `“${words}”` : NOTHING);

/** Rows that are there no more. @param {any} was @param {any} is @returns {string[]} */
function goneFrom(was, is) {
  const there = new Set((is?.rows ?? []).map((/** @type {[string]} */ [id]) => id));
  return (was?.rows ?? []).map((/** @type {[string]} */ [id]) => id).filter((/** @type {string} */ id) => !there.has(id));
}

/** What was changed in one sentence, without the words of what is for the practitioner alone. @param {Line[]} lines */
export function inOneSentence(lines) {
  const [first, ...more] = lines;
  if (!first) return "a change of which nothing is seen";
  const words = first.alone ? "an answer that is for you alone" : `${first.place}, from ${first.from} to ${first.to}`;
  return more.length ? `${words}, and ${more.length} more` : words;
}

// @ts-check
// How each kind of question is read from the page and written to it: one literal table, complete against the service's.

/** @import { Question, Value } from "../types" */
/** @typedef {{ read: (part: HTMLElement, question: Question) => Value | undefined, write: (part: HTMLElement, value: Value | undefined) => void }} Binding */

/** @param {HTMLElement} part */
const boxes = (part) => /** @type {HTMLInputElement[]} */ ([...part.querySelectorAll("input")]);
/** @param {HTMLElement} part */
const line = (part) => /** @type {HTMLInputElement} */ (part.querySelector("input, textarea"));

/** @type {Binding} */
const choice = {
  read: (part) => boxes(part).find((box) => box.checked)?.value,
  write: (part, value) => boxes(part).forEach((box) => (box.checked = box.value === String(value))),
};

/** @type {Binding} nothing ticked is not answered; "none of these" is an answer */
const choices = {
  read(part) {
    const ticked = boxes(part).filter((box) => box.checked).map((box) => box.value);
    return ticked.length ? ticked : undefined;
  },
  write: (part, value) => boxes(part).forEach((box) => (box.checked = Array.isArray(value) && value.includes(box.value))),
};

/** @type {Binding} */
const yes_no = {
  read(part) {
    const said = choice.read(part, /** @type {any} */ (null));
    return said === undefined ? undefined : said === "true";
  },
  write: choice.write,
};

/** @param {HTMLElement} part @param {Value | undefined} value */
const writeLine = (part, value) => void (line(part).value = value === undefined ? "" : String(value));

/** @type {Binding} what is not a whole number within its limits is kept as typed and is not an answer yet */
const integer = {
  read: (part, question) => (numberFault(line(part).value, question) || !line(part).value.trim() ? undefined : Number(line(part).value)),
  write: writeLine,
};

/** @type {Binding} */
const date = { read: (part) => line(part).value || undefined, write: writeLine };

/** @type {Binding} */
const text = { read: (part) => line(part).value || undefined, write: writeLine };

/** Every kind but rows, which are not one answer. @type {Record<string, Binding>} */
export const KINDS = { choice, choices, yes_no, integer, date, text };

/** Kinds that are typed, letter by letter. */
export const TYPED = ["integer", "date", "text"];

/** What is wrong with a typed number; empty when nothing is. @param {string} typed @param {Question} question */
export function numberFault(typed, { minimum, maximum }) {
  const plain = typed.trim();
  if (!plain) return "";
  if (!/^-?\d{1,9}$/.test(plain)) return "Enter a whole number, in figures";
  if (minimum !== null && Number(plain) < minimum) return `Enter ${minimum} or more`;
  if (maximum !== null && Number(plain) > maximum) return `Enter ${maximum} or less`;
  return "";
}

/** "None of these" cannot stand beside others. @param {HTMLInputElement} ticked */
export function keepAlone(ticked) {
  if (ticked.type !== "checkbox" || !ticked.checked) return;
  const group = /** @type {HTMLElement} */ (ticked.closest("[data-part]"));
  const alone = ticked.hasAttribute("data-alone");
  for (const box of boxes(group)) if (box !== ticked && (alone || box.hasAttribute("data-alone"))) box.checked = false;
}

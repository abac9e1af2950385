// @ts-check
// How an answer is known is asked once a row: the way chosen last in the same row, or outside rows in the same section, is taken for the
// next answer there when its question offers it. It is seen beside the answer, said to be taken, and changed in one tap.

import { check, checked, part } from "./parts.js";

/** @import { Form } from "./form.js" */

/** What an answer shares with those beside it: its row, or outside rows its section. @param {Form} form @param {string} path */
export const around = (form, path) => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : `#${form.sectionOf(path)}`);

/** A value was given: how it is known is taken from what stands nearest. @param {Form} form @param {HTMLElement} element @param {string} path */
export function takeWay(form, element, path) {
  const { known } = form.question(path);
  if (!known.length || checked(element, "known")) return;
  const last = form.draft.ways?.[around(form, path)];
  const way = known.length === 1 ? known[0] : known.find((code) => code === last);
  check(element, "known", way);
  sayTaken(element, known.length > 1 && way !== undefined);
}

/** A way was chosen: the next answers around take it. @param {Form} form @param {HTMLElement} element @param {string} path */
export function keepWay(form, element, path) {
  const way = checked(element, "known");
  if (way) (form.draft.ways ??= {})[around(form, path)] = way;
  sayTaken(element, false);
}

/** @param {HTMLElement} element @param {boolean} taken */
export function sayTaken(element, taken) {
  const words = /** @type {HTMLElement | null} */ (part(element, "known")?.querySelector("[data-taken]"));
  if (words) words.hidden = !taken;
}

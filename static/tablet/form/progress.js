// @ts-check
// How far each section is: questions that are shown, and those with an answer or a reason for none.

/** @import { Form } from "./form.js" */

/** @param {HTMLElement} section @returns {{ answered: number, shown: number }} */
function count(section) {
  const questions = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(".app-question:not(.app-rows)")]).filter((one) => !one.closest("[hidden], .app-row--blank"));
  const answered = questions.filter((one) => one.classList.contains("app-question--answered"));
  return { answered: answered.length, shown: questions.length };
}

/** @type {WeakMap<Form, Map<string, { answered: number, shown: number }>>} */
const counted = new WeakMap();

/** Counts again only where something changed since. @param {Form} form */
export function progressOf(form) {
  const counts = counted.get(form) ?? new Map();
  counted.set(form, counts);
  for (const id of form.touched) counts.set(id, count(/** @type {HTMLElement} */ (form.element.querySelector(`#section-${id}`))));
  form.touched.clear();
  return form.bundle.sections.map(({ id, title }) => ({ id, title, .../** @type {{ answered: number, shown: number }} */ (counts.get(id)) }));
}

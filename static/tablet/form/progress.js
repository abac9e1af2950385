// @ts-check
// How far each section is: questions that are shown, and those with an answer or a reason for none.

/** @import { Form } from "./form.js" */

/** @param {HTMLElement} section @returns {{ answered: number, shown: number }} */
function count(section) {
  const questions = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(".app-question:not(.app-rows)")]).filter((one) => !one.closest("[hidden]"));
  const answered = questions.filter((one) => !(/** @type {HTMLElement} */ (one.querySelector(":scope > [data-clear]")).hidden));
  return { answered: answered.length, shown: questions.length };
}

/** @param {Form} form */
export function progressOf(form) {
  return form.bundle.sections.map((section) => {
    const element = /** @type {HTMLElement} */ (form.element.querySelector(`#section-${section.id}`));
    return { id: section.id, title: section.title, ...count(element) };
  });
}

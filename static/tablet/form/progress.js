// @ts-check
// How far each section is, and in it each child: questions that are shown, and those with an answer or a reason for none.

/** @import { Form } from "./form.js" */

/** @typedef {{ answered: number, shown: number }} Count */
/** @typedef {{ path: string, name: string } & Count} ChildCount */

/** @param {HTMLElement} section @returns {Count} */
function count(section) {
  const questions = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(".app-question:not(.app-rows)")]).filter((one) => !one.closest("[hidden], .app-row--blank"));
  const answered = questions.filter((one) => one.classList.contains("app-question--answered"));
  return { answered: answered.length, shown: questions.length };
}

/** Each child whose rows stand at the top of the section. @param {Form} form @param {HTMLElement} section @returns {ChildCount[]} */
function children(form, section) {
  const rows = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(":scope > .app-rows > [data-rows] > article:not([data-person=''])")]);
  const people = new Map(form.family.people.filter(({ role }) => role === "child").map((child) => [child.id, child.given_names]));
  const those = rows.filter(({ dataset }) => people.has(/** @type {string} */ (dataset.person)));
  if (those.length < 2) return [];
  return those.map((row) => ({ path: rowPath(row), name: /** @type {string} */ (people.get(/** @type {string} */ (row.dataset.person))), ...count(row) }));
}

/** @param {HTMLElement} row */
const rowPath = (row) => `${/** @type {HTMLElement} */ (row.closest("[data-question]")).dataset.path}/${row.dataset.id}`;

/** @type {WeakMap<Form, Map<string, Count & { children: ChildCount[] }>>} */
const counted = new WeakMap();

/** Counts again only where something changed since. @param {Form} form */
export function progressOf(form) {
  const counts = counted.get(form) ?? new Map();
  counted.set(form, counts);
  for (const id of form.touched) {
    const section = /** @type {HTMLElement} */ (form.element.querySelector(`#section-${id}`));
    counts.set(id, { ...count(section), children: children(form, section) });
  }
  form.touched.clear();
  return form.bundle.sections.map(({ id, title }) => ({ id, title, .../** @type {Count & { children: ChildCount[] }} */ (counts.get(id)) }));
}

// @ts-check
// A row is a copy of the template that the server drew. Inside it every name and id begins with "~", which here becomes the path of the
// row, so that two children's answers can never share a name.

const NAMING = ["id", "name", "for", "aria-describedby", "aria-labelledby", "data-path", "data-later"];
const SELECTOR = NAMING.map((name) => `[${name}*="~"]`).join(",");

/** @param {HTMLElement} rows the question @param {string} path of the row, with its last stroke @returns {HTMLElement} */
export function cloneRow(rows, path) {
  return cloneInto(/** @type {HTMLTemplateElement} */ (rows.querySelector(":scope > template[data-row]")), path);
}

/** What a template holds, with the path of the row it will stand in. @param {HTMLTemplateElement} template @param {string} path @returns {HTMLElement} */
export function cloneInto(template, path) {
  const copy = /** @type {DocumentFragment} */ (document.importNode(template.content, true));
  const whole = /** @type {HTMLElement} */ (copy.firstElementChild);
  for (const element of [whole, ...whole.querySelectorAll(SELECTOR)]) rename(element, path);
  return whole;
}

/** A template inside a row keeps its own "~": its rows have paths of their own. @param {Element} element @param {string} path */
function rename(element, path) {
  for (const name of NAMING) {
    const value = element.getAttribute(name);
    if (value?.includes("~")) element.setAttribute(name, value.replaceAll("~", path));
  }
}

// @ts-check
// A row is a copy of the template that the server drew. Inside it every name and id begins with "~", which here becomes the path of the
// row, so that two children's answers can never share a name.

const NAMING = ["id", "name", "for", "aria-describedby", "aria-labelledby", "data-path"];
const SELECTOR = NAMING.map((name) => `[${name}*="~"]`).join(",");

/** @param {HTMLElement} rows the question @param {string} path of the row, with its last stroke @returns {HTMLElement} */
export function cloneRow(rows, path) {
  const template = /** @type {HTMLTemplateElement} */ (rows.querySelector(":scope > template[data-row]"));
  const copy = /** @type {DocumentFragment} */ (document.importNode(template.content, true));
  const article = /** @type {HTMLElement} */ (copy.firstElementChild);
  for (const element of [article, ...article.querySelectorAll(SELECTOR)]) rename(element, path);
  return article;
}

/** A template inside a row keeps its own "~": its rows have paths of their own. @param {Element} element @param {string} path */
function rename(element, path) {
  for (const name of NAMING) {
    const value = element.getAttribute(name);
    if (value?.includes("~")) element.setAttribute(name, value.replaceAll("~", path));
  }
}

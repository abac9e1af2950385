// @ts-check
// Building what is seen: elements with text, never markup, so nothing that somebody typed can become part of the page.

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * h("p.app-note", { id: "x", onclick }, "text"): an element with its classes, properties and children.
 * @param {string} tag @param {Record<string, any> | null} [properties] @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, properties, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false).map(asNode));
  return element;
}

/** @param {any} child @returns {Node | string} */
const asNode = (child) => (child instanceof Node ? child : String(child));

/** @param {string} text @param {(event: Event) => unknown} onclick @param {string} [kind] nhsuk-button--secondary, or a link-like class */
export const button = (text, onclick, kind = "") => h("button", { class: `nhsuk-button ${kind}`, type: "button", onclick }, text);

/** @param {string} text @param {(event: Event) => unknown} onclick */
export const quietButton = (text, onclick) => h("button.app-link", { type: "button", onclick }, text);

/** Something to open for more. @param {string} summary @param {...(Child | Child[])} inside */
export function details(summary, ...inside) {
  const text = h("span.nhsuk-details__summary-text", null, summary);
  return h("details.nhsuk-details", null, h("summary.nhsuk-details__summary", null, text), h("div.nhsuk-details__text", null, ...inside));
}

/** A labelled line or area of text. @param {{ id: string, label: string, hint?: string, type?: string, rows?: number, value?: string }} field */
export function field({ id, label, hint, type = "text", rows, value = "" }) {
  const described = hint ? `${id}-hint` : null;
  const common = { id, name: id, autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-describedby": described };
  const input = rows ? h("textarea.nhsuk-textarea", { ...common, rows }) : h("input.nhsuk-input", { ...common, type });
  /** @type {HTMLInputElement} */ (input).value = value;
  return h(
    "div.nhsuk-form-group", null,
    h("label.nhsuk-label", { for: id }, label), hint && h("div.nhsuk-hint", { id: described }, hint), input,
  );
}

/** Says beside a field what is wrong with it, or nothing. @param {HTMLElement} group @param {string} message */
export function fault(group, message) {
  group.querySelector(".nhsuk-error-message")?.remove();
  group.classList.toggle("nhsuk-form-group--error", Boolean(message));
  const input = /** @type {HTMLElement} */ (group.querySelector("input, textarea"));
  input.setAttribute("aria-invalid", String(Boolean(message)));
  if (!message) return;
  input.before(h("p.nhsuk-error-message", { role: "alert" }, message));
  input.focus();
}

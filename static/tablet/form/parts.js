// @ts-check
// The parts of a question as the server drew it: its value, how it is known, why there is no answer.

/** @param {HTMLElement} element @param {string} name @returns {HTMLElement} */
export const part = (element, name) => /** @type {HTMLElement} */ (element.querySelector(`:scope > [data-part=${name}]`));

/** @param {HTMLElement} element @param {string} name */
const radiosOf = (element, name) => /** @type {HTMLInputElement[]} */ ([...(part(element, name)?.querySelectorAll("input") ?? [])]);

/** @param {HTMLElement} element @param {string} name */
export const checked = (element, name) => radiosOf(element, name).find((radio) => radio.checked)?.value;

/** @param {HTMLElement} element @param {string} name @param {string | undefined} code */
export const check = (element, name, code) => radiosOf(element, name).forEach((radio) => (radio.checked = radio.value === code));

/** Whether the rows of a question are all there are. @param {HTMLElement} element */
export const completeOf = (element) => /** @type {HTMLInputElement} */ (element.querySelector(":scope > .nhsuk-form-group .app-complete input"));

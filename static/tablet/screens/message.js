// @ts-check
// A screen with one thing to say and one way on.

import { h } from "../dom.js";

/** @param {string} title @param {string} words @param {string} href @param {string} link */
export const message = (title, words, href, link) => ({
  element: h("div", null, h("h1.nhsuk-heading-l", null, title), h("p", null, words), h("p", null, h("a.app-action", { href }, link))),
});

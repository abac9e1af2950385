// @ts-check
// A call to make before anything else: it comes up by itself, offline, when something found today cannot wait. Its words are plain
// enough to be read over a shoulder. Each attempt is written into the visit: who, when, reached or not, and what was said.

import { button, details, fault, field, h } from "../dom.js";
import { sheet } from "../sheet.js";
import { dial, numbersNow } from "../hours.js";
import { said } from "../people.js";
import { ruleOf } from "./summary.js";
import { clock } from "../dates.js";

/** @import { Call, Contact, Finding, OfficeHours } from "../types" */
/** @import { Form } from "./form.js" */
/** @typedef {{ form: Form, findings: Finding[], hours: OfficeHours, now: () => number }} Situation */

/** @param {Situation} given @returns {HTMLDialogElement} */
export function showCall({ form, findings, hours, now }) {
  const list = h("div.app-call__list");
  const dialog = sheet(
    "A call to make", { class: "app-sheet--call" },
    h("p.app-call__first", null, "If you are not safe, leave first, then phone."),
    form.draft.body.calls.some((call) => call.reached) && h("p", null, "Something was noted after you phoned: see “Why”, and phone again if it was not spoken about."),
    list,
    !form.family.contacts.some((contact) => contact.number === "999") && h("p.app-call__last", null, "In an emergency: ", h("a.app-call__number", { href: "tel:999" }, "999")),
    details("Why", h("ul", null, ...findings.map((one) => h("li", null, said(ruleOf(form.bundle, one.finding).wording, one.person, form.family))))),
  );
  const record = (/** @type {Omit<Call, "id" | "at">} */ call) => {
    form.draft.body.calls.push({ id: form.newId(), at: new Date(now()).toISOString(), ...call });
    form.changed();
    draw();
    /** @type {HTMLElement | null} */ (list.querySelector("[data-next], .app-call__made"))?.focus();
  };
  const draw = () => list.replaceChildren(...numbers(numbersNow(form.family.contacts, now(), hours), form.draft.body.calls, record));
  draw();
  return dialog;
}

/** @param {Contact[]} contacts @param {Call[]} calls @param {(call: Omit<Call, "id" | "at">) => void} record @returns {HTMLElement[]} */
function numbers(contacts, calls, record) {
  const reached = calls.find((call) => call.reached);
  const tried = new Set(calls.map((call) => call.number));
  const next = reached ? undefined : contacts.find((contact) => !tried.has(contact.number)) ?? contacts[0];
  const made = calls.length > 0 && h("ul.app-call__made", { tabindex: "-1" }, ...calls.map((call) => h("li", null, madeWords(call))));
  const again = !reached && contacts.length > 0 && contacts.every((contact) => tried.has(contact.number));
  return [
    made,
    again && h("p", null, "Every number has been tried. Start again from the top, and tell your supervisor."),
    h("ol.app-call__numbers", null, ...contacts.map((contact) => entry(contact, contact === next, record))),
  ].filter((one) => one instanceof HTMLElement);
}

/** @param {Call} call */
const madeWords = (call) =>
  call.reached ? `${clock(call.at)} You spoke to ${call.spoke_to} (${call.who})` : `${clock(call.at)} Could not get through to ${call.who}`;

/** @param {Contact} contact @param {boolean} next @param {(call: Omit<Call, "id" | "at">) => void} record */
function entry(contact, next, record) {
  const { who, number } = contact;
  const box = h("div.app-call__record");
  const spoke = () => {
    const name = field({ id: "spoke-to", label: "Who did you speak to?" });
    const words = field({ id: "they-said", label: "What did they say?", rows: 2 });
    const keep = () => {
      const spoke_to = value(name);
      if (!spoke_to) return fault(name, "Enter who you spoke to, even if only a first name");
      record({ who, number, reached: true, spoke_to, said: value(words) });
    };
    box.replaceChildren(name, words, button("Keep this", keep));
    /** @type {HTMLElement} */ (name.querySelector("input")).focus();
  };
  return h(
    `li.app-call__entry${next ? ".app-call__entry--next" : ""}`, null,
    h("a.app-call__number", { href: dial(number), "data-next": next }, h("span.app-call__who", null, capital(who)), number),
    h("div.app-call__buttons", null, button("I spoke to someone", spoke, "nhsuk-button--secondary"),
      button("Could not get through", () => record({ who, number, reached: false, spoke_to: "", said: "" }), "nhsuk-button--secondary")),
    box,
  );
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
/** @param {HTMLElement} group */
const value = (group) => /** @type {HTMLInputElement} */ (group.querySelector("input, textarea")).value.trim();

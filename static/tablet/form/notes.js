// @ts-check
// The notes behind the marker: what was found, which answers say so, and what cannot be told until something is asked.

import { details, h } from "../dom.js";
import { sheet } from "../sheet.js";
import { said } from "../people.js";
import { presentIn, ruleOf, toAsk } from "./summary.js";
import { placeWords } from "./wording.js";

/** @import { Finding, Level } from "../types" */
/** @import { Form } from "./form.js" */

const WHEN = /** @type {Record<string, string>} */ ({ tonight: "For today", this_week: "For this week", advise: "For advice" });

/** @param {Form} form @param {Finding[]} findings @param {Level} level */
export function showNotes(form, findings, level) {
  const present = presentIn(findings);
  const asks = toAsk(findings);
  const dialog = sheet(
    "Notes", {},
    present.length ? h("ol.app-notes", null, ...present.map((one) => note(form, one, () => dialog))) : h("p", null, "Nothing is noted yet."),
    asks.length > 0 && h("h3.nhsuk-heading-s", null, "To ask, if it is safe to"),
    asks.length > 0 && h("ol.app-notes", null, ...asks.map((one) => ask(form, one, () => dialog))),
    details("For the practitioner", h("p", null, levelWords(level)), h("p.nhsuk-body-s", null, "A suggestion from the answers so far. What nobody has asked counts as not known, never as no.")),
  );
}

/** @param {Pick<Level, "at_least" | "could_be">} level */
export function levelWords({ at_least, could_be }) {
  return at_least === could_be ? `Suggested level of need: ${at_least}` : `Suggested level of need: at least ${at_least}, could be ${could_be}`;
}

/** @param {Form} form @param {Finding} one @param {() => HTMLDialogElement} dialog */
function note(form, one, dialog) {
  const rule = ruleOf(form.bundle, one.finding);
  return h(
    "li.app-note", null,
    h("p.app-note__said", null, said(rule.wording, one.person, form.family)),
    details(
      "Why", h("p.app-note__when", null, WHEN[one.severity]), places(form, one.because, dialog),
      h("p.nhsuk-body-s", null, `${rule.judgement ? "A local judgement. " : ""}From: ${plain(rule.source)}`),
    ),
  );
}

/** @param {Form} form @param {Finding} one @param {() => HTMLDialogElement} dialog */
function ask(form, one, dialog) {
  return h("li.app-note", null, h("p.app-note__said", null, said(ruleOf(form.bundle, one.finding).ask, one.person, form.family)), places(form, one.missing, dialog));
}

/** Links to the answers themselves. @param {Form} form @param {string[]} paths @param {() => HTMLDialogElement} dialog */
export function places(form, paths, dialog) {
  const go = (/** @type {string} */ path) => () => {
    dialog().close();
    form.jump(path);
  };
  const line = (/** @type {string} */ path) => (form.has(path) ? h("button.app-link", { type: "button", onclick: go(path) }, placeWords(form, path)) : placeWords(form, path));
  return h("ul.app-places", null, ...paths.slice(0, 8).map((path) => h("li", null, line(path))));
}

/** A source without the keys by which docs/sources.md lists it: they mean nothing to a reader here. @param {string} source */
const plain = (source) => source.replace(/ ?\([^()]*\)/g, "");

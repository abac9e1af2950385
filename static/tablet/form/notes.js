// @ts-check
// The notes behind the marker: what was found, which answers say so, and what cannot be told until something is asked.

import { details, h } from "../dom.js";
import { sheet } from "../sheet.js";
import { scores } from "../rules.js";
import { said } from "../people.js";
import { helpWith } from "../screens/before_you_go.js";
import { presentIn, ruleOf, scoreWords } from "./summary.js";
import { placeWords } from "./wording.js";

/** @import { Ask, Finding, Help, Level } from "../types" */
/** @import { Form } from "./form.js" */

const WHEN = /** @type {Record<string, string>} */ ({ tonight: "For today", this_week: "For this week", advise: "For advice" });

/** @param {Form} form @param {Finding[]} findings @param {Level} level @param {Ask[]} asks @param {Help[]} [help] what to try where a finding is a pattern */
export function showNotes(form, findings, level, asks, help = []) {
  const present = presentIn(findings);
  const dialog = sheet(
    "Notes", {},
    present.length ? h("ol.app-notes", null, ...present.map((one) => note(form, one, findings, () => dialog, help))) : h("p", null, "Nothing is noted yet."),
    asks.length > 0 && h("h3.nhsuk-heading-s", null, "To ask, if it is safe to"),
    asks.length > 0 && h("ol.app-notes", null, ...asks.map((one) => ask(form, one, () => dialog))),
    details("For the practitioner", h("p", null, levelWords(level)), ...scored(form), h("p.nhsuk-body-s", null, "A suggestion from the answers so far. What nobody has asked counts as not known, never as no.")),
  );
}

/** Each score of which something is answered, by whose it is. @param {Form} form */
function scored(form) {
  const { bundle, draft, family } = form;
  const found = scores(bundle, draft.body, family.given).map((score) => ({ who: family.people.find((one) => one.id === score.person)?.given_names, words: scoreWords(bundle, score) }));
  return found.filter(({ words }) => words).map(({ who, words }) => h("p", null, who ? `${who}, ${words}` : words));
}

/** @param {Pick<Level, "at_least" | "could_be">} level */
export function levelWords({ at_least, could_be }) {
  return at_least === could_be ? `Suggested level of need: ${at_least}` : `Suggested level of need: at least ${at_least}, could be ${could_be}`;
}

/** What a note says already, about the same person or the same visit. @param {Finding} one @param {Finding[]} findings */
const within = (one, findings) => findings.filter((other) => other.state === "present" && other.under === one.finding && (!one.row || !other.row || other.person === one.person));

/** @param {Form} form @param {Finding} one @param {Finding[]} findings @param {() => HTMLDialogElement} dialog @param {Help[]} help */
function note(form, one, findings, dialog, help) {
  const rule = ruleOf(form.bundle, one.finding);
  const also = within(one, findings).map((other) => h("li", null, said(ruleOf(form.bundle, other.finding).wording, other.person, form.family)));
  return h(
    "li.app-note", null,
    h("p.app-note__said", null, said(rule.wording, one.person, form.family)),
    details(
      "Why", h("p.app-note__when", null, WHEN[one.severity]), places(form, one.because, dialog),
      also.length > 0 && h("ul", null, ...also),
      h("p.nhsuk-body-s", null, `${rule.judgement ? "A local judgement. " : ""}From: ${plain(rule.source)}`),
    ),
    ...help.filter((other) => other.findings.includes(one.finding)).map((other) => helpWith(other)),
  );
}

/** @param {Form} form @param {Ask} one @param {() => HTMLDialogElement} dialog */
function ask(form, one, dialog) {
  return h("li.app-note", null, h("p.app-note__said", null, said(ruleOf(form.bundle, one.finding).ask, one.person, form.family)), places(form, one.paths, dialog));
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

// @ts-check
// The last look before a visit is sealed: what has no answer, whether the lists are whole, what must have a reason, and then one button
// that seals it once.

import { finish } from "../finish.js";
import { button, fault, field, h, quietButton } from "../dom.js";
import { level } from "../level.js";
import { agreed, photographsOf } from "../photographs.js";
import { said } from "../people.js";
import { find } from "../rules.js";
import { sheet } from "../sheet.js";
import { answerAt, rowsAt } from "../form/body.js";
import { places } from "../form/notes.js";
import { progressOf } from "../form/progress.js";
import { needReason, ruleOf } from "../form/summary.js";
import { listWords, placeWords } from "../form/wording.js";

/** @import { App } from "../main.js" */
/** @import { Form } from "../form/form.js" */
/** @import { Autosave } from "../drafts.js" */
/** @import { Body, CaseloadHead, Finding, KeptFamily, Level } from "../types" */
/** @typedef {{ findings: Finding[], level: Level }} Judged */
/** @typedef {{ app: App, form: Form, autosave: Autosave, head: CaseloadHead, family: KeptFamily, judge: () => Judged, beside: () => string, away: number }} Finishing judge: looks at the visit as it is now; beside: where else it went on, in words; away: photographs that are on another device */

/** @param {Finishing} given */
export function showFinish(given) {
  const lists = openLists(given.form);
  if (lists.length) askWhetherAll(given, lists);
  else showSeal(given);
}

/** Lists with somebody or something in them of which nobody has said that they are whole. @param {Form} form @returns {string[]} */
function openLists(form) {
  const rows = [...form.drawn].filter(([path, element]) => element.dataset.kind === "rows" && form.has(path) && !element.closest("[hidden], .app-row--blank"));
  return rows.map(([path]) => path).filter((path) => answerAt(form.draft.body, path)?.rows.length && !answerAt(form.draft.body, path).complete);
}

/** What still needs a reason if these lists are whole. @param {Form} form @param {string[]} lists */
function reasonsIfAll({ bundle, draft, family }, lists) {
  const body = /** @type {Body} */ (structuredClone(draft.body));
  for (const path of lists) rowsAt(body, path).complete = true;
  const findings = find(bundle, body, family.given);
  return needReason(findings, level(findings, bundle.levels), body);
}

/** One question about all the lists, where each of them would have been a tap of its own. @param {Finishing} given @param {string[]} lists */
function askWhetherAll(given, lists) {
  const { form } = given;
  const atOnce = !reasonsIfAll(form, lists).length && !unread(form).length && !withoutConsent(form);
  const go = (/** @type {boolean} */ all) => {
    dialog.close();
    if (all) for (const path of lists) form.rows.complete(path, true);
    given.judge();
    if (document.querySelector("dialog[open]")) return; // a call came up: it is first
    if (all && atOnce) sealVisit(given).catch(given.app.notSaved);
    else showSeal(given);
  };
  const dialog = sheet(
    "Check and finish", {}, ...sofar(given),
    h("h3.nhsuk-heading-s", null, "Is that all?"), h("ul", null, ...lists.map((path) => h("li", null, listWords(form, path)))),
    atOnce && h("p", null, SEALS),
    button(atOnce ? "Yes, that is all: finish and seal" : "Yes, that is all", () => go(true)), " ",
    button("There may be more", () => go(false), "nhsuk-button--secondary"), " ",
    quietButton("Back to the visit", () => dialog.close()),
  );
}

const SEALS = "Finishing seals the visit. It can be added to later, not changed.";

/** Photographs that nobody agreed to. @param {Form} form */
const withoutConsent = ({ draft: { body } }) => photographsOf(body).taken.length > 0 && !agreed(body);

/** @param {Form} form @param {number} away pictures that are on another device */
function pictures(form, away) {
  const many = photographsOf(form.draft.body).taken.length;
  const these = many === 1 ? "its photograph" : `its ${many} photographs`;
  if (withoutConsent(form)) return h("div.app-warning", null, h("p", null, `Nobody is written down who agreed to photographs. Finished like this, the visit is sealed without ${these}. Go back to write down who agreed.`));
  if (away) return h("div.app-warning", null, h("p", null, `${away === 1 ? "1 photograph is" : `${away} photographs are`} not on this device. Finished here, the visit goes without ${away === 1 ? "it" : "them"}, and says so. To send ${away === 1 ? "it" : "them"}, finish it on the device that took ${away === 1 ? "it" : "them"}.`));
  return many > 0 && h("p", null, `With it ${many === 1 ? "goes its photograph, which is" : `go its ${many} photographs, which are`} sent after the answers. Sealed, ${many === 1 ? "it" : "they"} cannot be looked at on this tablet any more.`);
}

/** @param {Finishing} given */
const sofar = ({ form, beside, away }) => [
  beside() && h("p.app-warning", null, `${beside()} Finishing seals what is here: what was written there is not in it.`),
  h("ul.app-places", null, ...progressOf(form).map(({ title, answered, shown }) => h("li", null, `${title}: ${answered} of ${shown} answered`))),
  h("p", null, "What has no answer is kept as not known."), pictures(form, away),
];

/** Numbers that were typed and are no answer yet. @param {Form} form */
const unread = (form) => Object.keys(form.draft.typed).filter((path) => form.has(path));

/** @param {Finishing} given */
function showSeal(given) {
  const { app, form } = given;
  const { body } = form.draft;
  const { findings, level } = given.judge();
  const typed = unread(form);
  const open = needReason(findings, level, body);
  body.unasked_reasons = body.unasked_reasons.filter((reason) => open.some((one) => one.finding === reason.finding && one.row === reason.row));
  const asked = open.map((one, at) => reasonFor(form, one, at, () => dialog));
  let sealing = false;
  const seal = async () => {
    if (sealing || typed.length) return;
    const unsaid = asked.filter((one) => !one.said());
    asked.forEach((one) => fault(one.group, ""));
    unsaid.reverse().forEach((one) => fault(one.group, "Ask this, or say in a few words why it could not be asked")); // the first of them has the focus
    if (unsaid.length) return;
    sealing = true;
    try {
      await sealVisit(given);
      dialog.close();
    } catch (error) {
      sealing = false;
      app.notSaved(error);
    }
  };
  const dialog = sheet(
    "Check and finish", {}, ...sofar(given),
    typed.length > 0 && h("div.app-warning", null, h("h3.nhsuk-heading-s", null, "These numbers cannot be read yet"), places(form, typed, () => dialog)),
    asked.length > 0 && h("h3.nhsuk-heading-s", null, "Before you finish"),
    asked.length > 0 && h("p", null, "The answers so far leave room for something serious. Ask, or say why it could not be asked."),
    asked.length > 1 && quietButton("Use the first reason for all", () => asked.slice(1).forEach((one) => one.copy(asked[0].said()))),
    ...asked.map((one) => one.element),
    !typed.length && h("p", null, SEALS),
    !typed.length && button("Finish and seal", seal),
    " ", quietButton("Back to the visit", () => dialog.close()),
  );
}

/** @param {Form} form @param {Finding} one @param {number} at @param {() => HTMLDialogElement} dialog */
function reasonFor(form, one, at, dialog) {
  const reasons = form.draft.body.unasked_reasons;
  const kept = () => reasons.find((reason) => reason.finding === one.finding && reason.row === one.row);
  const about = one.person ? said("{child}", one.person, form.family) : one.row ? placeWords(form, one.missing[0] ?? "") : "";
  const label = `Why could this not be asked${about ? ` (${about})` : ""}?`;
  const group = field({ id: `reason-${at}`, label, value: kept()?.reason ?? "" });
  const input = /** @type {HTMLInputElement} */ (group.querySelector("input"));
  const keep = () => {
    const reason = kept();
    if (reason) reason.reason = input.value.trim();
    else form.draft.body.unasked_reasons.push({ finding: one.finding, row: one.row, reason: input.value.trim() });
    form.changed(input.id);
  };
  input.addEventListener("input", keep);
  const copy = (/** @type {string} */ text) => {
    input.value = text;
    keep();
  };
  const ask = said(ruleOf(form.bundle, one.finding).ask, one.person, form.family);
  const element = h("div.app-reason", null, h("p.app-note__said", null, ask), places(form, one.missing, dialog), group);
  return { element, group, said: () => input.value.trim(), copy };
}

/** @param {Finishing} given */
async function sealVisit({ app, form, autosave, head, family, judge }) {
  form.draft.body.unasked_reasons = form.draft.body.unasked_reasons.filter((reason) => reason.reason);
  const { findings, level } = judge();
  await autosave.settled();
  const now = new Date(app.now()).toISOString();
  await finish({ db: app.db, records: app.open(), draft: form.draft, revision: autosave.revision, head, family, findings, level, title: form.bundle.title, lang: form.bundle.lang, now });
  app.go("#/waiting");
  app.sync(true);
}

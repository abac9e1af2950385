// @ts-check
// The visit as it is written: sections to jump to, the form, and a bar with the notes and, when there is one, a call to make.

import { titleOf } from "../additions.js";
import { Autosave } from "../drafts.js";
import { familyOf, headOf } from "../caseload.js";
import { dayOf, inShort, inWords } from "../dates.js";
import { h } from "../dom.js";
import { toAsk } from "../asking.js";
import { onOtherDevices } from "../photographs.js";
import { find } from "../rules.js";
import { level } from "../level.js";
import { Form } from "../form/form.js";
import { blankForm } from "../form/blank.js";
import { showCall } from "../form/call.js";
import { showNotes } from "../form/notes.js";
import { progressOf } from "../form/progress.js";
import { askable, keyOf, marker, tonightIn } from "../form/summary.js";
import { showFinish } from "./finish.js";
import { helpFor } from "./before_you_go.js";
import { message } from "./message.js";
import { Carried } from "./carried.js";
import { PhotographsBlock, takesPhotographs } from "./photographs.js";
import { discardButton, Undo } from "./undo.js";

/** @import { App, Screen } from "../main.js" */

/** What to ask next, and how far each section is, waits for a pause in the answers: milliseconds. */
const PAUSE = 150;

/** @param {App} app @param {string} id @returns {Promise<Screen>} */
export async function visit(app, id) {
  const records = app.open();
  const kept = await records.get("draft", id);
  const head = await headOf(records);
  const family = kept && (await familyOf(records, kept.value.household));
  if (!kept || !head || !family) return message("This visit is not open on this tablet.", "It may be finished already.", "#/waiting", "See what is waiting and sent");
  const draft = /** @type {import("../types").Draft} */ (kept.value);
  const blank = await blankForm(draft.form, draft.form_version);
  const saved = (/** @type {string} */ at) => (app.saved(at), app.carrier.touched(id));
  const autosave = new Autosave(records, draft, kept.revision, { saving: app.saving, saved, failed: app.notSaved }, app.now);

  app.retry = () => autosave.touch();

  /** @type {{ findings: import("../types").Finding[], level: import("../types").Level }} */
  let judged = { findings: [], level: { at_least: 1, could_be: 1, because: [] } };
  /** @type {import("../types").Ask[]} */
  let asks = [];
  let due = false;
  let after = 0;
  const judgeIfDue = () => {
    if (!due) return;
    judge();
    clearTimeout(after);
    after = setTimeout(look, PAUSE);
  };
  const changed = (/** @type {string} */ stay = "", empty = false) => {
    autosave.touch(stay);
    undo.changed();
    if (due) return;
    due = true;
    requestAnimationFrame(empty ? () => setTimeout(judgeIfDue) : judgeIfDue); // what an answer finds stands in the frame that shows it; room for answers is drawn first
  };
  const undo = new Undo({ app, records, draft, autosave, family });
  const form = new Form({ ...blank, draft, family, newId: app.newId, changed });

  const photographs = takesPhotographs(form.bundle.kind) ? new PhotographsBlock({ app, records, draft, changed }) : null;

  const notes = h("button.app-marker", { type: "button", id: "notes", onclick: () => showNotes(form, judged.findings, judged.level, asked(), head.help) });
  const call = () => showCall({ form, findings: tonightIn(judged.findings), hours: head.office_hours, now: app.now });
  const callNow = h("button.app-marker.app-marker--call", { type: "button", id: "call-now", hidden: true, onclick: call }, "Call now");
  const sections = h("ol.app-sections__list");

  /** Runs the rules that what was answered since can change; all of them before a visit is sealed. @param {boolean} [all] */
  function judge(all) {
    due = false;
    const changed = form.takeNews();
    const findings = find(form.bundle, draft.body, family?.given, all || !changed ? undefined : { findings: judged.findings, changed });
    judged = { findings, level: level(findings, form.bundle.levels) };
    mark();
    callNow.hidden = !tonightIn(findings).length || draft.body.calls.some((one) => one.reached);
    tellAtOnce(findings);
    return judged;
  }

  function mark() {
    const words = marker(judged.findings, asks.length);
    if (notes.textContent !== words) notes.textContent = words;
  }

  function asked() {
    asks = toAsk(askable(judged.findings, draft.body), judged.level, form.bundle.levels, form.bundle.prompts_shown);
    mark();
    return asks;
  }

  function look() {
    asked();
    drawProgress();
  }

  /** What cannot wait is said once by itself; afterwards its button stays. @param {import("../types").Finding[]} findings */
  function tellAtOnce(findings) {
    const fresh = tonightIn(findings).map(keyOf).filter((key) => !draft.told.includes(key));
    if (!fresh.length || document.querySelector("dialog[open]")) return;
    draft.told.push(...fresh);
    autosave.touch();
    call();
  }

  /** Sections to go to, and after a section of rows each child in it. */
  function drawProgress() {
    const items = progressOf(form).flatMap(({ id: section, title, children, ...count }) => [
      { title, at: `#section-${section}-title`, ...count },
      ...children.map(({ name, path, ...of }) => ({ title: name, at: `[id="${path}/title"]`, ...of })),
    ]);
    const there = items.map(({ at }) => at).join();
    if (sections.dataset.there !== there) sections.replaceChildren(...items.map(({ title, at }) => h("li", null, h("button.app-sections__item", { type: "button", onclick: () => goTo(at) }, h("span", null, title), h("small")))));
    sections.dataset.there = there;
    items.forEach(({ answered, shown }, at) => {
      const small = /** @type {HTMLElement} */ (sections.children[at].querySelector("small"));
      const words = answered === shown ? "all answered" : `${answered} of ${shown}`;
      if (small.textContent !== words) small.textContent = words;
    });
  }

  /** @param {string} at the title to go to */
  function goTo(at) {
    const title = /** @type {HTMLElement} */ (form.element.querySelector(at));
    title.tabIndex = -1;
    title.scrollIntoView();
    title.focus({ preventScroll: true });
  }

  const left = async () => {
    await photographs?.settled();
    await autosave.settled();
  };
  const finish = async () => {
    await photographs?.settled();
    judge();
    const away = await onOtherDevices(records, draft);
    showFinish({ app, form, autosave, head, family, judge: () => judge(true), beside: () => carried.beside, away });
  };
  app.saved(draft.saved_at);
  const carried = new Carried({ app, records, draft, autosave, family });
  const day = dayOfVisit(draft, app, () => (form.dayChanged(), changed()));
  const atTheDoor = form.bundle.kind === "visit_not_completed"; // written standing, with one thumb: nothing stands before what happened
  const element = h(
    `div.app-visit${atTheDoor ? ".app-visit--door" : ""}`, null,
    h("a.nhsuk-back-link", { href: `#/family/${family.household}` }, family.name),
    h("h1.nhsuk-heading-l.app-visit__title", null, titleOf(draft, form.bundle.title)),
    draft.adds && h("p", null, `${draft.adds.title}, ${inWords(draft.adds.occurred_on)}. It stays as it was sealed; what you write here stands beside it.`),
    carried.element,
    !atTheDoor && h("nav.app-sections", { "aria-label": "Sections" }, sections),
    !atTheDoor && !draft.adds && day,
    ...(atTheDoor || draft.adds ? [] : helpFor(family, head)),
    form.element,
    ...(atTheDoor ? helpFor(family, head) : []),
    atTheDoor && day,
    photographs?.element,
    h("button.nhsuk-button.app-finish", { type: "button", id: "finish", onclick: finish }, "Check and finish"),
    h("p.app-visit__more", null, h("a.app-action", { href: `#/history/${draft.id}` }, "What was changed"), discardButton({ app, records, draft, autosave, family })),
    h("div.app-visit__bar", null, h("div.app-visit__notes", null, callNow, notes), undo.button, undo.said),
  );
  judge();
  look();
  await undo.begin(form);
  await carried.tell();
  app.carrier.touched(id); // it may have been changed where there was no connection
  const leave = async () => {
    await left();
    if (location.hash !== `#/visit/${id}`) void app.carrier.now(id); // not when it is only drawn again
  };
  return { element, household: family.household, leave, carried: () => carried.tell() };
}

/** @param {import("../types").Draft} draft @param {App} app @param {() => void} changed */
function dayOfVisit(draft, app, changed) {
  const today = dayOf(app.now());
  const input = /** @type {HTMLInputElement} */ (h("input.nhsuk-input.app-date", { type: "date", id: "occurred-on", max: today, required: true, autocomplete: "off" }));
  input.value = draft.body.occurred_on;
  input.addEventListener("change", () => {
    if (input.value && input.value <= today) draft.body.occurred_on = input.value;
    input.value = draft.body.occurred_on;
    changed();
  });
  const words = draft.body.occurred_on === today ? "today" : inShort(draft.body.occurred_on);
  return h("details.nhsuk-details.app-day", null,
    h("summary.nhsuk-details__summary", null, h("span.nhsuk-details__summary-text", null, `Day of the visit: ${words}`)),
    h("div.nhsuk-details__text", null, h("label.nhsuk-label", { for: "occurred-on" }, "Day of the visit"), input));
}

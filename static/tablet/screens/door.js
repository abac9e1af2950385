// @ts-check
// At the door: get out safely, ask for a second worker, and what to do when nobody lets you in. Drawn from what is on the tablet, with no
// network. Whoever opens the door may read it too, so nothing stands open here that says what was found or why a plan was made.

import { familyOf, headOf, noteOpening } from "../caseload.js";
import { button, details, h } from "../dom.js";
import { dial, numbersNow } from "../hours.js";
import { line, phonesOf, phonesOfOthers } from "../phones.js";
import { beforeYouGo, secondWorker } from "./before_you_go.js";
import { begin, carryOn } from "./family.js";
import { message } from "./message.js";

/** @import { App, Screen } from "../main.js" */
/** @import { Draft, FormEntry, KeptFamily } from "../types" */

/** What to do, in order; the numbers of the family follow the third. The practice behind it: docs/tablet.md. */
const STEPS = [
  "Knock, ring, and wait. Try another door.",
  "Look and listen before you leave: lights, voices, steps, a child, a car or pram outside. Nothing seen or heard is an answer too.",
  "Phone the family, through an interpreter where one is needed. Leave no message that says why you came.",
  "Somebody opens and does not want the visit: that is theirs to say. Ask when would suit, ask to see each child at the door, and go. Do not go in unasked.",
  "A child or an adult there needs help at this moment: phone 999, from a safe place.",
  "Anything that worries you: phone your supervisor today, and do what was agreed for this family. A card through the door is not enough alone.",
];

/** @param {App} app @param {string} household @returns {Promise<Screen>} */
export async function door(app, household) {
  const records = app.open();
  const [family, head] = [await familyOf(records, household), await headOf(records)];
  if (!family || !head) return message("This family is not on this tablet.", "In an emergency phone 999.", "#/today", "Back to your families");
  await noteOpening(records, household, new Date(app.now()).toISOString());
  const drafts = (await records.all("draft")).filter((draft) => draft.household === household);
  const now = numbersNow(family.contacts, app.now(), head.office_hours).filter((one) => one.number !== "999" && !one.second);
  const element = h(
    "div", null,
    h("a.nhsuk-back-link", { href: `#/family/${household}` }, "Back to the family"),
    h("h1.nhsuk-heading-l", null, "At the door"),
    h("p.app-call__first", null, "Are you safe? Leave first, then phone."),
    h("ul.app-call__numbers", null, number("Emergency", "999"), ...seconds(family)),
    await secondWorker(app, family, "door"),
    beforeYouGo(family, "Before you knock"),
    now.length > 0 && details("Other numbers that are answered now", h("ul.app-call__numbers", null, ...now.map((one) => number(one.who, one.number)))),
    h("div.app-starts", null, ...notCompleted(app, family, head.forms, drafts)),
    h("h2.nhsuk-heading-m", null, "When nobody lets you in"),
    h("ol", null, ...STEPS.map((step, at) => h("li", null, step, at === 2 && phones(family)))),
    agreed(family),
  );
  return { element };
}

/** @param {string} who @param {string} to */
const number = (who, to) => h("li.app-call__entry", null, h("a.app-call__number", { href: dial(to) }, h("span.app-call__who", null, who), to));

/** A call to somebody who can send a second worker: the tablet dials, and of the call it records nothing; asking is a tap of its own. @param {KeptFamily} family */
function seconds({ contacts }) {
  const those = contacts.filter((one) => one.second);
  if (those.length) return those.map((one) => number(`A second worker: ${one.who}`, one.number));
  return [h("li.app-call__entry", null, "No number of a supervisor who can send a second worker is on this tablet. Phone your team.")];
}

/** @param {App} app @param {KeptFamily} family @param {FormEntry[]} forms @param {Draft[]} drafts */
function notCompleted(app, family, forms, drafts) {
  const form = forms.find((one) => one.kind === "visit_not_completed");
  const begun = drafts.some((draft) => draft.form === form?.name);
  return [form && !begun && button(`Start: ${form.title}`, () => begin(app, family, form)), ...drafts.map((draft) => carryOn(draft, forms, app))].filter((one) => one instanceof Node);
}

/** @param {KeptFamily} family */
function phones(family) {
  const theirs = family.people.flatMap((one) => phonesOf(one, family).map((phone) => h("p", null, `${one.given_names}: `, phone)));
  const others = phonesOfOthers(family).map((one) => h("p", null, `${one.whose}: `, line(one)));
  return theirs.length + others.length > 0 && h("div", null, ...theirs, ...others);
}

/** Shut: a plan can name a moment or a person that whoever stands by should not read. What else is owed, a referral for one, stays on the family's page. @param {KeptFamily} family */
function agreed({ plans = [] }) {
  if (!plans.length) return h("p", null, "No agreed plan for this family is on this tablet.");
  return details("What was agreed for this family", h("ul", null, ...plans.map((plan) => h("li", null, plan.words))));
}

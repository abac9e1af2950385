// @ts-check
// One family, with no network: what is known from before, a visit to begin, what was agreed and is still to do, who lives there, how it
// went over the visits, what each found, what was referred, and whom to phone.

import { ADDITION, addButton, titleOf } from "../additions.js";
import { inFull, inView, newestAnswer } from "../answers.js";
import { familyOf, headOf, noteOpening } from "../caseload.js";
import { atWhen, dayOf, dueWords, inWords } from "../dates.js";
import { button, details, h } from "../dom.js";
import { newDraft } from "../drafts.js";
import { dial } from "../hours.js";
import { blankForm } from "../form/blank.js";
import { line, phonesOf, phonesOfOthers } from "../phones.js";
import { ageWords, birthOrder, childrenOf, fullName, roleWords } from "../people.js";
import { levelWords } from "../form/notes.js";
import { beforeYouGo, helpFor, secondWorker } from "./before_you_go.js";
import { agreedAndOwed, courses, fromBefore } from "./memory.js";
import { message } from "./message.js";

/** @import { App, Screen } from "../main.js" */
/** @import { Draft, Earlier, FormEntry, KeptFamily, Person } from "../types" */

/** @param {App} app @param {string} household @returns {Promise<Screen>} */
export async function family(app, household) {
  const records = app.open();
  const [family, head] = [await familyOf(records, household), await headOf(records)];
  if (!family || !head) return message("This family is not on this tablet.", "It may have moved to somebody else since.", "#/today", "Back to your families");
  await noteOpening(records, household, new Date(app.now()).toISOString());
  const drafts = (await records.all("draft")).filter((draft) => draft.household === household);
  const day = dayOf(app.now());
  const since = await sinceTaken(app, family);
  const adults = family.people.filter((person) => person.role !== "child");
  const element = h(
    "div", null,
    h("a.nhsuk-back-link", { href: "#/today" }, "Your families"),
    h("h1.nhsuk-heading-l", null, family.name), h("p", null, `${family.address}, ${family.postcode}`),
    h("ul.app-dues", null, ...family.due.map(({ what, on }) => h(`li.app-due${on < day ? ".app-due--late" : ""}`, null, `${what}, ${dueWords(on, day)}`))),
    beforeYouGo(family, "Before you go"),
    answered(family, app.now()),
    fromBefore(family),
    ...helpFor(family, head),
    ...drafts.map((draft) => carryOn(draft, head.forms, app)),
    ...starts(app, family, head.forms, drafts.length > 0),
    await secondWorker(app, family, "tablet"),
    ...agreedAndOwed(family, app.now()),
    h("h2.nhsuk-heading-m", null, "Who lives there"),
    h("ul.app-people", null, ...childrenOf(family).map((child) => person(child, family, day)), ...adults.map((adult) => person(adult, family, day)), ...phonesOfOthers(family).map((one) => h("li.app-person", null, h("strong", null, one.whose), line(one)))),
    ...courses(family),
    h("h2.nhsuk-heading-m", null, "Earlier visits"),
    since.length > 0 && h("ul.app-items", null, ...since),
    family.earlier.length ? h("ul.app-earlier", null, ...family.earlier.map((visit) => earlier(visit, app, family))) : h("p", null, "No earlier visit is known here."),
    family.referrals.length > 0 && details(`What was sent and answered: ${family.referrals.length}`, h("ul", null, ...family.referrals.map(({ id, words, at }) => h("li", null, h("a", { href: `/referrals/${id}` }, words), `, ${inWords(dayOf(at))}`))), h("p.nhsuk-body-s", null, "Opening one needs a connection.")),
    h("h2.nhsuk-heading-m", null, "Whom to phone"),
    h("ul.app-people", null, ...family.contacts.map(contact)),
    h("p.nhsuk-body-s", null, `As known ${atWhen(family.as_of.at, app.now())}.`),
  );
  return { element, household };
}

/** What was answered since, folded away. @param {KeptFamily} family @param {number} now */
function answered(family, now) {
  const referral = newestAnswer(family, now);
  return referral && details(inView(referral, now), ...inFull(referral, now).map((line) => h("p", null, line)), h("p", null, h("a", { href: `/referrals/${referral.id}` }, "Open it on the desk"), ", with a connection."));
}

/** Visits finished on this tablet after the family was taken offline: the record taken then does not know them. @param {App} app @param {KeptFamily} family */
async function sinceTaken(app, family) {
  const records = app.open();
  const known = new Set(family.earlier.map((visit) => visit.submission));
  const back = new Map((await records.all("result")).map((result) => [result.submission, result.state]));
  const mine = (await records.all("sent")).filter((note) => note.household === family.household && !known.has(note.id));
  return mine.map(({ id, title, occurred_on }) => {
    const came = (back.get(id) ?? "not_yet") !== "not_yet";
    const on = came ? h("a", { href: `#/result/${id}` }, "See what came back") : h("a", { href: "#/waiting" }, "Finished on this tablet: see whether it is sent");
    return h("li.app-item", null, h("strong", null, `${inWords(occurred_on)}: ${title}`), on);
  });
}

/** @param {Draft} draft @param {FormEntry[]} forms @param {App} app */
export function carryOn(draft, forms, app) {
  const title = forms.find((form) => form.name === draft.form)?.title ?? "Visit";
  return h("p", null, h("a.nhsuk-button", { href: `#/visit/${draft.id}`, role: "button" }, `Carry on: ${titleOf(draft, title)}`), ` saved ${atWhen(draft.saved_at, app.now())}`);
}

const KINDS = ["visit", "visit_not_completed", "antenatal", "information"];

/** The forms that can be begun: the usual two in view, a family with nobody born yet the one before birth first, all others one tap away. @param {KeptFamily} family @param {FormEntry[]} forms */
export function inOrder(family, forms) {
  const unborn = childrenOf(family).length > 0 && childrenOf(family).every((child) => !child.born_on);
  const first = ["visit", "visit_not_completed"].map((kind) => forms.find((form) => form.kind === kind));
  const antenatal = unborn ? forms.filter((form) => form.kind === "antenatal") : [];
  const usual = /** @type {FormEntry[]} */ ([...antenatal, ...first].filter(Boolean));
  const others = forms.filter((form) => !usual.includes(form) && form.kind !== ADDITION).sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  return { usual, others };
}

/** @param {App} app @param {KeptFamily} family @param {FormEntry[]} forms @param {boolean} begun a visit is begun already: carrying on stands out */
function starts(app, family, forms, begun) {
  const { usual, others } = inOrder(family, forms);
  const start = (/** @type {FormEntry} */ form, /** @type {boolean} */ main) => button(`Start: ${form.title}`, () => begin(app, family, form), main ? "" : "nhsuk-button--secondary");
  return [
    h("div.app-starts", null, ...usual.map((form, at) => start(form, !at && !begun)), h("a.nhsuk-button.nhsuk-button--secondary", { href: `#/door/${family.household}`, role: "button" }, "At the door")),
    others.length > 0 && details("Start something else", h("div.app-starts", null, ...others.map((form) => start(form, false)))),
  ];
}

/** @param {App} app @param {KeptFamily} family @param {FormEntry} form */
export async function begin(app, family, form) {
  const { bundle } = await blankForm(form.name, form.version);
  const draft = newDraft({ family, bundle, today: dayOf(app.now()), now: new Date(app.now()).toISOString(), newId: app.newId });
  await app.open().put("draft", draft.id, draft, 0);
  app.go(`#/visit/${draft.id}`);
}

/** @param {Person} one @param {KeptFamily} family @param {string} day */
function person(one, family, day) {
  const child = one.role === "child";
  const facts = [
    child ? ageWords(one, day) : roleWords(one), child && one.born_on && `born ${inWords(one.born_on)}`, child && birthOrder(one, family),
    child && one.gestation_days && one.gestation_days < 259 && `born at ${Math.floor(one.gestation_days / 7)} weeks`,
    one.nhs_number && `NHS number ${one.nhs_number.replace(/(\d{3})(\d{3})(\d{4})/, "$1 $2 $3")}`,
  ].filter(Boolean);
  return h("li.app-person", null, h("strong", null, fullName(one)), h("span", null, facts.join(", ")), ...phonesOf(one, family));
}

/** The words of a finding stand one tap away: a family may be looking at the same screen. @param {Earlier} visit @param {App} app @param {KeptFamily} family */
function earlier(visit, app, family) {
  const found = visit.findings.filter((one) => one.state === "present" && !one.under);
  const unsure = distinct(visit.findings.filter((one) => one.state === "cannot_tell"));
  const inside = [
    h("ul", null, ...found.map((one) => h("li", null, one.about && !one.said.includes(one.about) ? `${one.about}: ${one.said}` : one.said))),
    unsure.length > 0 && details(unsure.length === 1 ? "1 thing was still to ask" : `${unsure.length} things were still to ask`, h("ul", null, ...unsure.map((one) => h("li", null, one.said)))),
    h("p.nhsuk-body-s", null, `Recorded by ${visit.author}`),
    visit.level && details("For the practitioner", h("p", null, levelWords(visit.level))),
    visit.kind && visit.kind !== ADDITION && addButton(app, family, { id: visit.submission, title: visit.title, occurred_on: visit.occurred_on }),
  ];
  const notes = found.length === 1 ? "1 note" : `${found.length} notes`;
  return h("li", null, details(`${inWords(visit.occurred_on)}: ${visit.title}${found.length ? `, ${notes}` : ""}`, ...inside));
}

/** The same thing is often open for two reasons: it is asked once. @param {Earlier["findings"]} findings */
const distinct = (findings) => findings.filter((one, at) => findings.findIndex((other) => other.said === one.said) === at);

const WHEN = /** @type {Record<string, string>} */ ({ always: "at any hour", in_hours: "in office hours", out_of_hours: "out of hours" });

/** @param {import("../types").Contact} one */
const contact = (one) => h("li.app-person", null, h("strong", null, one.who), !one.who.endsWith(WHEN[one.when]) && h("span", null, WHEN[one.when]), h("a.app-phone", { href: dial(one.number) }, one.number));

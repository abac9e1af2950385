// @ts-check
// A path as a person would say it: whose row, and which question.

import { answerAt, place } from "./body.js";

/** @import { Form } from "./form.js" */
/** @typedef {Pick<Form, "questions" | "family" | "draft">} Words */

/** What the record says and no question asks, in words: each name that a rule may read (docs/forms-language.md). */
export const GIVEN = /** @type {Record<string, string>} */ ({
  born_on: "the date of birth", due_on: "the date on which the baby is due", birth_weight_g: "the weight at birth", gestation_days: "weeks of pregnancy at birth",
  seen_on: "when this child was last seen", home_on: "when this child last came home from hospital",
  visits_not_completed_90d: "visits not completed in the last 90 days", not_completed_recent: "visits not completed lately", not_completed_since_seen: "visits not completed since all was last seen",
  no_answer: "visits at which nobody answered", refused_entry: "visits at which entry was refused", cancelled_by_family: "visits the family cancelled",
  not_brought: "appointments to which a child was not brought", days_since_child_seen: "when a child was last seen",
  announced_visits: "visits that were arranged", unannounced_visits: "visits that were not arranged", worse_unannounced: "whether the home was worse on visits not arranged",
  home_last: "the home at the last visit", home_best: "the home at its best", home_worst: "the home at its worst", home_rises: "visits running at which the home was worse each time",
  rooms_last: "rooms seen at the last visit", rooms_falls: "visits running at which fewer rooms were seen",
  earlier_findings_present: "what earlier visits found", findings_ever: "what visits of the last years found", findings_repeated: "what was found at several visits", still_unknown: "what the last visit could not tell",
  accounts_conflict: "accounts that differ", open_by_agency: "what agencies say that the family is open to", areas_worse: "areas that are at their worst", advice_repeated_sleep: "whether sleep advice was given before",
  level_agreed: "the level agreed before", concern_open: "whether a concern is open", children_before: "children before this one", past: "what happened before in this family", open_to: "who already works with the family",
  agencies: "agencies involved", lead_named: "whether somebody is named to lead", meeting_overdue: "whether the agencies have met in time",
  days_since_meeting: "when the agencies last met", closed_unresolved: "whether an agency closed with something unresolved",
  triggers_met: "moments of a plan that came", actions_not_done: "actions of a plan not done", plan_open: "whether a plan is agreed", plan_moments: "the moments that plans name",
  help_outstanding: "help not yet seen in use", help_awaited: "help that has not come yet",
});

/** @param {Words} form @param {string} path */
export function placeWords(form, path) {
  const steps = path.split("/");
  const last = /** @type {string} */ (steps.pop());
  if (steps[0] === "given") return `${GIVEN[last] ?? last.replaceAll("_", " ")}, in the record`;
  const question = form.questions.get(last);
  const label = last === "person" ? "Which child this is" : question?.kind === "rows" ? `${question.label} (is that all?)` : question?.label ?? last;
  const who = names(form, path);
  return who ? `${who}: ${label}` : label;
}

/** Whose list it is, and who or what stands in it: Ivy: Each sleep you asked about: Sleep 1. @param {Words} form @param {string} path */
export function listWords(form, path) {
  const question = form.questions.get(/** @type {string} */ (path.split("/").pop()));
  const rows = /** @type {any[]} */ (answerAt(form.draft.body, path)?.rows ?? []);
  const there = rows.map((row, at) => form.family.people.find((one) => one.id === row.person)?.given_names ?? `${question?.row_title ?? "row"} ${at + 1}`);
  return [names(form, path), question?.label, there.join(", ")].filter(Boolean).join(": ");
}

/** @param {Words} form @param {string} path */
function names(form, path) {
  const steps = path.split("/");
  const found = [];
  for (let at = 2; at < steps.length; at += 2) {
    const row = place(form.draft.body, steps.slice(0, at + 1).join("/"))?.row;
    const person = form.family.people.find((one) => one.id === row?.person);
    const question = form.questions.get(steps[at - 2]);
    const rows = /** @type {any} */ (place(form.draft.body, steps.slice(0, at - 1).join("/"))?.answers[steps[at - 2]])?.rows ?? [];
    found.push(person?.given_names ?? `${question?.row_title ?? "row"} ${rows.findIndex((/** @type {any} */ one) => one.id === row?.id) + 1}`);
  }
  return found.join(", ");
}

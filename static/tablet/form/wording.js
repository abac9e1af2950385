// @ts-check
// A path as a person would say it: whose row, and which question.

import { place } from "./body.js";

/** @import { Form } from "./form.js" */
/** @typedef {Pick<Form, "questions" | "family" | "draft">} Words */

const GIVEN = /** @type {Record<string, string>} */ ({
  born_on: "the date of birth in the record", gestation_days: "weeks of pregnancy at birth, in the record",
  visits_not_completed_90d: "visits not completed in the last 90 days, in the record", days_since_child_seen: "when a child was last seen, in the record",
  earlier_findings_present: "what earlier visits found", advice_repeated_sleep: "whether sleep advice was given before, in the record",
  level_agreed: "the level agreed before", children_before: "children before this one, in the record",
});

/** @param {Words} form @param {string} path */
export function placeWords(form, path) {
  const steps = path.split("/");
  const last = /** @type {string} */ (steps.pop());
  if (steps[0] === "given") return GIVEN[last] ?? last.replaceAll("_", " ");
  const question = form.questions.get(last);
  const label = last === "person" ? "Which child this is" : question?.kind === "rows" ? `${question.label} (is that all?)` : question?.label ?? last;
  const who = names(form, path);
  return who ? `${who}: ${label}` : label;
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

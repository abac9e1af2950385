// @ts-check
// What a family's past says on its page, before anything else: what is known from before, what was agreed and whether it was done, and
// what is still to do. No level and no number of it is in view: the course over the visits is one tap away.

import { dueAtWords } from "../dates.js";
import { details, h } from "../dom.js";
import { course } from "./course.js";

/** @import { KeptFamily, Plan, Duty } from "../types" */

/** @param {KeptFamily} family @returns {HTMLElement | null} */
export function fromBefore({ memory }) {
  if (!memory?.lines.length) return null;
  const known = details("What is known from before", h("ul.app-lines", null, ...memory.lines.map((line) => h("li", null, line))));
  known.classList.add("app-from-before");
  known.setAttribute("open", "");
  return known;
}

/** @param {number} count @param {string} unit */
const some = (count, unit) => `${count} ${unit}${count === 1 ? "" : "s"}`;

/** 1 trigger met, 0 of 2 actions done @param {Pick<Plan, "met" | "done" | "actions">} plan */
export const planWords = ({ met, done, actions }) => `${met ? some(met, "trigger") : "no trigger"} met${met || done ? `, ${done} of ${some(actions, "action")} done` : ""}`;

/** @param {Plan} plan */
const plan = (plan) =>
  h("li.app-item", null, h("span", null, `${plan.words.replace(/\.$/, "")}: `, h("strong", null, planWords(plan)), "."), plan.lines.length > 0 && details("The plan", h("ul", null, ...plan.lines.map((line) => h("li", null, line)))));

/** @param {Duty} duty @param {number} now */
const duty = ({ what, due_at, owner }, now) =>
  h("li.app-item", null, h("strong", null, what), h("span", null, h(`span.app-due${Date.parse(due_at) < now ? ".app-due--late" : ""}`, null, dueAtWords(due_at, now)), owner && ` ${owner}`));

/** @param {KeptFamily} family @param {number} now @returns {(HTMLElement | false)[]} */
export function agreedAndOwed({ plans = [], duties = [] }, now) {
  const soonest = [...duties].sort((a, b) => (a.due_at < b.due_at ? -1 : 1));
  return [
    plans.length > 0 && h("h2.nhsuk-heading-m", null, "What was agreed"),
    plans.length > 0 && h("ul.app-items", null, ...plans.map(plan)),
    duties.length > 0 && h("h2.nhsuk-heading-m", null, "Still to do"),
    duties.length > 0 && h("ul.app-items", null, ...soonest.map((one) => duty(one, now))),
  ];
}

/** @param {KeptFamily} family @returns {(HTMLElement | false)[]} */
export function courses({ memory }) {
  const those = memory?.courses.filter((one) => one.points.length > 0) ?? [];
  return [those.length > 0 && h("h2.nhsuk-heading-m", null, "Over the visits"), those.length > 0 && h("div.app-courses", null, ...those.map(course))];
}

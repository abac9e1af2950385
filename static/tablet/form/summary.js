// @ts-check
// What the findings come to on a screen that the family can see: how many notes, what to ask, what must be said before finishing.
// No level, no score and no word for how bad: that is one tap away.

import { answerAt } from "./body.js";

/** @import { Body, Bundle, Finding, FindingRule, Level, Score, ScoreRule } from "../types" */

const ORDER = ["tonight", "this_week", "advise"];

/** @param {Finding} a @param {Finding} b */
const gravest = (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || b.level - a.level;

/** What is found and not already said by something graver, the gravest first. @param {Finding[]} findings */
export const presentIn = (findings) => findings.filter((one) => one.state === "present" && !one.under).sort(gravest);

/** @param {number} count @param {string} one @param {string} more */
const counted = (count, one, more) => `${count} ${count === 1 ? one : more}`;

/** The words on the marker. @param {Finding[]} findings @param {number} asks how many things there are to ask */
export function marker(findings, asks) {
  const notes = presentIn(findings).length;
  const parts = [notes && counted(notes, "note", "notes"), asks && counted(asks, "thing to ask", "things to ask")];
  return parts.filter(Boolean).join(", ") || "No notes yet";
}

/**
 * Findings without those that wait only for somebody to say that a list is whole: that is asked once, when the visit is finished, and would
 * crowd out what can be asked now. @param {Finding[]} findings @param {Body} body @returns {Finding[]}
 */
export function askable(findings, body) {
  const begun = (/** @type {string} */ path) => Boolean(!path.startsWith("given/") && answerAt(body, path)?.rows?.length);
  return findings.filter((one) => one.state !== "cannot_tell" || !one.missing.every(begun));
}

/** A finding's own key within a visit. @param {{ finding: string, row: string }} one */
export const keyOf = (one) => `${one.finding} ${one.row}`;

/** What cannot wait: also what another finding says already, unless that one cannot wait either. @param {Finding[]} findings */
export function tonightIn(findings) {
  const those = findings.filter((one) => one.state === "present" && one.severity === "tonight");
  return those.filter((one) => !those.some((other) => other.finding === one.under)).sort(gravest);
}

/**
 * What still needs a reason: nothing, unless the visit could be at level 4. A question that was put and met with "would rather not",
 * "not seen" or "not safe to ask" has its reason; one that was not put has not.
 * @param {Finding[]} findings @param {Level} level @param {Body} body @returns {Finding[]}
 */
export function needReason(findings, level, body) {
  if (level.could_be < 4) return [];
  const unsure = findings.filter((one) => one.state === "cannot_tell");
  const four = unsure.filter((one) => one.level >= 4);
  return (four.length ? four : unsure).filter((one) => one.missing.some((path) => notPut(body, path)));
}

/** @param {Body} body @param {string} path */
function notPut(body, path) {
  if (path.startsWith("given/")) return false; // the record does not know it; no question on the form could settle it
  const answer = answerAt(body, path);
  return answer === undefined || "rows" in answer || answer.absent === "not_asked";
}

/** @param {Bundle} bundle @param {string} code */
export const ruleOf = (bundle, code) => /** @type {FindingRule} */ (bundle.findings.find((rule) => rule.code === code));

/** AUDIT-C: 6 of 12, or: at least 3, could be 7, of 12; nothing while nothing of it is answered. @param {Bundle} bundle @param {Score} score */
export function scoreWords(bundle, { id, at_least, could_be }) {
  const { title, max } = /** @type {ScoreRule} */ (bundle.scores.find((rule) => rule.id === id));
  if (at_least === 0 && could_be === max) return "";
  return `${title}: ${at_least === could_be ? `${at_least} of ${max}` : `at least ${at_least}, could be ${could_be}, of ${max}`}`;
}

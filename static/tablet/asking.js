// @ts-check
// What to ask next, as visitapp/decide/ask.py has it: the few questions that could change most. A finding that cannot be told is asked
// about only where an answer points to it already, or where it alone keeps the visit at three or more.

import { level } from "./level.js";

/** @import { Finding } from "./rules.js" */
/** @typedef {{finding: string, row: string, person: string, paths: string[], could_reach: number}} Ask */

const SEVERITIES = ["tonight", "this_week", "advise"];

/**
 * At most `most` questions, the one that could change most first; no answer is asked for twice.
 * @param {Finding[]} findings @param {{at_least: number, could_be: number}} reached @param {any} levels @param {number} most @returns {Ask[]}
 */
export function toAsk(findings, reached, levels, most) {
  const possible = findings.filter((one) => one.state !== "absent");
  const present = possible.filter((one) => one.state === "present");
  const open = possible.filter((one) => one.state === "cannot_tell" && one.missing.length);
  const worth = open.filter((one) => points(one) || alone(one, possible, reached, levels));
  const ranked = worth.map((one) => {
    const reach = level([...present, { ...one, state: "present" }], levels).at_least; // the level it would be, if this were present
    return { one, reach, settles: settledBy(one, open) };
  });
  ranked.sort((a, b) => b.reach - a.reach || SEVERITIES.indexOf(a.one.severity) - SEVERITIES.indexOf(b.one.severity) || b.settles - a.settles);
  /** @type {Ask[]} */
  const asked = [];
  const named = new Set();
  for (const { one, reach } of ranked) {
    const paths = one.missing.filter((path) => !named.has(path));
    if (!paths.length || asked.length >= most) continue;
    asked.push({ finding: one.finding, row: one.row, person: one.person, paths, could_reach: reach });
    for (const path of paths) named.add(path);
  }
  return asked;
}

/** Whether an answer of this visit points to it; what was known before is no sign of today. @param {Finding} one @returns {boolean} */
function points(one) {
  return one.because.some((path) => !path.startsWith("given/"));
}

/** @param {Finding} one @param {Finding[]} possible @param {{could_be: number}} reached @param {any} levels @returns {boolean} */
function alone(one, possible, reached, levels) {
  return reached.could_be >= 3 && level(possible.filter((other) => other !== one), levels).could_be < 3;
}

/** How many findings the same answers would settle. @param {Finding} one @param {Finding[]} open @returns {number} */
function settledBy(one, open) {
  const asked = new Set(one.missing);
  return open.filter((other) => other.missing.every((path) => asked.has(path))).length;
}

// @ts-check
// The suggested level of need as a range, as visitapp/decide/level.py works it out: at least that of what is present, could be that of
// everything not ruled out. `because` names the present findings behind the lower end. What a graver finding says already (`under`) does
// not add up with it, in what is at least so.

/** @typedef {import("./rules.js").Finding} Finding */
/** @typedef {{to: number, count: number, areas: number, from_level: number, severities: string[]}} Raise */

/**
 * @param {Finding[]} findings @param {{raises: Raise[]}} levels
 * @returns {{at_least: number, could_be: number, because: string[]}}
 */
export function level(findings, levels) {
  const present = findings.filter((one) => one.state === "present" && !one.under);
  const possible = findings.filter((one) => one.state !== "absent");
  const atLeast = reached(present, levels.raises);
  return { at_least: atLeast, could_be: reached(possible, levels.raises), because: behind(present, atLeast, levels.raises) };
}

/** How soon something must happen, from what is present only. @param {Finding[]} findings @returns {"tonight"|"this_week"|"routine"} */
export function urgency(findings) {
  const severities = findings.filter((one) => one.state === "present").map((one) => one.severity);
  return severities.includes("tonight") ? "tonight" : severities.includes("this_week") ? "this_week" : "routine";
}

/** @param {Finding[]} findings @param {Raise[]} raises @returns {number} */
function reached(findings, raises) {
  const raised = raises.filter((rule) => isRaised(findings, rule)).map((rule) => rule.to);
  return [...findings.map((one) => one.level), ...raised].reduce((high, one) => Math.max(high, one), 1);
}

/** @param {Finding[]} findings @param {Raise} rule @returns {Finding[]} */
function counting(findings, rule) {
  return findings.filter((one) => one.level >= rule.from_level && rule.severities.includes(one.severity));
}

/** @param {Finding[]} findings @param {Raise} rule @returns {boolean} */
function isRaised(findings, rule) {
  const those = counting(findings, rule);
  return new Set(those.map((one) => one.finding)).size >= rule.count && new Set(those.map((one) => one.area)).size >= rule.areas;
}

/** @param {Finding[]} present @param {number} atLeast @param {Raise[]} raises @returns {string[]} */
function behind(present, atLeast, raises) {
  if (atLeast === 1) return [];
  const single = present.filter((one) => one.level >= atLeast);
  const together = raises.filter((rule) => rule.to === atLeast && isRaised(present, rule)).flatMap((rule) => counting(present, rule));
  return [...new Set([...single, ...together].map((one) => one.finding))].sort();
}

// Runs the tablet's rules for the tests: one JSON object on stdin with bundles by name and questions to them, one list of answers out.
import { readFileSync } from "node:fs";
import { toAsk } from "../../static/tablet/asking.js";
import { level, urgency } from "../../static/tablet/level.js";
import { OPERATORS } from "../../static/tablet/rules/evaluate.js";
import { find, scores, shown } from "../../static/tablet/rules.js";
import { unfolded } from "../../static/tablet/rules/trees.js";

const MOST = 3;

/** The same without any answer to a question, wherever it stands. */
function without(value, id) {
  if (Array.isArray(value)) return value.map((one) => without(one, id));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== id).map(([key, one]) => [key, without(one, id)]));
}

/** Questions whose answer, taken away, gives other findings when only what reads it is judged again than when everything is. */
function judgedOtherwise(own, body, given, findings) {
  const ids = (questions) => questions.flatMap((question) => [question.id, ...ids(question.questions)]);
  return own.sections.flatMap((section) => ids(section.questions)).filter((id) => {
    const less = { ...body, answers: without(body.answers, id) };
    const again = find(own, less, given, { findings, changed: new Set([id]) });
    return JSON.stringify(again) !== JSON.stringify(find(own, less, given));
  });
}

/** Rows in which other questions are shown when only they are looked at than when everything is. */
function shownOtherwise(own, body, given, all) {
  const rows = new Set([...all.keys()].flatMap((path) => path.split("/").map((_, at, parts) => parts.slice(0, at).join("/")).filter(Boolean)));
  return [...rows].map((row) => `${row}/`).filter((row) => {
    const those = [...all].filter(([path]) => path.startsWith(row));
    return JSON.stringify([...shown(own, body, given, row)]) !== JSON.stringify(those);
  });
}

const asked = JSON.parse(readFileSync(0, "utf8"));
for (const name of Object.keys(asked.bundles)) asked.bundles[name] = unfolded(asked.bundles[name]);
const answers = asked.visits.map(({ bundle, body, given, only }, at) => {
  const own = asked.bundles[bundle];
  if (only !== null) return { findings: find({ ...own, findings: own.findings.filter((rule) => rule.code === only) }, body, given) };
  const findings = find(own, body, given);
  const reached = level(findings, own.levels);
  const again = at % 11 === 0 && body?.answers;
  const all = shown(own, body, given);
  return {
    findings, level: reached, urgency: urgency(findings), shown: [...all], scores: scores(own, body, given),
    otherwise: again ? [...judgedOtherwise(own, body, given, findings), ...shownOtherwise(own, body, given, all)] : [], to_ask: toAsk(findings, reached, own.levels, MOST),
  };
});
process.stdout.write(JSON.stringify({ operators: Object.keys(OPERATORS), answers }));

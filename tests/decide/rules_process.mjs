// Runs the tablet's rules for the tests: one JSON object on stdin with bundles by name and questions to them, one list of answers out.
import { readFileSync } from "node:fs";
import { toAsk } from "../../static/tablet/asking.js";
import { level, urgency } from "../../static/tablet/level.js";
import { OPERATORS } from "../../static/tablet/rules/evaluate.js";
import { HISTORY } from "../../static/tablet/rules/reading.js";
import { find, scores, shown } from "../../static/tablet/rules.js";

const MOST = 3;

const asked = JSON.parse(readFileSync(0, "utf8"));
const answers = asked.visits.map(({ bundle, body, given }) => {
  const own = asked.bundles[bundle];
  const findings = find(own, body, given);
  const reached = level(findings, own.levels);
  return {
    findings, level: reached, urgency: urgency(findings), shown: [...shown(own, body, given)], scores: scores(own, body, given),
    to_ask: toAsk(findings, reached, own.levels, MOST),
  };
});
process.stdout.write(JSON.stringify({ operators: Object.keys(OPERATORS), history: [...HISTORY.keys()], answers }));

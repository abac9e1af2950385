// Runs the tablet's rules for the tests: one JSON object on stdin with bundles by name and questions to them, one list of answers out.
import { readFileSync } from "node:fs";
import { level, urgency } from "../../static/tablet/level.js";
import { OPERATORS, find, shown } from "../../static/tablet/rules.js";

const asked = JSON.parse(readFileSync(0, "utf8"));
const answers = asked.visits.map(({ bundle, body, given }) => {
  const own = asked.bundles[bundle];
  const findings = find(own, body, given);
  return { findings, level: level(findings, own.levels), urgency: urgency(findings), shown: [...shown(own, body, given)] };
});
process.stdout.write(JSON.stringify({ operators: Object.keys(OPERATORS), answers }));

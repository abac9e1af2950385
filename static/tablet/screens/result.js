// @ts-check
// What the service made of a visit: findings with today's facts, and the referral it proposes for a person to complete.

import { headOf } from "../caseload.js";
import { details, h } from "../dom.js";
import { levelWords } from "../form/notes.js";
import { message } from "./message.js";

/** @import { App, Screen } from "../main.js" */
/** @import { Result } from "../types" */

const URGENCY = /** @type {Record<string, string>} */ ({ tonight: "today", this_week: "this week", routine: "in the usual course" });

/** @param {App} app @param {string} id @returns {Promise<Screen>} */
export async function result(app, id) {
  const kept = await app.open().get("result", id);
  if (!kept || kept.value.state === "not_yet") return message("The assessment is still to come.", "It is asked for as long as there is a connection.", "#/waiting", "Waiting and sent");
  const result = /** @type {Result} */ (kept.value);
  const { referral } = result;
  const reviewed = ((await headOf(app.open()))?.reviews ?? []).some(({ submission }) => submission === id);
  const present = (result.findings ?? []).filter((one) => one.state === "present" && !one.under);
  const element = h(
    "div", null,
    h("a.nhsuk-back-link", { href: "#/waiting" }, "Waiting and sent"), h("h1.nhsuk-heading-l", null, "What came back"),
    result.state === "quarantined" && h("p.app-warning", null, "The visit is kept, and a supervisor looks at it before it is assessed."),
    referral && h("div.nhsuk-inset-text", null, h("p", null, referral.words), h("p", null, h("a", { href: referral.url }, "Complete and send it"), " (needs a connection)")),
    present.length > 0 && details(present.length === 1 ? "1 note" : `${present.length} notes`, h("ul", null, ...present.map((one) => h("li", null, one.said)))),
    reviewed && h("p", null, h("a.app-action", { href: "#/reviews" }, "What a colleague said of it")),
    Boolean(result.changed?.length) && details("Changed since you left base", h("ul", null, ...(result.changed ?? []).map((one) => h("li", null, changeWords(one))))),
    result.level && details("For the practitioner",
      h("p", null, `${levelWords(result.level)}.`),
      result.urgency && h("p", null, `To be acted on ${URGENCY[result.urgency] ?? result.urgency}.`),
      result.destination && h("p", null, `Goes to: ${result.destination.words}.`)),
  );
  return { element, live: true };
}

/** @param {any} change */
const changeWords = (change) => `${change.said} (${STATES[change.state]}; on the tablet: ${STATES[change.was] ?? "not there"})`;

const STATES = /** @type {Record<string, string>} */ ({ present: "found", absent: "not so", cannot_tell: "cannot be told" });

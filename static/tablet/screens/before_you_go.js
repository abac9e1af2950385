// @ts-check
// What whoever goes to a family must know before the door: known risks, who goes along, what was decided after a hard visit, and what to try
// with a family who keeps us at a distance. All of it is one tap away: the family may be looking at the same screen.

import { atWhen, inWords } from "../dates.js";
import { button, details, h } from "../dom.js";
import { newestOf, tap, tellTaps } from "../second.js";

/** @import { App } from "../main.js" */
/** @import { CaseloadHead, Help, KeptFamily, Risk, Tap } from "../types" */

/** @param {Risk} one */
const risk = (one) =>
  h(
    "li.app-item", null,
    h("strong", null, one.kind), h("span", null, one.words),
    h("span.app-hint", null, `${one.known}${one.source ? ` (${one.source})` : ""}, ${inWords(one.on)}.`),
    one.protected && h("span.app-hint", null, "The family must not learn who said so."),
    h("span.app-hint", null, one.stands ? `Stands until ${inWords(one.until)}.` : `Past since ${inWords(one.until)}, and nobody said whether it still is so: that it is gone is not known.`),
  );

/** How many things there are to know; nothing where there are none. @param {KeptFamily} family */
export const toKnow = ({ risks = [], talk }) => risks.length + (talk ? 1 : 0);

/** Shut, with a count. @param {KeptFamily} family @param {string} when such as "Before you go" @returns {HTMLElement | false} */
export function beforeYouGo(family, when) {
  const { risks = [], talk } = family;
  const count = toKnow(family);
  return count > 0 && details(
    `${when}: ${count} ${count === 1 ? "thing" : "things"} to know`,
    risks.length > 0 && h("ul.app-items", null, ...risks.map(risk)),
    talk && h("p", null, h("strong", null, `Decided on ${inWords(talk.on)}, after a hard visit: `), talk.changes),
  );
}

/** One pattern's help, shut. @param {Help} one @param {string} [summary] */
export const helpWith = (one, summary = "Questions that help here") =>
  details(summary, h("p", null, one.found), h("ul", null, ...one.tries.map((line) => h("li", null, line))), h("p.nhsuk-body-s", null, `From: ${one.source.replace(/, [a-z, -]+(?=[:;])/g, "")}`));

/** The help for the patterns that earlier visits of a family show. @param {KeptFamily} family @param {CaseloadHead} head */
export const helpFor = ({ curious = [] }, { help = [] }) => help.filter(({ code }) => curious.includes(code)).map((one) => helpWith(one));

/** Asks in one tap, and says what became of it. @param {App} app @param {KeptFamily} family @param {"door" | "tablet"} from @returns {Promise<HTMLElement>} */
export async function secondWorker(app, family, from) {
  const box = h("div.app-second", { role: "status" });
  const draw = async () => box.replaceChildren(...said(app, family, /** @type {Tap[]} */ (await app.open().all("second")), asked));
  const asked = async () => {
    const records = app.open();
    await tap(records, { household: family.household, from, now: app.now(), newId: app.newId });
    await draw(); // kept, whatever becomes of the connection
    await tellTaps(records, await app.queue.credential(records.account), app.now()).catch(() => {}); // it waits, and says so
    await draw();
  };
  await draw();
  return box;
}

const PHONE = "If you need somebody now, phone.";

/** @param {App} app @param {KeptFamily} family @param {Tap[]} taps @param {() => unknown} asked */
function said(app, family, taps, asked) {
  const { tap: mine, known } = newestOf(family, taps);
  const again = (/** @type {string} */ text) => button(text, asked, "nhsuk-button--secondary");
  if (mine?.refused) return [h("p", null, h("strong", null, `Not taken by the service: ${mine.refused} ${PHONE}`)), again("Ask for a second worker again")];
  if (mine && !mine.sent) return [h("p", null, h("strong", null, `A second worker was asked for ${atWhen(mine.asked_at, app.now())}. It is not sent yet: it goes with the next connection. ${PHONE}`))];
  if (mine) return [h("p", null, h("strong", null, `A second worker was asked for ${atWhen(mine.asked_at, app.now())}.`), ` Your supervisor was told and owes an answer. ${PHONE}`)];
  if (known?.state === "asked") return [h("p", null, h("strong", null, `${known.by} asked for a second worker ${atWhen(known.at, app.now())}.`), " Not answered yet when this was taken offline."), again("Ask for a second worker too")];
  const answer = known && h("p", null, h("strong", null, known.state === "goes" ? `${known.who} goes along.` : "Nobody goes along."), ` ${known.words}`, h("span.app-hint", null, ` Asked for ${atWhen(known.at, app.now())}.`));
  return [answer, again(known ? "Ask for a second worker again" : "Ask for a second worker")].filter((one) => one instanceof Node);
}

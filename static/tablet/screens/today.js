// @ts-check
// Today's families and what is due, and whether this tablet is ready to leave base.

import { NoService, Refused } from "../api.js";
import { inView, newestAnswer } from "../answers.js";
import { familiesOf, headOf, keptForGood, OtherAccount, takeOffline } from "../caseload.js";
import { atWhen, dayOf, dueWords, withWeekday } from "../dates.js";
import { button, h, quietButton } from "../dom.js";
import { ageWords, childrenOf } from "../people.js";
import { KEEP } from "../readiness.js";
import { inView as inViewOf, newsOf } from "../reviews.js";
import { meet } from "../standing.js";
import { readyOffline } from "../worker.js";
import { toKnow } from "./before_you_go.js";
import { elsewhere, wentOnOf } from "./elsewhere.js";

/** @import { App, Screen } from "../main.js" */
/** @import { Draft, KeptFamily } from "../types" */

/** @param {App} app @returns {Promise<Screen>} */
export async function today(app) {
  const records = app.open();
  const [head, families, drafts, results] = [await headOf(records), await familiesOf(records), await records.all("draft"), await records.all("result")];
  const day = dayOf(app.now());
  const said = newsOf(head, app.now());
  const box = h("div.app-ready", { role: "status" });
  const take = () => takeThem(app, box);
  const others = elsewhere(app);
  const away = await wentOnOf(app, drafts);
  const element = h(
    "div", null,
    h("p.nhsuk-caption-l.app-caption", null, withWeekday(day)), h("h1.nhsuk-heading-l", null, "Your families"),
    head ? h("p", null, `Taken offline ${atWhen(head.taken_at, app.now())}. `, quietButton("Take them again", take)) : h("p", null, "Nothing is on this tablet yet. Take your families offline while there is a connection."),
    !head && button("Take my families offline", take), box,
    head && !families.length && h("p", null, "No family is named to you at present."),
    ...(head?.handovers ?? []).map(({ id, words }) => h("p", null, h("a", { href: `/handovers/${id}` }, words))),
    h("p", null, h("a.app-action", { href: "#/ready" }, "Ready to leave?")),
    said.length > 0 && h("p", null, h("a.app-action", { href: "#/reviews" }, inViewOf(said))),
    h("ul.app-families", null, ...families.map((family) => card(family, drafts, day, away, app.now()))), others.element,
    h("p", null, h("a.app-action", { href: "#/waiting" }, "Waiting and sent"), results.length ? ` (${results.length} came back)` : ""),
  );
  await others.fill();
  /** @type {Screen} */
  const screen = { element, carried: others.fill };
  screen.heard = async () => {
    const fresh = await today(app);
    screen.carried = fresh.carried;
    inPlace(element, fresh.element);
  };
  return screen;
}

/** @param {KeptFamily} family @param {Draft[]} drafts @param {string} day @param {Map<string, string>} away @param {number} now */
function card(family, drafts, day, away, now) {
  const news = newestAnswer(family, now);
  const open = drafts.find((draft) => draft.household === family.household);
  const due = [...family.due].sort((a, b) => (a.on < b.on ? -1 : 1));
  const children = [...(family.losses ?? []), ...childrenOf(family).map((child) => `${child.given_names} (${ageWords(child, day)})`)].join(", ");
  return h(
    "li", null,
    h("a.app-family", { href: `#/family/${family.household}` },
      h("span.app-family__name", null, family.name), h("span.app-family__where", null, `${family.address}, ${family.postcode}`),
      children && h("span.app-family__who", null, children),
      ...due.slice(0, 3).map(({ what, on }) => h(`span.app-due${on < day ? ".app-due--late" : ""}`, null, `${what}, ${dueWords(on, day)}`)),
      family.referrals.some((one) => one.state === "proposed" || one.graver) && h("span.app-due", null, "Something for you to complete"),
      news && h("span.app-due", null, inView(news, now)),
      toKnow(family) > 0 && h("span.app-due", null, "Read before you go"),
      open && h("span.app-due.app-due--open", null, `Visit not finished, saved ${atWhen(open.saved_at, Date.parse(`${day}T12:00:00Z`))}`),
      open && away.get(open.id) && h("span.app-due", null, away.get(open.id))),
  );
}

/** What is new takes its place; where a finger or the focus was, it stays. @param {HTMLElement} element @param {HTMLElement} fresh */
function inPlace(element, fresh) {
  const at = element.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  element.replaceChildren(...fresh.childNodes);
  if (at) /** @type {HTMLElement | null} */ (element.querySelector(`a[href="${at}"]`))?.focus({ preventScroll: true });
}

/** @param {App} app @param {HTMLElement} box */
async function takeThem(app, box) {
  box.replaceChildren(h("p", null, "Taking your families offline…"));
  try {
    await takeOffline(app.open(), app.now);
    await meet(app.db, app.open().account, app.now());
    const [kept, ready] = [await keptForGood(), await readyOffline()];
    await app.draw();
    const words = [ready ? "" : "This page itself is still being kept: stay on the connection a moment longer and open it again.", kept ? "" : `The browser has not promised to keep what is here when the tablet runs short of space. ${KEEP}`];
    document.querySelector(".app-ready")?.replaceChildren(h("p", null, "Your families are on this tablet."), ...words.filter(Boolean).map((text) => h("p.app-hint", null, text)));
  } catch (error) {
    box.replaceChildren(h("p.app-warning", { role: "alert" }, ...why(error)));
  }
}

/** @param {unknown} error @returns {(string | Node)[]} */
function why(error) {
  const signIn = h("a", { href: "/sign-in?next=/tablet/" }, "Sign in");
  if (error instanceof NoService) return ["There is no connection to the service. What was taken before is still here."];
  if (error instanceof OtherAccount) return ["Somebody else is signed in. ", signIn, " as yourself, then take your families again."];
  if (error instanceof Refused && error.status === 401) return [signIn, " first, then take your families again."];
  if (error instanceof Refused) return [error.message];
  throw error;
}

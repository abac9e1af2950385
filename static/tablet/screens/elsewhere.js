// @ts-check
// What was begun on another of the practitioner's devices and can be gone on with here. Nobody knows what it is until the four words of that
// device are typed: so it is named by its time and its device.

import { NoService, Refused, whoami } from "../api.js";
import { carriedOf } from "../carrying.js";
import { noteOpening } from "../caseload.js";
import { atWhen } from "../dates.js";
import { fault, field, h, quietButton } from "../dom.js";
import { download, elsewhereOf, fits, isKnown, keepHere, NotOpened, opened } from "../elsewhere.js";
import { ChangedElsewhere } from "../records.js";
import { sheet } from "../sheet.js";
import { showWords } from "./unlock.js";

/** @import { App } from "../main.js" */
/** @import { Carried, Draft, RevisionContent, RevisionRow, ToldHead } from "../types" */
/** @typedef {{ draft: string, head: ToldHead }} Away */

const SIGN_IN = "/sign-in?next=/tablet/";

/** @param {{ label: string | null }} of */
export const deviceName = ({ label }) => label || "another device";

/** Where else a visit that is here ended or went on; nothing when nowhere. @param {Carried} known @param {string | undefined} own this device @param {number} now */
export function wentOn({ ended, resume, others: [head] }, own, now) {
  if (ended) return ended.how === "discarded" && (resume || ended.device === own) ? "" : `This visit was ${ended.how} on ${deviceName(ended)} ${atWhen(ended.at, now)}.`;
  return head ? `This visit ${head.ahead ? "went on" : "was also changed"} on ${deviceName(head)}, saved to the service from there ${atWhen(head.received_at, now)}.` : "";
}

/** The same of each of these. @param {App} app @param {Draft[]} drafts @returns {Promise<Map<string, string>>} */
export async function wentOnOf(app, drafts) {
  const records = app.open();
  const own = (await app.db.get("accounts", records.account))?.device?.id;
  const words = new Map();
  for (const { id } of drafts) words.set(id, wentOn(await carriedOf(records, id), own, app.now()));
  return words;
}

/** The list, or nothing; `fill` draws it again. @param {App} app */
export function elsewhere(app) {
  const element = h("section", { hidden: true, "aria-labelledby": "elsewhere" });
  let drawn = "";
  const fill = async () => {
    const away = await elsewhereOf(app.open());
    const now = JSON.stringify(away);
    if (now === drawn) return; // what somebody is about to press stays where it is
    drawn = now;
    element.hidden = !away.length;
    element.replaceChildren(h("h2.nhsuk-heading-m", { id: "elsewhere" }, "On your other devices"), h("ul.app-items", null, ...away.map((one) => item(one, app))));
  };
  return { element, fill };
}

/** @param {Away} one @param {App} app */
function item(one, app) {
  const said = h("div", { role: "status" });
  const name = `A visit that is not finished, from ${deviceName(one.head)}`;
  const open = h("button.app-link", { type: "button", onclick: () => begin(one, app, said) }, "Open here", h("span.nhsuk-u-visually-hidden", null, `: saved to the service ${atWhen(one.head.received_at, app.now())}`));
  return h("li.app-item", { "data-elsewhere": one.draft }, h("strong", null, name), h("span", null, `Saved to the service ${atWhen(one.head.received_at, app.now())}.`), open, said);
}

/** @param {Away} one @param {App} app @param {HTMLElement} said */
async function begin(one, app, said) {
  said.replaceChildren(h("p", null, "Asking the service for it…"));
  try {
    const row = await fetched(app, one.draft, one.head);
    said.replaceChildren();
    await withWords(app, one, row, (content) => take(app, one, content));
  } catch (error) {
    said.replaceChildren(h("p.app-warning", { role: "alert" }, ...(await whyNot(error, app))));
  }
}

/** @param {App} app @param {string} draft @param {ToldHead} head */
export async function fetched(app, draft, head) {
  const { device } = await app.db.get("accounts", app.open().account);
  return download(device?.id ?? "", draft, head.revision);
}

/** @param {App} app @param {Away} one @param {RevisionContent} content */
async function take(app, { head }, content) {
  const records = app.open();
  await fits(records, content.draft);
  try {
    await keepHere(records, head, content);
  } catch (error) {
    if (!(error instanceof ChangedElsewhere)) throw error; // it was opened in another window meanwhile
  }
  await noteOpening(records, content.draft.household, new Date(app.now()).toISOString()).catch(() => {});
  app.go(`#/visit/${content.draft.id}`);
}

/**
 * Asks for the words of the other device, unless they were typed already, and goes on with what they open.
 * @param {App} app @param {Away} one @param {RevisionRow} row @param {(content: RevisionContent) => Promise<void>} then
 */
async function withWords(app, one, row, then) {
  const records = app.open();
  const asked = { draft: one.draft, revision: one.head.revision };
  if (isKnown(records, row)) return then(await opened(records, asked, row, ""));
  const form = wordsForm(deviceName(one.head), async (words) => {
    await then(await opened(records, asked, row, words));
    dialog.close();
  }, app);
  const dialog = sheet("Open it here", {}, form, quietButton("Not now", () => dialog.close()));
  form.querySelector("input")?.focus();
}

/** @param {string} device @param {(words: string) => Promise<void>} then @param {App} app */
export function wordsForm(device, then, app) {
  const group = field({ id: "their-words", label: `The four words of ${device}`, hint: "Not those of this device. The service does not know them, and cannot open what you saved.", type: "password" });
  const submit = h("button.nhsuk-button", { type: "submit" }, "Open");
  const form = h("form", { novalidate: true, autocomplete: "off" }, group, showWords(group), submit);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled")) return;
    submit.setAttribute("aria-disabled", "true");
    fault(group, "");
    const input = /** @type {HTMLInputElement} */ (group.querySelector("input"));
    await then(input.value).catch(async (error) => fault(group, (await whyNot(error, app)).map((part) => (typeof part === "string" ? part : part.textContent)).join("")));
    submit.removeAttribute("aria-disabled");
  });
  return form;
}

/** @param {unknown} error @param {App} app @returns {Promise<(string | Node)[]>} */
export async function whyNot(error, app) {
  const signIn = h("a", { href: SIGN_IN }, "Sign in");
  if (error instanceof NotOpened) return [error.message];
  if (error instanceof NoService) return ["There is no connection to the service. Try again where there is one."];
  if (error instanceof Refused && error.status === 401) return [signIn, " first: the service gives it to you alone. Then open it here."];
  if (error instanceof Refused && error.code === "not_found") {
    const other = await whoami().then((one) => one && one.id !== app.open().account, () => false);
    return other ? ["Somebody else is signed in. ", signIn, " as yourself, then open it here."] : ["It is not there any more: it went on elsewhere, or was finished or discarded. Look again in a moment."];
  }
  if (error instanceof Refused) return [error.message];
  return [`It could not be opened here, and is still with the service. (${error instanceof Error ? error.message : error})`];
}

// @ts-check
// What is not finished, what waits and why, and what the service has: the truth, worked out from the queue each time it is shown.

import { atWhen, inShort } from "../dates.js";
import { button, h } from "../dom.js";
import { whyWaiting } from "../status.js";
import { familyOf } from "../caseload.js";

/** @import { App, Screen } from "../main.js" */
/** @import { Draft, ReceiptRow, Result, SealedRow, SentNote } from "../types" */

/** @param {App} app @returns {Promise<Screen>} */
export async function waiting(app) {
  const records = app.open();
  const own = (/** @type {{ account: string }} */ row) => row.account === records.account;
  const drafts = /** @type {Draft[]} */ (await records.all("draft"));
  const rows = (await app.queue.waiting()).filter(own);
  const receipts = (await app.queue.receipts()).filter(own).sort((a, b) => b.seq - a.seq);
  const notes = new Map((await records.all("sent")).map((note) => [note.id, note]));
  const results = new Map((await records.all("result")).map((result) => [result.submission, result]));
  const titles = await titlesOf(app, [...drafts, ...notes.values()]);
  const element = h(
    "div", null,
    h("a.nhsuk-back-link", { href: "#/today" }, "Your families"), h("h1.nhsuk-heading-l", null, "Waiting and sent"),
    h("h2.nhsuk-heading-m", null, "Not finished"),
    list(drafts.map((draft) => h("li.app-item", null, h("a", { href: `#/visit/${draft.id}` }, titles.get(draft.household) ?? "A visit"), h("span", null, `Saved on this tablet ${atWhen(draft.saved_at, app.now())}`)))),
    h("h2.nhsuk-heading-m", null, "Waiting to be sent"),
    list(rows.map((row) => sealed(row, notes.get(row.id), titles, app))),
    rows.length > 0 && button("Send now", () => app.sync(true), "nhsuk-button--secondary"),
    h("h2.nhsuk-heading-m", null, "Sent"),
    list(receipts.map((receipt) => sent(receipt, notes.get(receipt.id), results.get(receipt.id), titles, app))),
  );
  return { element, live: true };
}

/** @param {HTMLElement[]} items */
const list = (items) => (items.length ? h("ul.app-items", null, ...items) : h("p", null, "None."));

/** @param {App} app @param {{ household: string }[]} of @returns {Promise<Map<string, string>>} */
async function titlesOf(app, of) {
  const titles = new Map();
  for (const { household } of of) titles.set(household, (await familyOf(app.open(), household))?.name ?? "A family no longer on this tablet");
  return titles;
}

/** @param {SentNote | undefined} note @param {Map<string, string>} titles */
const named = (note, titles) => (note ? `${titles.get(note.household)}, ${note.title}, ${inShort(note.occurred_on)}` : "A visit");

/** @param {SealedRow} row @param {SentNote | undefined} note @param {Map<string, string>} titles @param {App} app */
const sealed = (row, note, titles, app) => h("li.app-item", { "data-waiting": row.id }, h("strong", null, named(note, titles)), h("span", null, whyWaiting(row, app.now())));

/** @param {ReceiptRow} receipt @param {SentNote | undefined} note @param {Result | undefined} result @param {Map<string, string>} titles @param {App} app */
function sent(receipt, note, result, titles, app) {
  const came = result && result.state !== "not_yet";
  const toCome = app.signInForResults ? h("a", { href: "/sign-in" }, "Sign in to see what came back") : h("span", null, "The assessment is still to come.");
  const words = came ? h("a", { href: `#/result/${receipt.id}` }, "See what came back") : toCome;
  return h("li.app-item", { "data-sent": receipt.id }, h("strong", null, named(note, titles)),
    h("span", null, `Sent, and kept by the service as number ${receipt.seq}, ${atWhen(receipt.received_at, app.now())}. The receipt matches.`), words);
}

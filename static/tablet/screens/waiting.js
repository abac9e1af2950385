// @ts-check
// What is not finished, what waits and why, and what the service has: the truth, worked out from the queue each time it is shown.

import { addButton, additionTitle } from "../additions.js";
import { atWhen, dayOf, inShort, inWords } from "../dates.js";
import { bringBack, goesAt } from "../discarded.js";
import { button, details, h, quietButton } from "../dom.js";
import { whyWaiting } from "../status.js";
import { saveCopy } from "../waiting_copy.js";
import { familyOf } from "../caseload.js";
import { elsewhere, wentOnOf } from "./elsewhere.js";

/** @import { App, Screen } from "../main.js" */
/** @import { Records } from "../records.js" */
/** @typedef {HTMLElement | false | null | undefined} Offered */
/** @typedef {(id: string) => Offered} Add */
/** @import { Discarded, Draft, KeptFamily, ReceiptRow, Result, SealedRow, SentNote } from "../types" */

/** @param {App} app @returns {Promise<Screen>} */
export async function waiting(app) {
  const records = app.open();
  const mine = (/** @type {{ account: string }} */ row) => row.account === records.account;
  const drafts = /** @type {Draft[]} */ (await records.all("draft"));
  const gone = /** @type {Discarded[]} */ (await records.all("discarded"));
  const rows = (await app.queue.waiting()).filter(mine);
  const receipts = (await app.queue.receipts()).filter(mine).sort((a, b) => b.seq - a.seq);
  const notes = new Map((await records.all("sent")).map((note) => [note.id, note]));
  const results = new Map((await records.all("result")).map((result) => [result.submission, result]));
  const families = await familiesById(app, [...drafts, ...gone, ...notes.values()]);
  const titles = new Map([...families].map(([id, family]) => [id, family?.name ?? "A family no longer on this tablet"]));
  const add = (/** @type {string} */ id) => {
    const note = notes.get(id);
    return note && addButton(app, families.get(note.household) ?? null, note);
  };
  const others = elsewhere(app);
  await others.fill();
  const away = await wentOnOf(app, drafts);
  const element = h(
    "div", null,
    h("a.nhsuk-back-link", { href: "#/today" }, "Your families"), h("h1.nhsuk-heading-l", null, "Waiting and sent"),
    h("h2.nhsuk-heading-m", null, "Not finished"),
    list(drafts.map((draft) => h("li.app-item", null, h("a", { href: `#/visit/${draft.id}` }, draftName(draft, titles)), h("span", null, `Saved on this tablet ${atWhen(draft.saved_at, app.now())}`), h("span", null, away.get(draft.id))))),
    others.element,
    h("h2.nhsuk-heading-m", null, "Waiting to be sent"),
    ...waitingToBeSent(rows, (row) => named(notes.get(row.id), titles), app, add),
    h("h2.nhsuk-heading-m", null, "Sent"),
    list(receipts.map((receipt) => sent(receipt, notes.get(receipt.id), results.get(receipt.id), titles, app, add(receipt.id)))),
    gone.length > 0 && [h("h2.nhsuk-heading-m", null, "Discarded"), list(gone.map((one) => discarded(one, titles.get(one.household) ?? "A visit", app)))],
  );
  return { element, live: true, carried: others.fill };
}

/** @param {Discarded} one @param {string} name @param {App} app */
function discarded(one, name, app) {
  const back = () => bringBack(app.open(), one.id).then(() => app.draw()).catch(app.notSaved);
  return h("li.app-item", { "data-discarded": one.id }, h("strong", null, name), h("span", null, `Discarded ${atWhen(one.discarded_at, app.now())}. It can be brought back until ${inWords(dayOf(goesAt(one)))}, and goes for good after that.`),
    quietButton("Bring this visit back", back));
}

/** @param {HTMLElement[]} items */
const list = (items) => (items.length ? h("ul.app-items", null, ...items) : h("p", null, "None."));

/** @param {App} app @param {{ household: string }[]} of @returns {Promise<Map<string, KeptFamily | null>>} */
async function familiesById(app, of) {
  const families = new Map();
  for (const { household } of of) if (!families.has(household)) families.set(household, await familyOf(app.open(), household));
  return families;
}

/** @param {Draft} draft @param {Map<string, string>} titles */
function draftName(draft, titles) {
  const family = titles.get(draft.household) ?? "A visit";
  return draft.adds ? `${family}, ${additionTitle(draft.adds)}` : family;
}

/** @param {SentNote | undefined} note @param {Map<string, string>} titles */
const named = (note, titles) => (note ? `${titles.get(note.household)}, ${note.title}, ${inShort(note.occurred_on)}` : "A visit");

/** What was said and opened here stays when the screen is drawn again, as it is after each try. @type {WeakMap<Records, { said: string, open: boolean }>} */
const SHOWN = new WeakMap();

/** Each with why it waits; to send them, or to carry them, all or one. @param {SealedRow[]} rows @param {(row: SealedRow) => string} name @param {App} app @param {Add} add */
function waitingToBeSent(rows, name, app, add) {
  if (!rows.length) return [list([])];
  const shown = SHOWN.get(app.open()) ?? { said: "", open: false };
  SHOWN.set(app.open(), shown);
  const said = h("p.app-hint", { role: "status" }, shown.said);
  const save = (/** @type {string} */ id) => async () => said.replaceChildren((shown.said = await saveCopy(app.queue, app.now(), { account: rows[0].account, id })));
  const about = details("What an encrypted copy is for",
    h("p", null, "For a tablet that cannot send. It is a file with the visits that wait, as they would be sent. No name and no answer in it can be read by anybody who finds it, nor by this tablet: only by the service."),
    h("p", null, `Carry it by cable or memory stick to a computer on which you sign in, and open ${location.host}/bring-in there; or give it to your administrator. Saving it sends nothing and removes nothing: when this tablet can send again, each visit here gets the receipt of what was brought in.`));
  about.toggleAttribute("open", shown.open);
  about.addEventListener("toggle", () => (shown.open = about.hasAttribute("open")));
  return [
    list(rows.map((row) => sealed(row, name(row), app, [add(row.id), rows.length > 1 && quietButton("Save a copy of this visit alone", save(row.id))]))),
    button("Send now", () => app.sync(true), "nhsuk-button--secondary"), " ",
    button(rows.length > 1 ? `Save an encrypted copy of all ${rows.length}` : "Save an encrypted copy", save(""), "nhsuk-button--secondary"),
    said, about,
  ];
}

/** @param {SealedRow} row @param {string} name @param {App} app @param {Offered[]} more what else can be done with it */
function sealed(row, name, app, more) {
  const signIn = ["not_signed_in", "not_allowed"].includes(row.trouble?.code ?? "");
  return h("li.app-item", { "data-waiting": row.id }, h("strong", null, name), h("span", null, whyWaiting(row, app.now())),
    signIn && h("a.app-action", { href: "/sign-in?next=/tablet/" }, "Sign in"), ...more);
}

/** @param {ReceiptRow} receipt @param {SentNote | undefined} note @param {Result | undefined} result @param {Map<string, string>} titles @param {App} app @param {Offered} add */
function sent(receipt, note, result, titles, app, add) {
  const came = result && result.state !== "not_yet";
  const toCome = app.signInForResults ? h("a", { href: "/sign-in" }, "Sign in to see what came back") : h("span", null, "The assessment is still to come.");
  const words = came ? h("a", { href: `#/result/${receipt.id}` }, "See what came back") : toCome;
  return h("li.app-item", { "data-sent": receipt.id }, h("strong", null, named(note, titles)),
    h("span", null, `Sent, and kept by the service as number ${receipt.seq}, ${atWhen(receipt.received_at, app.now())}. The receipt matches.`), words, add);
}

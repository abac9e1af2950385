// @ts-check
// What is not finished, what waits and why, and what the service has: the truth, worked out from the queue each time it is shown.

import { addButton, additionTitle } from "../additions.js";
import { atWhen, dayOf, inShort, inWords } from "../dates.js";
import { bringBack, goesAt } from "../discarded.js";
import { button, details, h, quietButton } from "../dom.js";
import { leftOver } from "../photographs.js";
import { photographsSent, whyWaiting } from "../status.js";
import { saveCopy } from "../waiting_copy.js";
import { familyOf } from "../caseload.js";
import { elsewhere, wentOnOf } from "./elsewhere.js";

/** @import { App, Screen } from "../main.js" */
/** @import { Records } from "../records.js" */
/** @typedef {HTMLElement | false | null | undefined} Offered */
/** @typedef {(id: string) => Offered} Add */
/** @import { Discarded, Draft, KeptFamily, PhotographRow, ReceiptRow, Result, SealedRow, SentNote, Unsealed, WaitingPhotograph } from "../types" */
/** @typedef {{ sent: number, waiting: WaitingPhotograph[], left: number }} Pictures of one visit */

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
  const lookAtPictures = async () => picturesByVisit((await app.photographs.all()).filter(mine), await leftOver(records));
  const pictures = await lookAtPictures();
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
    ...waitingToBeSent(rows, receipts.filter(({ id }) => open(pictures.get(id))), pictures, (id) => named(notes.get(id), titles), app, add),
    h("h2.nhsuk-heading-m", null, "Sent"),
    list(receipts.map((receipt) => sent(receipt, notes.get(receipt.id), results.get(receipt.id), pictures.get(receipt.id), titles, app, add(receipt.id)))),
    gone.length > 0 && [h("h2.nhsuk-heading-m", null, "Discarded"), list(gone.map((one) => discarded(one, titles.get(one.household) ?? "A visit", app)))],
  );
  /** One more was sent: only its count changes, so that nobody who is pressing something here loses it. */
  const told = async () => {
    const now = await lookAtPictures();
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-photographs]"))) {
      const of = now.get(item.dataset.photographs ?? "");
      if (!of || !open(of)) return app.draw();
      /** @type {HTMLElement} */ (item.querySelector("span")).textContent = photographsSent(of, true, app.now());
    }
    await app.tellState();
  };
  return { element, live: true, told, carried: others.fill };
}

/** @param {PhotographRow[]} rows @param {Unsealed[]} left @returns {Map<string, Pictures>} */
function picturesByVisit(rows, left) {
  /** @type {Map<string, Pictures>} */
  const found = new Map();
  const of = (/** @type {string} */ visit) => found.get(visit) ?? /** @type {Pictures} */ (found.set(visit, { sent: 0, waiting: [], left: 0 }).get(visit));
  for (const row of rows) {
    if (row.receipt) of(row.visit).sent += 1;
    else of(row.visit).waiting.push(row);
  }
  for (const { id, taken } of left) of(id).left = taken.filter((one) => !rows.some((row) => row.id === one.id)).length;
  return found;
}

/** Whether some of a visit's photographs are still here. @param {Pictures | undefined} of */
const open = (of) => of !== undefined && of.waiting.length + of.left > 0;

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

/**
 * Each with why it waits; to send them, or to carry them, all or one. Visits that were sent stand here too for as long as photographs of them
 * are here. @param {SealedRow[]} rows @param {ReceiptRow[]} partly @param {Map<string, Pictures>} pictures @param {(id: string) => string} name @param {App} app
 * @param {Add} add
 */
function waitingToBeSent(rows, partly, pictures, name, app, add) {
  const ofSent = partly.map(({ id }) => photographsOf(id, name(id), pictures, app));
  const send = button("Send now", () => app.sync(true), "nhsuk-button--secondary");
  if (!rows.length) return ofSent.length ? [list(ofSent), send] : [list([])];
  const shown = SHOWN.get(app.open()) ?? { said: "", open: false };
  SHOWN.set(app.open(), shown);
  const said = h("p.app-hint", { role: "status" }, shown.said);
  const save = (/** @type {string} */ id) => async () => said.replaceChildren((shown.said = await saveCopy(app.queue, app.now(), { account: rows[0].account, id })));
  const about = details("What an encrypted copy is for",
    h("p", null, "For a tablet that cannot send. It is a file with the visits that wait, as they would be sent, without their photographs: those stay on this tablet until it can send them. No name and no answer in it can be read by anybody who finds it, nor by this tablet: only by the service."),
    h("p", null, `Carry it by cable or memory stick to a computer on which you sign in, and open ${location.host}/bring-in there; or give it to your administrator. Saving it sends nothing and removes nothing: when this tablet can send again, each visit here gets the receipt of what was brought in.`));
  about.toggleAttribute("open", shown.open);
  about.addEventListener("toggle", () => (shown.open = about.hasAttribute("open")));
  return [
    list([...rows.map((row) => sealed(row, name(row.id), pictures.get(row.id), app, [add(row.id), rows.length > 1 && quietButton("Save a copy of this visit alone", save(row.id))])), ...ofSent]),
    send, " ",
    button(rows.length > 1 ? `Save an encrypted copy of all ${rows.length}` : "Save an encrypted copy", save(""), "nhsuk-button--secondary"),
    said, about,
  ];
}

/** @param {{ trouble: { code: string } | null }[]} rows */
const signIn = (rows) => rows.some(({ trouble }) => ["not_signed_in", "not_allowed"].includes(trouble?.code ?? "")) && h("a.app-action", { href: "/sign-in?next=/tablet/" }, "Sign in");

/** @param {SealedRow} row @param {string} name @param {Pictures | undefined} pictures @param {App} app @param {Offered[]} more what else can be done with it */
const sealed = (row, name, pictures, app, more) => h("li.app-item", { "data-waiting": row.id }, h("strong", null, name), h("span", null, whyWaiting(row, app.now())),
  pictures && h("span", null, photographsSent(pictures, false, app.now())), signIn([row]), ...more);

/** @param {string} id @param {string} name @param {Map<string, Pictures>} all @param {App} app */
function photographsOf(id, name, all, app) {
  const pictures = /** @type {Pictures} */ (all.get(id));
  return h("li.app-item", { "data-photographs": id }, h("strong", null, `Photographs of ${name}`), h("span", null, photographsSent(pictures, true, app.now())), signIn(pictures.waiting));
}

/** @param {ReceiptRow} receipt @param {SentNote | undefined} note @param {Result | undefined} result @param {Pictures | undefined} pictures @param {Map<string, string>} titles @param {App} app @param {Offered} add */
function sent(receipt, note, result, pictures, titles, app, add) {
  const came = result && result.state !== "not_yet";
  const toCome = app.signInForResults ? h("a", { href: "/sign-in" }, "Sign in to see what came back") : h("span", null, "The assessment is still to come.");
  const words = came ? h("a", { href: `#/result/${receipt.id}` }, "See what came back") : toCome;
  return h("li.app-item", { "data-sent": receipt.id }, h("strong", null, named(note, titles)),
    h("span", null, `Sent, and kept by the service as number ${receipt.seq}, ${atWhen(receipt.received_at, app.now())}. The receipt matches.`),
    pictures && !open(pictures) && h("span", null, photographsSent(pictures, true, app.now())), words, add);
}

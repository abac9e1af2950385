// @ts-check
// Getting in: four words, with or without a network. A first unlock, and a new one when the words are forgotten, follow a sign-in.

import { accountsOf, resetUnlock, setUnlock, unlock } from "../accounts.js";
import { NoService, Refused, whoami } from "../api.js";
import { button, details, fault, field, h, quietButton } from "../dom.js";
import { meet, OUT_OF_USE } from "../standing.js";
import { offerWords, plainWords } from "../vault.js";
import { saveCopy } from "../waiting_copy.js";

/** @import { App, Screen } from "../main.js" */

const SIGN_IN = "/sign-in?next=/tablet/";
const ROLES = ["health_visitor", "midwife", "nursery_nurse", "student"];

/** @param {App} app @returns {Promise<Screen>} */
export async function unlockScreen(app) {
  const group = field({ id: "words", label: "Your four words", type: "password" });
  const open = h("button.nhsuk-button", { type: "submit" }, "Unlock");
  const form = h("form", { novalidate: true, autocomplete: "off" }, group, showWords(group), open);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    open.setAttribute("aria-disabled", "true");
    const records = await unlock(app.db, valueOf(group));
    open.removeAttribute("aria-disabled");
    if (records) return app.unlocked(records, true);
    fault(group, "These words do not open this tablet. Check each word and the order.");
  });
  const other = h("div");
  const rows = await app.queue.waiting();
  const pictures = await app.photographs.waiting();
  const refused = app.refused || ((await accountsOf(app.db)).every((row) => row.revoked) ? OUT_OF_USE : "");
  return {
    element: h(
      "div.app-narrow", null, h("h1.nhsuk-heading-l", null, "Unlock"),
      refused && h("div.app-warning", { role: "alert" }, h("p", null, refused), h("a", { href: SIGN_IN, class: "app-action" }, "Sign in")), form,
      rows.length > 0 && !refused && h("p", null, "Sealed visits are waiting here. They are sent as soon as there is a connection, locked or not."),
      pictures.length > 0 && !refused && h("p", null, "Photographs of sealed visits are waiting here too, and are sent after their visit."),
      rows.length > 0 && copyOfAll(app),
      details("I cannot unlock, or I am new on this tablet", h("p", null, "With a connection and your sign-in you can set new words. Nothing that is saved is lost."),
        quietButton("Set words with my sign-in", () => setWords(app, other)), other),
    ),
  };
}

/** A tablet that cannot be opened, or cannot send, still gives up what is sealed, to the service alone. @param {App} app */
function copyOfAll(app) {
  const said = h("p", { role: "status" });
  return details("Visits that cannot be sent from here", h("p", null, `Save them as a file in which only the service can read names and answers. Photographs are not in it: they stay here until this tablet can send. Whoever wrote them brings it in at ${location.host}/bring-in, or an administrator does. Nothing leaves this tablet by it.`),
    quietButton("Save an encrypted copy", async () => said.replaceChildren(await saveCopy(app.queue, app.now()))), said);
}

/** A tablet nobody uses yet. @param {App} app @returns {Promise<Screen>} */
export async function welcome(app) {
  const box = h("div");
  await setWords(app, box);
  return { element: h("div.app-narrow", null, h("h1.nhsuk-heading-l", null, "Set up this tablet"), box) };
}

/** @param {App} app @param {HTMLElement} box */
async function setWords(app, box) {
  try {
    const account = await whoami();
    if (!account) return box.replaceChildren(h("p", null, "Sign in first, with a connection. Then you come back here."), h("p", null, h("a.nhsuk-button", { href: SIGN_IN }, "Sign in")));
    if (!ROLES.includes(account.role)) return box.replaceChildren(h("p", null, "The tablet is for health visitors, midwives, nursery nurses and students."), h("p", null, h("a", { href: "/" }, "Go to your start page")));
    await chooseWords(app, box, account);
  } catch (error) {
    if (!(error instanceof NoService)) throw error;
    box.replaceChildren(h("p", null, "There is no connection to the service. Try again where there is one."), quietButton("Try again", () => setWords(app, box)));
  }
}

/** @param {App} app @param {HTMLElement} box @param {{ id: string, name: string }} account */
async function chooseWords(app, box, account) {
  const words = await (await fetch("/static/vendor/words.json")).json();
  const offered = h("p.app-words", { id: "offered" }, offerWords(words));
  const group = field({ id: "typed", label: "Type the four words to set them", hint: "Write them down and keep them away from the tablet until you know them." });
  const isNew = !(await accountsOf(app.db)).some((row) => row.account === account.id);
  const called = field({ id: "device-name", label: "What this device is called", hint: "Your other devices show it beside a visit that you began here, and the service can read it. No family’s name.", value: deviceKind() });
  const set = h("button.nhsuk-button", { type: "submit" }, "Set as my unlock");
  const form = h("form", { novalidate: true, autocomplete: "off" }, group, isNew && called, set);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = plainWords(valueOf(group));
    if (chosen !== offered.textContent) return fault(group, "These are not the four words above. Check each word and the order.");
    set.setAttribute("aria-disabled", "true");
    await keepWords(app, box, group, { account: account.id, chosen, label: valueOf(called).trim().slice(0, 80) || deviceKind() }).finally(() => set.removeAttribute("aria-disabled"));
  });
  box.replaceChildren(
    h("p", null, `Signed in as ${account.name}. These words open your work on this tablet, also without a network.`),
    offered, h("p", null, quietButton("Offer other words", () => (offered.textContent = offerWords(words)))), form,
  );
}

/** @param {App} app @param {HTMLElement} box @param {HTMLElement} group @param {{ account: string, chosen: string, label: string }} given */
async function keepWords(app, box, group, { account, chosen, label }) {
  try {
    const row = (await accountsOf(app.db)).find((one) => one.account === account); // now, not when the words were offered
    const records = row ? await resetUnlock(app.db, row, chosen) : await setUnlock(app.db, account, chosen, label);
    if (records) return await meet(app.db, account, app.now()).then(() => app.unlocked(records));
    box.replaceChildren(h("p.app-warning", { role: "alert" }, "The service's key does not open what is kept here. Nothing was changed: tell your supervisor."));
  } catch (error) {
    if (!(error instanceof NoService || error instanceof Refused)) throw error;
    fault(group, error instanceof NoService ? "There is no connection to the service. Try again where there is one." : error.message);
  }
}

const deviceKind = () => (navigator.maxTouchPoints > 0 ? "Tablet" : "Desk computer");

/** @param {HTMLElement} group */
export function showWords(group) {
  const input = /** @type {HTMLInputElement} */ (group.querySelector("input"));
  const toggle = h("button.app-link", { type: "button", "aria-pressed": "false", "aria-controls": input.id }, "Show the words");
  toggle.addEventListener("click", () => {
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    toggle.setAttribute("aria-pressed", String(show));
  });
  return h("p", null, toggle);
}

/** @param {HTMLElement} group */
const valueOf = (group) => /** @type {HTMLInputElement} */ (group.querySelector("input")).value;

// @ts-check
// Ready to leave base? Looks at everything afresh when it is opened, and says of each thing how it is, what that means and what to do.

import { wordsOpen } from "../accounts.js";
import { headOf } from "../caseload.js";
import { clock } from "../dates.js";
import { button, details, fault, field, h } from "../dom.js";
import { leftOver } from "../photographs.js";
import { linesOf, overAll } from "../readiness.js";
import { lackingOffline, newerVersion, readyOffline } from "../worker.js";

/** @import { App, Screen } from "../main.js" */
/** @import { Facts, Line } from "../readiness.js" */
/** @import { Records } from "../records.js" */

const MARKS = { fine: ["✓", "Fine", ".app-due--open"], look: ["!", "Wants a look", ".app-due--late"], unknown: ["?", "Not checked", ""] };

/** @param {App} app @returns {Promise<Screen>} */
export async function ready(app) {
  const records = app.open();
  const over = h("p.app-ready", { id: "ready", role: "status", tabindex: "-1" }, "Looking…");
  const list = h("ul.app-items");
  /** @type {Facts} */
  let facts;
  /** @param {Partial<Facts>} more */
  const show = (more) => {
    facts = { ...facts, ...more };
    const lines = linesOf(facts);
    over.replaceChildren(h("strong", null, overAll(lines)), `. Looked at ${clock(facts.now)}, ${facts.reached ? "with the service in reach" : "without a connection to the service"}.`);
    list.replaceChildren(...lines.map((line) => drawn(line, ask)));
  };
  const ask = async () => {
    const persisted = await navigator.storage.persist();
    show({ persisted, refused: !persisted });
    over.focus();
  };
  const look = () => factsOf(app, records).then((found) => show({ ...found, opens: facts?.opens ?? null }), (error) => over.replaceChildren(`This could not be looked at. (${error})`));
  void look();
  return {
    element: h(
      "div", null,
      h("a.nhsuk-back-link", { href: "#/today" }, "Your families"), h("h1.nhsuk-heading-l", null, "Before you leave"), over, list,
      button("Look again", look, "nhsuk-button--secondary"),
      details("Try your four words", tryWords((words) => wordsOpen(app.db, records.account, words), (opens) => show({ opens }))),
    ),
  };
}

/** @param {Line} line @param {() => unknown} ask */
function drawn({ id, title, state, words, todo }, ask) {
  const [mark, said, kind] = MARKS[state];
  const there = /** @type {Record<string, string[]>} */ ({ caseload: ["#/today", "Your families"], waiting: ["#/waiting", "Waiting and sent"] })[id];
  return h(
    "li.app-item", { "data-check": id, "data-state": state },
    h("strong", null, title), h(`span.app-due${kind}`, null, h("span", { "aria-hidden": "true" }, `${mark} `), said),
    h("span", null, words), todo && h("span", null, todo),
    state === "look" && there && h("a.app-action", { href: there[0] }, there[1]),
    state === "look" && id === "storage" && h("button.app-link", { type: "button", onclick: ask }, "Ask the browser to keep it"),
  );
}

/** @param {(words: string) => Promise<boolean>} open @param {(opens: boolean) => void} tell */
function tryWords(open, tell) {
  const group = field({ id: "again", label: "Your four words", type: "password", hint: "Nothing is locked or changed by this." });
  const input = /** @type {HTMLInputElement} */ (group.querySelector("input"));
  const said = h("p", { role: "status" });
  const form = h("form", { novalidate: true, autocomplete: "off" }, group, h("button.nhsuk-button.nhsuk-button--secondary", { type: "submit" }, "Try them"), said);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const opens = await open(input.value);
    input.value = "";
    tell(opens);
    said.textContent = opens ? "These words open this tablet." : "";
    fault(group, opens ? "" : "These words do not open your work on this tablet. Check each word and the order.");
  });
  return form;
}

/** @param {App} app @param {Records} records @returns {Promise<Omit<Facts, "opens">>} */
async function factsOf(app, records) {
  const own = (/** @type {{ account: string }} */ row) => row.account === records.account;
  const head = await headOf(records);
  const [{ reached, offset }, lacking, newer, estimate] = await Promise.all([
    meetClock(app.now), readyOffline(2_000).then((kept) => (kept ? lackingOffline(head?.forms.flatMap((form) => [form.page, form.bundle]) ?? []) : null)),
    newerVersion(), navigator.storage?.estimate?.().catch(() => null),
  ]);
  const receipts = (await app.queue.receipts()).filter(own).sort((a, b) => b.seq - a.seq);
  return {
    now: app.now(), reached, offset, head, lacking, newer, refused: false, byWords: app.byWords,
    free: estimate?.quota === undefined ? null : estimate.quota - (estimate.usage ?? 0), persisted: (await navigator.storage?.persisted?.()) ?? null,
    recovery: Boolean((await app.db.get("accounts", records.account))?.recovery), receipt: receipts[0] ?? null,
    waiting: (await app.queue.waiting()).filter(own).length, drafts: (await records.all("draft")).length,
    photographs: (await app.photographs.waiting()).filter(own).length + (await leftOver(records)).flatMap(({ taken }) => taken).length,
  };
}

/** Whether the service itself answers now, and how far this clock is from its. @param {() => number} now */
async function meetClock(now) {
  try {
    const answer = await fetch("/health", { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(5_000) });
    const [told, at, reached] = [Date.parse(answer.headers.get("date") ?? ""), now(), (await answer.json()).well === true];
    return { reached, offset: reached && told ? at - told : null };
  } catch {
    return { reached: false, offset: null };
  }
}

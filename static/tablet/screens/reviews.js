// @ts-check
// What a second person said of one's own visits, folded away: whoever is near may see the screen. A question is answered here.

import { NoService, Refused } from "../api.js";
import { headOf } from "../caseload.js";
import { atWhen, inWords } from "../dates.js";
import { button, details, fault, field, h } from "../dom.js";
import { answer, keepTyped, letGoAnswered, openQuestions, typedFor } from "../reviews.js";

/** @import { App, Screen } from "../main.js" */
/** @import { AskedBack, Review } from "../types" */

/** @param {App} app @returns {Promise<Screen>} */
export async function reviews(app) {
  const records = app.open();
  const head = await headOf(records);
  if (head) await letGoAnswered(records, head);
  const typed = new Map();
  const all = [...(head?.reviews ?? [])].sort((a, b) => openQuestions(b).length - openQuestions(a).length);
  for (const { id } of all.flatMap(openQuestions)) typed.set(id, await typedFor(records, id));
  const element = h(
    "div", null,
    h("a.nhsuk-back-link", { href: "#/today" }, "Your families"), h("h1.nhsuk-heading-l", null, "What colleagues said"),
    all.length
      ? h("ul.app-items", null, ...all.map((review) => item(review, typed, app)))
      : h("p", null, "Nothing on this tablet. Take your families again to see what is new."),
    head && h("p.nhsuk-body-s", null, `As known ${atWhen(head.as_of.at, app.now())}.`),
  );
  return { element };
}

/** @param {Review} review @param {Map<string, string>} typed @param {App} app */
function item(review, typed, app) {
  const open = openQuestions(review).length;
  const short = open ? (open === 1 ? "1 question" : `${open} questions`) : review.signed ? "read and signed off" : "read";
  const inside = [
    h("p", null, h("strong", null, review.family), `, ${review.title}`),
    ...review.questions.map((one) => question(one, typed, app)),
    ...review.not_agreed.map(({ said, reason, by }) => h("p", null, `${by || "A colleague"} does not agree with “${said}”: ${reason}`)),
    review.signed && h("p", null, `Signed off by ${review.signed.by || "a colleague"} ${atWhen(review.signed.at, app.now())}. ${review.signed.words}`),
    h("p", null, h("a", { href: `/reviews/${review.submission}` }, "Open it on the desk"), ", with a connection."),
  ];
  return h("li.app-item", { "data-review": review.submission }, details(`${inWords(review.occurred_on)}: ${short}`, ...inside));
}

/** @param {AskedBack} one @param {Map<string, string>} typed @param {App} app */
function question(one, typed, app) {
  const asked = h("p", null, `${one.by || "A colleague"} asks: ${one.words}`);
  if (one.answer !== null) return h("div", null, asked, h("p", null, `Answered: ${one.answer}`));
  const group = field({ id: `answer-${one.id}`, label: "Your answer", rows: 3, value: typed.get(one.id), hint: "It is sent with a connection. What you type is kept here until then." });
  const area = /** @type {HTMLTextAreaElement} */ (group.querySelector("textarea"));
  const said = h("p", { role: "status" });
  area.addEventListener("input", () => void keepTyped(app.open(), one.id, area.value).catch(app.notSaved));
  const box = h("div", null, asked, group, said);
  box.append(button("Send this answer", () => send(app, one, area, group, said, box), "nhsuk-button--secondary"));
  return box;
}

/** @param {App} app @param {AskedBack} one @param {HTMLTextAreaElement} area @param {HTMLElement} group @param {HTMLElement} said @param {HTMLElement} box */
async function send(app, one, area, group, said, box) {
  fault(group, area.value.trim() ? "" : "Write your answer.");
  if (!area.value.trim()) return;
  said.replaceChildren("Sending…");
  try {
    await answer(app.open(), one.id, area.value);
    box.replaceChildren(h("p", null, `${one.by || "A colleague"} asks: ${one.words}`), h("p", { role: "status", tabindex: "-1" }, `Answered: ${area.value}`));
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return said.replaceChildren(h("a", { href: "/sign-in?next=/tablet/" }, "Sign in"), " first, then send it. What you wrote is kept here.");
    if (error instanceof Refused) return said.replaceChildren(`${error.message} What you wrote is kept here.`);
    if (error instanceof NoService) return said.replaceChildren("There is no connection to the service. What you wrote is kept here: send it when there is.");
    said.replaceChildren();
    app.notSaved(error);
  }
}

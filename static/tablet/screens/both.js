// @ts-check
// A visit that went on in two places: what each says, side by side, and the practitioner chooses. Nothing is put together by itself. What
// is not chosen can be brought back from "What was changed".

import { familyOf } from "../caseload.js";
import { carriedOf } from "../carrying.js";
import { cellsOf } from "../changes.js";
import { atWhen } from "../dates.js";
import { button, details, h } from "../dom.js";
import { Autosave } from "../drafts.js";
import { between, choose, fits, isKnown, opened } from "../elsewhere.js";
import { blankForm } from "../form/blank.js";
import { questionsOf } from "../form/body.js";
import { ChangeWords } from "../form/change_words.js";
import { deviceName, fetched, whyNot, wordsForm } from "./elsewhere.js";
import { message } from "./message.js";

/** @import { App, Screen } from "../main.js" */
/** @import { Draft, KeptFamily, RevisionContent, RevisionRow } from "../types" */
/** @import { Line } from "../form/change_words.js" */

/** @param {App} app @param {string} id @returns {Promise<Screen>} */
export async function both(app, id) {
  const records = app.open();
  const kept = await records.get("draft", id);
  const family = kept && (await familyOf(records, kept.value.household));
  const known = await carriedOf(records, id);
  const other = known.ended ? null : known.others[0];
  if (!kept || !family) return message("This visit is not open on this tablet.", "It may be finished already.", "#/waiting", "See what is waiting and sent");
  if (!other) return message("This visit is in one place only.", "There is nothing to choose between.", `#/visit/${id}`, "Back to the visit");
  const [draft, head] = [/** @type {Draft} */ (kept.value), other];
  const autosave = new Autosave(records, draft, kept.revision, { saving: app.saving, saved: app.saved, failed: app.notSaved }, app.now);
  app.retry = () => autosave.touch();
  const name = deviceName(head);
  const box = h("div", { id: "both" });

  /** @param {RevisionRow} row @param {string} words */
  async function open(row, words) {
    const content = await opened(records, { draft: id, revision: head.revision }, row, words);
    await fits(records, content.draft);
    box.replaceChildren(await sides(content));
    box.querySelector("h2")?.focus();
  }

  async function begin() {
    box.replaceChildren(h("p", { role: "status" }, "Asking the service for it…"));
    try {
      const row = await fetched(app, id, head);
      if (isKnown(records, row)) await open(row, "");
      else box.replaceChildren(wordsForm(name, (words) => open(row, words), app));
    } catch (error) {
      box.replaceChildren(h("p.app-warning", { role: "alert" }, ...(await whyNot(error, app))), button("Try again", begin, "nhsuk-button--secondary"));
    }
  }

  /** @param {RevisionContent} content */
  async function sides({ draft: there }) {
    const { bundle } = await blankForm(draft.form, draft.form_version);
    const { cells, calls } = between(draft, there);
    const lines = new ChangeWords(questionsOf(bundle), /** @type {KeptFamily} */ (family), cellsOf(draft)).lines(cells);
    const pick = (/** @type {boolean} */ take) => async () => {
      element.inert = true; // until what was chosen is on the disk
      await choose({ records, draft, autosave, there, head, take }).finally(() => (element.inert = false));
      await app.carrier.now(id);
      app.go(`#/visit/${id}`);
    };
    const press = (/** @type {boolean} */ take) => () => pick(take)().catch(app.notSaved);
    return h("div", null,
      h("h2.nhsuk-heading-m", { tabindex: "-1" }, lines.length ? "What differs" : "Both say the same"),
      lines.length > 0 && h("ul.app-items", null, ...lines.map((line) => h("li.app-item", null, ...pair(line, name)))),
      calls.here.length + calls.there.length > 0 && h("p", null, "Calls that were written down in either stay in the visit."),
      lines.length > 0 && h("p", null, "What you do not choose is kept under “What was changed”, and can be brought back from there."),
      button(lines.length ? "Keep what is here" : "Go on here", press(false)), " ",
      lines.length > 0 && button(`Take what ${name} has`, press(true), "nhsuk-button--secondary"),
    );
  }

  const element = h(
    "div", null,
    h("a.nhsuk-back-link", { href: `#/visit/${id}` }, "Back to the visit"), h("h1.nhsuk-heading-l", null, "In two places"),
    h("p", null, `${family.name}. Here it was changed last ${atWhen(draft.saved_at, app.now())}. On ${name} it was changed last ${atWhen(head.at, app.now())}, and saved to the service ${atWhen(head.received_at, app.now())}.`),
    box,
  );
  void begin();
  return { element, household: family.household, leave: () => autosave.settled() };
}

/** One answer on either side; what is for the practitioner alone stays shut. @param {Line} line @param {string} name @returns {Node[]} */
function pair({ place, from, to, alone }, name) {
  const inside = [h("strong", null, place), h("span", null, `Here: ${from}`), h("span", null, `On ${name}: ${to}`)];
  if (!alone) return inside;
  const shut = details("For you alone: open this only when nobody else can see", h("div.app-change", null, ...inside));
  shut.classList.add("app-alone");
  return [shut];
}

// @ts-check
// What was changed in a visit, newest first: whose answer, from what to what. Each can be brought back by itself, and so can everything as
// it stood at any moment. Either is one more change, so it can be taken back like any other.

import { bring, oneBack } from "../bringing.js";
import { familyOf } from "../caseload.js";
import { cellsOf, difference, rebuild } from "../changes.js";
import { atWhen } from "../dates.js";
import { button, details, h, quietButton } from "../dom.js";
import { Autosave } from "../drafts.js";
import { blankForm } from "../form/blank.js";
import { questionsOf } from "../form/body.js";
import { ChangeWords, NOTHING } from "../form/change_words.js";
import { cellsAfter, changesUpTo } from "../history.js";
import { shown } from "../rules.js";
import { sheet } from "../sheet.js";
import { message } from "./message.js";

/** @import { App, Screen } from "../main.js" */
/** @import { Change, Cells, Draft } from "../types" */
/** @import { Line } from "../form/change_words.js" */

const IN_VIEW = 6; // what one change did to more answers than these is one tap away

/** @param {App} app @param {string} id @returns {Promise<Screen>} */
export async function history(app, id) {
  const records = app.open();
  const kept = await records.get("draft", id);
  const home = kept && (await familyOf(records, kept.value.household));
  if (!kept || !home) return message("This visit is not open on this tablet.", "It may be finished already.", "#/waiting", "See what is waiting and sent");
  const [draft, family] = [/** @type {Draft} */ (kept.value), home];
  const { bundle } = await blankForm(draft.form, draft.form_version);
  const saved = (/** @type {string} */ at) => (app.saved(at), app.carrier.touched(id));
  const autosave = new Autosave(records, draft, kept.revision, { saving: app.saving, saved, failed: app.notSaved }, app.now);
  app.retry = () => autosave.touch();
  const cells = cellsOf(draft);
  const applies = shown(bundle, draft.body, family.given);
  const questions = questionsOf(bundle);
  const words = new ChangeWords(questions, family, cells);
  const when = (/** @type {string} */ at) => atWhen(at, app.now());

  /** @param {string} said @param {string} back the moment that it is brought back from @param {() => void} change */
  async function brought(said, back, change) {
    element.inert = true; // until it is drawn again
    change();
    autosave.touch("", { back });
    await autosave.settled().finally(() => (element.inert = false));
    await app.draw();
    document.querySelector("#said")?.append(said);
  }

  /** @param {Line} line @param {Change} change */
  function backTo({ key, from }, change) {
    if (applies.has(key) && applies.get(key) !== true) return h("span.app-hint", null, "This question does not apply now.");
    const then = key[0] !== "?" && oneBack(cells, change, key);
    if (!then) return null;
    const press = () => brought("The earlier answer is back.", change.at, () => bring(draft, then, bundle, family)).catch(app.notSaved);
    if (from === NOTHING) return quietButton("Back to no answer", press);
    return h("button.app-link", { type: "button", onclick: press }, "Bring this answer back", h("span.nhsuk-u-visually-hidden", null, `: ${from}`));
  }

  /** @param {Line[]} lines @param {Change} [change] */
  function list(lines, change) {
    const drawn = lines.map((line) => {
      const inside = [h("strong", null, line.place), h("span", null, `From ${line.from} to ${line.to}`), change && backTo(line, change)];
      return h("div.app-change", null, ...(line.alone ? [alone(...inside)] : inside));
    });
    return drawn.length > IN_VIEW ? [details(`${drawn.length} answers`, ...drawn)] : drawn;
  }

  /** @param {string} at @param {number} number */
  function everything(at, number) {
    const look = async () => {
      const then = await cellsAfter(records, draft, number);
      const back = () => brought(`Everything is back as it was ${when(at)}.`, at, () => rebuild(draft, then)).finally(() => dialog.close()).catch(app.notSaved);
      const lines = new ChangeWords(questions, family, cells).lines(difference(cells, then));
      const dialog = sheet(
        `As it was ${when(at)}`, {}, lines.length ? h("p", null, "This would change:") : h("p", null, "It is so now."), ...list(lines),
        lines.length > 0 && button("Bring back everything as it was then", back), " ", quietButton("Leave it as it is", () => dialog.close()),
      );
    };
    return quietButton(`See everything as it was ${when(at)}`, () => look().catch(app.notSaved));
  }

  /** @param {Change} change */
  function item(change) {
    const why = change.from !== undefined ? `: as it was on ${change.from}` : change.undo !== undefined ? ": taken back" : change.back ? `: brought back from ${when(change.back)}` : "";
    const lines = words.lines(change.cells);
    if (!lines.length) return null;
    return h("li.app-item", null, h("span.app-caption", null, `${capital(when(change.at))}${why}`), ...list(lines, change), change.number < (draft.changes ?? 0) && everything(change.at, change.number));
  }

  const items = h("ol.app-items");
  const more = button("Show earlier changes", () => further().catch(app.notSaved), "nhsuk-button--secondary");
  let upTo = draft.changes ?? 0;
  async function further() {
    const changes = await changesUpTo(records, draft.id, upTo);
    const drawn = changes.map(item);
    upTo = (changes.at(-1)?.number ?? 1) - 1;
    more.hidden = upTo < 1;
    items.append(...drawn.filter((one) => one !== null));
    if (upTo < 1) items.append(h("li.app-item", null, h("span.app-caption", null, `${capital(when(draft.began_at))}: the visit was begun`), Boolean(draft.changes) && everything(draft.began_at, 0)));
  }
  await further();
  const element = h(
    "div", null,
    h("a.nhsuk-back-link", { href: `#/visit/${draft.id}` }, "Back to the visit"), h("h1.nhsuk-heading-l", null, "What was changed"),
    h("p", null, `${family.name}, ${bundle.title}. The newest is first. Calls that were made stay as they were written.`), h("p", { role: "status", id: "said" }), items, more,
  );
  element.addEventListener("click", shutOthers);
  return { element, household: family.household, leave: () => autosave.settled() };
}

/** @param {...import("../dom.js").Child} inside */
function alone(...inside) {
  const box = details("For you alone: open this only when nobody else can see", ...inside);
  box.classList.add("app-alone");
  return box;
}

/** Going on to something else shuts what is for the practitioner alone, as on the form. @param {Event} event */
function shutOthers({ currentTarget, target }) {
  const open = /** @type {HTMLElement} */ (currentTarget).querySelectorAll("details.app-alone[open]");
  for (const one of open) if (!one.contains(/** @type {Node} */ (target))) one.removeAttribute("open");
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

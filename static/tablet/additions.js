// @ts-check
// A sealed visit is added to and never changed. An addition is written, saved, sealed and sent as a visit is, and says which visit it
// stands beside; that one may still be waiting here.

import { headOf } from "./caseload.js";
import { dayOf, inWords } from "./dates.js";
import { quietButton } from "./dom.js";
import { newDraft } from "./drafts.js";
import { blankForm } from "./form/blank.js";

/** @import { App } from "./main.js" */
/** @import { Draft, KeptFamily, SentNote } from "./types" */
/** @typedef {{ id: string, title: string, occurred_on: string }} Sealed */

export const ADDITION = "addition";

/** What an addition is called where it stands among visits. @param {NonNullable<Draft["adds"]>} adds */
export const additionTitle = (adds) => `Addition to the visit of ${inWords(adds.occurred_on)}`;

/** What a draft is called. @param {Draft} draft @param {string} title of its form */
export const titleOf = (draft, title) => (draft.adds ? additionTitle(draft.adds) : title);

/** One draft for each visit: a second press carries on with what was begun. @param {App} app @param {KeptFamily} family @param {Sealed} visit */
async function addTo(app, family, visit) {
  const records = app.open();
  const begun = /** @type {Draft[]} */ (await records.all("draft")).find((draft) => draft.body.adds_to === visit.id);
  if (begun) return app.go(`#/visit/${begun.id}`);
  const form = (await headOf(records))?.forms.find(({ kind }) => kind === ADDITION);
  if (!form) throw new Error("the families came without the form for additions");
  const { bundle } = await blankForm(form.name, form.version);
  const draft = newDraft({ family, bundle, today: dayOf(app.now()), now: new Date(app.now()).toISOString(), newId: app.newId });
  draft.body.adds_to = visit.id;
  draft.adds = { title: visit.title, occurred_on: visit.occurred_on };
  await records.put("draft", draft.id, draft, 0);
  return app.go(`#/visit/${draft.id}`);
}

/** Offered where the family is on this tablet; nothing is added to an addition. @param {App} app @param {KeptFamily | null} family @param {Sealed & Pick<SentNote, "adds_to">} visit */
export function addButton(app, family, visit) {
  return family && !visit.adds_to && quietButton("Add to this visit", () => addTo(app, family, visit).catch(app.notSaved));
}

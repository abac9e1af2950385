// @ts-check
// A draft from another of the practitioner's devices: downloaded by whoever is signed in, opened with the four words of that device, and
// kept here under its own id only when it fits a family and a form that are here. And of two branches, the one that a person chose.

import { ask } from "./api.js";
import { familyOf } from "./caseload.js";
import { openCarryingKey } from "./carrying_key.js";
import { cellsOf, difference, rebuild } from "./changes.js";
import { note } from "./carrying.js";
import { blankForm } from "./form/blank.js";
import { idOf } from "./history.js";
import { openRevision } from "./revision.js";
import { blank, joined } from "./revisions.js";

/** @import { Call, Carried, Cells, Draft, RevisionContent, RevisionRow, ToldDraft, ToldHead } from "./types" */
/** @import { Records } from "./records.js" */
/** @import { Autosave } from "./drafts.js" */

/** Why a draft of another device cannot be opened here, in words for a person. Nothing was changed. */
export class NotOpened extends Error {}

/** Keys that were opened with words since this device was unlocked: they are asked for once, and kept nowhere. @type {WeakMap<Records, Map<string, CryptoKey>>} */
const OPENED = new WeakMap();

/** The drafts of the last list that are not on this device, each head for itself. @param {Records} records @returns {Promise<{ draft: string, head: ToldHead }[]>} */
export async function elsewhereOf(records) {
  const told = /** @type {ToldDraft[]} */ ((await records.get("told", "drafts"))?.value ?? []);
  const away = [];
  for (const { draft, heads, ended } of told) if (!ended && !(await isHere(records, draft))) away.push(...heads.map((head) => ({ draft, head })));
  return away;
}

/** Whether a visit is on this device, in whatever state. @param {Records} records @param {string} id */
async function isHere(records, id) {
  for (const store of ["draft", "discarded", "sent"]) if (await records.db.getKey("records", [records.account, store, id])) return true;
  return Boolean((await records.db.getKey("sealed", id)) ?? (await records.db.getKey("receipts", id)));
}

/** The service gives it to its signed-in author alone. @param {string} device this one @param {string} draft @param {string} revision @returns {Promise<RevisionRow>} */
export const download = async (device, draft, revision) => (await ask(`drafts/${draft}/${revision}?device=${encodeURIComponent(device)}`)).value;

/** Whether the words of the device that this revision comes from were typed already. @param {Records} records @param {RevisionRow} row */
export const isKnown = (records, row) => Boolean(OPENED.get(records)?.has(row.wrap.salt));

/**
 * What is in a revision. Throws NotOpened with the wrong words, or when it is not the revision that was asked for.
 * @param {Records} records @param {{ draft: string, revision: string }} asked @param {RevisionRow} row @param {string} words @returns {Promise<RevisionContent>}
 */
export async function opened(records, asked, row, words) {
  const keys = OPENED.get(records) ?? new Map();
  const key = keys.get(row.wrap.salt) ?? (await openCarryingKey(records.account, row.wrap, words));
  if (!key) throw new NotOpened("These words do not open it. Type the four words of the device that it comes from, and check each word and the order.");
  const content = row.draft === asked.draft && row.revision === asked.revision ? await openRevision(records.account, row, key) : null;
  if (!content || content.draft.id !== asked.draft) throw new NotOpened("What the service gave is not what that device saved, so it is not opened. What is on that device is still there.");
  OPENED.set(records, keys.set(row.wrap.salt, key));
  return content;
}

/** A draft is for one family under one version of one form, and is opened for no other. @param {Records} records @param {Draft} draft */
export async function fits(records, { household, form, form_version, form_hash, body }) {
  const same = body.household === household && body.form === form && body.form_version === form_version;
  if (!same) throw new NotOpened("This visit does not say for which family it is, so it is not opened. What is on the other device is still there.");
  if (!(await familyOf(records, household))) throw new NotOpened("The family of this visit is not on this device. Take your families first; if it is still not here then, the family is not with you any more.");
  const here = await blankForm(form, form_version).catch(() => null);
  if (here?.bundle.hash !== form_hash) throw new NotOpened("The form of this visit is not on this device. Open this page again with a connection, so that it has the newest version.");
}

/** It becomes a draft of this device, and what is written in it from now on takes the place of what was downloaded. @param {Records} records @param {ToldHead} head @param {RevisionContent} content */
export async function keepHere(records, head, { draft, changes }) {
  const kept = changes ? draft : { ...draft, changes: 0 };
  const beside = (changes ?? []).map((change) => records.encrypt("change", idOf(draft.id, change.number), change, 1));
  const sent = { revision: head.revision, kept: 1, words: "", at: head.received_at };
  /** @type {Carried} */
  const carried = { ...blank(draft.id), parents: [head.revision], sent };
  await records.put("draft", draft.id, kept, 0, [...beside, records.encrypt("carried", draft.id, carried, 1)]);
}

/** What differs between this device's branch and the other, and the calls that only one of them has. @param {Draft} here @param {Draft} there */
export function between(here, there) {
  const only = (/** @type {Draft} */ one, /** @type {Draft} */ other) => one.body.calls.filter((call) => !other.body.calls.some(({ id }) => id === call.id));
  return { cells: difference(cellsOf(here), cellsOf(there)), calls: { here: only(here, there), there: only(there, here) } };
}

/** A call that was made stays, whichever branch it was written down in. @param {Draft} here @param {Draft} there */
function keepCalls(here, there) {
  /** @type {Call[]} */
  const calls = [...here.body.calls, ...between(here, there).calls.there];
  here.body.calls = calls.sort((a, b) => (a.at < b.at ? -1 : 1));
  here.told = [...new Set([...here.told, ...there.told])];
}

/**
 * One of two branches, chosen by a person. Either way the other can be brought back from "What was changed": the history gets what it said.
 * @param {{ records: Records, draft: Draft, autosave: Autosave, there: Draft, head: ToldHead, take: boolean }} given take: the other device's
 */
export async function choose({ records, draft, autosave, there, head, take }) {
  const { cells } = between(draft, there);
  const mine = cellsOf(draft);
  keepCalls(draft, there);
  if (Object.keys(cells).length) {
    rebuild(draft, cellsOf(there));
    autosave.noting.note("", { from: head.label ?? "another device" });
    if (!take) rebuild(draft, /** @type {Cells} */ (mine));
  }
  autosave.touch("", take ? {} : { back: draft.saved_at }); // both changes are written in one step
  await autosave.settled();
  await note(records, draft.id, (carried) => joined(carried, head.revision));
}

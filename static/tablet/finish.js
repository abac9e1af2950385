// @ts-check
// From a draft to a sealed visit, in one step of the database: afterwards there is either the draft or the sealed visit with its
// author's readable copy, never both and never neither. Its photographs go with it, each sealed by itself; where the storage has no room for
// them beside each other they stay as they are, and are sealed afterwards. A second tap finds no draft and does nothing.

import { titleOf } from "./additions.js";
import { changesOf } from "./history.js";
import { ChangedElsewhere, inOneStep } from "./records.js";
import { LEFT, picturesOf, photographsOf, putSealed, sealedWith } from "./photographs.js";
import { bodyBytes, envelopeOf, seal } from "./seal.js";

/** @import { CaseloadHead, Database, Draft, Finding, KeptFamily, Level, RecordRow, SealedRow, SentNote } from "./types" */
/** @import { Sealed } from "./photographs.js" */
/** @import { Records } from "./records.js" */

/**
 * @param {{ db: Database, records: Records, draft: Draft, revision: number, head: CaseloadHead, family: KeptFamily, findings: Finding[], level: Level,
 *   title: string, lang: number, now: string }} given
 *   revision: the one of the draft that is sealed; when the disk has another, an answer was given in another window, and nothing is done
 * @returns {Promise<boolean>} false when the visit had been finished already
 */
export async function finish({ db, records, draft, revision, head, family, findings, level, title, lang, now }) {
  const { account } = records;
  const device = (await db.get("accounts", account))?.device?.id ?? "";
  const { body, sealed } = await sealedWith(records, draft, { visit: draft.id, account, device, head, now });
  const { bytes, sha256 } = await bodyBytes(body);
  const envelope = envelopeOf({
    draft, lang, account, device, sealed_at: now, clock_offset_ms: head.clock_offset_ms, as_of: family.as_of,
    findings, level, sha256, key: head.service_key.id,
  });
  const sent = await seal(bytes, envelope, head.service_key);
  /** @type {SealedRow} */
  const row = { id: draft.id, account, sealed_at: now, sha256, ...sent, attempts: 0, next_at: now, trouble: null };
  /** @type {SentNote} */
  const note = { id: draft.id, household: draft.household, title: titleOf(draft, title), occurred_on: draft.body.occurred_on, sealed_at: now, adds_to: draft.body.adds_to };
  const copy = await records.encrypt("copy", draft.id, { body, envelope }, 1);
  const kept = await records.encrypt("sent", draft.id, note, 1);
  if (!sealed.length) return swap(db, row, revision, [copy, kept], []);
  try {
    return await swap(db, row, revision, [copy, kept], sealed);
  } catch (error) {
    if (error instanceof ChangedElsewhere) throw error;
    const left = photographsOf(body).taken.filter(({ id }) => sealed.some((one) => one.row.id === id)); // no photograph holds up a visit
    return swap(db, row, revision, [copy, kept, await records.encrypt(LEFT, draft.id, { id: draft.id, taken: left }, 1)], null);
  }
}

/** @param {Database} db @param {SealedRow} row @param {number} revision @param {RecordRow[]} beside @param {Sealed[] | null} photographs null: they stay as they are */
async function swap(db, row, revision, beside, photographs) {
  let there = false;
  let changed = false;
  await inOneStep(db, ["records", "sealed", "photographs", "pieces"], async (of) => {
    const records = of("records");
    const draft = [row.account, "draft", row.id];
    const open = await records.get(draft);
    there = open !== undefined;
    changed = there && open.revision !== revision;
    if (!there || changed) return;
    records.delete(draft);
    records.delete(changesOf(row.account, row.id)); // sealed, it can be added to and not changed: what was said before is no part of it
    if (photographs) records.delete(picturesOf(row.account, row.id)); // those that were taken out of the visit too
    for (const record of beside) records.put(record);
    of("sealed").put(row);
    putSealed(of, photographs ?? []);
  });
  if (changed) throw new ChangedElsewhere("the visit was changed in another window");
  return there;
}

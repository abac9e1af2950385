// @ts-check
// Takes unfinished visits up to the service, as revisions that it cannot read, and hears from it which others there are. What is known of a
// draft there is a record beside it, and is written before anything is sent: whatever is lost on the way, the next revision takes the place
// of all that may have arrived. Nothing here waits for a visit, and no visit waits for this.

import { ask, Refused } from "./api.js";
import { carryingKeyOf } from "./carrying_key.js";
import { ChangedElsewhere } from "./records.js";
import { sealRevision } from "./revision.js";
import { arrived, blank, informed, namesOf, othersThan, untold } from "./revisions.js";

/** @import { Carried, Change, Draft, RevisionContent, ToldDraft } from "./types" */
/** @import { Records } from "./records.js" */
/** @typedef {{ id: string, secret: string }} Device */
/** @typedef {{ records: Records, device: Device }} Carrying */

const MOST_HISTORY = 60_000; // characters: more changes than these stay on the device
const MOST_PENDING = 8;
const LASTING = [409, 413, 422]; // what the same bytes would be refused for again

/** @param {Records} records @param {string} draft @returns {Promise<Carried>} */
export const carriedOf = async (records, draft) => (await records.get("carried", draft))?.value ?? blank(draft);

/** Changes what is known of a draft, whatever another window does meanwhile. @param {Records} records @param {string} draft @param {(carried: Carried) => Carried} change @returns {Promise<Carried>} */
export async function note(records, draft, change) {
  for (;;) {
    const kept = await records.get("carried", draft);
    const next = change(kept?.value ?? blank(draft));
    try {
      if (JSON.stringify(next) !== JSON.stringify(kept?.value)) await records.put("carried", draft, next, kept?.revision ?? 0);
      return next;
    } catch (error) {
      if (!(error instanceof ChangedElsewhere)) throw error;
    }
  }
}

/** @param {Device} device @param {string} path @param {string} [method] @param {unknown} [body] */
const speak = async ({ id, secret }, path, method = "GET", body) =>
  (await ask(path, { method, headers: { Authorization: `Device ${id}:${secret}`, ...(body ? { "Content-Type": "application/json" } : {}) }, body: body ? JSON.stringify(body) : undefined })).value;

/** The draft as it stands on the disk, and the changes that lead to that state, not to a later one. @param {Records} records @param {string} id @returns {Promise<{ content: RevisionContent, kept: number } | null>} */
export async function wholeOf(records, id) {
  for (let again = 3; ; again -= 1) {
    const kept = await records.get("draft", id);
    if (!kept) return null;
    const changes = /** @type {Change[]} */ (await records.all("change", `${id}/`, `${id}0`)); // "0" follows "/"
    const same = (await records.get("draft", id))?.revision === kept.revision;
    if (!same && again > 0) continue;
    const all = same && JSON.stringify(changes).length <= MOST_HISTORY;
    return { content: { draft: /** @type {Draft} */ (kept.value), changes: all ? changes : null }, kept: kept.revision };
  }
}

/** Whether there is nothing to send, or no sense in it. @param {Carried} carried @param {number} kept @param {string} words @param {string} device */
function isThere({ sent, ended, resume, refused }, kept, words, device) {
  if (ended) return !resumes(ended, resume, device);
  if (refused?.kept === kept && refused.code !== "drafts_full") return true; // the same would be refused again
  return sent?.kept === kept && ["", words].includes(sent.words); // "": it is as it was taken from another device
}

/** What was discarded here and brought back goes on by itself; what was discarded elsewhere when somebody says so. @param {NonNullable<Carried["ended"]>} ended @param {boolean | undefined} resume @param {string} device */
const resumes = (ended, resume, device) => ended.how === "discarded" && (resume || ended.device === device);

/** Takes the newest state of one draft up, when it is not there. Throws where the service could not be reached. @param {Carrying} carrying @param {string} id */
export async function carry({ records, device }, id) {
  const carrying = await carryingKeyOf(records);
  if (!carrying) return; // until the four words are typed next
  if ((await carriedOf(records, id)).pending.length) await hear({ records, device });
  const whole = await wholeOf(records, id);
  const words = carrying.wrap.salt;
  const before = await carriedOf(records, id);
  if (!whole || isThere(before, whole.kept, words, device.id)) return;
  const one = { revision: crypto.randomUUID(), kept: whole.kept, words };
  const { draft } = whole.content;
  const noted = await note(records, id, (carried) => ({ ...carried, pending: [...carried.pending, one].slice(-MOST_PENDING) }));
  const parents = namesOf(noted).filter((revision) => revision !== one.revision);
  const head = { draft: id, revision: one.revision, parents, device: device.id, at: draft.saved_at };
  const row = await sealRevision(records.account, head, whole.content, carrying);
  try {
    const told = await speak(device, `drafts/${id}/${one.revision}${before.ended ? "?resume=1" : ""}`, "PUT", row);
    await note(records, id, ({ resume, refused, ...carried }) => {
      const now = arrived({ ...carried, ended: null }, one.revision, parents, told.received_at);
      return { ...now, others: othersThan(namesOf(now), told) };
    });
  } catch (error) {
    if (!(error instanceof Refused) || error.status >= 500) throw error; // it may have arrived
    const refused = LASTING.includes(error.status) ? { code: error.code, kept: whole.kept } : undefined;
    await note(records, id, (carried) => ({ ...carried, pending: carried.pending.filter((each) => each.revision !== one.revision), refused }));
    if (error.code === "draft_ended") await hear({ records, device });
  }
}

/** Hears which revisions the service has, and notes it: of drafts here beside each, of all in one list. @param {Carrying} carrying @returns {Promise<ToldDraft[]>} */
export async function hear({ records, device }) {
  const here = /** @type {Draft[]} */ (await records.all("draft")).map(({ id }) => id);
  const { drafts } = /** @type {{ drafts: ToldDraft[] }} */ (await speak(device, `drafts?here=${here.join(",")}`));
  for (const id of here) {
    const told = drafts.find(({ draft }) => draft === id);
    await note(records, id, (carried) => (told ? informed(carried, told) : untold(carried)));
  }
  await records.put("told", "drafts", drafts);
  return drafts;
}

/** Tells the service of drafts that were discarded here, and lets go of what is known of those that are no drafts any more. @param {Carrying} carrying */
async function tidy({ records, device }) {
  for (const carried of /** @type {Carried[]} */ (await records.all("carried"))) {
    const id = carried.draft;
    if (await records.get("draft", id)) continue;
    const finished = (await records.db.get("sealed", id)) ?? (await records.db.get("receipts", id)) ?? (await records.get("sent", id));
    if (!finished && !carried.ended) {
      await speak(device, `drafts/${id}/end`, "POST", { how: "discarded" });
      await note(records, id, (one) => ({ ...one, others: [], ended: { how: "discarded", at: new Date().toISOString(), device: device.id, label: null } }));
    }
    if (!(await records.get("discarded", id))) await records.remove("carried", id);
  }
}

/** One round: what others did, what ended, and every draft that is not there as it is. One that fails holds up no other. @param {Carrying} carrying */
export async function carryAll(carrying) {
  await hear(carrying);
  await tidy(carrying).catch(() => {}); // the next round tells it
  for (const { id } of /** @type {Draft[]} */ (await carrying.records.all("draft"))) await carry(carrying, id).catch(() => {});
}

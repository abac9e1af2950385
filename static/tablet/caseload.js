// @ts-check
// The families taken offline: one encrypted record each, replaced together, each with the instant of the history it came with.

import { ask, post, whoami } from "./api.js";

/** @import { Caseload, CaseloadHead, KeptFamily } from "./types" */
/** @import { Records } from "./records.js" */

/** The caseload of somebody else than whoever unlocked this tablet. */
export class OtherAccount extends Error {}

/** This clock less the service's, to the second: what an answer's Date header allows. @param {string | null} date @param {number} now */
export const clockOffset = (date, now) => (date && Number.isFinite(Date.parse(date)) ? now - Date.parse(date) : 0);

/** Takes everything offline. @param {Records} records @param {() => number} now @returns {Promise<CaseloadHead>} */
export async function takeOffline(records, now) {
  const { value, date } = await ask("caseload");
  const { families, ...rest } = /** @type {Caseload} */ (value);
  if (rest.account.id !== records.account) throw new OtherAccount("signed in as somebody else");
  const head = { ...rest, clock_offset_ms: clockOffset(date, now()), clock_told: Boolean(Date.parse(date ?? "")), taken_at: new Date(now()).toISOString() };
  const taken = families.map((family) => ({ ...family, as_of: rest.as_of }));
  const all = [...taken, ...(await withDraft(records, families))];
  await records.replaceAll("family", all.map((family) => [family.household, family]));
  await records.put("head", "caseload", head);
  return head;
}

/** Takes everything again by itself, when what is here has become old; what cannot be had now changes nothing. @param {Records} records @param {() => number} now @returns {Promise<boolean>} whether it was taken */
export const takeAgain = (records, now) => takeOffline(records, now).then(() => true, () => false);

/** Families that are not sent any more but have a visit not finished here, or discarded and still to be had back: each stays as it was taken until then. @param {Records} records @param {{ household: string }[]} sent @returns {Promise<KeptFamily[]>} */
async function withDraft(records, sent) {
  const open = [...(await records.all("draft")), ...(await records.all("discarded"))];
  const drafts = new Set(open.map((draft) => draft.household));
  const here = new Set(sent.map(({ household }) => household));
  return (await records.all("family")).filter(({ household }) => drafts.has(household) && !here.has(household));
}

/** @param {Records} records @returns {Promise<CaseloadHead | null>} */
export const headOf = async (records) => (await records.get("head", "caseload"))?.value ?? null;

/** @param {Records} records @param {string} household @returns {Promise<KeptFamily | null>} */
export const familyOf = async (records, household) => (await records.get("family", household))?.value ?? null;

/** The next due first, then by name. @param {Records} records @returns {Promise<KeptFamily[]>} */
export async function familiesOf(records) {
  const families = await records.all("family");
  const key = (/** @type {KeptFamily} */ family) => `${family.due.map((due) => due.on).sort()[0] ?? "9999"} ${family.name}`;
  return families.sort((a, b) => key(a).localeCompare(key(b)));
}

/** Opening a family is a read, offline too: it is queued here and told to the service. @param {Records} records @param {string} household @param {string} at */
export const noteOpening = (records, household, at) => records.put("opening", `${at} ${household}`, { household, at });

const AT_ONCE = 500; // as many as the service takes at a time

/** In the name of whoever opened them: while somebody else is signed in they stay here. @param {Records} records */
export async function tellOpenings(records) {
  const openings = (await records.all("opening")).slice(0, AT_ONCE);
  if (!openings.length || (await whoami())?.id !== records.account) return;
  await post("openings", openings);
  for (const { household, at } of openings) await records.remove("opening", `${at} ${household}`);
}

/** Whether the browser promised not to clear what is kept here when space runs short. */
export async function keptForGood() {
  if (!navigator.storage?.persist) return false;
  return (await navigator.storage.persisted()) || navigator.storage.persist();
}

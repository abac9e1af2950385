// @ts-check
// A second worker, asked for in one tap, with or without a network. The tap is kept encrypted at once and sent as soon as there is a
// connection, by the tablet's own credential: whether anybody is signed in must not decide it. What is not sent says so, beside the phone.

import { ask, Refused, whoami } from "./api.js";

/** @import { KeptFamily, Second, Tap } from "./types" */
/** @import { Records } from "./records.js" */

const KEPT = 7 * 24 * 60 * 60_000; // milliseconds for which what was sent, or refused, is still shown

/** @param {Records} records @param {{ household: string, from: "door" | "tablet", now: number, newId: () => string }} given */
export async function tap(records, { household, from, now, newId }) {
  /** @type {Tap} */
  const one = { household, id: newId(), asked_from: from, asked_at: new Date(now).toISOString(), sent: false };
  await records.put("second", one.id, one);
  return one;
}

/** Sends what waits, asks again what became of what was sent, and lets go of what is long past; how many say something else now. Throws where there is no connection. @param {Records} records @param {string} credential @param {number} now */
export async function tellTaps(records, credential, now) {
  const taps = /** @type {Tap[]} */ (await records.all("second"));
  for (const one of taps) if ((one.sent || one.refused) && now - Date.parse(one.asked_at) > KEPT) await records.remove("second", one.id);
  const waiting = taps.filter(({ sent, refused, answer, asked_at }) => !refused && (!sent || ((answer?.state ?? "asked") === "asked" && now - Date.parse(asked_at) <= KEPT)));
  if (!waiting.length || (!credential && (await whoami())?.id !== records.account)) return 0;
  let news = 0;
  for (const one of waiting) {
    const after = await told(one, credential);
    if (JSON.stringify(after) === JSON.stringify(one)) continue;
    await records.put("second", one.id, after);
    news += 1;
  }
  return news;
}

/** What became of it; what may go another time waits. @param {Tap} one @param {string} credential @returns {Promise<Tap>} */
async function told({ household, id, asked_from, asked_at }, credential) {
  const one = { household, id, asked_from, asked_at };
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": "application/json", ...(credential ? { Authorization: credential } : {}) };
  try {
    const { value } = await ask("second-workers", { method: "POST", headers, body: JSON.stringify(one) });
    return { ...one, sent: true, answer: value };
  } catch (error) {
    if (error instanceof Refused && [404, 422].includes(error.status)) return { ...one, sent: false, refused: error.message };
    throw error;
  }
}

/** The newest that is known of a family: what was tapped here, or what the service last said. @param {KeptFamily} family @param {Tap[]} taps @returns {{ tap?: Tap, known?: Second }} */
export function newestOf(family, taps) {
  const mine = taps.filter((one) => one.household === family.household).sort((a, b) => (a.asked_at < b.asked_at ? 1 : -1))[0];
  const known = family.second ?? undefined;
  if (!mine) return { known };
  const same = known?.id === (mine.answer?.id ?? mine.id);
  if (known && !same && known.at >= mine.asked_at) return { known };
  const answered = [mine.answer, same ? known : undefined].find((one) => one && one.state !== "asked");
  return answered ? { known: answered } : { tap: mine };
}

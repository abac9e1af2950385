// @ts-check
// The truth about saved, waiting and sent, in words: computed from the queue each time, never stored.

import { atWhen, clock } from "./dates.js";

/** @import { Trouble, WaitingPhotograph, SealedRow } from "./types" */

/** Why a visit waits, and what happens next. A code that is not here is a fault that a test finds. */
export const TROUBLES = /** @type {Record<string, string>} */ ({
  no_network: "No connection to the service.",
  not_the_service: "Something answered, but not the service. Free wifi often shows its own sign-in page first.",
  wrong_receipt: "The answer did not match what was sent, so it does not count. Your visit is still here.",
  not_signed_in: "The service does not know this tablet. Sign in, and it is sent.",
  not_allowed: "The service would not take it from this tablet. Sign in, and it is sent in your name.",
  conflict: "The service holds another visit under the same number. Yours is kept here: tell your supervisor.",
  too_large: "The visit is too large to send. It is kept here. An administrator can bring it in from an encrypted copy: tell your supervisor.",
  unreadable: "The service could not read what was sent. It is kept here, and the others go on: tell your supervisor.",
  slow_down: "The service is busy and asked for a pause.",
  service_fault: "The service had a fault.",
  refused: "The service did not take it.",
  storage: "The service has it, but this tablet could not keep the receipt: its storage gave an error. Your visit is still here.",
});

const STUCK = ["not_the_service", "wrong_receipt", "not_signed_in", "not_allowed", "service_fault", "unreadable", "refused", "storage"];

/** Where it differs for a photograph. A copy of the waiting visits holds none, so it is no way out. */
export const PHOTOGRAPH_TROUBLES = /** @type {Record<string, string>} */ ({
  ...TROUBLES,
  wrong_receipt: "The answer did not match what was sent, so it does not count. The photograph is still here.",
  not_allowed: "The service would not take it from this tablet. Sign in, and it is sent in your name.",
  conflict: "The service holds another photograph under the same number. This one is kept here: tell your supervisor.",
  too_large: "It is too large to send, or the visit has too many. It is kept here: tell your supervisor.",
  unreadable: "The service could not read what was sent, or it is not what the visit speaks of. It is kept here, and the others go on: tell your supervisor.",
  refused: "The service did not take it. It is kept here, and the others go on: tell your supervisor.",
  storage: "The service has it, but this tablet could not keep the receipt: its storage gave an error. It is still here.",
  not_whole: "Not all of it has arrived. Only what is missing is sent again.",
  piece_gone: "A part of it cannot be read on this tablet any more. The visit itself has nothing wrong with it: tell your supervisor.",
});

/** @param {SealedRow} row @param {number} now */
export function whyWaiting(row, now) {
  if (!row.trouble) return "Sealed, and not tried yet. It is sent by itself as soon as there is a connection.";
  const stays = STUCK.includes(row.trouble.code) ? " If it is still here tomorrow, save an encrypted copy." : "";
  return `${tried(row, row.trouble, now, TROUBLES)}${stays}`;
}

/** @param {{ attempts: number, next_at: string }} row @param {Trouble} trouble @param {number} now @param {Record<string, string>} words */
function tried({ attempts, next_at }, { code, at }, now, words) {
  const sooner = code === "slow_down" ? "" : ", or as soon as a connection comes back or you press Send now";
  const next = Date.parse(next_at) <= now ? "It is tried again now." : `It is tried again at ${clock(next_at)}${sooner}, and for as long as it takes.`;
  return `Tried ${attempts === 1 ? "once" : `${attempts} times`}, last ${atWhen(at, now)}. ${words[code]} ${next}`;
}

/**
 * How many photographs of a sealed visit were sent, and why the first of the others waits.
 * @param {{ sent: number, waiting: WaitingPhotograph[], left?: number }} of left: those that could not be sealed yet @param {boolean} visitSent @param {number} now
 */
export function photographsSent({ sent, waiting, left = 0 }, visitSent, now) {
  const all = sent + waiting.length + left;
  const many = all === 1 ? "photograph" : "photographs";
  if (sent === all) return `${all === 1 ? "Its photograph is" : `All ${all} photographs are`} sent. The receipts match.`;
  if (!visitSent) return `${all} ${many}, sent after the visit. A copy of this visit does not hold ${all === 1 ? "it" : "them"}.`;
  const counted = `${sent} of ${all} ${many} sent.`;
  const stuck = waiting.find((row) => row.trouble);
  if (stuck?.trouble) return `${counted} Of the others: ${tried(stuck, stuck.trouble, now, PHOTOGRAPH_TROUBLES)} If it is still here tomorrow, tell your supervisor.`;
  if (left) return `${counted} There was no room on this tablet to make the others ready with their visit: that is done when it is unlocked and has room.`;
  return `${counted} They are sent by themselves as soon as there is a connection.`;
}

/** One line for the bar. @param {number} waiting @param {number} drafts @param {boolean} online @param {number} [photographs] */
export function inShort(waiting, drafts, online, photographs = 0) {
  const parts = [];
  if (drafts) parts.push(`${drafts} not finished`);
  if (waiting) parts.push(`${waiting} waiting to be sent`);
  if (photographs) parts.push(`${photographs} ${photographs === 1 ? "photograph" : "photographs"} waiting to be sent`);
  if (!parts.length) parts.push("Everything is sent");
  return `${parts.join(", ")}${online ? "" : ". No connection"}`;
}

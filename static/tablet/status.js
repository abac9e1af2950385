// @ts-check
// The truth about saved, waiting and sent, in words: computed from the queue each time, never stored.

import { atWhen, clock } from "./dates.js";

/** @import { SealedRow } from "./types" */

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

/** @param {SealedRow} row @param {number} now */
export function whyWaiting(row, now) {
  if (!row.trouble) return "Sealed, and not tried yet. It is sent by itself as soon as there is a connection.";
  const { code, at } = row.trouble;
  const sooner = code === "slow_down" ? "" : ", or as soon as a connection comes back or you press Send now";
  const next = Date.parse(row.next_at) <= now ? "It is tried again now." : `It is tried again at ${clock(row.next_at)}${sooner}, and for as long as it takes.`;
  const stays = STUCK.includes(code) ? " If it is still here tomorrow, save an encrypted copy." : "";
  return `Tried ${row.attempts === 1 ? "once" : `${row.attempts} times`}, last ${atWhen(at, now)}. ${TROUBLES[code]} ${next}${stays}`;
}

/** One line for the bar. @param {number} waiting @param {number} drafts @param {boolean} online */
export function inShort(waiting, drafts, online) {
  const parts = [];
  if (drafts) parts.push(`${drafts} not finished`);
  if (waiting) parts.push(`${waiting} waiting to be sent`);
  if (!parts.length) parts.push("Everything is sent");
  return `${parts.join(", ")}${online ? "" : ". No connection"}`;
}

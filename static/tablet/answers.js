// @ts-check
// What a receiving team answered to a referral, as it came with the caseload. In view stands only that there is an answer, and that something
// is to be chosen: the family may be looking at the same screen, and may not know of the referral. The words are one tap away.

import { atWhen, inWords } from "./dates.js";

/** @import { Family, Referral } from "./types" */

const NEWS = 7 * 86_400_000; // a decision is news for a week

/** The newest referral with an answer that there is still something to do or to learn about. @param {Pick<Family, "referrals">} family @param {number} now @returns {Referral | undefined} */
export const newestAnswer = (family, now) => family.referrals.find(({ state, answer }) => answer && (state !== "decided" || now - Date.parse(answer.at) < NEWS));

/** In view. @param {Referral} referral @param {number} now */
export const inView = ({ state, answer }, now) => (state === "returned" ? "Something for you to choose again" : `Answered ${atWhen(/** @type {any} */ (answer).at, now)}`);

/** One tap away, line by line. @param {Referral} referral @param {number} now @returns {string[]} */
export function inFull({ state, words, answer }, now) {
  if (!answer) return [words];
  const who = answer.team || "The team it went to";
  const first = { acknowledged: `${who} received it ${atWhen(answer.at, now)}. They have still to decide.`, returned: `Not for ${answer.team || "them"}: choose again where it goes.` }[state] ?? `Decided: ${answer.outcome || "see the referral"}, ${atWhen(answer.at, now)}.`;
  const next = [answer.next_step, answer.next_on && inWords(answer.next_on)].filter(Boolean).join(", ");
  const rest = [["Why", answer.reason], ["Next step", next], ["To reach about it", answer.contact], ["Whose it is, as they know", answer.whose], ["Said by", answer.by]];
  return [first, ...rest.filter(([, said]) => said).map(([what, said]) => `${what}: ${said}`)];
}

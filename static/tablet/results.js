// @ts-check
// What the service made of the visits it keeps, asked for once their receipts are here and again until it is there; and, by the mark of the
// same answer, whether there is news: a question, an answer, a sign-off, a reply, a second worker. Where nothing is new nothing is sent back.

import { ask } from "./api.js";

/** @import { CaseloadHead, Result } from "./types" */
/** @import { Records } from "./records.js" */
/** @import { Queue } from "./queue.js" */

/**
 * @param {Records} records @param {Queue} queue @param {CaseloadHead | null} head as it was taken: without it there is nothing to have news of
 * @returns {Promise<{ arrived: number, coming: number, news: boolean }>} how many assessments came now, how many are still to come, and whether the families are to be taken again
 */
export async function fetchResults(records, queue, head) {
  const mine = (await queue.receipts()).filter((receipt) => receipt.account === records.account).map((receipt) => receipt.id);
  const known = new Set((await records.all("result")).filter(({ state }) => state === "assessed").map((result) => result.submission));
  const wanted = mine.filter((id) => !known.has(id)).slice(-50);
  if (!wanted.length && !head) return { arrived: 0, coming: 0, news: false };
  const asked = wanted.length ? `results?ids=${wanted.join(",")}` : "results";
  const { value, tag } = await ask(asked, { headers: head?.news ? { "If-None-Match": `"${head.news}"` } : {} }); // with the sign-in: results name people, and the tablet's own credential must not read them
  for (const result of value ?? []) await records.put("result", result.submission, result);
  const count = (/** @type {string} */ state) => (value ?? []).filter((/** @type {Result} */ result) => result.state === state).length;
  const arrived = count("assessed");
  return { arrived, coming: wanted.length - arrived - count("quarantined"), news: Boolean(head) && isNews(tag, records.account, head?.news) }; // what was set aside waits for a person
}

/** Whether an answer's mark is this account's, and another than what is known. What compresses on the way may add to it. @param {string | null} tag @param {string} account @param {string} [known] */
const isNews = (tag, account, known) => {
  const mark = /"([^"]*?)(-gzip)?"/.exec(tag ?? "")?.[1] ?? "";
  return mark.startsWith(`${account}.`) && mark !== known;
};

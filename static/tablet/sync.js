// @ts-check
// Sends sealed visits, one a request, oldest first, and believes nothing but a receipt with the right hash: a hotel's sign-in page
// answers 200 too. It never gives up and never goes quiet: each visit says why it waits and when it is tried next, and one that
// the service will not read never holds up the others.

/** @import { Receipt, SealedRow } from "./types" */
/** @import { Queue } from "./queue.js" */

/** @typedef {{ trouble: string, stop: boolean, wait?: number }} Fault */
/** @typedef {{ receipt: Receipt } | Fault} Outcome */

const FIRST_WAIT = 5;
export const LONGEST_WAIT = 15 * 60; // seconds
const LONGEST_TOLD = 60 * 60; // seconds: nothing in between may put a visit off for longer, nor may a clock that was set back

/** Seconds until the next attempt: doubling, and then every quarter of an hour for ever. @param {number} attempts */
export const waitAfter = (attempts) => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempts, 10));

/** @param {any} value @param {{ id: string, sha256: string }} row @returns {value is Receipt} */
export function isReceiptFor(value, row) {
  return value?.id === row.id && value.sha256 === row.sha256 && Number.isInteger(value.seq) && typeof value.received_at === "string";
}

/** @param {Response} response */
export async function json(response) {
  if (!(response.headers.get("content-type") ?? "").startsWith("application/json")) return null;
  return response.json().catch(() => null);
}

const STATUS = /** @type {Record<number, string>} */ ({
  401: "not_signed_in", 403: "not_allowed", 409: "conflict", 413: "too_large", 422: "unreadable", 429: "slow_down",
});

/** What an answer that is no receipt means. `stop`: nothing else will get through now either. @param {Response} response @param {any} body @returns {Fault} */
export function faultOf(response, body) {
  if (response.ok) return body ? { trouble: "wrong_receipt", stop: false } : { trouble: "not_the_service", stop: true };
  if (response.status === 429) return { trouble: "slow_down", stop: true, wait: Number(response.headers.get("retry-after")) || undefined };
  if (response.status >= 500) return { trouble: "service_fault", stop: false };
  // An error in another shape than the service's own comes from something in between.
  return { trouble: body?.problem ? STATUS[response.status] ?? "refused" : "not_the_service", stop: !body?.problem };
}

/** What an answer means for this visit. @param {Response} response @param {SealedRow} row @returns {Promise<Outcome>} */
export async function outcomeOf(response, row) {
  const body = await json(response);
  if ((response.status === 200 || response.status === 201) && isReceiptFor(body, row)) return { receipt: body };
  return faultOf(response, body);
}

/**
 * By the tablet's own credential, and where that counts no more (it was revoked) by whoever is signed in.
 * @param {SealedRow} row @param {string} credential @param {typeof fetch} send @returns {Promise<Outcome>}
 */
async function attempt(row, credential, send) {
  const outcome = await sendOnce(row, credential, send);
  if ("receipt" in outcome || outcome.trouble !== "not_signed_in" || !credential) return outcome;
  const signedIn = await sendOnce(row, "", send);
  return "receipt" in signedIn || signedIn.trouble === "conflict" ? signedIn : outcome;
}

/** What is sent of a visit, and nothing besides. @param {SealedRow} row */
export const payloadOf = ({ envelope, epk, iv, sealed }) => ({ envelope, epk, iv, sealed });

/** @param {SealedRow} row @param {string} credential @param {typeof fetch} send @returns {Promise<Outcome>} */
async function sendOnce(row, credential, send) {
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  if (credential) headers.Authorization = credential;
  const body = JSON.stringify(payloadOf(row));
  try {
    const options = { method: "POST", headers, body, cache: /** @type {const} */ ("no-store"), redirect: /** @type {const} */ ("error") };
    const response = await send("/tablet/api/submissions", { ...options, signal: AbortSignal.timeout(60_000) });
    return await outcomeOf(response, row);
  } catch {
    return { trouble: "no_network", stop: true };
  }
}

/**
 * One round over the queue.
 * @param {{ queue: Pick<Queue, "waiting" | "credential" | "keepWaiting" | "settle">, send: typeof fetch, now: () => number, all?: boolean }} given
 *   all: try also those whose time has not come (the network has just returned, or somebody asks)
 * @returns {Promise<{ sent: number, waiting: number, next: number | null }>} next: milliseconds until something is due
 */
export async function push({ queue, send, now, all = false }) {
  let sent = 0;
  let least = 0;
  for (const row of await queue.waiting()) {
    const asked = row.trouble?.code === "slow_down"; // the service named a time: coming back early helps nobody
    if (timeLeft(row, now()) > 0 && (asked || !all)) continue;
    const outcome = await settled(queue, row, await attempt(row, await queue.credential(row.account), send));
    if ("receipt" in outcome) {
      sent += 1;
      continue;
    }
    const noted = queue.keepWaiting(later(row, outcome.trouble, outcome.wait, now()));
    await noted.catch(() => (least = LONGEST_WAIT * 1000)); // the tablet's storage is at fault: the visit stays as it was, the others go on
    if (outcome.stop) break;
  }
  const left = await queue.waiting();
  const next = left.length ? Math.max(least, Math.min(...left.map((row) => timeLeft(row, now())))) : null;
  return { sent, waiting: left.length, next };
}

/** Milliseconds until its turn; none when it lies further ahead than any wait, for then the clock was set back. @param {{ next_at: string }} row @param {number} now */
export function timeLeft(row, now) {
  const left = Date.parse(row.next_at) - now;
  return left > 0 && left <= LONGEST_TOLD * 1000 ? left : 0;
}

/** The receipt counts once it is on the disk; until then the visit stays. @param {Pick<Queue, "settle">} queue @param {SealedRow} row @param {Outcome} outcome @returns {Promise<Outcome>} */
async function settled(queue, row, outcome) {
  if (!("receipt" in outcome)) return outcome;
  try {
    await queue.settle(row, outcome.receipt);
    return outcome;
  } catch {
    return { trouble: "storage", stop: false };
  }
}

/** @template {{ attempts: number }} T @param {T} row @param {string} trouble @param {number | undefined} wait seconds @param {number} now */
export function later(row, trouble, wait, now) {
  const next = now + 1000 * Math.min(LONGEST_TOLD, Math.max(FIRST_WAIT, wait ?? waitAfter(row.attempts)));
  return { ...row, attempts: row.attempts + 1, next_at: new Date(next).toISOString(), trouble: { code: trouble, at: new Date(now).toISOString() } };
}

// @ts-check
// Sends photographs, one after another, each in its pieces: it asks which are missing, sends those and asks again, until the answer is a
// receipt with the picture's hash. So whatever breaks costs a piece, and what the service has is never sent again. As with visits nothing
// is given up, and one that the service will not take holds up no other, and no visit.

import { faultOf, isReceiptFor, json, later, LONGEST_WAIT, timeLeft } from "./sync.js";

/** @import { Receipt, WaitingPhotograph } from "./types" */
/** @import { PhotographQueue } from "./photograph_queue.js" */
/** @import { Fault, Outcome } from "./sync.js" */
/** @typedef {Pick<PhotographQueue, "ready" | "piece" | "keepWaiting" | "settle"> & { credential: (account: string) => Promise<string> }} Disk */

const ASKED = 3; // times in one attempt: what the service lost meanwhile is sent again, and then there is a pause

/**
 * One round over the photographs whose visit is with the service.
 * @param {{ disk: Disk, send: typeof fetch, now: () => number, all?: boolean, told?: () => Promise<void> }} given
 *   all: try also those whose time has not come @returns {Promise<{ sent: number, next: number | null }>} next: milliseconds until something is due
 */
export async function pushPhotographs({ disk, send, now, all = false, told = async () => {} }) {
  let sent = 0;
  let least = 0;
  for (const row of await disk.ready()) {
    const asked = row.trouble?.code === "slow_down"; // the service named a time
    if (timeLeft(row, now()) > 0 && (asked || !all)) continue;
    const outcome = await settled(disk, row, await attempt(row, disk, send));
    if ("receipt" in outcome) {
      sent += 1;
      await told();
      continue;
    }
    const put = later(row, outcome.trouble, outcome.wait, now());
    await disk.keepWaiting(put).catch(() => (least = LONGEST_WAIT * 1000));
    if (outcome.stop) break; // and the next round begins with another: this one's time has not come then
  }
  const left = await disk.ready();
  return { sent, next: left.length ? Math.max(least, Math.min(...left.map((row) => timeLeft(row, now())))) : null };
}

/** By the tablet's own credential, and where that counts no more by whoever is signed in. @param {WaitingPhotograph} row @param {Disk} disk @param {typeof fetch} send @returns {Promise<Outcome>} */
async function attempt(row, disk, send) {
  const credential = await disk.credential(row.account);
  const outcome = await carry(row, disk, credential, send);
  if ("receipt" in outcome || outcome.trouble !== "not_signed_in" || !credential) return outcome;
  const signedIn = await carry(row, disk, "", send);
  return "receipt" in signedIn ? signedIn : outcome;
}

/** @param {WaitingPhotograph} row @param {Disk} disk @param {string} credential @param {typeof fetch} send @returns {Promise<Outcome>} */
async function carry(row, disk, credential, send) {
  const to = new Asking(`/tablet/api/submissions/${row.visit}/photographs/${row.id}/`, credential, send);
  const { envelope, epk, iv, pieces } = row;
  for (let asked = 0; asked < ASKED; asked += 1) {
    const said = await to.ask("POST", "missing", JSON.stringify({ envelope, epk, iv, pieces }), "application/json");
    if ("fault" in said) return said.fault;
    if (isReceiptFor(said.body, row)) return { receipt: said.body };
    if (!isListOf(said.body?.missing, pieces)) return { trouble: "wrong_receipt", stop: false };
    for (const name of said.body.missing) {
      const bytes = await disk.piece(row.id, pieces.indexOf(name));
      if (!bytes) return { trouble: "piece_gone", stop: false };
      const kept = await to.ask("PUT", `pieces/${name}`, bytes, "application/octet-stream");
      if ("fault" in kept) return kept.fault;
      if (kept.body?.sha256 !== name) return { trouble: "wrong_receipt", stop: false };
    }
  }
  return { trouble: "not_whole", stop: false };
}

/** @param {any} missing @param {string[]} pieces */
const isListOf = (missing, pieces) => Array.isArray(missing) && missing.length > 0 && missing.every((name) => pieces.includes(name));

/** What is asked about one photograph. */
class Asking {
  /** @param {string} base @param {string} credential @param {typeof fetch} send */
  constructor(base, credential, send) {
    this.base = base;
    this.credential = credential;
    this.send = send;
  }

  /** @param {string} method @param {string} path @param {BodyInit} body @param {string} type @returns {Promise<{ body: any } | { fault: Fault }>} */
  async ask(method, path, body, type) {
    /** @type {Record<string, string>} */
    const headers = { "Content-Type": type, Accept: "application/json" };
    if (this.credential) headers.Authorization = this.credential;
    try {
      const response = await this.send(this.base + path, { method, headers, body, cache: "no-store", redirect: "error", signal: AbortSignal.timeout(60_000) });
      const said = await json(response);
      const taken = said && (response.status === 200 || response.status === 201);
      return taken ? { body: said } : { fault: faultOf(response, said) };
    } catch {
      return { fault: { trouble: "no_network", stop: true } };
    }
  }
}

/** The receipt counts once it is on the disk. @param {Disk} disk @param {WaitingPhotograph} row @param {Outcome} outcome @returns {Promise<Outcome>} */
async function settled(disk, row, outcome) {
  if (!("receipt" in outcome)) return outcome;
  try {
    await disk.settle(row, outcome.receipt);
    return outcome;
  } catch {
    return { trouble: "storage", stop: false };
  }
}

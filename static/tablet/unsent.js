// @ts-check
// Tells the service what this tablet holds and has not sent: of each visit that is sealed or unfinished its id, whose family it is of and
// since when, and nothing that is in it. So that a supervisor knows of a visit that lies on a tablet for a day, wherever the tablet is then.

/** @import { AccountRow, Database, Draft } from "./types" */
/** @import { Queue } from "./queue.js" */
/** @import { Records } from "./records.js" */
/** @typedef {{ id: string, household: string, since: string }} Held */
/** @typedef {{ sealed: Held[], unfinished: Held[] | null }} Told */

const AGAIN = 60 * 60_000; // milliseconds after which the same is told again

/** What the tablet holds of one account; `unfinished` is null while its records are locked, and then the service keeps what it heard last.
 * @param {Pick<Queue, "waiting">} queue @param {Records | null} records @param {string} account @returns {Promise<Told>} */
export async function heldOf(queue, records, account) {
  const rows = (await queue.waiting()).filter((row) => row.account === account);
  const sealed = rows.map(({ id, envelope, sealed_at }) => ({ id, household: String(JSON.parse(envelope).household), since: sealed_at }));
  if (records?.account !== account) return { sealed, unfinished: null };
  const drafts = /** @type {Draft[]} */ (await records.all("draft"));
  return { sealed, unfinished: drafts.map(({ id, household, began_at }) => ({ id, household, since: began_at })) };
}

export class Unsent {
  /** @param {{ db: Database, queue: Queue, now: () => number, send: typeof fetch }} given */
  constructor({ db, queue, now, send }) {
    this.db = db;
    this.queue = queue;
    this.now = now;
    this.send = send;
    /** @type {Map<string, { text: string, at: number }>} account -> what was told last, and when */
    this.told = new Map();
  }

  /** Each account of this tablet tells by its own credential; what the service has heard already is not said again soon. What fails here is
   * told with the next round, and holds up nothing. @param {Records | null} records those that are open */
  async tell(records) {
    for (const row of /** @type {AccountRow[]} */ (await this.db.getAll("accounts"))) {
      if (row.device && !row.revoked) await this.#tell(row.account, records).catch(() => {});
    }
  }

  /** @param {string} account @param {Records | null} records */
  async #tell(account, records) {
    const text = JSON.stringify(await heldOf(this.queue, records, account));
    const before = this.told.get(account);
    if (before?.text === text && this.now() - before.at < AGAIN) return;
    const headers = { Authorization: await this.queue.credential(account), "Content-Type": "application/json", Accept: "application/json" };
    const options = { method: "PUT", headers, body: text, cache: /** @type {const} */ ("no-store"), redirect: /** @type {const} */ ("error") };
    const response = await this.send("/tablet/api/unsent", { ...options, signal: AbortSignal.timeout(60_000) });
    if (response.status === 204) this.told.set(account, { text, at: this.now() });
  }
}

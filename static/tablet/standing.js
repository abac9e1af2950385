// @ts-check
// Whether this tablet may still be opened: not after the service said that it was taken out of use, and not too long after it last met the
// service. Both are rules of the app, for whoever goes by the screen (docs/security.md). Neither removes anything, and meeting the service
// undoes both.

import { accountsOf } from "./accounts.js";
import { ask, Refused, whoami } from "./api.js";

/** @import { AccountRow, CaseloadHead, Database } from "./types" */

const DAY = 86_400_000;
const PATIENCE = 15_000; // milliseconds: a locked-out practitioner may be waiting for the answer
const NOTED = 60_000; // milliseconds by which the newest time may lag behind: it is not worth a write at every screen

export const OUT_OF_USE = "This tablet was taken out of use, so it opens nothing. Tell your supervisor or whoever looks after the tablets: they can put it back into use. Nothing on it is lost. Sealed visits are kept here, and sent when whoever wrote them signs in.";
/** @param {number} days */
export const tooLong = (days) => `This tablet has not met the service for ${days === 1 ? "a day" : `${days} days`}, so it opens nothing for now. Connect it, and it opens again; if it still does not, sign in. Nothing on it is lost, and sealed visits are sent as soon as there is a connection.`;

/**
 * Why nothing is opened for this account; empty when it may be. Time is counted from the last meeting by a clock that never runs backwards:
 * one that was set back gains nothing, and one that ran ahead costs a connection.
 * @param {AccountRow | undefined} row @param {CaseloadHead | null} head @param {number} now
 */
export function refusal(row, head, now) {
  if (row?.revoked) return OUT_OF_USE;
  if (!row || !head?.opens_offline) return ""; // nothing was taken offline yet, or by a service that names no limit
  const met = Date.parse(row.met ?? head.taken_at);
  const newest = Math.max(now, row.seen ? Date.parse(row.seen) : 0);
  return newest - met > head.opens_offline * DAY ? tooLong(head.opens_offline) : "";
}

/** @param {Database} db @param {string} account @param {(row: AccountRow) => AccountRow | null} change null: nothing to write */
async function note(db, account, change) {
  const tx = db.transaction("accounts", "readwrite", { durability: "strict" });
  const row = await tx.store.get(account);
  const next = row && change(row);
  if (next) tx.store.put(next);
  await tx.done;
}

/** The service answered this account: days without it begin anew, by the clock as it now is. @param {Database} db @param {string} account @param {number} now */
export const meet = (db, account, now) => note(db, account, (row) => ({ ...row, met: iso(now), seen: iso(now), revoked: false }));

/** The newest time that the clock ever showed. @param {Database} db @param {string} account @param {number} now */
export const see = (db, account, now) => note(db, account, (row) => (now - Date.parse(row.seen ?? iso(0)) > NOTED ? { ...row, seen: iso(now) } : null));

/** @param {number} now */
const iso = (now) => new Date(now).toISOString();

/** Asks the service about everybody who uses this tablet; silence changes nothing. @param {Database} db @param {() => number} now */
export async function askStanding(db, now) {
  for (const row of await accountsOf(db)) {
    const said = await standingOf(row);
    if (said === "met") await meet(db, row.account, now());
    if (said === "revoked") await note(db, row.account, (one) => ({ ...one, revoked: true }));
  }
}

/** @param {AccountRow} row @returns {Promise<"met" | "revoked" | "">} */
async function standingOf({ account, device }) {
  try {
    if (device) {
      const { value } = await ask("device", { headers: { Authorization: `Device ${device.id}:${device.secret}` }, signal: AbortSignal.timeout(PATIENCE) });
      return value?.device === device.id ? "met" : "";
    }
  } catch (error) {
    if (!(error instanceof Refused)) return "";
    if (error.code === "device_revoked") return "revoked";
  }
  return (await whoami().catch(() => null))?.id === account ? "met" : ""; // a credential that the service does not know: then the sign-in counts
}

// @ts-check
// Whether this tablet is ready to leave base, from what was found out about it: a line for each thing, and one over all. What could not be
// looked at is "not checked"; only what was looked at and is well is "fine".

import { atWhen, dayOf, inShort } from "./dates.js";

/** @import { CaseloadHead, ReceiptRow } from "./types" */

/**
 * @typedef {{
 *   now: number, reached: boolean, head: CaseloadHead | null, lacking: string[] | null, newer: boolean | null, free: number | null,
 *   persisted: boolean | null, refused: boolean, offset: number | null, byWords: boolean, opens: boolean | null, recovery: boolean,
 *   receipt: ReceiptRow | null, waiting: number, drafts: number, photographs?: number }} Facts
 *   reached: the service answered just now. lacking: addresses that would not open without a network, null when the worker did not say.
 *   free: bytes. refused: the browser was asked to keep what is here, and did not promise it. offset: this clock less the service's, in
 *   milliseconds, measured just now. byWords: four words opened the tablet this time. opens: whether the words tried here do.
 */
/** @typedef {"fine" | "look" | "unknown"} State */
/** @typedef {{ id: string, title: string, state: State, words: string, todo: string }} Line */

export const LEAST_FREE = 100; // megabytes
export const MOST_OFFSET = 120_000; // milliseconds: two minutes
export const KEEP = "Installing this page on the home screen, and opening it from there, usually changes that. Until then send visits the same day.";

/** @param {string} id @param {string} title @returns {(state: State, words: string, todo?: string) => Line} */
const line = (id, title) => (state, words, todo = "") => ({ id, title, state, words, todo });

/** @param {number} count @param {string} one @param {string} several */
const count = (count, one, several) => `${count} ${count === 1 ? one : several}`;

/** @param {Facts} facts */
const fresh = ({ head, now }) => head !== null && dayOf(head.taken_at) === dayOf(now);

/** @param {Facts} facts */
function caseload(facts) {
  const say = line("caseload", "Your families");
  const { head, now } = facts;
  if (!head) return say("look", "No family is on this tablet.", "Take your families offline while there is a connection.");
  const taken = `Taken ${atWhen(head.taken_at, now)}.`;
  return fresh(facts) ? say("fine", taken) : say("look", `${taken} What others wrote since is not here.`, "Take them again while there is a connection.");
}

/** @param {Facts} facts */
function forms(facts) {
  const say = line("forms", "Forms");
  const { head, lacking } = facts;
  if (!head || !lacking) return say("unknown", head ? "The page did not say which forms it keeps." : "Which forms are the newest comes with your families.");
  const gone = head.forms.filter((form) => lacking.includes(form.page) || lacking.includes(form.bundle)).map((form) => form.title);
  if (gone.length) return say("look", `Does not open without a connection: ${gone.join(", ")}.`, "Stay on the connection, lock the tablet and unlock it again.");
  const kept = `${count(head.forms.length, "form opens", "forms open")} without a connection`;
  if (fresh(facts)) return say("fine", `${kept}, the newest there were when your families were taken.`);
  return say("unknown", `${kept}, the newest there were on ${inShort(dayOf(head.taken_at))}. Whether there are newer ones was not asked.`, "Take your families again.");
}

/** @param {Facts} facts */
function page({ head, lacking, newer }) {
  const say = line("page", "This page");
  const forms = new Set(head?.forms.flatMap((form) => [form.page, form.bundle]));
  if (!lacking || lacking.some((address) => !forms.has(address))) {
    return say("look", "It may not open without a connection.", "Stay on the connection a moment, close this page and open it again.");
  }
  if (newer) return say("look", "It opens without a connection, and a newer version is here or on its way.", "Lock the tablet and unlock it again.");
  return say("fine", `It opens without a connection.${newer === null ? " Whether there is a newer version was not asked." : " It is the newest version."}`);
}

/** @param {Facts} facts */
function space({ free }) {
  const say = line("space", "Space");
  if (free === null) return say("unknown", "This browser does not say how much is free.");
  const words = `${Math.floor(free / 1e6)} MB are free.`;
  if (free >= LEAST_FREE * 1e6) return say("fine", words);
  return say("look", `${words} Under ${LEAST_FREE} MB a day's visits may not fit.`, "Send what waits, and remove films, pictures or apps from the tablet.");
}

/** @param {Facts} facts */
function storage({ persisted, refused }) {
  const say = line("storage", "Kept for good");
  if (persisted) return say("fine", "The browser promised to keep what is here when the tablet runs short of space.");
  if (persisted === null) return say("unknown", "This browser does not say whether it keeps what is here.", KEEP);
  const words = "The browser has not promised to keep what is here when the tablet runs short of space.";
  return say("look", refused ? `${words} It was asked just now, and did not.` : words, KEEP);
}

/** @param {Facts} facts */
function clock(facts) {
  const say = line("clock", "Clock");
  const { head, now, offset } = facts;
  const off = offset ?? (head?.clock_told === false ? undefined : head?.clock_offset_ms); // where no time was told the offset is 0
  if (off === undefined) return say("unknown", "It has not met the service's clock yet.", "Take your families offline while there is a connection.");
  const met = offset === null && head ? `when they last met, ${atWhen(head.taken_at, now)}` : "just now";
  if (Math.abs(off) > MOST_OFFSET) {
    const wrong = `${span(Math.abs(off))} ${off > 0 ? "ahead of" : "behind"} the service's clock ${met}.`;
    return say("look", `${wrong} Times of visits and calls would go into the record wrong.`, "Let the tablet set its date and time by itself, in its settings.");
  }
  const right = `Within two minutes of the service's clock ${met}.`;
  return offset !== null || fresh(facts) ? say("fine", right) : say("unknown", `${right} Not compared since.`);
}

/** @param {number} ms */
function span(ms) {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`;
}

/** @param {Facts} facts */
function unlock({ byWords, opens }) {
  const say = line("unlock", "Your four words");
  if (opens) return say("fine", "The words that you tried open this tablet.");
  if (opens === false) return say("look", "The words that you tried do not open your work on this tablet.", "Try again below. If they are lost, set new ones with your sign-in before you leave.");
  if (byWords) return say("fine", "They opened this tablet when you unlocked it.");
  return say("unknown", "You came in this time without typing them from memory.", "Try them below, without looking at your note.");
}

/** @param {Facts} facts */
function recovery({ recovery }) {
  const say = line("recovery", "If the words are lost");
  if (recovery) return say("fine", "Your sign-in opens your work here, with a connection.");
  return say("look", "Nothing would open your work here.", "Keep the words safe, send visits the same day, and tell your supervisor.");
}

/** @param {Facts} facts */
function receipt({ receipt, now }) {
  const say = line("receipt", "Last receipt");
  if (!receipt) return say("unknown", "No visit of yours was sent from this tablet yet.");
  return say("fine", `Number ${receipt.seq}, ${atWhen(receipt.received_at, now)}.`);
}

/** @param {Facts} facts */
function waiting({ waiting, drafts, photographs = 0 }) {
  const say = line("waiting", "Waiting");
  const open = drafts ? ` ${count(drafts, "visit is", "visits are")} not finished.` : "";
  const pictures = photographs ? ` ${count(photographs, "photograph waits", "photographs wait")} to be sent.` : "";
  if (!waiting && photographs) return say("look", `No finished visit waits to be sent.${pictures}${open}`, "Send before you leave.");
  if (!waiting) return say("fine", `No finished visit waits to be sent.${open}`);
  return say("look", `${count(waiting, "visit waits", "visits wait")} to be sent.${pictures}${open}`, "Send before you leave, or save an encrypted copy.");
}

/** @param {Facts} facts @returns {Line[]} */
export const linesOf = (facts) => [caseload, forms, page, space, storage, clock, unlock, recovery, receipt, waiting].map((about) => about(facts));

/** The one line over all. @param {Line[]} lines */
export function overAll(lines) {
  const [look, unknown] = ["look", "unknown"].map((state) => lines.filter((one) => one.state === state).length);
  const open = unknown ? `${count(unknown, "thing was", "things were")} not checked` : "";
  if (look) return `${count(look, "thing wants", "things want")} a look${open && `, ${open}`}`;
  return open ? `Nothing wants a look, but ${open}` : "Ready to leave";
}

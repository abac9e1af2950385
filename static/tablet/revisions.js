// @ts-check
// Which revisions of a draft there are, and how they follow one another. Each names those that it takes the place of; one that nobody names
// is a head, and two heads are two branches. What is not known to follow is taken for a branch: then a person is shown both.

/** @import { Carried, ToldDraft, ToldHead } from "./types" */

/** What each revision came from. @param {Pick<ToldDraft, "heads" | "past">} told @returns {Map<string, string[]>} */
export const graphOf = ({ heads, past }) => new Map([...past.map(([revision, ...parents]) => /** @type {const} */ ([revision, parents])), ...heads.map((head) => /** @type {const} */ ([head.revision, head.parents]))]);

/** Whether `later` came from `earlier`, over however many steps. @param {Map<string, string[]>} graph @param {string} later @param {string} earlier */
export function cameFrom(graph, later, earlier) {
  const seen = new Set([later]);
  for (const revision of seen) for (const parent of graph.get(revision) ?? []) seen.add(parent);
  return later !== earlier && seen.has(earlier);
}

/** What the next revision of this device takes the place of: what is known, or may be, of its own on the service. @param {Carried} carried */
export const namesOf = ({ parents, pending }) => [...new Set([...parents, ...pending.map((one) => one.revision)])];

/** Heads that are not this device's own. `ahead`: it went on elsewhere from what this device had sent. @param {string[]} own @param {Pick<ToldDraft, "heads" | "past">} told @returns {(ToldHead & { ahead: boolean })[]} */
export function othersThan(own, told) {
  const graph = graphOf(told);
  const others = told.heads.filter((head) => !own.includes(head.revision) && !own.some((mine) => cameFrom(graph, mine, head.revision)));
  return others.map((head) => ({ ...head, ahead: own.some((mine) => cameFrom(graph, head.revision, mine)) }));
}

/** @param {string} draft @returns {Carried} */
export const blank = (draft) => ({ draft, parents: [], pending: [], sent: null, others: [], ended: null });

/** The service has this revision: it takes the place of all that it named. @param {Carried} carried @param {string} revision @param {string[]} named @param {string} at @returns {Carried} */
export function arrived(carried, revision, named, at) {
  const one = carried.pending.find((each) => each.revision === revision);
  const gone = new Set([...named, revision]);
  return {
    ...carried,
    parents: [...carried.parents.filter((each) => !gone.has(each)), revision],
    pending: carried.pending.filter((each) => !gone.has(each.revision)),
    sent: one ? { ...one, at } : carried.sent,
  };
}

/** What the service says of a draft, taken into what this device knows of it. @param {Carried} carried @param {ToldDraft} told @returns {Carried} */
export function informed(carried, told) {
  const graph = graphOf(told);
  let now = carried;
  for (const { revision } of carried.pending) {
    const at = told.heads.find((one) => one.revision === revision)?.received_at ?? "";
    if (graph.has(revision)) now = arrived(now, revision, graph.get(revision) ?? [], at); // its answer was lost on the way
  }
  const sent = now.sent && graph.has(now.sent.revision) ? now.sent : null; // a service put back from an old copy: it goes up again
  return { ...now, sent, others: othersThan(namesOf(now), told), ended: told.ended };
}

/** The service says nothing of a draft: it never had it, lost it, or let go of it some time after it ended. @param {Carried} carried @returns {Carried} */
export const untold = (carried) => (carried.ended ? carried : { ...carried, sent: null, others: [] });

/** Whether what was finished or discarded elsewhere came from all that is here: known only where another device went on from the newest state. @param {Carried} carried @param {number} kept */
export const isIncluded = ({ sent, others }, kept) => sent?.kept === kept && others.length > 0 && others.every((one) => one.ahead);

/** Somebody chose between this device's branch and another: what follows takes the place of both. @param {Carried} carried @param {string} other @returns {Carried} */
export const joined = (carried, other) => ({ ...carried, parents: [...new Set([...namesOf(carried), other])], pending: [], sent: null, others: carried.others.filter((head) => head.revision !== other) });

/** When the service got the newest state, if it has it; empty when it has not. @param {Carried} carried @param {number} kept the draft's revision on this device's disk */
export const whenOnService = ({ sent, others, ended }, kept) => (sent?.kept === kept && !ended && !others.some((one) => one.ahead) ? sent.at : "");

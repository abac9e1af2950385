// @ts-check
// What the rules of one form name, worked out once for its bundle: where each question stands, and which questions a rule reads, so that
// an answer has only those rules judged again that it can change.

/** @typedef {{question: any, parent: string|null, codes: Set<string>, gate: any[]|null}} Placed a question, the rows it stands in, and its condition */
/** @typedef {{rule: any, tree: any[], reads: Set<string>}} Rule */
/** @typedef {{placed: Map<string, Placed>, scores: Map<string, any>, rules: Rule[], properly: any[]|null, history: Record<string, string>}} Names */

/** @param {any} bundle @returns {Names} */
export function namesIn(bundle) {
  const placed = new Map();
  for (const section of bundle.sections) place(section.questions, null, placed);
  const scores = new Map((bundle.scores ?? []).map((/** @type {any} */ one) => [one.id, one]));
  /** @type {Names} */
  const names = { placed, scores, rules: [], properly: bundle.asked_properly ?? null, history: bundle.history };
  for (const rule of bundle.findings) {
    const reads = new Set(rule.each === null ? [] : [rule.each]);
    note(names, rule.tree, reads, new Set());
    names.rules.push({ rule, tree: rule.tree, reads });
  }
  return names;
}

/** @param {any[]} questions @param {string|null} parent @param {Map<string, Placed>} placed */
function place(questions, parent, placed) {
  for (const question of questions) {
    const codes = new Set(question.options.map((/** @type {any} */ one) => one.code));
    placed.set(question.id, { question, parent, codes, gate: question.show_if ?? null });
    place(question.questions, question.id, placed);
  }
}

/** Notes the questions a tree reads, with those that its scores and its sensitive questions wait for. @param {Names} names @param {any} tree @param {Set<string>} reads @param {Set<any>} seen */
function note(names, tree, reads, seen) {
  if (!Array.isArray(tree) || seen.has(tree)) return;
  seen.add(tree);
  if (tree[0] === "get" || tree[0] === "unanswered") noteQuestion(names, tree[1], reads, seen);
  else if (tree[0] === "some") reads.add(tree[1]);
  else if (tree[0] === "count") reads.add(tree[2]);
  else if (tree[0] === "score") for (const id of Object.keys(names.scores.get(tree[1]).of)) noteQuestion(names, id, reads, seen);
  for (const part of tree.slice(1)) note(names, part, reads, seen);
}

/** @param {Names} names @param {string} id @param {Set<string>} reads @param {Set<any>} seen */
function noteQuestion(names, id, reads, seen) {
  if (reads.has(id)) return;
  reads.add(id);
  const { question, gate } = /** @type {Placed} */ (names.placed.get(id));
  note(names, gate, reads, seen);
  if (question.sensitive) note(names, names.properly, reads, seen);
}

// @ts-check
// What the rules of one form name, worked out once for its bundle: where each question stands, what rules share, and which questions a
// rule reads, so that an answer has only those rules judged again that it can change.

/** @typedef {{question: any, parent: string|null, codes: Set<string>, gate: any[]|null}} Placed a question, the rows it stands in, and its condition */
/** @typedef {{rule: any, tree: any[], reads: Set<string>}} Rule */
/** @typedef {{placed: Map<string, Placed>, scores: Map<string, any>, rules: Rule[], properly: any[]|null}} Names */

/** @param {any} bundle @returns {Names} */
export function namesIn(bundle) {
  const same = new Map();
  const placed = new Map();
  for (const section of bundle.sections) place(section.questions, null, placed, same);
  const scores = new Map((bundle.scores ?? []).map((/** @type {any} */ one) => [one.id, one]));
  /** @type {Names} */
  const names = { placed, scores, rules: [], properly: bundle.asked_properly ? shared(bundle.asked_properly, same).tree : null };
  for (const rule of bundle.findings) {
    const reads = new Set(rule.each === null ? [] : [rule.each]);
    note(names, rule.tree, reads);
    names.rules.push({ rule, tree: shared(rule.tree, same).tree, reads });
  }
  return names;
}

/** @param {any[]} questions @param {string|null} parent @param {Map<string, Placed>} placed @param {Map<string, any>} same */
function place(questions, parent, placed, same) {
  for (const question of questions) {
    const codes = new Set(question.options.map((/** @type {any} */ one) => one.code));
    placed.set(question.id, { question, parent, codes, gate: question.show_if ? shared(question.show_if, same).tree : null });
    place(question.questions, question.id, placed, same);
  }
}

/**
 * One tree for all that say the same, so that what rules share is worked out once.
 * @param {any[]} tree @param {Map<string, {name: string, tree: any[]}>} same @returns {{name: string, tree: any[]}}
 */
function shared(tree, same) {
  const parts = tree.map((part) => (Array.isArray(part) ? shared(part, same) : { name: JSON.stringify(part), tree: part }));
  const key = parts.map((part) => part.name).join();
  let found = same.get(key);
  if (!found) same.set(key, (found = { name: `#${same.size}`, tree: parts.map((part) => part.tree) }));
  return found;
}

/** Notes the questions a tree reads, with those that its scores and its sensitive questions wait for. @param {Names} names @param {any} tree @param {Set<string>} reads */
function note(names, tree, reads) {
  if (!Array.isArray(tree)) return;
  if (tree[0] === "get") noteQuestion(names, tree[1], reads);
  else if (tree[0] === "some") reads.add(tree[1]);
  else if (tree[0] === "count") reads.add(tree[2]);
  else if (tree[0] === "score") for (const id of Object.keys(names.scores.get(tree[1]).of)) noteQuestion(names, id, reads);
  for (const part of tree.slice(1)) note(names, part, reads);
}

/** @param {Names} names @param {string} id @param {Set<string>} reads */
function noteQuestion(names, id, reads) {
  if (reads.has(id)) return;
  reads.add(id);
  const { question, gate } = /** @type {Placed} */ (names.placed.get(id));
  note(names, gate, reads);
  if (question.sensitive) note(names, names.properly, reads);
}

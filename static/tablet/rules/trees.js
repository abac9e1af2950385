// @ts-check
// Trees as a bundle carries them: each part that rules share stands once in `trees`, parts first, and is named by its place in the list,
// written `[place]`. Put together again, what is shared is one object, and is worked out once.

/** @param {any} bundle as it was fetched @returns {any} the same with literal trees in place of their names */
export function unfolded(bundle) {
  /** @type {any[]} */
  const trees = [];
  const named = (/** @type {any} */ part) => (Array.isArray(part) ? trees[part[0]] : part);
  for (const tree of bundle.trees) trees.push(tree.map(named));
  /** @type {(questions: any[]) => any[]} */
  const shown = (questions) => questions.map((one) => ({ ...one, show_if: named(one.show_if), questions: shown(one.questions) }));
  return {
    ...bundle,
    trees: [],
    asked_properly: named(bundle.asked_properly),
    sections: bundle.sections.map((/** @type {any} */ one) => ({ ...one, questions: shown(one.questions) })),
    scores: bundle.scores.map((/** @type {any} */ one) => ({ ...one, when: named(one.when) })),
    findings: bundle.findings.map((/** @type {any} */ one) => ({ ...one, tree: named(one.tree) })),
  };
}

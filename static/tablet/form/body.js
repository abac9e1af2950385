// @ts-check
// Where an answer stands in a visit. A path is the way down: question, then row and question for each row it stands in, as in
// children/<row>/nights/<row>/surface. A question without an answer has no key at all: that is the third value.

/** @import { Answer, Answers, Body, Bundle, Question, Row, RowsAnswer } from "../types" */

/** The answers beside this one, and its own id; null when the row is gone. @param {Body} body @param {string} path @returns {{ answers: Answers, id: string, row: Row | null } | null} */
export function place(body, path) {
  const steps = path.split("/");
  let answers = body.answers;
  /** @type {Row | null} */
  let row = null;
  for (let at = 0; at + 2 < steps.length; at += 2) {
    row = /** @type {RowsAnswer | undefined} */ (answers[steps[at]])?.rows.find((one) => one.id === steps[at + 1]) ?? null;
    if (!row) return null;
    answers = row.answers;
  }
  return { answers, id: steps[steps.length - 1], row };
}

/** @param {Body} body @param {string} path @returns {any} */
export function answerAt(body, path) {
  const found = place(body, path);
  return found?.answers[found.id];
}

/** @param {Body} body @param {string} path @param {Answer | undefined} answer */
export function setAnswer(body, path, answer) {
  const found = place(body, path);
  if (!found) return;
  if (answer === undefined) delete found.answers[found.id];
  else found.answers[found.id] = answer;
}

/** The rows of a question, made when there were none. @param {Body} body @param {string} path @returns {RowsAnswer} */
export function rowsAt(body, path) {
  const found = place(body, path);
  if (!found) throw new Error("the row is gone");
  return /** @type {RowsAnswer} */ (found.answers[found.id] ??= { rows: [], complete: false });
}

/** Questions by id: an id stands once in a form. @param {Bundle} bundle @returns {Map<string, Question>} */
export function questionsOf(bundle) {
  /** @type {Map<string, Question>} */
  const found = new Map();
  const add = (/** @type {Question} */ question) => void (found.set(question.id, question), question.questions.forEach(add));
  for (const section of bundle.sections) section.questions.forEach(add);
  return found;
}

/** Names a rule reads. @param {any} tree @returns {string[]} */
export function readBy(tree) {
  if (!Array.isArray(tree)) return [];
  const name = { get: tree[1], some: tree[1], count: tree[2] }[/** @type {"get" | "some" | "count"} */ (tree[0])];
  return [...(name ? [name] : []), ...tree.slice(1).flatMap(readBy)];
}

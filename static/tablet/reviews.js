// @ts-check
// What a second person said of this practitioner's own visits, as it came with the caseload, and answering a question back. An answer needs a
// connection; what is typed without one stays here, encrypted like everything else, until it is sent or the question is answered elsewhere.

import { post } from "./api.js";
import { headOf } from "./caseload.js";

/** @import { CaseloadHead, AskedBack, Review } from "./types" */
/** @import { Records } from "./records.js" */

const NEWS = 14 * 86_400_000; // what was said is news for two weeks

/** @param {Review} review */
export const openQuestions = (review) => review.questions.filter(({ answer }) => answer === null);

/** What is worth a line among the families: a question that is open, or something said lately. @param {CaseloadHead | null} head @param {number} now */
export const newsOf = (head, now) => (head?.reviews ?? []).filter((review) => openQuestions(review).length > 0 || now - Date.parse(review.at) < NEWS);

/** In view stands how many, and nothing of what was said or about whom. @param {Review[]} news */
export function inView(news) {
  const open = news.flatMap(openQuestions).length;
  if (open) return open === 1 ? "A colleague asks you something" : `A colleague asks you ${open} things`;
  return "A colleague read a visit of yours";
}

/** What was typed for a question and is not sent. @param {Records} records @param {string} question @returns {Promise<string>} */
export const typedFor = async (records, question) => (await records.get("answering", question))?.value.words ?? "";

/** @param {Records} records @param {string} question @param {string} words */
export const keepTyped = (records, question, words) => records.put("answering", question, { question, words });

/** Sends an answer; from then on it is on this tablet as on the service. Throws what `post` throws, and then all stays as it was typed. @param {Records} records @param {string} question @param {string} words */
export async function answer(records, question, words) {
  await keepTyped(records, question, words);
  await post(`questions/${question}/answer`, { answer: words });
  const head = await headOf(records);
  if (head) await records.put("head", "caseload", { ...head, reviews: (head.reviews ?? []).map((review) => answeredIn(review, question, words)) });
  await records.remove("answering", question);
}

/** @param {Review} review @param {string} question @param {string} words @returns {Review} */
const answeredIn = (review, question, words) => ({ ...review, questions: review.questions.map((/** @type {AskedBack} */ one) => (one.id === question ? { ...one, answer: words } : one)) });

/** What was typed for questions that are answered by now is let go; for one that is not on the tablet any more it stays. @param {Records} records @param {CaseloadHead} head */
export async function letGoAnswered(records, head) {
  const answered = new Set((head.reviews ?? []).flatMap(({ questions }) => questions).filter((one) => one.answer !== null).map(({ id }) => id));
  for (const { question } of await records.all("answering")) if (answered.has(question)) await records.remove("answering", question);
}

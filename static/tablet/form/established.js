// @ts-check
// What earlier visits established, in the words of today's form. A value that today's question no longer offers is not shown: its words
// are gone, and nobody could confirm it.

import { inWords } from "../dates.js";

/** @import { Known, KeptFamily, Question, Value } from "../types" */

/** @param {KeptFamily} family @param {string} person empty for the family as a whole @param {Question} question @returns {Known | undefined} */
export function establishedOf(family, person, question) {
  const known = question.measure && !question.confidential ? family.established?.[person]?.[question.measure] : undefined;
  const value = known && asValue(question, known.value);
  return known && value !== undefined ? { ...known, value } : undefined;
}

/** @param {Question} question @param {string} code */
const offers = (question, code) => question.options.some((option) => option.code === code);

/** A kept value as an answer to this question, or nothing. @param {Question} question @param {any} value @returns {Value | undefined} */
export function asValue(question, value) {
  if (question.kind === "choice") return offers(question, value) ? value : undefined;
  if (question.kind === "choices") {
    const codes = Array.isArray(value) ? value : [value];
    return codes.length && codes.every((code) => offers(question, code)) ? codes : undefined;
  }
  if (question.kind === "yes_no") return { true: true, false: false }[String(value)];
  if (question.kind === "integer") return /^-?\d{1,9}$/.test(String(value)) ? Number(value) : undefined;
  return question.kind === "date" && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined;
}

/** @param {Question} question @param {Value} value */
export function valueWords(question, value) {
  const label = (/** @type {string} */ code) => question.options.find((option) => option.code === code)?.label ?? code;
  if (Array.isArray(value)) return value.map(label).join("; ");
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return question.units ? `${value} ${question.units}` : String(value);
  return question.kind === "date" ? inWords(value) : label(value);
}

const HOW = /** @type {Record<string, string>} */ ({ seen: "seen by", shown: "shown to", told: "told to", told_by_agency: "told by another agency to" });

/** Seen by Amina Yusuf, 4 March 2024. @param {Pick<Known, "known" | "by" | "on">} known */
export function howWords({ known, by, on }) {
  const who = by ? `${HOW[known] ?? "recorded by"} ${by}` : known ? (HOW[known] ?? "recorded").replace(/ (by|to)$/, "") : "recorded";
  return `${who.charAt(0).toUpperCase()}${who.slice(1)}, ${inWords(on)}`;
}

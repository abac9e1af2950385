// @ts-check
// A family's numbers with when each may be used. Nothing says why: whoever stands by may read it. A number that nobody is to use is no link.

import { h } from "./dom.js";
import { dial } from "./hours.js";

/** @import { KeptFamily, Person } from "./types" */

/** What to show of one person: each number with when it may be used, and one of which nothing is said as it is. @param {Person} one @param {KeptFamily} family */
export function phonesOf(one, { phones = [] }) {
  const theirs = phones.filter((phone) => phone.person === one.id);
  const plain = one.phone && !theirs.some((phone) => phone.number === one.phone) ? [{ number: one.phone, words: "", never: false }] : [];
  return [...theirs, ...plain].map(line);
}

/** Numbers of nobody who lives there. @param {KeptFamily} family */
export const phonesOfOthers = ({ phones = [] }) => phones.filter((phone) => !phone.person);

/** @param {{ number: string; words: string; never: boolean }} phone */
export const line = ({ number, words, never }) => h("span.app-phone-line", null, never ? h("span", null, number) : h("a.app-phone", { href: dial(number) }, number), words && h("span", null, ` ${words}`));

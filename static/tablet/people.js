// @ts-check
// People in words: who, how old, and which of several, so that siblings and twins are never taken for one another.

import { age, inWords } from "./dates.js";

/** @import { KeptFamily, Person, Row } from "./types" */

const ROLES = /** @type {Record<string, string>} */ ({
  child: "child", mother: "mother", father: "father", partner: "parent’s partner", grandparent: "grandparent", other_adult: "another adult",
});

/** @param {Person} person */
export const fullName = (person) => `${person.given_names} ${person.family_name}`;

/** @param {Person} person */
export const roleWords = (person) => ROLES[person.role] ?? person.role.replaceAll("_", " ");

/** 9 weeks, or due 3 March 2027, or age not known. @param {Person} person @param {string} on */
export function ageWords(person, on) {
  if (person.born_on) return age(person.born_on, on);
  return person.due_on ? `due ${inWords(person.due_on)}` : "age not known";
}

/** Children, eldest first. @param {KeptFamily} family */
export const childrenOf = (family) =>
  family.people.filter((person) => person.role === "child").sort((a, b) => ((a.born_on ?? "9999") < (b.born_on ?? "9999") ? -1 : 1));

const ORDER = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

/** second of 3; of twins nobody recorded who came first, so: second or third of 3, twin of Maryam @param {Person} child @param {KeptFamily} family */
export function birthOrder(child, family) {
  const children = childrenOf(family);
  const at = children.findIndex((one) => one.id === child.id);
  if (children.length < 2 || at < 0) return "";
  const day = (/** @type {Person} */ one) => one.born_on ?? one.due_on;
  const together = children.filter((one) => one === children[at] || (day(one) && day(one) === day(child)));
  const places = together.map((one) => ORDER[children.indexOf(one)] ?? `number ${children.indexOf(one) + 1}`);
  const others = together.filter((one) => one.id !== child.id).map((one) => one.given_names);
  const beside = others.length > 1 ? `, born with ${others.join(" and ")}` : others.length ? `, twin of ${others[0]}` : "";
  return `${places.join(" or ")} of ${children.length}${beside}`;
}

/** What stands over a row about somebody. @param {Person} person @param {KeptFamily} family @param {string} on */
export function rowTitle(person, family, on) {
  if (person.role !== "child") return `${fullName(person)}, ${roleWords(person)}`;
  const parts = [fullName(person), ageWords(person, on), person.born_on && `born ${inWords(person.born_on)}`, birthOrder(person, family)];
  return parts.filter(Boolean).join(", ");
}

/** The wording of a finding with the name of its child or adult in it. @param {string} wording @param {string} person @param {KeptFamily} family */
export function said(wording, person, family) {
  const name = family.people.find((one) => one.id === person)?.given_names;
  const text = wording.replaceAll("{child}", name ?? "the child").replaceAll("{adult}", name ?? "an adult");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

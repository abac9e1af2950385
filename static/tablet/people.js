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

/** Children, eldest first, and of those born together the one that came first. @param {KeptFamily} family */
export const childrenOf = (family) => family.people.filter((person) => person.role === "child").sort(
  (a, b) => (a.born_on ?? "9999").localeCompare(b.born_on ?? "9999") || (a.birth_order ?? 99) - (b.birth_order ?? 99));

const ORDER = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

/** second of 3, twin of Maryam; where nobody recorded which of them came first: second or third of 3 @param {Person} child @param {KeptFamily} family */
export function birthOrder(child, family) {
  const children = childrenOf(family);
  const at = children.findIndex((one) => one.id === child.id);
  if (children.length < 2 || at < 0) return "";
  const day = (/** @type {Person} */ one) => one.born_on ?? one.due_on;
  const together = children.filter((one) => one === children[at] || (day(one) && day(one) === day(child)));
  const places = placesOf(children[at], together).map((place) => children.indexOf(together[0]) + place);
  const others = together.filter((one) => one.id !== child.id).map((one) => one.given_names);
  const beside = others.length > 1 ? `, born with ${others.join(" and ")}` : others.length ? `, twin of ${others[0]}` : "";
  return `${places.map((place) => ORDER[place] ?? `number ${place + 1}`).join(" or ")} of ${children.length}${beside}`;
}

/** Which of the places among those born together may be a child's own, from 0: one where it was recorded or only one is left, else all that
 * nobody has. Two who were recorded as the same one leave both open. @param {Person} child @param {Person[]} together */
function placesOf(child, together) {
  const place = (/** @type {Person} */ one) => {
    const said = together.filter((other) => other.birth_order && other.birth_order === one.birth_order);
    return said.length === 1 && said[0].birth_order && said[0].birth_order <= together.length ? said[0].birth_order - 1 : null;
  };
  const own = place(child);
  if (own !== null) return [own];
  const taken = together.map(place);
  return together.map((_, index) => index).filter((index) => !taken.includes(index));
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

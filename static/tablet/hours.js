// @ts-check
// Whom to phone at this hour. Office hours are those of the place (Europe/London), Monday to Friday, holidays as sent down with the
// caseload; nobody standing in a hallway should have to work out that it is a bank holiday.

import { clock, dayOf } from "./dates.js";

/** @import { Contact, OfficeHours } from "./types" */

/** @param {string} number */
export const dial = (number) => `tel:${number.replace(/[^\d+]/g, "")}`;

/** @param {number} now @param {OfficeHours} hours */
export function inOfficeHours(now, hours) {
  const day = dayOf(now);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const time = clock(now);
  return weekday !== 0 && weekday !== 6 && !hours.holidays.includes(day) && time >= hours.opens && time < hours.closes;
}

/** The numbers that are answered now, in the order to try, each once: two names for one telephone are one try. @param {Contact[]} contacts @param {number} now @param {OfficeHours} hours */
export function numbersNow(contacts, now, hours) {
  const when = inOfficeHours(now, hours) ? "in_hours" : "out_of_hours";
  const open = contacts.filter((contact) => contact.when === "always" || contact.when === when);
  return open.filter((contact, at) => open.findIndex((other) => other.number === contact.number) === at);
}

// @ts-check
// Days, clock times and ages as people say them. Everything a person reads is in the time of the place, Europe/London, whatever
// the tablet's own setting.

const PLACE = "Europe/London";
const DAY = 86_400_000;

/** @param {Intl.DateTimeFormatOptions} options */
const format = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: PLACE, ...options });
const clockFormat = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayFormat = format({ year: "numeric", month: "2-digit", day: "2-digit" });
const wordsFormat = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
const shortFormat = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" });
const weekdayFormat = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" });

/** 10:41 @param {string | number} instant */
export const clock = (instant) => clockFormat.format(new Date(instant));

/** 2026-11-22, the day it is at the place. @param {string | number} instant */
export function dayOf(instant) {
  const [day, month, year] = dayFormat.format(new Date(instant)).split("/");
  return `${year}-${month}-${day}`;
}

/** 22 November 2026 @param {string} day */
export const inWords = (day) => wordsFormat.format(new Date(`${day}T00:00:00Z`));

/** 22 Nov @param {string} day */
export const inShort = (day) => shortFormat.format(new Date(`${day}T00:00:00Z`));

/** Sunday 22 November @param {string} day */
export const withWeekday = (day) => weekdayFormat.format(new Date(`${day}T00:00:00Z`));

/** at 10:41, or at 10:41 on 22 Nov when that was another day. @param {string} instant @param {number} now */
export function atWhen(instant, now) {
  const day = dayOf(instant);
  return day === dayOf(now) ? `at ${clock(instant)}` : `at ${clock(instant)} on ${inShort(day)}`;
}

/** @param {string} from @param {string} to days, as dates */
export const daysBetween = (from, to) => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);

/** @param {number} count @param {string} unit */
const some = (count, unit) => `${count} ${unit}${count === 1 ? "" : "s"}`;

/** How old, as health visitors say it: days to two weeks, weeks to three months, months to two years. @param {string} born @param {string} on */
export function age(born, on) {
  const days = daysBetween(born, on);
  if (days < 0) return `born ${inWords(born)}`;
  if (days < 14) return some(days, "day");
  if (days < 91) return some(Math.floor(days / 7), "week");
  const months = (Number(on.slice(0, 4)) - Number(born.slice(0, 4))) * 12 + Number(on.slice(5, 7)) - Number(born.slice(5, 7)) - (on.slice(8) < born.slice(8) ? 1 : 0);
  return months < 24 ? some(months, "month") : some(Math.floor(months / 12), "year");
}

/** due today, due tomorrow, due on 24 Nov, was due on 20 November. @param {string} on @param {string} today */
export function dueWords(on, today) {
  const days = daysBetween(today, on);
  if (days === 0) return "due today";
  if (days === 1) return "due tomorrow";
  if (days > 1) return `due on ${inShort(on)}`;
  return `was due on ${on.slice(0, 4) === today.slice(0, 4) ? inWords(on).slice(0, -5) : inWords(on)}`;
}

/** due today at 14:00, due on 24 Nov at 14:00, was due at 14:00 on 20 November. @param {string} instant @param {number} now */
export function dueAtWords(instant, now) {
  const [day, today] = [dayOf(instant), dayOf(now)];
  if (Date.parse(instant) < now) return day === today ? `was due today at ${clock(instant)}` : `${dueWords(day, today)} at ${clock(instant)}`;
  return `${dueWords(day, today)} at ${clock(instant)}`;
}

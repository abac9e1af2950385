// @ts-check
// How something went over the visits: a small picture, and the same as a table behind it. What a picture says by a colour alone is said
// to nobody, so arranged and not arranged differ in shape, and what could be more is a line.

import { inShort, inWords } from "../dates.js";
import { details, h } from "../dom.js";

/** @import { Course, CoursePoint } from "../types" */

const WIDTH = 340;
const HEIGHT = 180;
const EDGE = { left: 34, right: 16, top: 24, bottom: 28 };
const MOST_LABELLED = 8;

/** @param {string} tag @param {Record<string, string | number>} properties @param {...(Node | string)} children @returns {SVGElement} */
function s(tag, properties, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(properties)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** Where each point stands in the picture. @param {CoursePoint[]} points @returns {{ x: number, y: number, top: number, point: CoursePoint }[]} */
export function placed(points) {
  const days = points.map(({ on }) => Date.parse(`${on}T00:00:00Z`));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const most = highest(points);
  const up = (/** @type {number} */ value) => HEIGHT - EDGE.bottom - (value / most) * (HEIGHT - EDGE.top - EDGE.bottom);
  const along = (/** @type {number} */ day) => (last === first ? WIDTH / 2 : EDGE.left + 14 + ((day - first) / (last - first)) * (WIDTH - EDGE.left - EDGE.right - 28));
  return points.map((point, at) => ({ x: Math.round(along(days[at])), y: Math.round(up(point.value)), top: Math.round(up(point.could_be)), point }));
}

/** @param {CoursePoint[]} points */
const highest = (points) => Math.max(1, ...points.map(({ could_be }) => could_be));

/** @param {{ x: number, y: number }} at @param {boolean | null} announced */
function mark({ x, y }, announced) {
  if (announced === null) return s("path", { class: "app-course__unsaid", d: `M${x} ${y - 6}L${x + 6} ${y + 5}H${x - 6}Z` });
  if (announced) return s("circle", { class: "app-course__announced", cx: x, cy: y, r: 5.5 });
  return s("path", { class: "app-course__unannounced", d: `M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z` });
}

/** @param {CoursePoint} point */
export const pointWords = ({ value, could_be }) => (could_be > value ? `at least ${value}, could be ${could_be}` : String(value));

/** @param {boolean | null} announced */
const arranged = (announced) => (announced === null ? "not said" : announced ? "arranged" : "not arranged");

/** @param {Course} course */
export function courseWords({ points, best, worst }) {
  const newest = points[points.length - 1];
  const visits = points.length === 1 ? "1 visit" : `${points.length} visits`;
  const better = best === worst ? "" : best < worst ? " Lower is better." : " Higher is better.";
  return `${visits}, newest ${inWords(newest.on)}: ${pointWords(newest)}. Best ${best}, worst ${worst}.${better}`;
}

/** @param {Course} course @returns {SVGElement} */
function picture(course) {
  const points = placed(course.points);
  const base = HEIGHT - EDGE.bottom;
  const [first, last] = [points[0], points[points.length - 1]];
  const dates = first === last ? [first] : [first, last];
  return s(
    "svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "app-course__picture", role: "img", "aria-label": `${course.title}. ${courseWords(course)}` },
    s("path", { class: "app-course__axis", d: `M${EDGE.left} ${EDGE.top}V${base}H${WIDTH - EDGE.right}` }),
    s("text", { x: EDGE.left - 6, y: base + 4, "text-anchor": "end" }, "0"),
    s("text", { x: EDGE.left - 6, y: EDGE.top + 9, "text-anchor": "end" }, String(highest(course.points))),
    s("path", { class: "app-course__line", d: `M${points.map(({ x, y }) => `${x} ${y}`).join("L")}` }),
    ...points.filter(({ y, top }) => top < y).map(({ x, y, top }) => s("path", { class: "app-course__more", d: `M${x} ${y}V${top}M${x - 5} ${top}h10` })),
    ...points.map((one) => mark(one, one.point.announced)),
    ...(points.length > MOST_LABELLED ? [] : points.map(({ x, y, point }) => s("text", { x: x + 9, y: y - 7 }, String(point.value)))),
    ...dates.map(({ x, point }, at) => s("text", { x: dates.length === 1 ? x : at ? WIDTH - EDGE.right : EDGE.left, y: HEIGHT - 8, "text-anchor": dates.length === 1 ? "middle" : at ? "end" : "start" }, `${inShort(point.on)} ${point.on.slice(0, 4)}`)),
  );
}

/** The shapes that stand in this picture, in words. @param {Course} course */
function legend(course) {
  const there = [...new Set(course.points.map(({ announced }) => announced))];
  const key = (/** @type {boolean | null} */ announced) => h("li", null, s("svg", { viewBox: "0 0 16 16", class: "app-course__key", "aria-hidden": "true" }, mark({ x: 8, y: 8 }, announced)), ` ${arranged(announced)}`);
  return h("ul.app-course__keys", null, ...there.map(key), course.points.some((one) => one.could_be > one.value) && h("li", null, "line upwards: could be as much"));
}

/** @param {Course} course */
function table({ title, points }) {
  const row = (/** @type {CoursePoint} */ point) => h("tr", null, h("th", { scope: "row" }, inWords(point.on)), h("td", null, pointWords(point)), h("td", null, arranged(point.announced)));
  return h("table.app-course__table", null,
    h("caption.nhsuk-u-visually-hidden", null, title),
    h("thead", null, h("tr", null, ...["Visit", "Found", "Arranged or not"].map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", null, ...points.map(row)));
}

/** One tap away, because a number is not for everybody in the room. @param {Course} course */
export function course(course) {
  return details(
    course.title,
    h("figure.app-course", null, picture(course), legend(course), h("figcaption", null, courseWords(course))),
    details("As a table", table(course)),
  );
}

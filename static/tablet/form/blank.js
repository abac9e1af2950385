// @ts-check
// A blank form and its rules, as the worker keeps them. They hold no person, so they are the same for every family.

import { parsePage } from "../policy.js";
import { unfolded } from "../rules/trees.js";

/** @import { Bundle } from "../types" */

/** @param {string} name @param {number} version @returns {Promise<{ page: Document, bundle: Bundle }>} */
export async function blankForm(name, version) {
  const address = `/tablet/forms/${encodeURIComponent(name)}/${version}`;
  const [page, bundle] = await Promise.all([fetch(`${address}/page`), fetch(`${address}/bundle`)]);
  if (!page.ok || !bundle.ok) throw new Error("this form is not on the tablet");
  return { page: parsePage(await page.text()), bundle: unfolded(await bundle.json()) };
}

// @ts-check
// The picture of a body over the list of its regions: pressing a region presses its input in the list, and what is chosen there is marked here.

/** @param {HTMLElement} pressed @returns {boolean} whether it was a region */
export function pressRegion(pressed) {
  const region = /** @type {HTMLElement | null} */ (pressed.closest("[data-region]"));
  if (!region) return false;
  const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (pressed.closest("[data-part=value]")?.querySelectorAll("input") ?? []);
  for (const input of inputs) if (input.value === region.dataset.region) input.click();
  return true;
}

/** @param {HTMLElement} element the question @param {any} value of its answer */
export function markRegions(element, value) {
  const chosen = new Set([value].flat());
  for (const region of /** @type {NodeListOf<SVGElement>} */ (element.querySelectorAll("[data-region]"))) region.classList.toggle("app-body__region--chosen", chosen.has(region.dataset.region));
}

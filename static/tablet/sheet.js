// @ts-check
// A sheet over the screen, with the cover and the way to the door within it: nothing may stand between the practitioner and a covered
// screen, or the numbers to phone once outside.

import { cover } from "./cover.js";
import { h } from "./dom.js";

/**
 * Closes by its button and by Escape, and gives the focus back to where it was.
 * @param {string} title @param {{ class?: string, onclose?: () => void }} options @param {...(import("./dom.js").Child | import("./dom.js").Child[])} inside
 * @returns {HTMLDialogElement}
 */
export function sheet(title, options, ...inside) {
  const close = h("button.app-sheet__close", { type: "button", onclick: () => dialog.close() }, "Close");
  const hide = h("button.app-sheet__close", { type: "button", onclick: cover }, "Cover");
  const atDoor = document.getElementById("door");
  const door = atDoor && !atDoor.hidden && h("a.app-sheet__close", { href: atDoor.getAttribute("href") }, "Door");
  const heading = h("h2.nhsuk-heading-m", { id: "sheet-title", tabindex: "-1" }, title);
  const dialog = /** @type {HTMLDialogElement} */ (
    h(`dialog.app-sheet`, { "aria-labelledby": "sheet-title" }, h("div.app-sheet__head", null, heading, door, hide, close), ...inside)
  );
  if (options.class) dialog.classList.add(options.class);
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  dialog.addEventListener("close", () => {
    dialog.remove();
    options.onclose?.();
    if (before?.isConnected) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  heading.focus();
  return dialog;
}

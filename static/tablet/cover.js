// @ts-check
// One touch, and the screen shows a landscape: for when somebody comes into the room. Holding the button brings everything back as it
// was, so a child's curious tap does not.

import { h } from "./dom.js";

const HOLD = 700; // milliseconds

/** Whether the screen is covered. */
export const covered = () => document.querySelector("dialog.app-cover") !== null;

export function cover() {
  if (covered()) return;
  const back = h("button.app-cover__back", { type: "button" }, "Hold to return");
  const dialog = /** @type {HTMLDialogElement} */ (
    h("dialog.app-cover", { "aria-label": "The screen is covered" }, h("img.app-cover__picture", { src: "/static/tablet/cover.svg", alt: "" }), back)
  );
  dialog.addEventListener("cancel", (event) => event.preventDefault()); // Escape is too easily pressed
  dialog.addEventListener("close", () => (dialog.returnValue === "held" ? dialog.remove() : dialog.showModal()));
  whenHeld(back, () => dialog.close("held"));
  document.body.append(dialog);
  dialog.showModal();
}

/** By finger, mouse or key alike. @param {HTMLElement} button @param {() => void} act */
function whenHeld(button, act) {
  let timer = 0;
  const start = () => (timer ||= window.setTimeout(act, HOLD));
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
  };
  button.addEventListener("pointerdown", start);
  for (const name of ["pointerup", "pointerleave", "pointercancel", "blur", "keyup"]) button.addEventListener(name, stop);
  button.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && start());
  button.addEventListener("contextmenu", (event) => event.preventDefault());
}

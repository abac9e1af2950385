// @ts-check
// The only script of the service's own screens. Every one of them works without it: this brings in the design system's
// behaviours (moving to the error summary, showing a password, opening what a radio button reveals).
import { initAll } from "/static/vendor/nhsuk-frontend.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

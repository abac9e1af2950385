// @ts-check
// Points out, beside the field and while somebody writes, words that judge or hide, with what could be said instead. The service does the
// same when it is asked to look over the words (visitapp/domain/plain_words.py), so nothing rests on this. Nothing is changed or refused.

/** What stands in quotation marks is somebody's own. */
const QUOTED = /“[^”]*”|"[^"]*"/g;
/** Abbreviations, which are words only when they are written so. */
const AS_WRITTEN = ["DNA", "NAD"];

/**
 * The words of a text that are in the list, each once, as they were written and with what could be said instead.
 * @param {string} text @param {Record<string, string>} instead
 */
export function pointedOut(text, instead) {
  const longestFirst = Object.keys(instead).sort((one, other) => other.length - one.length);
  const escaped = longestFirst.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const any = new RegExp(`(?<![\\w-])(${escaped.join("|")})(?![\\w-])`, "gi");
  /** @type {Map<string, {word: string, instead: string}>} */
  const found = new Map();
  for (const [word] of text.replace(QUOTED, " ").matchAll(any)) {
    const plain = AS_WRITTEN.includes(word) ? word : word.toLowerCase();
    const said = instead[plain];
    if (said !== undefined && !found.has(plain)) found.set(plain, { word, instead: said });
  }
  return [...found.values()];
}

/** @param {HTMLTextAreaElement} field @param {Record<string, string>} instead */
function point(field, instead) {
  const id = `${field.id}-words`;
  const found = pointedOut(field.value, instead);
  let line = document.getElementById(id);
  if (!line) {
    line = document.createElement("p");
    line.id = id;
    line.className = "va-quiet";
    line.setAttribute("role", "status");
    field.after(line);
  }
  const list = found.map((one) => `“${one.word}” (${one.instead})`).join("; ");
  line.textContent = found.length ? `A reader may take this as a judgement: ${list}. It is your letter: leave it if you mean it.` : "";
}

/** @param {Document} page */
export function begin(page) {
  const form = /** @type {HTMLFormElement | null} */ (page.querySelector("form[data-words]"));
  if (!form) return;
  /** @type {Record<string, string>} */
  const instead = JSON.parse(form.dataset.words ?? "{}");
  form.addEventListener("change", (event) => {
    const field = /** @type {HTMLTextAreaElement} */ (event.target);
    if (field.dataset.watched !== undefined) point(field, instead);
  });
}

if (globalThis.document) begin(document);

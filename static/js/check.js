// @ts-check
// Compares a file with the letter that was sent, in the browser: the file is read here and goes nowhere. Without this script, or where the
// browser cannot compute a fingerprint, the page shows the one of the letter and says how to compare it by hand.

/** The SHA-256 of some bytes, as the page writes it. @param {ArrayBuffer} bytes */
export async function fingerprint(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What is said of a file: whether it is the letter, in plain words. @param {ArrayBuffer} bytes @param {string} sent the letter's fingerprint */
export async function verdict(bytes, sent) {
  const same = (await fingerprint(bytes)) === sent;
  return same
    ? { same, title: "This is the letter as sent.", words: "Every byte of your file is as it was when the letter was written." }
    : { same, title: "This is not the same as the letter sent.", words: "Something in your file differs, or it is another file. Do not rely on it: phone the sender and quote the reference." };
}

/** @param {Document} page */
export function begin(page) {
  const sent = page.getElementById("sha256")?.textContent?.trim();
  const file = /** @type {HTMLInputElement | null} */ (page.getElementById("file"));
  const [compare, told] = ["compare", "verdict"].map((id) => page.getElementById(id));
  if (!sent || !file || !compare || !told || !globalThis.crypto?.subtle) return;
  compare.hidden = false;

  /** @param {File | null | undefined} chosen */
  const look = async (chosen) => {
    if (!chosen) return;
    let said;
    try {
      said = await verdict(await chosen.arrayBuffer(), sent);
    } catch {
      said = { same: false, title: "Your file could not be read.", words: "Choose it again, or compare it by hand as described below." };
    }
    told.className = `va-note va-note--${said.same ? "same" : "tonight"}`;
    told.replaceChildren(...[said.title, said.words].map((words, place) => {
      const line = page.createElement("p");
      const inside = place ? line : line.appendChild(page.createElement("strong"));
      inside.textContent = words;
      return line;
    }));
  };

  file.addEventListener("change", () => look(file.files?.[0]));
  // Anywhere on the page: dropped beside the field, the browser would open the file in place of it.
  for (const moving of ["dragover", "dragenter"]) page.addEventListener(moving, (event) => event.preventDefault());
  page.addEventListener("drop", (event) => {
    event.preventDefault();
    look(event.dataTransfer?.files[0]);
  });
}

if (globalThis.document) begin(document);

// @ts-check
// A button beside a text that is to be copied. Without this the button is not there, and the text is selected and copied by hand.

/** @param {HTMLButtonElement} button */
function offer(button) {
  const text = document.getElementById(button.dataset.copies ?? "");
  const line = button.parentElement;
  const said = line?.querySelector("[role=status]");
  if (!(text instanceof HTMLTextAreaElement) || !line || !said) return;
  line.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = "Copied";
    } catch {
      text.select(); // the browser does not let us: the person presses Ctrl and C
      said.textContent = "Selected: press Ctrl and C";
    }
  });
}

for (const button of document.querySelectorAll("[data-copies]")) {
  if (button instanceof HTMLButtonElement) offer(button);
}

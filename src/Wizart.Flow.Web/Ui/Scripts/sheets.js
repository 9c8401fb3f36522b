// Links with data-sheet open their page's form in a dialog; without the script they are plain links.
import { focusAt, placeOf } from "./focus.js";

const sheet = document.getElementById("sheet");
let opener = null;

document.addEventListener("click", async event => {
  const link = event.target.closest("a[data-sheet]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  await openSheet(link.getAttribute("href"));
});

export async function openSheet(path) {
  const response = await fetch(path, { headers: { "HX-Request": "true", "X-Flow-Sheet": "true" } });
  if (!response.ok) { location.href = path; return; }
  sheet.innerHTML = await response.text();
  htmx.process(sheet);
  if (!sheet.open) {
    opener = placeOf(document.activeElement);
    sheet.showModal();
  }
  (sheet.querySelector("[autofocus]") ?? sheet.querySelector("input:not([type=hidden]), select, textarea") ?? sheet.querySelector("button"))?.focus();
}

sheet.addEventListener("click", event => {
  if (event.target === sheet || event.target.closest("[data-close]")) sheet.close();
});

// A plain form that can't be undone asks first.
document.addEventListener("submit", event => {
  const { confirm: question } = event.target.dataset;
  if (question && !confirm(question)) event.preventDefault();
});

// What opened it may have been drawn anew meanwhile: the browser itself then knows nowhere to go back to.
sheet.addEventListener("close", () => { if (opener) focusAt(opener); opener = null; });

sheet.addEventListener("htmx:afterRequest", event => {
  const { xhr, elt } = event.detail;
  if (elt.matches("form[data-closes]") && xhr.status === 204) sheet.close();
});
document.getElementById("keys").addEventListener("click", event => { if (event.target.id === "keys" || event.target.closest("[data-close]")) event.currentTarget.close(); });

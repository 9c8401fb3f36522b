// Links with data-sheet open their page's form in a dialog; without the script they are plain links.
const sheet = document.getElementById("sheet");

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
  if (!sheet.open) sheet.showModal();
  sheet.querySelector("[autofocus], input:not([type=hidden]), select, textarea, button")?.focus();
}

sheet.addEventListener("click", event => {
  if (event.target === sheet || event.target.closest("[data-close]")) sheet.close();
});

sheet.addEventListener("htmx:afterRequest", event => {
  const { xhr, elt } = event.detail;
  if (elt.matches("form[data-closes]") && xhr.status === 204) sheet.close();
});
document.getElementById("keys").addEventListener("click", event => { if (event.target.id === "keys" || event.target.closest("[data-close]")) event.currentTarget.close(); });

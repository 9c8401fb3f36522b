// Keys: "?" says which there are, "g" and a letter goes to a page, ⌘K finds.
import { openPalette } from "./palette.js";

const places = Object.fromEntries([...document.querySelectorAll("[data-key]")].map(a => [a.dataset.key, a]));
let afterG = 0;

const general = [["⌘K or /", "find"], ["?", "these keys"], ...Object.entries(places).map(([key, a]) => [`g then ${key}`, a.textContent.trim()]), ["Esc", "close"]];

function help() {
  const dialog = document.getElementById("keys");
  const rows = [...document.querySelectorAll("[data-keys]")].flatMap(list => JSON.parse(list.dataset.keys));
  rows.push(...general);
  const table = document.createElement("table");
  table.className = "list";
  const body = table.createTBody();
  for (const [key, what] of rows) {
    const row = body.insertRow();
    row.insertCell().append(Object.assign(document.createElement("kbd"), { textContent: key }));
    row.insertCell().textContent = what;
  }
  const inside = Object.assign(document.createElement("div"), { className: "inside" });
  const head = document.createElement("header");
  head.append(Object.assign(document.createElement("h2"), { textContent: "Keys", id: "keys-title" }), Object.assign(document.createElement("span"), { className: "spring" }));
  const close = Object.assign(document.createElement("button"), { textContent: "Close", type: "button" });
  close.dataset.close = "";
  head.append(close);
  inside.append(head, table);
  dialog.replaceChildren(inside);
  dialog.showModal();
}

export const typing = target => target.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;

document.addEventListener("keydown", event => {
  if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") { event.preventDefault(); openPalette(); return; }
  if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") { event.preventDefault(); openPalette(); }
  else if (event.key === "?") help();
  else if (event.key === "g") afterG = Date.now();
  else if (Date.now() - afterG < 1500 && places[event.key]) { event.preventDefault(); places[event.key].click(); }
});

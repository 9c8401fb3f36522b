// Keys: "?" says which there are, "g" and a letter goes to a page, ⌘K finds.
import { openPalette } from "./palette.js";

const places = Object.fromEntries([...document.querySelectorAll("[data-key]")].map(a => [a.dataset.key, a]));
let afterG = 0;

const finds = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘K" : "Ctrl K";
const finder = document.querySelector("[data-palette] kbd");
if (finder) finder.textContent = finds;

const key = text => Object.assign(document.createElement("kbd"), { textContent: text });

// "⌘K or /" is two keys with a word between them.
const keysOf = text => text.split(/ (or|then) /).flatMap((part, i) => i % 2 ? [` ${part} `] : [key(part)]);

function pagesOf() {
  const list = document.createElement("span");
  list.className = "key-places";
  for (const [letter, link] of Object.entries(places)) {
    const one = document.createElement("span");
    one.append(key(letter), ` ${link.textContent.trim()}`);
    list.append(one);
  }
  return list;
}

function help() {
  const dialog = document.getElementById("keys");
  const rows = [[`${finds} or /`, "find"], ["?", "these keys"], ["g then …", pagesOf()], ["Esc", "close"]];
  for (const list of document.querySelectorAll("[data-keys]")) rows.push(...JSON.parse(list.dataset.keys));
  const table = document.createElement("table");
  table.className = "list";
  const body = table.createTBody();
  for (const [keys, what] of rows) {
    const row = body.insertRow();
    const first = row.insertCell();
    first.className = "number";
    first.append(...keysOf(keys));
    row.insertCell().append(what);
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

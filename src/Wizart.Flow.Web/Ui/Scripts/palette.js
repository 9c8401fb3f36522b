// ⌘K: one place to find DAGs, runs and pages.
const dialog = document.getElementById("palette");
const input = dialog.querySelector("input"), list = dialog.querySelector("ul");
let entries = [], chosen = 0, asked = 0, looking = null;

function draw() {
  list.replaceChildren(...entries.map((entry, index) => {
    const item = document.createElement("li");
    item.id = `found-${index}`;
    item.role = "option";
    item.ariaSelected = String(index === chosen);
    item.append(Object.assign(document.createElement("span"), { textContent: entry.words, className: "clip" }));
    item.append(Object.assign(document.createElement("small"), { textContent: entry.kind }));
    item.addEventListener("click", () => go(entry));
    return item;
  }));
  if (entries.length === 0) {
    const none = document.createElement("li");
    none.role = "option";
    none.ariaSelected = "false";
    none.textContent = "Nothing of that name.";
    list.append(none);
    input.removeAttribute("aria-activedescendant");
  } else {
    input.setAttribute("aria-activedescendant", `found-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }
}

async function look() {
  const mine = ++asked;
  const response = await fetch(`find?text=${encodeURIComponent(input.value)}`);
  if (mine !== asked || !response.ok) return;
  entries = await response.json();
  chosen = 0;
  draw();
}

function go(entry) {
  dialog.close();
  location.href = entry.path;
}

export function openPalette() {
  if (dialog.open) return;
  input.value = "";
  dialog.showModal();
  looking = look();
}

input.addEventListener("input", () => { looking = look(); });
input.addEventListener("keydown", async event => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (entries.length === 0) return;
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : entries.length - 1)) % entries.length;
    draw();
  } else if (event.key === "Enter") {
    event.preventDefault();
    await looking; // who types faster than the answer comes means what was typed
    if (entries[chosen]) go(entries[chosen]);
  }
});
dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
document.querySelector("[data-palette]")?.addEventListener("click", openPalette);

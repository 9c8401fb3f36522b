// What a person chose stays in cookies, so that the server draws the page right at once.
import { say } from "./messages.js";

const year = 60 * 60 * 24 * 365;
const path = new URL(document.baseURI).pathname;
const keep = (name, value) => { document.cookie = `${name}=${encodeURIComponent(value)};path=${path};max-age=${year};samesite=lax`; };
const kept = name => document.cookie.split("; ").find(c => c.startsWith(`${name}=`))?.slice(name.length + 1);

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (!kept("flow-zone") && here) {
  keep("flow-zone", here);
  if (here !== document.body.dataset.zone) location.reload();
}

document.querySelector("[data-theme-choice]")?.addEventListener("click", () => {
  const root = document.documentElement, order = ["system", "light", "dark"];
  root.dataset.theme = order[(order.indexOf(root.dataset.theme) + 1) % 3];
  keep("flow-theme", root.dataset.theme);
  say(root.dataset.theme === "system" ? "Light or dark as your system." : `Always ${root.dataset.theme}.`);
  document.dispatchEvent(new CustomEvent("flow:theme"));
});

document.querySelector("[data-zone-choice]")?.addEventListener("click", () => {
  const sheet = document.getElementById("sheet");
  sheet.replaceChildren();
  const form = document.createElement("form");
  form.method = "dialog";
  const title = document.createElement("h2");
  title.textContent = "Time zone";
  const label = document.createElement("label");
  label.textContent = "Times are shown in";
  label.htmlFor = "zone";
  const select = document.createElement("select");
  select.id = "zone";
  for (const zone of [...new Set(["UTC", here, document.body.dataset.zone, ...Intl.supportedValuesOf("timeZone")])]) {
    const option = new Option(zone === here ? `${zone} (this computer)` : zone, zone);
    option.selected = zone === document.body.dataset.zone;
    select.append(option);
  }
  const footer = document.createElement("footer");
  const cancel = Object.assign(document.createElement("button"), { textContent: "Cancel", value: "" });
  const use = Object.assign(document.createElement("button"), { textContent: "Use it", className: "main", value: "use" });
  footer.append(cancel, use);
  const field = document.createElement("div");
  field.className = "field";
  field.append(label, select);
  form.append(title, field, footer);
  form.addEventListener("submit", event => {
    if (event.submitter?.value !== "use") return;
    keep("flow-zone", select.value);
    location.reload();
  });
  sheet.append(form);
  sheet.showModal();
});

const menu = document.querySelector("[data-menu]"), side = document.getElementById("side");
function fold(open) {
  side.toggleAttribute("data-open", open);
  menu.setAttribute("aria-expanded", String(open));
}
menu?.addEventListener("click", () => fold(!side.hasAttribute("data-open")));
document.addEventListener("click", event => {
  if (side.hasAttribute("data-open") && !side.contains(event.target) && !menu.contains(event.target)) fold(false);
});
document.addEventListener("keydown", event => { if (event.key === "Escape" && side.hasAttribute("data-open")) { fold(false); menu.focus(); } });

document.addEventListener("click", async event => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy || document.getElementById(button.dataset.copyOf).textContent);
  say("Copied.");
});

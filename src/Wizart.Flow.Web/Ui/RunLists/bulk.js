// Several runs at once: the bar says how many are chosen; what is done with them is shown before it is done. A list with
// something chosen does not change under the hand.
import { refresh } from "./live.js";

export function start(form) {
  const bar = form.querySelector("[data-bulk-bar]"), all = form.querySelector("[data-all]"), panel = form.closest("section");
  if (!bar) return;
  const rest = bar.querySelector("[data-bulk-rest]");
  let missed = false;
  const boxes = () => [...form.querySelectorAll("input[name=run]")];
  function show() {
    const chosen = boxes().filter(b => b.checked).length;
    bar.hidden = chosen === 0;
    if (rest) {
      rest.hidden = chosen < boxes().length;
      if (rest.hidden) rest.querySelector("input").checked = false;
    }
    bar.querySelector("[data-bulk-count]").textContent = `${chosen} chosen`;
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
    const held = panel.toggleAttribute("data-held", chosen > 0);
    if (!held && missed) { missed = false; refresh(panel, {}); }
  }
  all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; show(); });
  form.addEventListener("change", show);
  panel.addEventListener("htmx:beforeRequest", event => {
    if (event.detail.elt !== panel || !panel.hasAttribute("data-held")) return;
    event.preventDefault();
    missed = true;
  });
  // Asked for before something was chosen, and answered after.
  panel.addEventListener("htmx:beforeSwap", event => {
    if (event.detail.requestConfig.elt !== panel || !panel.hasAttribute("data-held")) return;
    event.detail.shouldSwap = false;
    missed = true;
  });
  const sheet = document.getElementById("sheet");
  form.addEventListener("htmx:afterRequest", event => { if (event.detail.elt === form && event.detail.successful && !sheet.open) sheet.showModal(); });
  // Once it is done, nothing is chosen any more.
  function done(event) {
    if (!panel.isConnected) { document.removeEventListener("htmx:afterRequest", done); return; }
    if (event.detail.xhr.status !== 204 || !event.detail.elt.matches("form[action='runs/bulk']")) return;
    for (const box of boxes()) box.checked = false;
    missed = true;
    show();
  }
  document.addEventListener("htmx:afterRequest", done);
}

// Several runs at once: the bar says how many are chosen; what is done with them is shown before it is done. A list with
// something chosen does not change under the hand.
export function start(form) {
  const bar = form.querySelector("[data-bulk-bar]"), all = form.querySelector("[data-all]"), panel = form.closest("section");
  if (!bar) return;
  let missed = false;
  const boxes = () => [...form.querySelectorAll("input[name=run]")];
  function show() {
    const chosen = boxes().filter(b => b.checked).length;
    bar.hidden = chosen === 0;
    bar.querySelector("[data-bulk-count]").textContent = `${chosen} chosen`;
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
    panel.toggleAttribute("data-held", chosen > 0);
    if (chosen === 0 && missed) panel.dispatchEvent(new CustomEvent("flow:changed"));
  }
  all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; show(); });
  form.addEventListener("change", show);
  panel.addEventListener("htmx:beforeRequest", event => {
    if (event.detail.elt !== panel || !panel.hasAttribute("data-held")) return;
    missed = true;
    event.preventDefault();
  });
  form.addEventListener("htmx:afterSwap", () => document.getElementById("sheet").showModal());
}

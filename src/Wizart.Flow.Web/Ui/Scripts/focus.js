// A panel that is drawn anew puts other elements in the place of its own: who works by keyboard stays where they were.
const name = e => [e.tagName, e.getAttribute("href"), e.getAttribute("name"), e.getAttribute("value"), e.getAttribute("aria-label"), e.matches("a, button, summary") ? e.textContent : ""].join("\n");
const words = data => [...data].map(([key, value]) => `${key}=${value}`).sort().join("\n");
const stops = root => [...root.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")];

/** Where something is in its panel: the one that is called the same, or, should it be called otherwise by then, in the same place. */
export function placeOf(at, panel = at.closest("[data-live][id], [id]")) {
  if (!panel || at === panel || at.id) return { id: at.id };
  const all = stops(panel), words = name(at);
  return { panel: panel.id, words, index: all.filter(e => name(e) === words).indexOf(at), stop: all.indexOf(at), tag: at.tagName };
}

/** Focuses what is there now, unless something else is focused. */
export function focusAt({ id, panel, words, index, stop, tag }) {
  if (document.activeElement && document.activeElement !== document.body) return;
  const root = document.getElementById(id || panel);
  if (!root || id) { root?.focus({ preventScroll: true }); return; }
  const all = stops(root), same = all.filter(e => name(e) === words);
  (same[index] ?? same[0] ?? (all[stop]?.tagName === tag ? all[stop] : null))?.focus({ preventScroll: true });
}

let left = null;
// A form that asks for what its panel shows says something else by now than what is answered, or is about to be answered itself.
const isChanged = form => [...form.elements].some(e => e.matches("select") ? [...e.options].some(o => o.selected !== o.defaultSelected) : e.value !== e.defaultValue);
const isLate = ({ target, requestConfig: { elt, formData } }, at) => elt.matches("form[method=get]")
  ? words(new FormData(elt)) !== words(formData)
  : [...target?.querySelectorAll("form[method=get]") ?? []].some(f => f.classList.contains("htmx-request") || (f.contains(at) && isChanged(f)));

document.addEventListener("htmx:beforeSwap", event => {
  const { target } = event.detail, at = document.activeElement;
  if (isLate(event.detail, at)) event.detail.shouldSwap = false;
  else if (target?.id && at !== target && target.contains(at)) left = placeOf(at, target);
});
document.addEventListener("htmx:afterSettle", () => {
  if (left) focusAt(left);
  left = null;
});

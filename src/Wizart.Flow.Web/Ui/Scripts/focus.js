// A panel that is drawn anew puts other elements in the place of its own: who works by keyboard stays where they were.
const name = e => [e.tagName, e.getAttribute("href"), e.getAttribute("name"), e.getAttribute("value"), e.getAttribute("aria-label"), e.matches("a, button, summary") ? e.textContent : ""].join("\n");
const like = (root, words) => [...root.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]")].filter(e => name(e) === words);
let left = null;

document.addEventListener("htmx:beforeSwap", event => {
  const { target } = event.detail, at = document.activeElement;
  if (!target?.id || at === target || !target.contains(at) || at.id) return; // one with an id is found again by htmx
  left = { panel: target.id, words: name(at), index: like(target, name(at)).indexOf(at) };
});

document.addEventListener("htmx:afterSettle", () => {
  if (!left) return;
  const { panel, words, index } = left, root = document.getElementById(panel);
  left = null;
  if (!root || (document.activeElement && document.activeElement !== document.body)) return;
  const found = like(root, words);
  (found[index] ?? found[0])?.focus({ preventScroll: true });
});

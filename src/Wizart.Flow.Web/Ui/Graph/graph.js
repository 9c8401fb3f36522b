// The graph: what a task waits for and what waits for it lights up, it zooms, it is dragged, and states change as a run goes on.
import { hear } from "./live.js";

export function start(view) {
  const svg = view.querySelector("svg"), panel = view.closest("section");
  const width = svg.width.baseVal.value, height = svg.height.baseVal.value;
  const nodes = new Map([...svg.querySelectorAll("[data-node]")].map(n => [n.dataset.node, n]));
  const edges = [...svg.querySelectorAll(".edge")];
  const after = new Map(), before = new Map();
  const add = (map, key, value) => { if (!map.has(key)) map.set(key, []); map.get(key).push(value); };
  for (const edge of edges) { add(after, edge.dataset.from, edge); add(before, edge.dataset.to, edge); }

  function light(node) {
    const id = node.dataset.node;
    view.classList.add("lit");
    node.classList.add("on");
    const follow = (map, end) => {
      const ahead = [id], seen = new Set(ahead);
      while (ahead.length) for (const edge of map.get(ahead.pop()) ?? []) {
        edge.classList.add("on");
        const next = edge.dataset[end];
        nodes.get(next)?.classList.add("on");
        if (!seen.has(next)) { seen.add(next); ahead.push(next); }
      }
    };
    follow(after, "to");
    follow(before, "from");
  }
  function dark() {
    view.classList.remove("lit");
    for (const on of svg.querySelectorAll(".on")) on.classList.remove("on");
  }
  for (const node of nodes.values()) {
    node.addEventListener("mouseenter", () => light(node));
    node.addEventListener("mouseleave", dark);
    node.addEventListener("focus", () => light(node));
    node.addEventListener("blur", dark);
  }

  let scale = 1;
  function zoom(to) {
    const was = scale;
    scale = Math.min(2, Math.max(.25, to));
    const [x, y] = [view.scrollLeft + view.clientWidth / 2, view.scrollTop + view.clientHeight / 2];
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", height * scale);
    view.scrollTo(x * scale / was - view.clientWidth / 2, y * scale / was - view.clientHeight / 2);
    panel.querySelector("[data-zoom=full]").textContent = `${Math.round(scale * 100)}%`;
  }
  const change = how => zoom(how === "in" ? scale * 1.25 : how === "out" ? scale / 1.25 : 1);
  for (const button of panel.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => change(button.dataset.zoom));
  view.addEventListener("wheel", event => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(scale * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  document.addEventListener("keydown", event => {
    if (event.target.closest("input, select, textarea, dialog") || event.metaKey || event.ctrlKey) return;
    if (event.key === "+") change("in");
    if (event.key === "-") change("out");
    if (event.key === "0") change("full");
  });

  let drag = null;
  svg.addEventListener("pointerdown", event => {
    if (event.target.closest("a") || event.button !== 0) return;
    drag = { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", event => { if (drag) view.scrollTo(drag.x - event.clientX, drag.y - event.clientY); });
  svg.addEventListener("pointerup", () => { drag = null; });

  // What runs or failed first comes into view; otherwise the beginning.
  const first = svg.querySelector(".node.s-failed, .node.s-running");
  if (first) first.scrollIntoView({ block: "center", inline: "center" });
  scrollTo(0, 0);

  let asking = false, again = false;
  async function look() {
    if (asking) { again = true; return; }
    asking = true;
    const response = await fetch(view.dataset.states);
    if (response.ok) for (const [id, now] of Object.entries(await response.json())) {
      const node = nodes.get(id);
      if (!node) continue;
      for (const state of [...node.classList].filter(c => c.startsWith("s-"))) node.classList.remove(state);
      node.classList.add(now.state);
      node.querySelector("title").textContent = `${id}, ${now.name}${node.classList.contains("folded") ? `, ${now.words}, open` : ""}`;
      const words = node.querySelector(".node-words");
      if (words) words.textContent = now.words;
      const sign = node.querySelector(".node-sign");
      if (sign) sign.textContent = now.sign;
    }
    setTimeout(() => { asking = false; if (again) { again = false; look(); } }, 200);
  }
  if (view.dataset.run) hear(event => { if (event.detail.kind === "all" || String(event.detail.run) === view.dataset.run) look(); }, panel);

  for (const select of panel.querySelectorAll("[data-submits]")) select.addEventListener("change", () => select.form.submit());
}

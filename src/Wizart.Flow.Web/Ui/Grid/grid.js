// The grid: a cell leads to its task instance, keys move, groups fold, and columns change as runs go on.
import { hear, refresh } from "./live.js";

// The cell somebody is on: still theirs after the grid is drawn anew, until they go elsewhere.
let place = null;
document.addEventListener("focusin", event => { if (!event.target.matches("td.chosen")) place = null; });
document.addEventListener("pointerdown", event => { if (!event.target.closest("td.chosen")) place = null; });

const folded = new Set(JSON.parse(sessionStorage.getItem("flow-folded") ?? "[]"));

export function start(table) {
  const dag = table.dataset.dag, panel = table.closest("section");
  const rows = [...table.tBodies[0].rows], heads = [...table.tHead.rows[0].cells];
  const columns = new Map(heads.filter(h => h.dataset.run).map((h, i) => [h.dataset.run, i]));
  const runs = [...columns.keys()];
  let chosen = null;

  const words = cell => {
    const row = cell.parentElement, state = [...cell.classList].find(c => c.startsWith("s-"))?.slice(2).replaceAll("-", " ") ?? "not in this version";
    return `${row.dataset.task}, ${state === "none" ? "waiting" : state}, ${heads[cell.cellIndex].querySelector("a").title}`;
  };
  const open = cell => {
    const row = cell.parentElement, run = heads[cell.cellIndex]?.dataset.run;
    if (!run || cell.className === "") return;
    location.href = row.classList.contains("group") ? `runs/${run}` : `runs/${run}/tasks/${row.dataset.task}`;
  };
  const choose = cell => {
    chosen?.classList.remove("chosen");
    chosen?.removeAttribute("tabindex");
    chosen = cell;
    cell.classList.add("chosen");
    cell.tabIndex = 0;
    cell.setAttribute("role", "gridcell");
    cell.setAttribute("aria-label", words(cell));
    cell.focus({ preventScroll: true });
    place = { dag, run: heads[cell.cellIndex].dataset.run, task: cell.parentElement.dataset.task };
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  table.addEventListener("mouseover", event => {
    const cell = event.target.closest("td");
    if (cell && cell.className.includes("s-") && !cell.title) cell.title = words(cell);
  });
  table.addEventListener("click", event => {
    const fold = event.target.closest("[data-fold]");
    if (fold) { toggle(fold.dataset.fold); return; }
    const cell = event.target.closest("td");
    if (cell) open(cell);
  });

  function toggle(group) {
    const key = `${dag}/${group}`;
    if (!folded.delete(key)) folded.add(key);
    sessionStorage.setItem("flow-folded", JSON.stringify([...folded]));
    show();
  }

  function show() {
    const hidden = new Set();
    for (const row of rows) {
      const inHidden = row.dataset.in && (hidden.has(row.dataset.in) || folded.has(`${dag}/${row.dataset.in}`));
      row.hidden = Boolean(inHidden);
      if (inHidden && row.classList.contains("group")) hidden.add(row.dataset.task);
      row.querySelector("[data-fold]")?.setAttribute("aria-expanded", String(!folded.has(`${dag}/${row.dataset.task}`)));
    }
    const button = panel.querySelector("[data-fold-all]");
    if (button) button.textContent = folded.size > 0 ? "Open groups" : "Fold groups";
  }

  const groups = rows.filter(r => r.classList.contains("group")).map(r => `${dag}/${r.dataset.task}`);
  function toggleAll() {
    const any = groups.some(g => folded.has(g));
    for (const group of groups) any ? folded.delete(group) : folded.add(group);
    sessionStorage.setItem("flow-folded", JSON.stringify([...folded]));
    show();
  }
  panel.querySelector("[data-fold-all]")?.addEventListener("click", toggleAll);

  function keys(event) {
    if (!table.isConnected) { document.removeEventListener("keydown", keys); return; }
    if (event.target.closest("input, select, textarea, dialog") || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === "e") { toggleAll(); return; }
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step && !(event.key === "Enter" && chosen && document.activeElement === chosen)) return;
    event.preventDefault();
    if (!step) { open(chosen); return; }
    if (!chosen?.isConnected) { choose(rows.find(r => !r.hidden).cells[runs.length]); return; }
    const shown = rows.filter(r => !r.hidden);
    const at = shown.indexOf(chosen.parentElement) + step[0], column = chosen.cellIndex + step[1];
    if (at >= 0 && at < shown.length && column >= 1 && column <= runs.length) choose(shown[at].cells[column]);
  }
  document.addEventListener("keydown", keys);

  const pending = new Map();
  async function look(run) {
    if (pending.has(run)) { pending.set(run, true); return; }
    pending.set(run, false);
    const response = await fetch(`dags/${dag}/grid/${run}`);
    if (response.ok) {
      const now = await response.json(), at = columns.get(run) + 1;
      heads[at].querySelector("rect").setAttribute("class", `fill ${now.state}`);
      if (now.cells.length !== rows.length) { refresh(panel, {}); return; }
      now.cells.forEach((state, i) => {
        const cell = rows[i].cells[at];
        const chosenNow = cell.classList.contains("chosen");
        if (!cell.classList.contains(state || "x")) { cell.className = state; cell.removeAttribute("title"); if (chosenNow) cell.classList.add("chosen"); }
        const count = now.counts?.[i];
        if (count != null && !cell.firstElementChild) cell.append(Object.assign(document.createElement("b"), { textContent: count > 999 ? "…" : count }));
      });
    }
    setTimeout(() => {
      const again = pending.get(run);
      pending.delete(run);
      if (again) look(run);
    }, 200);
  }
  hear(function changed(event) {
    if (!table.isConnected) { document.removeEventListener("flow:event", changed); return; }
    const { kind, run, dag: of } = event.detail;
    if (kind !== "run" || of !== dag) return;
    if (columns.has(String(run))) look(String(run));
    else if (!location.search.includes("before=") && run > Number(runs.at(-1) ?? 0)) refresh(panel, {});
  }, panel);

  show();
  const scroller = table.parentElement;
  scroller.scrollLeft = scroller.scrollWidth;
  if (place?.dag === dag && (document.activeElement ?? document.body) === document.body) {
    const row = rows.find(r => r.dataset.task === place.task && !r.hidden);
    if (row && columns.has(place.run)) choose(row.cells[columns.get(place.run) + 1]);
  }
}

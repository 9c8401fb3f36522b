// One stream of events for the page; each panel with data-live asks for itself again when what it shows has changed.
// A hidden tab closes its stream, so that many open tabs cost nothing, and looks anew when it is seen again.
const watch = document.body.dataset.watch;
const mark = document.querySelector("[data-live-mark]");
const quiet = 120; // a panel is asked for at once, then at most so often (ms), and a quarter of the time
let source = null, wasOpen = false;

function show(state) {
  if (!mark) return;
  mark.toggleAttribute("data-on", state === "on");
  mark.toggleAttribute("data-off", state === "off");
  mark.title = state === "on" ? "Live: changes are shown as they happen" : state === "off" ? "The daemon can't be reached" : "Live updates";
}

// What happens while an answer is under way may not be in it: the panel, which by then is another element, is asked for once more;
// the longer an answer takes, the more seldom.
const waiting = new Map(), asked = new Map(), told = [];
const mostTold = 500;

/** Asks for a panel anew. */
export function refresh(panel, detail) {
  const { id } = panel, entry = waiting.get(id);
  if (entry) { entry.again = detail; return; }
  asked.set(id, performance.now());
  const next = { again: null, begun: performance.now(), took: 0 };
  waiting.set(id, next);
  panel.dispatchEvent(new CustomEvent("flow:changed", { detail }));
  const look = () => {
    const now = document.getElementById(id), rest = next.begun + 4 * next.took - performance.now();
    if (rest > 1 || now?.classList.contains("htmx-request")) { setTimeout(look, Math.max(rest, quiet)); return; }
    waiting.delete(id);
    if (now && next.again) refresh(now, next.again);
  };
  setTimeout(look, quiet);
}
document.addEventListener("htmx:afterRequest", event => {
  const entry = waiting.get(event.detail.elt.id);
  if (entry) entry.took = performance.now() - entry.begun;
});

/** Hears of every event, first of those since its panel was asked for: until then nobody was there to listen. */
export function hear(listener, panel) {
  const since = asked.get(panel.id) ?? 0;
  for (const { at, detail } of told) if (at >= since) listener(new CustomEvent("flow:event", { detail }));
  document.addEventListener("flow:event", listener);
}

function tell(kind, data) {
  const detail = { kind, ...data };
  if (told.push({ at: performance.now(), detail }) > mostTold) told.shift();
  document.dispatchEvent(new CustomEvent("flow:event", { detail }));
  for (const panel of document.querySelectorAll("[data-live]")) {
    const wants = panel.dataset.live;
    if (wants === "all" || wants === kind || (kind === "run" && (wants === `run:${data.run}` || wants === `dag:${data.dag}`))
      || (kind === "dags" && wants.startsWith("dag:"))) refresh(panel, data);
  }
}

function everything() {
  for (const panel of document.querySelectorAll("[data-live]")) refresh(panel, {});
  document.dispatchEvent(new CustomEvent("flow:event", { detail: { kind: "all" } }));
}

function open() {
  if (!watch || source || document.hidden) return;
  source = new EventSource(`live?watch=${encodeURIComponent(watch)}&since=${document.body.dataset.seen}`);
  source.addEventListener("open", () => {
    show("on");
    if (wasOpen) everything(); // what happened meanwhile was not told
    wasOpen = true;
  });
  source.addEventListener("run", event => tell("run", JSON.parse(event.data)));
  source.addEventListener("dags", () => tell("dags", {}));
  source.onerror = () => {
    show("off");
    if (source?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    close(); // a proxy answered in the daemon's place
    setTimeout(open, 2000);
  };
}

function close() {
  source?.close();
  source = null;
}

document.addEventListener("visibilitychange", () => document.hidden ? close() : open());
addEventListener("pagehide", close);
addEventListener("pageshow", open);
open();

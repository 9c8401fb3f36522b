// One stream of events for the page; each panel with data-live asks for itself again when what it shows has changed.
// A hidden tab closes its stream, so that many open tabs cost nothing, and looks anew when it is seen again.
const watch = document.body.dataset.watch;
const mark = document.querySelector("[data-live-mark]");
const quiet = 250; // a panel is asked for at once, and then at most so often (ms)
let source = null, wasOpen = false;

function show(state) {
  if (!mark) return;
  mark.toggleAttribute("data-on", state === "on");
  mark.toggleAttribute("data-off", state === "off");
  mark.title = state === "on" ? "Live: changes are shown as they happen" : state === "off" ? "The daemon can't be reached" : "Live updates";
}

// What happens while an answer is under way may not be in it: the panel, which by then is another element, is asked for once more.
const waiting = new Map();
function refresh(panel, detail) {
  if (waiting.has(panel.id)) { waiting.set(panel.id, detail); return; }
  waiting.set(panel.id, null);
  panel.dispatchEvent(new CustomEvent("flow:changed", { detail }));
  setTimeout(function settle() {
    const now = document.getElementById(panel.id);
    if (now?.classList.contains("htmx-request")) { setTimeout(settle, 30); return; }
    const again = waiting.get(panel.id);
    waiting.delete(panel.id);
    if (again && now) refresh(now, again);
  }, quiet);
}

function tell(kind, data) {
  document.dispatchEvent(new CustomEvent("flow:event", { detail: { kind, ...data } }));
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

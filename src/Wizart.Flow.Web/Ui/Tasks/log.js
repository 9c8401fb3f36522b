// A log of any length: lines are laid out only when they come into view, but all of them are in the page, so that the
// browser's own search and selection find them.
const blockSize = 500, lineHeight = 19, first = 2000, more = 20000;
const escape = text => text.replace(/[&<>]/g, c => c === "&" ? "&amp;" : c === "<" ? "&lt;" : "&gt;");

export function start(log) {
  const card = log.closest("section"), { source, query } = log.dataset;
  const zone = document.body.dataset.zone;
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  let next = 1, block = null, inBlock = 0, filter = "", following = log.dataset.open === "true", lastSecond = -1, lastClock = "";

  const time = ms => {
    const second = Math.floor(ms / 1000);
    if (second !== lastSecond) { lastSecond = second; lastClock = clock.format(second * 1000); }
    return `${lastClock}.${String(ms % 1000).padStart(3, "0")}`;
  };

  function append(lines) {
    let html = "";
    const flush = () => {
      if (html) block.insertAdjacentHTML("beforeend", html);
      if (block) block.style.containIntrinsicSize = `auto ${inBlock * lineHeight}px`;
      html = "";
    };
    for (const { level, ms, text } of lines) {
      if (!block || inBlock >= blockSize) {
        flush();
        block = document.createElement("div");
        block.className = "log-block";
        log.append(block);
        inBlock = 0;
      }
      const away = filter && !text.toLowerCase().includes(filter) ? " away" : "";
      html += `<div class="l ${level.toLowerCase()}${away}" data-n="${next}" data-t="${time(ms)}">${escape(text)}</div>`;
      next++;
      inBlock++;
    }
    flush();
    card.querySelector("[data-log-count]").textContent = next === 1 ? "no lines" : `${(next - 1).toLocaleString("en")} ${next === 2 ? "line" : "lines"}`;
    if (following) log.scrollTop = log.scrollHeight;
  }

  async function fetchSome(count) {
    const response = await fetch(`${source}?${query}&from=${next}&count=${count}`);
    if (!response.ok) throw new Error(`The log can't be read: ${response.status}`);
    const text = await response.text();
    const lines = text === "" ? [] : text.slice(0, -1).split("\n").map(line => {
      const tab = line.indexOf("\t", 2);
      return { level: line[0], ms: Number(line.slice(2, tab)), text: line.slice(tab + 1).replaceAll("\u2028", "\n") };
    });
    append(lines);
    return lines.length === count;
  }

  async function load() {
    let again = await fetchSome(first);
    show();
    while (again && log.isConnected) again = await fetchSome(more);
    show();
    log.classList.toggle("unwritten", next === 1 && log.dataset.open !== "true");
    if (log.dataset.open === "true") follow();
  }

  function follow() {
    if (document.hidden) { document.addEventListener("visibilitychange", follow, { once: true }); return; }
    const events = new EventSource(`${source}/follow?${query}&from=${next}`);
    let waiting = [], frame = 0;
    const draw = () => { frame = 0; append(waiting); waiting = []; };
    events.onmessage = event => {
      const line = JSON.parse(event.data);
      if (line.number < next + waiting.length) return;
      waiting.push({ level: line.level[0], ms: Date.parse(line.time), text: line.text });
      frame ||= requestAnimationFrame(draw);
    };
    events.addEventListener("end", () => {
      events.close();
      log.dataset.open = "";
      if (waiting.length) draw();
      card.querySelector("[data-log-follow]")?.remove();
    });
    const hide = () => {
      if (!document.hidden && log.isConnected) return;
      events.close();
      document.removeEventListener("visibilitychange", hide);
      if (log.isConnected && log.dataset.open === "true") follow();
    };
    document.addEventListener("visibilitychange", hide);
  }

  const line = number => log.querySelector(`[data-n="${number}"]`);
  function show() {
    const wanted = location.hash.match(/^#L(\d+)$/)?.[1];
    if (!wanted) return;
    log.querySelector(".target")?.classList.remove("target");
    const found = line(wanted);
    found?.classList.add("target");
    if (found && !log.dataset.shown) { following = false; log.dataset.shown = wanted; found.scrollIntoView({ block: "center" }); }
  }

  log.addEventListener("click", event => {
    const at = event.target.closest(".l");
    if (!at || event.offsetX > 90 || String(getSelection()) !== "") return;
    history.replaceState(null, "", `${location.pathname}${location.search}#L${at.dataset.n}`);
    log.dataset.shown = at.dataset.n;
    show();
  });
  log.addEventListener("scroll", () => {
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 30;
    if (log.dataset.open === "true" && following !== atEnd) setFollow(atEnd);
  });

  const followButton = card.querySelector("[data-log-follow]");
  function setFollow(on) {
    following = on;
    followButton?.setAttribute("aria-pressed", String(on));
    if (on) log.scrollTop = log.scrollHeight;
  }
  followButton?.addEventListener("click", () => setFollow(!following));
  for (const [name, part] of [["wrap", "[data-log-wrap]"], ["times", "[data-log-times]"]]) {
    const button = card.querySelector(part);
    const set = on => { log.classList.toggle(name, on); button.setAttribute("aria-pressed", String(on)); localStorage.setItem(`flow-log-${name}`, on); };
    set(localStorage.getItem(`flow-log-${name}`) === "true");
    button.addEventListener("click", () => set(!log.classList.contains(name)));
  }
  card.querySelector("[data-log-level]").addEventListener("change", event => { log.dataset.min = event.target.value; });
  let pause = 0;
  card.querySelector("[data-log-filter]").addEventListener("input", event => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      filter = event.target.value.toLowerCase();
      for (const l of log.querySelectorAll(".l")) l.classList.toggle("away", filter !== "" && !l.textContent.toLowerCase().includes(filter));
    }, 150);
  });
  document.addEventListener("keydown", function keys(event) {
    if (!log.isConnected) { document.removeEventListener("keydown", keys); return; }
    if (event.target.closest("input, select, textarea, dialog") || event.metaKey || event.ctrlKey) return;
    if (event.key === "w") card.querySelector("[data-log-wrap]").click();
    if (event.key === "End") { event.preventDefault(); setFollow(true); log.lastElementChild?.scrollIntoView({ block: "end" }); }
  });
  addEventListener("hashchange", () => { delete log.dataset.shown; show(); });

  load().catch(error => { log.textContent = error.message; });
}

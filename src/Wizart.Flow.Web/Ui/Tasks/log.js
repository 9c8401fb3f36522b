// A log of any length: lines are laid out only when they come into view, but all of them are in the page, so that the
// browser's own search and selection find them.
const blockSize = 500, lineHeight = 19, first = 2000, more = 20000;
const ranks = { t: 0, d: 0, i: 1, w: 2, e: 3, c: 3 }; // of levels, as the styles choose by them
const escape = text => text.replace(/[&<>]/g, c => c === "&" ? "&amp;" : c === "<" ? "&lt;" : "&gt;");

export function start(log) {
  const card = log.closest("section"), { source, query } = log.dataset;
  const zone = document.body.dataset.zone;
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  let next = 1, block = null, inBlock = 0, shown = 0, filter = "", following = log.dataset.open === "true", lastSecond = -1, lastClock = "";

  const time = ms => {
    const second = Math.floor(ms / 1000);
    if (second !== lastSecond) { lastSecond = second; lastClock = clock.format(second * 1000); }
    return `${lastClock}.${String(ms % 1000).padStart(3, "0")}`;
  };

  const rowsOf = text => text.includes("\n") ? text.split("\n").length : 1;
  const passes = level => ranks[level] >= (ranks[log.dataset.min] ?? 0);

  // A block that was not laid out yet takes as much room as its lines will, and none when none of them is wanted: what is left
  // stands together at once. Only wrapped lines are of unknown height.
  function size(of, rows) {
    of.hidden = rows === 0;
    of.style.containIntrinsicSize = `${log.classList.contains("wrap") ? "auto " : ""}${rows * lineHeight}px`;
  }

  function sift() {
    for (const of of log.children) {
      shown = 0;
      for (const l of of.children) {
        const away = filter !== "" && !l.textContent.toLowerCase().includes(filter);
        if (away !== l.classList.contains("away")) l.classList.toggle("away", away);
        if (!away && passes(l.classList[1])) shown += rowsOf(l.textContent);
      }
      size(of, shown);
    }
  }

  function append(lines) {
    let html = "";
    const flush = () => {
      if (html) block.insertAdjacentHTML("beforeend", html);
      if (block) size(block, shown);
      html = "";
    };
    for (const { level, ms, text } of lines) {
      if (!block || inBlock >= blockSize) {
        flush();
        block = document.createElement("div");
        block.className = "log-block";
        log.append(block);
        inBlock = shown = 0;
      }
      const away = filter && !text.toLowerCase().includes(filter) ? " away" : "";
      html += `<div class="l ${level.toLowerCase()}${away}" data-n="${next}" data-t="${time(ms)}">${escape(text)}</div>`;
      if (!away && passes(level.toLowerCase())) shown += rowsOf(text);
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
    events.onerror = () => {
      if (events.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      document.removeEventListener("visibilitychange", hide); // a proxy answered in the daemon's place
      setTimeout(() => { if (log.isConnected && log.dataset.open === "true") follow(); }, 2000);
    };
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
    button.addEventListener("click", () => { set(!log.classList.contains(name)); sift(); });
  }
  card.querySelector("[data-log-level]").addEventListener("change", event => { log.dataset.min = event.target.value; sift(); });
  let pause = 0;
  card.querySelector("[data-log-filter]").addEventListener("input", event => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      filter = event.target.value.toLowerCase();
      sift();
    }, 150);
  });
  document.addEventListener("keydown", function keys(event) {
    if (!log.isConnected) { document.removeEventListener("keydown", keys); return; }
    if (event.target.closest("input, select, textarea, dialog") || event.metaKey || event.ctrlKey) return;
    if (event.key === "w") card.querySelector("[data-log-wrap]").click();
    if (event.key === "End") { event.preventDefault(); setFollow(true); [...log.children].findLast(b => !b.hidden)?.scrollIntoView({ block: "end" }); }
  });
  addEventListener("hashchange", () => { delete log.dataset.shown; show(); });

  load().catch(error => { log.textContent = error.message; });
}

// A chart of series over time. Its points come from the page; its colours from the styles, so that it follows light and dark.
let library = null;
const load = source => library ??= new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = source;
  script.onload = resolve;
  script.onerror = () => reject(new Error("The chart's script could not be loaded."));
  document.head.append(script);
});

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });
const full = new Intl.NumberFormat("en", { maximumSignificantDigits: 6 });
const dashes = [[], [6, 3], [2, 2], [8, 3, 2, 3]]; // lines are told apart without their colours too
const zone = document.body.dataset.zone || "UTC";
const part = options => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
const [clock, day, month] = [part({ hour: "2-digit", minute: "2-digit" }), part({ day: "numeric", month: "short" }), part({ month: "short", year: "numeric" })];
const when = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });

export async function start(element) {
  let plot = null, data = null, asked = 0, waiting = 0;
  const colour = name => getComputedStyle(element).getPropertyValue(name).trim();

  async function fetchAndDraw() {
    const mine = ++asked;
    const response = await fetch(element.dataset.source, { headers: { "HX-Request": "true" } });
    if (mine !== asked || !element.isConnected) return;
    if (!response.ok) { say(`The points could not be read: ${await response.text()}`); return; }
    data = await response.json();
    draw();
  }

  function say(text) {
    plot?.destroy();
    plot = null;
    const words = Object.assign(document.createElement("p"), { className: "faint chart-wait", textContent: text });
    element.replaceChildren(words);
  }

  function draw() {
    plot?.destroy();
    plot = null;
    if (data.times.length === 0) { say("No points in this span."); return; }
    element.replaceChildren();
    const axis = { stroke: colour("--ink-3"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 }, font: `11px ${colour("--sans")}` };
    const many = data.times.length > 150;
    plot = new uPlot({
      width: Math.max(200, element.clientWidth),
      height: Number(element.dataset.height),
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), zone),
      scales: { x: { range: spread }, y: { range } },
      axes: [{ ...axis, values: dates }, { ...axis, size: 56, values: (_, splits) => splits.map(value => value === null ? "" : compact.format(value)) }],
      legend: { live: false, show: data.series.length > 1 },
      cursor: { focus: { prox: 30 }, drag: { x: true, y: false } },
      focus: { alpha: 0.35 },
      series: [{}, ...data.series.map((series, index) => ({
        label: series.name,
        stroke: colour(`--series-${index % 8 + 1}`),
        width: 1.8,
        dash: dashes[Math.floor(index / 2) % dashes.length],
        spanGaps: true,
        points: { show: !many, size: 6, fill: colour(`--series-${index % 8 + 1}`) },
      }))],
      hooks: { setCursor: [tip] },
    }, [data.times, ...data.series.map(series => series.values)], element);
    element.append(Object.assign(document.createElement("div"), { className: "chart-tip", hidden: true }));
    let pressed = 0;
    plot.over.addEventListener("mousedown", event => { pressed = event.clientX; });
    plot.over.addEventListener("click", event => {
      const run = Math.abs(event.clientX - pressed) < 4 ? nearest(plot)?.run : null;
      if (run) location.href = `runs/${run}`;
    });
  }

  // Each tick as short as the distance between them allows; where a day begins, the day.
  function dates(_, splits, __, ___, step) {
    return splits.map(seconds => {
      const at = new Date(seconds * 1000);
      if (step >= 86400 * 28) return month.format(at);
      return step >= 86400 || clock.format(at) === "00:00" ? day.format(at) : clock.format(at);
    });
  }

  // A single point stands in the middle of a day.
  function spread(_, from, to) { return from === to ? [from - 43200, to + 43200] : [from, to]; }

  // From zero where the values are not far from it: small changes of large values stay visible, and none are made large.
  function range(_, least, most) {
    if (least === null || most === null) return [0, 1];
    const gap = (most - least || Math.abs(most) || 1) * 0.08;
    return [least >= 0 && least < most * 0.6 ? 0 : least - gap, most + gap];
  }

  function nearest(u) {
    const { idx, top } = u.cursor;
    if (idx === null || idx === undefined) return null;
    let best = null;
    data.series.forEach((series, index) => {
      const value = series.values[idx];
      if (value === null || value === undefined) return;
      const away = Math.abs(u.valToPos(value, "y") - top);
      if (!best || away < best.away) best = { away, index, value, run: series.runs[idx], series };
    });
    return best;
  }

  function tip(u) {
    const box = element.querySelector(".chart-tip");
    if (!box) return;
    const found = u.cursor.left >= 0 ? nearest(u) : null;
    box.hidden = !found;
    if (!found) return;
    const mark = document.createElement("i");
    mark.style.background = colour(`--series-${found.index % 8 + 1}`);
    const value = Object.assign(document.createElement("b"), { textContent: full.format(found.value) });
    const first = document.createElement("div"), second = document.createElement("div");
    first.append(mark, ...data.series.length > 1 ? [`${found.series.name}: `] : [], value);
    second.className = "faint";
    second.textContent = when.format(new Date(data.times[u.cursor.idx] * 1000)) + (found.run ? ` · run ${found.run}: click` : data.bucket ? ` · mean of ${data.bucket}` : "");
    box.replaceChildren(first, second);
    const over = u.over.getBoundingClientRect(), around = element.getBoundingClientRect();
    const left = over.left - around.left + u.valToPos(data.times[u.cursor.idx], "x"), top = over.top - around.top + u.valToPos(found.value, "y");
    const flip = left + box.offsetWidth + 24 > around.width;
    box.style.transform = `translate(${Math.max(0, flip ? left - box.offsetWidth - 12 : left + 12)}px, ${Math.max(0, top - box.offsetHeight - 8)}px)`;
    u.over.style.cursor = found.run ? "pointer" : "";
  }

  try {
    await load(element.dataset.plot);
    await fetchAndDraw();
  } catch (error) {
    say(error.message);
    return;
  }

  const resized = new ResizeObserver(() => { if (plot && element.clientWidth > 0) plot.setSize({ width: element.clientWidth, height: Number(element.dataset.height) }); });
  resized.observe(element);
  const again = () => { if (data) draw(); };
  const changed = event => {
    if (event.detail.kind === "dags" || waiting) return;
    waiting = setTimeout(() => { waiting = 0; fetchAndDraw().catch(error => say(error.message)); }, 2000); // many runs end at once
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  document.addEventListener("flow:theme", again);
  document.addEventListener("flow:event", changed);
  system.addEventListener("change", again);
  document.addEventListener("htmx:afterSettle", function gone() {
    if (element.isConnected) return;
    resized.disconnect();
    document.removeEventListener("flow:theme", again);
    document.removeEventListener("flow:event", changed);
    document.removeEventListener("htmx:afterSettle", gone);
    system.removeEventListener("change", again);
    plot?.destroy();
  });
}

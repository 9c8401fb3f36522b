// "3 min ago" and running durations stay true while a page is open.
const units = [[86400 * 730, 86400 * 365.25, "years"], [86400 * 60, 86400 * 30.44, "months"], [86400, 86400, "d"], [3600, 3600, "h"], [60, 60, "min"], [0, 1, "s"]];

function ago(then, now) {
  const span = (now - then) / 1000, length = Math.abs(span);
  if (length < 5) return span >= 0 ? "just now" : "now";
  const [, size, unit] = units.find(([from]) => length >= from);
  const words = `${Math.floor(length / size)} ${unit}`;
  return span >= 0 ? `${words} ago` : `in ${words}`;
}

export function span(seconds) {
  if (seconds < 0) seconds = 0;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const two = (a, u, b, v) => b === 0 ? `${a} ${u}` : `${a} ${u} ${b} ${v}`;
  if (seconds < 3600) return two(Math.floor(seconds / 60), "min", Math.floor(seconds % 60), "s");
  if (seconds < 86400) return two(Math.floor(seconds / 3600), "h", Math.floor(seconds % 3600 / 60), "min");
  return two(Math.floor(seconds / 86400), "d", Math.floor(seconds % 86400 / 3600), "h");
}

function tick() {
  if (document.hidden) return;
  const now = Date.now();
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const text = ago(Date.parse(time.dateTime), now);
    if (time.textContent !== text) time.textContent = text;
  }
  for (const running of document.querySelectorAll("[data-since]")) running.textContent = span((now - Number(running.dataset.since)) / 1000);
}

setInterval(tick, 1000);
document.addEventListener("visibilitychange", tick);

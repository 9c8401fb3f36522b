// Short messages in the corner: what was done, or why not.
export function say(text, bad = false) {
  const toast = document.createElement("div");
  toast.className = bad ? "toast bad" : "toast";
  toast.textContent = text;
  if (bad) toast.setAttribute("role", "alert");
  document.getElementById("toasts").append(toast);
  setTimeout(() => toast.remove(), bad ? 9000 : 4000);
}

document.addEventListener("htmx:afterRequest", event => {
  const message = event.detail.xhr?.getResponseHeader("X-Flow-Message");
  if (message) say(decodeURIComponent(message));
});

document.addEventListener("htmx:responseError", event => {
  const { xhr } = event.detail;
  if (xhr.status === 401) location.reload();
  else if (xhr.status === 422) return;
  else say(xhr.responseText && xhr.responseText.length < 600 ? xhr.responseText : `The daemon answered ${xhr.status}.`, true);
});

document.addEventListener("htmx:sendError", () => say("The daemon can't be reached. What you see may be out of date.", true));

// A form that was refused comes back with its mistakes beside the fields.
document.addEventListener("htmx:beforeSwap", event => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

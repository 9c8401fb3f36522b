// Views that need more than panels load their script when they are there.
const begun = new WeakSet();

async function wake(root) {
  for (const view of root.querySelectorAll("[data-view]:not([data-awake])")) {
    if (begun.has(view)) continue;
    begun.add(view);
    const { start } = await import(`./${view.dataset.view}.js`);
    if (!view.isConnected) continue; // drawn anew meanwhile
    start(view);
    view.dataset.awake = "";
  }
}

document.addEventListener("htmx:load", event => wake(event.detail.elt.parentElement ?? event.detail.elt));
wake(document);

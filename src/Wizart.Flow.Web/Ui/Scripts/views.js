// Views that need more than panels load their script when they are there.
async function wake(root) {
  for (const view of root.querySelectorAll("[data-view]:not([data-awake])")) {
    view.dataset.awake = "";
    const { start } = await import(`./${view.dataset.view}.js`);
    start(view);
  }
}

document.addEventListener("htmx:load", event => wake(event.detail.elt.parentElement ?? event.detail.elt));
wake(document);

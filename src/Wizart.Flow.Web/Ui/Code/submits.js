// A form whose fields send it as soon as they change.
export function start(form) {
  form.addEventListener("change", () => form.requestSubmit());
}

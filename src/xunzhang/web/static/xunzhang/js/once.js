// A form that has been sent is not sent again by a second click; the page may be shown again by the back button.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
  // What answers with a file leaves the page as it is
  if ("download" in form.dataset) setTimeout(() => forget(form), 2000);
});

addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(forget));

function forget(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}

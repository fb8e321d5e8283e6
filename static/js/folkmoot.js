/* Improvements only: every page works without this file. */
(() => {
  "use strict";

  /* Sending twice: the button says it is busy; the hidden key makes a second sending harmless anyway. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    const button = event.submitter;
    if (button) button.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), 8000);
  });

  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest ? event.target.closest("form") : null;
    if (form) release(form);
  });

  /* Ctrl-Enter sends what one is writing. */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelectorAll("details.menu[open]").forEach(close);
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest && event.target.closest("form");
    if (event.target.tagName === "TEXTAREA" && form) form.requestSubmit();
  });

  /* Ranking by tapping names: one without a place gets the next one. */
  document.addEventListener("click", (event) => {
    const line = event.target.closest && event.target.closest("[data-ranking] .rank");
    const place = line && line.querySelector("select");
    if (!place || event.target.closest("select") || Number(place.value)) return;
    event.preventDefault();
    const given = [...line.parentElement.querySelectorAll("select")].map((each) => Number(each.value));
    const next = [...place.options].find((option) => Number(option.value) === Math.max(...given) + 1);
    if (next) next.selected = true;
  });

  /* Menus close when one clicks beside them or leaves them. */
  const close = (menu) => {
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector("summary").focus();
  };
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  /* After a part was exchanged, what is new is where one is: the error summary, or the part itself. Not where a
     picture renews itself. */
  document.addEventListener("htmx:afterSwap", (event) => {
    const part = event.detail.target.id && document.getElementById(event.detail.target.id);
    if (!part || part.hasAttribute("data-live")) return;
    const place = part.querySelector("[data-focus]") || part;
    if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: true });
    const top = place.getBoundingClientRect().top;
    if (top < 0 || top > window.innerHeight / 2) place.scrollIntoView({ block: "start" });
  });
  /* A refusal (403, 409, 422 ...) carries its page part too: show it. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if (status >= 400 && status < 500) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });

  /* A page that comes back with an error is read from its summary on. */
  const summary = document.querySelector("[data-focus]");
  if (summary) {
    summary.focus();
    window.addEventListener("load", () => setTimeout(() => summary.focus()));  /* the part named in the address took it */
  }

  /* On a phone the tab one stands on is in sight. */
  document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
    const row = tab.parentElement;
    row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 2 + tab.offsetWidth / 2;
  });

  /* Passkeys: shown only where the browser knows them; a failure is said on the page. */
  if (window.PublicKeyCredential) {
    document.querySelectorAll("[data-needs-script]").forEach((place) => { place.hidden = false; });
  }
  document.addEventListener("allauth.error", (event) => {
    const place = document.querySelector("[data-passkey-error]");
    if (!place) return;
    event.preventDefault();
    place.hidden = false;
  });
})();

/* Secret votes. Improvements only: without this file the server makes the code, and the list is compared by eye.
   Nothing that is made or typed here is sent anywhere but with the ballot's own form. */
(() => {
  "use strict";

  const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /* 32 signs divide 256 evenly: every sign is as likely as any other. */
  const newCode = () => {
    const signs = Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => SIGNS[byte % 32]).join("");
    return signs.match(/.{5}/g).join("-");
  };

  document.querySelectorAll("input[data-new-code]").forEach((field) => {
    field.value = newCode();
    const form = field.form;
    form.querySelectorAll("[data-by-server]").forEach((words) => { words.hidden = true; });
    form.querySelectorAll("[data-by-browser]").forEach((words) => { words.hidden = false; });
  });

  /* A code as it is hashed: see core/rules/secrecy.py. */
  const normal = (code) => {
    const signs = code.toUpperCase().replace(/[-\s]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
    return signs.length === 20 && [...signs].every((sign) => SIGNS.includes(sign)) ? signs : null;
  };

  /* The first 80 bits of SHA-256(["show", vote, code]), 16 signs of 5 bits. */
  const showOf = async (vote, code) => {
    const text = new TextEncoder().encode(JSON.stringify(["show", vote, code]));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text)).slice(0, 10);
    const bits = Array.from(digest, (byte) => byte.toString(2).padStart(8, "0")).join("");
    return bits.match(/.{5}/g).map((five) => SIGNS[parseInt(five, 2)]).join("");
  };

  /* Finding one's own ballot in the list: here on the page, which sends nothing. */
  document.querySelectorAll("form[data-find]").forEach((form) => {
    if (!crypto.subtle) return;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      const code = normal(form.elements.code.value);
      const show = code && (await showOf(Number(form.dataset.find), code));
      const row = show && document.getElementById(`show-${show}`);
      document.querySelectorAll("[data-found]").forEach((other) => other.removeAttribute("data-found"));
      if (row) row.setAttribute("data-found", "");
      form.querySelectorAll("[data-answer]").forEach((words) => {
        words.hidden = words.dataset.answer !== (!code ? "wrong" : row ? "found" : "missing");
      });
      if (row) row.scrollIntoView({ block: "center" });
    });
  });
})();

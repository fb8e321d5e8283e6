/* Marking words in a passage offers to propose others for exactly these; without this file one chooses the paragraph. */
(() => {
  "use strict";

  const offers = new Map();
  document.querySelectorAll("[data-passage]").forEach((passage) => {
    const offer = document.createElement("a");
    offer.className = "button quiet";
    offer.hidden = true;
    passage.after(offer);
    offers.set(passage, offer);
  });

  /* A selection that is gone leaves the offer where it is: a click on it would take the selection away first. */
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const words = chosen ? chosen.toString().trim() : "";
    if (!words) return;
    offers.forEach((offer, passage) => {
      const inside = passage.contains(chosen.anchorNode) && passage.contains(chosen.focusNode);
      offer.hidden = !inside;
      if (!inside) return;
      offer.href = `${passage.dataset.passage}&passage=${encodeURIComponent(words)}`;
      offer.textContent = `${passage.dataset.verb} “${words.length > 40 ? `${words.slice(0, 40)}…` : words}”`;
    });
  });
})();

/* Guiding an assembly where the connection comes and goes. Everything works without this file, online.

   What is entered (who came, notes, speakers) is kept in this browser first and sent then, in order, each with a key of
   its own, so that sending it twice has one effect. It is sent only while the same person is signed in, with a token
   asked for anew. When it was entered is told by the clock of the house, as the page showed it, and the time that has
   passed since: the clock of this device does not matter. What no longer fits is shown, never guessed. Ballots are
   never kept: only forms that say so are, and only about assemblies. */
(() => {
  "use strict";

  /* A picture that renews itself does not take away what somebody is typing, has unfolded or is just pressing: a button
     that is exchanged between down and up is not pressed at all. */
  let pressing = false;
  document.addEventListener("pointerdown", () => { pressing = true; });
  ["pointerup", "pointercancel"].forEach((name) => {
    document.addEventListener(name, () => { setTimeout(() => { pressing = false; }); });
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const part = event.detail.target;
    if (!part.hasAttribute || !part.hasAttribute("data-live")) return;
    const here = part.contains(document.activeElement) ? document.activeElement : null;
    const typing = here && here.matches("input, select, textarea");
    if (typing || pressing || part.querySelector("details[open]")) event.detail.shouldSwap = false;
    if (event.detail.xhr.status >= 400) event.detail.shouldSwap = false;
  });

  /* Who has come in meanwhile can be chosen for what is to be done. */
  document.addEventListener("htmx:afterSwap", () => {
    const who = document.getElementById("who");
    if (!who || who === document.activeElement) return;
    const known = new Set([...who.options].map((option) => option.value));
    document.querySelectorAll("[data-here]").forEach((line) => {
      if (!known.has(line.dataset.here)) who.add(new Option(line.firstElementChild.textContent, line.dataset.here));
    });
  });

  const place = document.querySelector("[data-assembly]");
  if (!place) return;
  const NAME = `folkmoot.assembly.${place.dataset.assembly}.${place.dataset.person}`;
  const ABOUT_ASSEMBLIES = /^\/(assemblies|items)\/\d+\//;
  const AGAIN = 4000;

  let shown = Date.parse(place.dataset.now);
  const [loading] = performance.getEntriesByType("navigation");
  let begun = loading ? loading.responseStart : performance.now();
  const moment = () => new Date(shown + performance.now() - begun).toISOString();

  /* Time does not pass for a device that sleeps: each new picture of the room says again what the clock of the house is. */
  document.addEventListener("htmx:afterSwap", () => {
    const room = document.getElementById("room");
    if (!room || !room.dataset.now) return;
    shown = Date.parse(room.dataset.now);
    begun = performance.now();
  });

  const kept = () => {
    try { return JSON.parse(localStorage.getItem(NAME)) || { waiting: [], refused: [] }; }
    catch { return { waiting: [], refused: [] }; }
  };
  const keep = (all) => {
    if (all.waiting.length || all.refused.length) localStorage.setItem(NAME, JSON.stringify(all));
    else localStorage.removeItem(NAME);
  };
  const key = () => Array.from(crypto.getRandomValues(new Uint8Array(18)), (n) => n.toString(16).padStart(2, "0")).join("");

  let state = "sending";
  let busy = false;

  const written = (entry, sentence) => {
    const line = document.createElement("li");
    line.textContent = sentence ? `${entry.says} – ${sentence}` : entry.says;
    return line;
  };
  const draw = () => {
    const all = kept();
    const waiting = place.querySelector("[data-kept]");
    const refused = place.querySelector("[data-refused]");
    waiting.hidden = !all.waiting.length;
    waiting.querySelector("[data-waiting]").replaceChildren(...all.waiting.map((entry) => written(entry)));
    waiting.querySelectorAll("[data-when]").forEach((words) => { words.hidden = words.dataset.when !== state; });
    refused.hidden = !all.refused.length;
    refused.querySelector("[data-list]").replaceChildren(...all.refused.map((entry) => written(entry, entry.why)));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (event.defaultPrevented) return;
    if (!form.matches("[data-keep]")) {
      /* What cannot be kept must not lead away from this page while nothing answers. */
      const away = !navigator.onLine || state === "offline";
      place.querySelector("[data-must-wait]").hidden = !away;
      if (away) event.preventDefault();
      return;
    }
    const path = new URL((button && button.getAttribute("formaction")) || form.action, location.href).pathname;
    if (!ABOUT_ASSEMBLIES.test(path)) return;
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "once");
    if (button && button.name) fields.push([button.name, button.value]);
    const typed = fields.find(([name]) => name === "text" || name === "what" || (name === "number" && button && !button.name));
    const says = ((button && button.dataset.says) || path) + (typed ? `: ${typed[1]}` : "");
    const all = kept();
    all.waiting.push({ path, fields, says, once: key(), at: moment() });
    try { keep(all); }
    catch { place.querySelector("[data-full]").hidden = false; return; }
    event.preventDefault();
    form.querySelectorAll("textarea, input[name=what], input[type=date]").forEach((field) => { field.value = ""; });
    draw();
    send();
  });

  /* A token for whoever is signed in now; nothing if that is nobody, or somebody else. */
  const token = async () => {
    const answer = await fetch(place.dataset.fresh, { headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store" });
    if (!answer.ok) { state = "out"; return null; }
    const found = await answer.json();
    if (String(found.person) !== place.dataset.person) { state = "other"; return null; }
    return found.token;
  };

  const one = async (entry, csrf) => {
    const body = new URLSearchParams(entry.fields);
    body.set("once", entry.once);
    body.set("noted", entry.at);
    const headers = { "X-CSRFToken": csrf, Accept: "application/json" };
    const answer = await fetch(entry.path, { method: "POST", headers, body, redirect: "manual" });
    if (answer.status >= 500 || answer.status === 429 || answer.type === "opaqueredirect") throw new Error("later");
    const said = await answer.json();
    const all = kept();
    all.waiting = all.waiting.filter((each) => each.once !== entry.once);
    if (!answer.ok) all.refused.push({ says: entry.says, why: said.detail });
    keep(all);
  };

  const send = async () => {
    if (busy || !kept().waiting.length) return;
    busy = true;
    try {
      state = "sending";
      draw();
      const csrf = await token();
      while (csrf && kept().waiting.length) {
        await one(kept().waiting[0], csrf);
        draw();
      }
      if (csrf && document.getElementById("room")) window.htmx.trigger("#room", "refresh");
      else if (csrf) location.reload();
    } catch {
      state = "offline";
    } finally {
      busy = false;
      draw();
    }
  };

  place.querySelector("[data-dismiss]").addEventListener("click", () => {
    keep({ ...kept(), refused: [] });
    draw();
  });
  window.addEventListener("online", () => {
    place.querySelector("[data-must-wait]").hidden = true;
    send();
  });
  setInterval(send, AGAIN);
  draw();
  send();
})();

// Clocks that run, fragments asked for again when the game moves, a message when it cannot be heard.
// Pages work without it: forms post, and a link refreshes.
"use strict";

(() => {
  const SILENCE_MS = 40000; // the server gives a sign of life every 15 s
  const AGAIN_MS = 3000;
  const MOST_TABS = 3; // a browser opens six connections to one server, and needs some to post
  const live = document.getElementById("live");
  const cut = document.getElementById("cut");
  let connection = null;
  let heardAt = performance.now();

  // ------------------------------------------------------------ clocks

  const clocks = new WeakMap();
  const two = (number) => String(number).padStart(2, "0");

  function readClock(element) {
    const known = clocks.get(element);
    const shown = element.dataset.clock + "/" + element.dataset.pace;
    if (known && known.shown === shown) return known;
    const start = Date.parse(element.dataset.clock + "Z");
    const read = { shown, start, pace: Number(element.dataset.pace), from: performance.now() };
    clocks.set(element, read);
    return read;
  }

  function tick() {
    const now = performance.now();
    for (const element of document.querySelectorAll("time[data-clock]")) {
      const { start, pace, from } = readClock(element);
      const at = new Date(start + (now - from) * pace);
      const hour = two(at.getUTCHours()) + ":" + two(at.getUTCMinutes());
      const said = element.textContent.replace(/\d\d:\d\d(?::\d\d)?/, hour);
      if (said !== element.textContent) element.textContent = said;
    }
    // `data-until`: an instant of the clock beside it, counted down (the attacker's page).
    for (const element of document.querySelectorAll("[data-countdown-s]")) {
      const left = readCountdown(element, now);
      const said = two(Math.floor(left / 3600)) + ":" + two(Math.floor(left / 60) % 60) + ":" + two(left % 60);
      if (said !== element.textContent) element.textContent = said;
    }
    showAges(now);
  }

  // How long something has waited: `data-age-s` seconds when the page was made.
  function showAges(now) {
    for (const element of document.querySelectorAll("[data-age-s]")) {
      const shown = "age" + element.dataset.ageS + "/" + element.dataset.pace;
      let known = clocks.get(element);
      if (!known || known.shown !== shown) {
        known = { shown, start: Number(element.dataset.ageS), from: now };
        clocks.set(element, known);
      }
      const age = Math.floor(known.start + ((now - known.from) / 1000) * Number(element.dataset.pace));
      const hours = Math.floor(age / 3600), minutes = Math.floor(age / 60) % 60;
      const said = (hours ? hours + ":" + two(minutes) : minutes) + ":" + two(age % 60);
      if (said !== element.textContent) element.textContent = said;
    }
  }

  function readCountdown(element, now) {
    const shown = element.dataset.countdownS + "/" + element.dataset.pace;
    let known = clocks.get(element);
    if (!known || known.shown !== shown) {
      known = { shown, start: Number(element.dataset.countdownS), from: now };
      clocks.set(element, known);
    }
    const passed = ((now - known.from) / 1000) * Number(element.dataset.pace);
    return Math.max(0, Math.floor(known.start - passed));
  }

  // ------------------------------------------------------------ a real stop covers everything

  function coverWhenStopped() {
    const stop = document.querySelector(".stop");
    for (const element of document.querySelectorAll("main, nav, footer")) element.inert = Boolean(stop);
    if (stop && !stop.contains(document.activeElement)) stop.focus();
  }

  // ------------------------------------------------------------ live events

  function heard() {
    heardAt = performance.now();
    if (cut) cut.hidden = true;
  }

  function lost() {
    if (cut) cut.hidden = false;
  }

  // Of many tabs of one browser, those looked at last follow; the others do when they are seen again.
  const tabs = live && "BroadcastChannel" in window ? new BroadcastChannel("cyberex") : null;
  let me = String(Math.random());
  try { me = sessionStorage.tab ||= me; } catch { /* storage refused: each page counts as a tab */ }
  const newer = new Set();
  let aside = false;

  function seen() {
    newer.clear();
    tabs?.postMessage(me);
    if (!aside) return;
    aside = false;
    connect();
  }

  function stepAside() {
    aside = true;
    connection?.reader?.cancel();
  }

  tabs?.addEventListener("message", ({ data }) => {
    newer.add(data);
    if (document.hidden && newer.size >= MOST_TABS) stepAside();
  });

  if (live) {
    tabs?.postMessage(me);
    live.addEventListener("changed", (event) => {
      heard();
      for (const topic of event.detail.data.split(" ")) {
        document.body.dispatchEvent(new CustomEvent("topic-" + topic));
      }
    });
    live.addEventListener("beat", heard);
    // If nobody answers any more, what is on the screen is better than a browser's error.
    live.addEventListener("ended", () => fetch("/join").then(() => location.reload(), lost));
    live.addEventListener("stale", () => location.reload());
    document.body.addEventListener("htmx:sse:before:connection", (event) => {
      if (aside) event.preventDefault();
    });
    document.body.addEventListener("htmx:sse:after:connection", (event) => {
      connection = event.detail.connection;
      heard();
    });
    document.body.addEventListener("htmx:sse:error", (event) => {
      if (event.detail.status === 401) location.reload();
      lost();
    });
    document.body.addEventListener("htmx:sse:close", () => {
      connection = null;
      setTimeout(connect, AGAIN_MS);
    });
    for (const name of ["htmx:error", "htmx:response:error"]) {
      document.body.addEventListener(name, (event) => {
        if (event.target !== live || connection) return;
        lost();
        setTimeout(connect, AGAIN_MS);
      });
    }
    // A phone that slept, a network that changed: nothing says so but silence.
    setInterval(() => {
      if (aside || performance.now() - heardAt < SILENCE_MS) return;
      heardAt = performance.now();
      lost();
      if (connection) connection.reader?.cancel();
      else connect();
    }, 5000);
  }

  function connect() {
    if (!connection && !aside) live.dispatchEvent(new CustomEvent("again"));
  }

  function catchUp() {
    document.body.dispatchEvent(new CustomEvent("topic-state"));
  }

  // ------------------------------------------------------------ forms

  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    const form = ctx.sourceElement;
    if (!(form instanceof HTMLFormElement) || ctx.response.status >= 400) return;
    if (form.dataset.keep === undefined) form.reset();
    // The next sending of this form is another act.
    const once = form.querySelector("input[name=once]");
    if (once) once.value = Array.from(crypto.getRandomValues(new Uint8Array(9)), (n) => n.toString(36)).join("");
  });

  // A form that is sent twice by an impatient click is harmless, but says so.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.target.hasAttribute("hx-post")) return;
    setTimeout(() => { button.disabled = true; }, 0);
    setTimeout(() => { button.disabled = false; }, 3000);
  });

  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !live) return;
    seen();
    catchUp();
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.body.addEventListener("htmx:after:swap", () => { coverWhenStopped(); tick(); });
  coverWhenStopped();
  tick();
  setInterval(tick, 1000);
})();

// Drafts that survive a page left or reloaded, and a directory that is filtered while one types.
// Both only help: without this, forms post and the search button searches.
"use strict";

(() => {
  // ------------------------------------------------------------ drafts, in this tab only

  const kept = (form, field) => "draft " + form.getAttribute("action") + " " + field.name;
  const fields = (form) => form.querySelectorAll("textarea, input[type=text], input:not([type]), input[type=time]");

  function each(form, act) {
    for (const field of fields(form)) {
      try { act(field, kept(form, field)); } catch { /* storage refused: nothing is kept */ }
    }
  }

  for (const form of document.querySelectorAll("form[data-draft]")) {
    each(form, (field, name) => { if (!field.value) field.value = sessionStorage.getItem(name) || ""; });
    form.addEventListener("input", () => each(form, (field, name) => sessionStorage.setItem(name, field.value)));
    form.addEventListener("submit", () => {
      // Posted by the browser itself: the answer shows the draft again if it was refused.
      if (!window.htmx) each(form, (field, name) => sessionStorage.removeItem(name));
    });
  }

  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    const form = ctx.sourceElement;
    if (!(form instanceof HTMLFormElement) || form.dataset.draft === undefined) return;
    if (ctx.response && ctx.response.status < 400) each(form, (field, name) => sessionStorage.removeItem(name));
  });

  // ------------------------------------------------------------ what an act did

  const SHOWN_MS = 8000;
  const notice = document.getElementById("notice");
  let fading = 0;

  new MutationObserver(() => {
    if (!notice.textContent.trim()) return;
    notice.classList.add("toast");
    clearTimeout(fading);
    fading = setTimeout(() => notice.classList.remove("toast"), SHOWN_MS);
  }).observe(notice, { childList: true, subtree: true });

  // A button that its own act takes away leaves the focus where it was.
  let acted = "";

  document.addEventListener("submit", (event) => {
    acted = event.target.closest("li[id], #item")?.id || "";
  });

  document.addEventListener("htmx:after:swap", () => {
    const place = acted && document.activeElement === document.body ? document.getElementById(acted) : null;
    if (!place) return;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    acted = "";
  });

  // ------------------------------------------------------------ the directory

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  for (const field of document.querySelectorAll("input[data-filter]")) {
    const list = document.querySelector(field.dataset.filter);
    const none = document.getElementById("none-found");
    const sift = () => {
      const words = plain(field.value).split(/\s+/);
      let left = 0;
      for (const entry of list.children) {
        entry.hidden = !words.every((word) => plain(entry.textContent).includes(word));
        left += entry.hidden ? 0 : 1;
      }
      if (none) none.hidden = left > 0 || list.children.length === 0;
    };
    field.addEventListener("input", sift);
  }
})();

// The connection test: a live event comes, its answer goes back.
"use strict";

(() => {
  const show = (id, shown) => { document.getElementById(id).hidden = !shown; };
  const late = setTimeout(() => { show("waiting", false); show("late", true); }, 10000);
  const events = new EventSource("/event");
  events.addEventListener("test", () => {
    fetch("/back/event", { method: "POST" }).then(() => {
      clearTimeout(late);
      events.close();
      show("waiting", false);
      show("late", false);
      show("arrived", true);
    });
  });
  document.getElementById("seen").addEventListener("submit", (event) => {
    event.preventDefault();
    const told = (received) => {
      event.target.hidden = received;
      show("thanks", received);
      show("unheard", !received);
    };
    fetch("/back/seen", { method: "POST" }).then((answer) => told(answer.ok), () => told(false));
  });
})();

"""How the simulated screens look, and the one script they need. Nothing comes from outside.

Everything is legible in black and white; nothing moves but the figures of the countdown.
"""

STYLE = """
* { box-sizing: border-box; }
html { font: clamp(16px, 1.05vw + 11px, 26px)/1.45 "Segoe UI", "Helvetica Neue", Arial,
  "Liberation Sans", sans-serif; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; color: #111;
  background: #e9ecef; overflow-wrap: anywhere; }
.exercise { position: sticky; top: 0; z-index: 1; margin: 0; padding: .3rem 1rem;
  text-align: center; font-weight: 700; color: #000; background: #ffd84d;
  border-bottom: .2rem solid #000; }
.exercise strong { letter-spacing: .18em; }
.exercise span { font-weight: 400; font-size: .8rem; display: block; }
main { flex: 1; width: 100%; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1, h2, p, figure, blockquote, ul { margin: 0; }
p + p { margin-top: .7rem; }
.aside { padding: .5rem 1rem; text-align: center; font-size: .8rem; color: #333; }
.real { font-size: .8rem; font-style: italic; }

.ransom { background: #000; color: #fff; }
.ransom main { display: flex; flex-direction: column; justify-content: center; gap: 1.2rem; }
.ransom h1 { font-size: clamp(1.6rem, 5vw, 3rem); line-height: 1.15; border: .25rem solid #fff;
  padding: .6rem 1rem; text-align: center; text-transform: uppercase; }
.ransom .aside { color: #ddd; }
.countdown { text-align: center; }
.countdown p { font-size: .9rem; color: #ddd; }
.countdown output { display: block; font: 700 clamp(2.6rem, 11vw, 6rem)/1.1 ui-monospace,
  Consolas, "Liberation Mono", monospace; color: #ff6b5e; }
.letter { font-family: ui-monospace, Consolas, "Liberation Mono", monospace; font-size: .95rem; }

.sheet main { background: #fff; border: 1px solid #999; margin: 1rem auto; padding: 2rem;
  width: calc(100% - 2rem); }
.sheet h1 { font-size: 1.3rem; margin-bottom: 1rem; }
.threat main { border: .3rem solid #000; }

.tv { background: #2b3440; color: #fff; }
.tv main { max-width: none; padding: 0; display: flex; flex-direction: column; }
.picture { flex: 1; min-height: 9rem; padding: 1rem; display: flex; justify-content: flex-end;
  align-items: flex-start; background: linear-gradient(#52616f, #1d242c); }
.channel { background: #fff; color: #000; font-weight: 700; padding: .2rem .7rem; }
.lower { background: #fff; color: #000; border-top: .4rem solid #b00020; padding: .8rem 1.2rem; }
.kicker { display: inline-block; background: #b00020; color: #fff; font-weight: 700;
  padding: .1rem .6rem; margin-bottom: .4rem; }
.lower h1 { font-size: clamp(1.4rem, 4.5vw, 3.2rem); line-height: 1.12; }
.crawl { background: #111; color: #fff; padding: .7rem 1.2rem; }
.crawl p + p { border-top: 1px solid #777; padding-top: .7rem; }
.tv .aside { color: #ddd; background: #111; }

.newspaper main { background: #fdfcf8; border: 1px solid #999; margin: 1rem auto; padding: 1.5rem;
  width: calc(100% - 2rem); font-family: Georgia, "Times New Roman", "Liberation Serif", serif; }
.masthead { text-align: center; border-bottom: .25rem double #111; padding-bottom: .4rem;
  margin-bottom: 1rem; }
.masthead strong { display: block; font-size: clamp(1.6rem, 6vw, 3.4rem); line-height: 1.1; }
.newspaper h1 { font-size: clamp(1.5rem, 5vw, 3rem); line-height: 1.1; margin: .4rem 0 1rem; }
.columns { columns: 18rem auto; column-gap: 2rem; }

.posts main { max-width: 44rem; }
.network { font-weight: 700; font-size: 1.3rem; padding: .2rem 0 .6rem; }
article { background: #fff; border: 1px solid #888; border-radius: .8rem; padding: 1rem; }
.who { display: flex; gap: .7rem; align-items: center; font-weight: 700; margin-bottom: .7rem; }
.who b { flex: none; width: 2.6rem; height: 2.6rem; border-radius: 50%; background: #333;
  color: #fff; display: grid; place-items: center; }
.message { font-size: 1.2rem; white-space: pre-line; }
.photo { margin-top: .8rem; min-height: 7rem; border: 2px dashed #666; background: #f1f1f1;
  padding: 1rem; display: grid; place-items: center; text-align: center; }
.figures { margin-top: .8rem; padding-top: .6rem; border-top: 1px solid #bbb; color: #333; }
.comments { list-style: none; padding: 0; }
.comments li { background: #fff; border: 1px solid #aaa; border-radius: .8rem;
  padding: .6rem 1rem; margin: .6rem 0 0 1.5rem; }
.comments + h2, article + h2 { font-size: 1rem; margin-top: 1rem; }

.sms main { max-width: 28rem; }
.sms .bubble { background: #fff; border: 1px solid #777; border-radius: 1.2rem 1.2rem 1.2rem .2rem;
  padding: .8rem 1rem; }
.sms h1 { font-size: 1.1rem; text-align: center; padding: .6rem 0; }
.email main { background: #fff; border: 1px solid #999; margin: 1rem auto; padding: 1.2rem;
  width: calc(100% - 2rem); }
.email dl { margin: 0 0 1rem; padding-bottom: .8rem; border-bottom: 1px solid #999; }
.email dl div { display: flex; gap: .6rem; }
.email dt { flex: none; width: 5rem; color: #444; }
.email dd { margin: 0; font-weight: 700; }

.form main { background: #fff; }
.form h1 { font-size: 1.5rem; line-height: 1.2; }
.form .lead { margin: .6rem 0 1rem; }
fieldset { border: 1px solid #777; margin: 0 0 1rem; padding: .6rem 1rem 1rem; }
legend { font-weight: 700; padding: 0 .4rem; }
.field { margin-top: .8rem; }
.field label, .field .asked { display: block; font-weight: 600; }
.field small { display: block; color: #444; }
input[type=text], input[type=datetime-local], textarea, select { width: 100%; font: inherit;
  padding: .4rem .5rem; border: 1px solid #555; background: #fff; color: #111; }
textarea { min-height: 5rem; resize: vertical; }
.choice { display: flex; gap: .5rem; align-items: baseline; padding: .25rem 0; }
.choice label { font-weight: 400; }
.choice input { width: 1.2rem; height: 1.2rem; flex: none; }
button { font: inherit; font-weight: 700; padding: .6rem 1.4rem; min-height: 2.8rem;
  border: 2px solid #000; background: #fff; color: #000; }
:focus-visible { outline: .2rem solid #0b57d0; outline-offset: .1rem; }
.inside { border: 3px solid #000; padding: .5rem 1rem; font-weight: 700; margin-bottom: 1rem; }
.list table { border-collapse: collapse; width: 100%; background: #fff; }
.list th, .list td { border: 1px solid #999; padding: .4rem .6rem; text-align: left;
  vertical-align: top; }
.list h1 { font-size: 1.4rem; line-height: 1.2; margin-bottom: .8rem; }
.list td:first-child { white-space: nowrap; }
.list thead th { white-space: nowrap; }
.list a { color: #0b3d91; }

@media (max-width: 30rem) {
  .exercise strong { letter-spacing: .04em; }
  .sheet main, .newspaper main, .email main { width: 100%; margin: 0; padding: 1rem;
    border-left: 0; border-right: 0; }
  .comments li { margin-left: .5rem; }
  fieldset { padding: .4rem .7rem .8rem; }
}
@page { size: A4; margin: 14mm; }
@media print {
  html { font-size: 11pt; }
  body, .ransom, .tv { background: #fff; color: #000; min-height: 0; display: table; width: 100%; }
  .exercise { display: table-header-group; position: static; break-inside: avoid;
    background: #fff; }
  main { display: table-row-group; }
  .ransom main, .tv main { display: table-row-group; }
  .ransom h1 { margin-bottom: 1rem; }
  .ransom .aside, .tv .aside, .countdown p, .countdown output { color: #000; background: #fff; }
  .ransom h1 { border-color: #000; }
  .picture { display: block; min-height: 0; background: #fff; }
  .crawl { background: #fff; color: #000; border-top: 1px solid #000; }
  .columns { columns: 2; }
  button { display: none; }
  textarea { min-height: 22mm; }
  .field, article { break-inside: avoid; }
  legend { break-after: avoid; }
}
"""

COUNTDOWN = """
(function () {
  var clock = document.querySelector("output[data-seconds]");
  if (!clock) { return; }
  var end = Number((location.hash.match(/^#end=(\\d+)$/) || [])[1]);
  if (!end) {
    end = Date.now() + Number(clock.dataset.seconds) * 1000;
    location.hash = "end=" + end;
  }
  function two(value) { return (value < 10 ? "0" : "") + value; }
  function show() {
    var left = Math.max(0, Math.round((end - Date.now()) / 1000));
    clock.textContent = two(Math.floor(left / 3600)) + ":" + two(Math.floor(left / 60) % 60) +
      ":" + two(left % 60);
  }
  show();
  setInterval(show, 250);
})();
"""
"""Counts down from when the page is first opened; the end is kept in the address, so that a page
loaded again goes on."""

PRINT = """
document.querySelector("button").addEventListener("click", function () { window.print(); });
"""

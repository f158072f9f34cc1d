"""How printed papers look: black on white, A4, one family of letters that every machine has."""

STYLE = """
:root { --ink: #111; --soft: #444; --line: #999; --tint: #f1f1f1; }
* { box-sizing: border-box; }
html { font: 15px/1.45 "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
body { color: var(--ink); background: #fff; margin: 0; }
.sheet { max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
.running { display: none; }
header { border-bottom: 2px solid var(--ink); margin-bottom: 1.5rem; }
.mark { display: inline-block; margin: 0 0 .6rem; padding: .1rem .7rem;
  border: 2px solid var(--ink); font-weight: 700; letter-spacing: .12em; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; }
.subtitle { font-size: 1.15rem; margin: .2rem 0 1rem; color: var(--soft); }
h2 { font-size: 1.25rem; margin: 2rem 0 .6rem; border-bottom: 1px solid var(--line);
  padding-bottom: .15rem; }
h3 { font-size: 1.05rem; margin: 1.2rem 0 .4rem; }
p { margin: .4rem 0; max-width: 75ch; }
ul { margin: .4rem 0; padding-left: 1.3rem; }
dl { margin: .4rem 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr));
  gap: 0 2rem; }
dl div { display: grid; grid-template-columns: 11rem 1fr; gap: .6rem; padding: .18rem 0;
  border-bottom: 1px dotted var(--line); }
dt { color: var(--soft); }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: calc(100% - 1px); margin: .5rem 0 1.2rem;
  font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding: .2rem 0; font-style: italic; }
th, td { border: 1px solid var(--line); padding: .25rem .45rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
thead th { background: var(--tint); border-bottom: 2px solid var(--ink); overflow-wrap: normal; }
td, tbody th { min-width: 5em; }
tbody th { font-weight: 600; }
td.narrow, th.narrow { white-space: nowrap; width: 1%; min-width: 0; }
td.whole, th.whole { overflow-wrap: break-word; min-width: 0; }
table.compact { display: inline-table; width: 32%; min-width: 14rem; margin-right: 1%;
  vertical-align: top; break-inside: avoid; }
.to-fill { width: 15%; }
tbody .to-fill { height: 2.4rem; }
del { color: var(--soft); }
figure { margin: .5rem 0 1rem; }
figure svg { width: 100%; height: auto; display: block; }
figcaption { color: var(--soft); font-size: .9rem; }
footer { margin-top: 2.5rem; padding-top: .5rem; border-top: 1px solid var(--line);
  color: var(--soft); font-size: .8rem; overflow-wrap: anywhere; }
footer p { margin: .15rem 0; max-width: none; }
@page { size: A4; margin: 12mm 14mm 16mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
@media print {
  html { font-size: 9.5pt; }
  .sheet { display: table; width: 100%; max-width: none; padding: 0; }
  .running { display: table-header-group; break-inside: avoid; }
  .running p { margin: 0 0 4mm; padding-bottom: 1mm; border-bottom: 1px solid var(--line);
    max-width: none; }
  .running strong { letter-spacing: .12em; }
  .running span::before { content: " – "; }
  .body { display: table-row-group; }
  h2, h3, caption { break-after: avoid; }
  tr, figure, dl div, li { break-inside: avoid; }
  thead { display: table-header-group; }
  dl { grid-template-columns: 1fr 1fr; }
  dl div { grid-template-columns: 34mm 1fr; }
}
"""

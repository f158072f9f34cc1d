"""What sheets add to the look of papers: cards that are not cut, lines to write on."""

from cyberex.documents.style import STYLE

SHEETS_STYLE = (
    STYLE
    + """
.card { border: 1.5px solid var(--ink); margin: 0 0 .9rem; break-inside: avoid; }
.card > * { padding: .08rem .6rem; margin: 0; max-width: none; line-height: 1.3; }
.card .top { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; align-items: baseline;
  background: var(--tint); border-bottom: 1px solid var(--ink); }
.card .code { font-size: 1.35rem; font-weight: 800; }
.card .hour { font-weight: 700; font-size: 1.1rem; font-variant-numeric: tabular-nums; }
.card .mark-of { font-weight: 700; }
.card .title { display: flex; flex-wrap: wrap; gap: 0 1.2rem; align-items: baseline;
  padding-top: .25rem; }
.card h3 { margin: 0; font-size: 1.1rem; }
.card .state { font-weight: 700; border: 1px dashed var(--ink); margin: .2rem .6rem; }
.card .script { font-size: 1.12rem; line-height: 1.35; border-left: 5px solid var(--ink);
  margin: .2rem .6rem; padding: 0 .6rem; }
.card .name { color: var(--soft); }
.card ul { list-style: none; padding: 0 .6rem; }
.card li::before { content: "\\2610  "; }
.card .dial b { font-size: 1.15rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.card .pens { display: grid; grid-template-columns: 1fr 2fr 4fr; margin-top: .25rem; padding: 0;
  border-top: 1px solid var(--line); }
.card .pens span { height: 2.7rem; padding: 0 .6rem; font-size: .85rem; color: var(--soft);
  border-left: 1px solid var(--line); }
.card .pens span:first-child { border-left: 0; }
.jump { border: 3px double var(--ink); }
.jump .variant { break-inside: avoid; border-top: 1px dotted var(--line); }
.jump .script { border-left-width: 2px; font-size: 1rem; }
.actors { display: block; columns: 2; column-gap: 1rem; }
.actor { border: 1px solid var(--line); padding: .25rem .5rem; margin: 0 0 .5rem;
  break-inside: avoid; }
.actor p { margin: .1rem 0; }
.actor h3 { margin: 0; }
.part { break-before: page; }
.stop { border: 4px solid var(--ink); padding: .3rem .9rem; break-inside: avoid; }
.stop h2 { border: 0; margin: .2rem 0; font-size: 1.5rem; }
.only { font-weight: 700; border: 1px solid var(--ink); padding: .15rem .5rem; max-width: none; }
.blank { display: inline-block; border-bottom: 1px solid var(--ink); min-width: 9rem;
  height: 1.2em; }
tr.wide td { border-top: 3px double var(--ink); border-bottom: 3px double var(--ink);
  font-weight: 700; }
.to-write td { height: 2.5rem; }
.whole-block { break-inside: avoid; }
.subtitle { max-width: none; }
.chronogram { table-layout: fixed; }
.chronogram td, .chronogram tbody th { min-width: 0; }
.chronogram th:nth-child(1) { width: 9%; }
.chronogram th:nth-child(2) { width: 9%; }
.chronogram th:nth-child(3) { width: 10%; }
.chronogram th:nth-child(4) { width: 15%; }
.chronogram th:nth-child(5) { width: 16%; }
.chronogram th:nth-child(7) { width: 14%; }
@media print {
  .card { margin-bottom: 3mm; }
  .running { font-size: 7.5pt; }
  h2 { margin-top: 1.2rem; }
  .only { break-after: avoid; }
}
"""
)

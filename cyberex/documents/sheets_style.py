"""What sheets add to the look of papers: cards that are not cut, lines to write on."""

from cyberex.documents.style import STYLE

SHEETS_STYLE = (
    STYLE
    + """
.card { border: 1.5px solid var(--ink); margin: 0 0 .9rem; break-inside: avoid; }
.card > * { padding: .25rem .6rem; margin: 0; max-width: none; }
.card .top { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; align-items: baseline;
  background: var(--tint); border-bottom: 1px solid var(--ink); }
.card .code { font-size: 1.35rem; font-weight: 800; }
.card .hour { font-weight: 700; font-size: 1.1rem; font-variant-numeric: tabular-nums; }
.card .mark-of { font-weight: 700; }
.card h3 { margin: 0; padding-top: .35rem; font-size: 1.1rem; }
.card .state { font-weight: 700; border: 1px dashed var(--ink); margin: .2rem .6rem; }
.card .script { font-size: 1.12rem; line-height: 1.4; border-left: 5px solid var(--ink);
  margin: .3rem .6rem; padding: .1rem .6rem; white-space: pre-line; }
.card .name { color: var(--soft); }
.card ul { list-style: none; padding: .1rem .6rem .3rem; }
.card li::before { content: "\\2610  "; }
.card .dial { padding: .1rem .6rem; }
.card .dial b { font-size: 1.15rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.card table { margin: .2rem 0 0; width: 100%; padding: 0; font-size: .85rem; }
.card table th { background: none; border-bottom: 1px solid var(--line); border-left: 0;
  border-right: 0; color: var(--soft); font-weight: 400; }
.card table td { height: 2.1rem; }
.jump { border: 3px double var(--ink); }
.jump .variant { break-inside: avoid; border-top: 1px dotted var(--line); }
.jump .script { border-left-width: 2px; }
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
td.pen { height: 2.1rem; }
tr.wide td { border-top: 3px double var(--ink); border-bottom: 3px double var(--ink);
  font-weight: 700; }
.pens td { height: 2.5rem; }
@media print {
  .card { margin-bottom: 3mm; }
  .only { break-after: avoid; }
}
"""
)

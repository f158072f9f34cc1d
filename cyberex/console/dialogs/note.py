"""A line for the log: one key says its kind, then its text; Tab turns the cell."""

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from cyberex.console.desk import Desk
from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.palette import GREY, ORANGE, WHITE
from cyberex.facts.model import NoteKind
from cyberex.i18n import _
from cyberex.wording import words

KIND_KEYS = {
    "f": NoteKind.FACT,
    "d": NoteKind.DECISION,
    "a": NoteKind.ACTION,
    "r": NoteKind.REMARK,
}


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    kind: NoteKind
    cell: str
    text: str


class NoteDialog(Dialog[NoteAnswer]):
    """The first key chooses the kind (Enter: fact); a digit chooses the cell, before the text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "turn_cell(1)", show=False, priority=True),
        Binding("shift+tab", "turn_cell(-1)", show=False, priority=True),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Note"))
        self._desk = desk
        self._cells = ("", *desk.plan.cells)
        self._cell = 0
        self._kind: NoteKind | None = None

    def body(self) -> list[Widget]:
        text = Input(placeholder=_("text; 0941 text: it was at 09:41"))
        text.disabled = True
        return [
            Static(classes="label", id="kind", markup=False),
            Static(classes="label", id="cell", markup=False),
            text,
            Static(words.no_real_data(self._desk.plan.sector), classes="label", markup=False),
        ]

    def keys_line(self) -> str:
        return _("kind, then text · Tab: cell · Enter: save · Escape: cancel")

    def on_mount(self) -> None:
        self._redraw()

    def _redraw(self) -> None:
        kinds = Text()
        for key, kind in KIND_KEYS.items():
            style = f"bold reverse {ORANGE}" if kind is self._kind else WHITE
            kinds.append(f" {key} {words.note_kind(kind)} ", style)
            kinds.append("  ")
        self.query_one("#kind", Static).update(kinds)
        cell = self._cells[self._cell]
        name = self._desk.names.short_cell(cell) if cell else _("none in particular")
        self.query_one("#cell", Static).update(
            Text.assemble((_("cell: "), GREY), (name, f"bold {WHITE}"))
        )

    def on_key(self, event: events.Key) -> None:
        if self._kind is not None:
            self._catch_up(event)
            return
        if event.key == "enter":
            event.stop()
            self._choose(NoteKind.FACT)
        elif event.character in KIND_KEYS:
            event.stop()
            event.prevent_default()
            self._choose(KIND_KEYS[str(event.character)])
        elif event.character and event.character in "0123456789":
            number = int(event.character)
            if number < len(self._cells):
                self._cell = number
                self._redraw()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted before a kind was said: a fact."""
        if self._kind is None and event.text.strip():
            event.stop()
            self._choose(NoteKind.FACT)
            self.query_one(Input).insert_text_at_cursor(" ".join(event.text.split()))

    def _catch_up(self, event: events.Key) -> None:
        """Typed faster than the field takes its place: nothing is lost."""
        if event.character and event.is_printable:
            event.stop()
            self.query_one(Input).insert_text_at_cursor(event.character)

    def _choose(self, kind: NoteKind) -> None:
        self._kind = kind
        text = self.query_one(Input)
        text.disabled = False
        text.focus()
        self._redraw()

    def action_turn_cell(self, by: int) -> None:
        self._cell = (self._cell + by) % len(self._cells)
        self._redraw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._kind is not None and event.value.strip():
            self.dismiss(NoteAnswer(self._kind, self._cells[self._cell], event.value))

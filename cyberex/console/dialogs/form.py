"""Several answers at once: texts and choices, saved together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.palette import GREY, ORANGE, WHITE
from cyberex.i18n import _
from cyberex.wording.clean import clean, clean_line

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TextField:
    name: str
    label: str
    initial: str = ""
    placeholder: str = ""
    lines: int = 1
    required: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """`options` are (value, label); arrows change the choice, so does the first letter."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    initial: str = ""


Field = TextField | ChoiceField


class Choice(Static, can_focus=True):
    """One of a few, changed in place: ‹ Crise ›."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "turn(-1)", show=False),
        Binding("right,down,space", "turn(1)", show=False),
    ]

    class Entered(Message):
        """Enter was pressed on it."""

    def __init__(self, field: ChoiceField) -> None:
        super().__init__(markup=False)
        self._options = field.options or (("", "–"),)
        values = [value for value, _label in self._options]
        self._index = values.index(field.initial) if field.initial in values else 0

    @property
    def value(self) -> str:
        return self._options[self._index][0]

    def render(self) -> Text:
        label = clean_line(self._options[self._index][1])
        style = f"bold {ORANGE}" if self.has_focus else WHITE
        count = f" {self._index + 1}/{len(self._options)}"
        return Text.assemble(("‹ ", GREY), (label, style), (" ›", GREY), (count, GREY))

    def action_turn(self, by: int) -> None:
        self._index = (self._index + by) % len(self._options)
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self.post_message(self.Entered())
            return
        if not event.character or not event.character.isprintable():
            return
        wanted = event.character.casefold()
        count = len(self._options)
        for step in range(1, count + 1):
            index = (self._index + step) % count
            if self._options[index][1].casefold().startswith(wanted):
                event.stop()
                self._index = index
                self.refresh()
                return


class Form(Dialog[Answers]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
    ]

    def __init__(self, title: str, fields: Sequence[Field], *, details: str = "") -> None:
        super().__init__(title)
        self._fields = tuple(fields)
        self._details = clean(details)
        self._widgets = {field.name: _widget(field) for field in self._fields}

    def body(self) -> list[Widget]:
        rows: list[Widget] = []
        if self._details:
            rows.append(Static(self._details, markup=False, classes="details"))
        for field in self._fields:
            rows.append(Static(clean_line(field.label), markup=False, classes="label"))
            rows.append(self._widgets[field.name])
        rows.append(Static("", classes="wrong", markup=False))
        return [VerticalScroll(*rows, classes="form", can_focus=False)]

    def keys_line(self) -> str:
        return _("Tab: next · Enter or Ctrl+S: save · Escape: leave")

    def on_mount(self) -> None:
        if self._fields:
            self._widgets[self._fields[0].name].focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._next_or_save(event.input)

    def on_choice_entered(self, _: Choice.Entered) -> None:
        self._next_or_save(self.focused)

    def _next_or_save(self, widget: Widget | None) -> None:
        """Enter goes on to a text that is still needed, else saves."""
        missing = self._missing()
        if missing is not None and self._widgets[missing.name] is not widget:
            self._widgets[missing.name].focus()
            return
        self.action_save()

    def _missing(self) -> TextField | None:
        for field in self._fields:
            if isinstance(field, TextField) and field.required and not self._value(field).strip():
                return field
        return None

    def _value(self, field: Field) -> str:
        widget = self._widgets[field.name]
        if isinstance(widget, Input):
            return widget.value
        if isinstance(widget, TextArea):
            return widget.text
        return widget.value if isinstance(widget, Choice) else ""

    def action_save(self) -> None:
        missing = self._missing()
        if missing is not None:
            self.query_one(".wrong", Static).update(
                "! " + _("{field} is missing.").format(field=clean_line(missing.label))
            )
            self._widgets[missing.name].focus()
            return
        self.dismiss({field.name: self._value(field) for field in self._fields})


def _widget(field: Field) -> Widget:
    if isinstance(field, ChoiceField):
        return Choice(field)
    if field.lines == 1:
        return Input(field.initial, placeholder=field.placeholder)
    area = TextArea(field.initial, soft_wrap=True, show_line_numbers=False)
    area.tab_behavior = "focus"
    area.styles.height = field.lines + 2
    return area

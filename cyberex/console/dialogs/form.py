"""Several answers at once: texts and choices, saved together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.palette import GREY, ORANGE, WHITE
from cyberex.console.prose import Prose
from cyberex.i18n import _
from cyberex.wording.clean import clean, clean_line

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TextField:
    """`check` gives what is wrong with the text, "" if it is right."""

    name: str
    label: str
    initial: str = ""
    placeholder: str = ""
    lines: int = 1
    required: bool = False
    check: Callable[[str], str] = lambda _: ""


@dataclass(frozen=True, slots=True)
class ChoiceField:
    """`options` are (value, label); arrows change the choice, so does the first letter. `digits`:
    a digit chooses too, the first option being 0, and goes on to the next field."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    initial: str = ""
    digits: bool = False


Field = TextField | ChoiceField


class Choice(Static, can_focus=True):
    """One of a few, changed in place: ‹ Crise ›."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "turn(-1)", show=False),
        Binding("right,down,space", "turn(1)", show=False),
    ]

    class Entered(Message):
        """Enter was pressed on it."""

    class Chosen(Message):
        """A digit was."""

    def __init__(self, field: ChoiceField) -> None:
        super().__init__(markup=False)
        self._options = field.options or (("", "–"),)
        values = [value for value, _label in self._options]
        self._index = values.index(field.initial) if field.initial in values else 0
        self._digits = field.digits
        self._left = False

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

    def on_blur(self) -> None:
        self._left = False

    def on_key(self, event: events.Key) -> None:
        if self._left:  # typed before the next field had the focus: it is the next field's
            event.stop()
            event.prevent_default()
            self.app.post_message(events.Key(event.key, event.character))
            return
        if event.key == "enter":
            event.stop()
            self.post_message(self.Entered())
            return
        if not event.character or not event.character.isprintable():
            return
        wanted = event.character.casefold()
        count = len(self._options)
        if self._digits and wanted in "0123456789"[:count]:
            event.stop()
            self._index = int(wanted)
            self._left = True
            self.refresh()
            self.post_message(self.Chosen())
            return
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

    def __init__(
        self, title: str, fields: Sequence[Field], *, details: str = "", escape: str = ""
    ) -> None:
        """`escape` says what Escape does, if it does not cancel."""
        super().__init__(title)
        self._escape = escape
        self._fields = tuple(fields)
        self._details = clean(details)
        self._widgets = {field.name: _widget(field) for field in self._fields}

    def body(self) -> list[Widget]:
        rows: list[Widget] = []
        if self._details:
            rows.append(Prose(self._details, classes="details"))
        for field in self._fields:
            label = Static(clean_line(field.label), markup=False, classes="label")
            widget = self._widgets[field.name]
            if isinstance(widget, Choice):
                rows.append(Horizontal(label, widget, classes="one_line"))
            else:
                rows.extend((label, widget))
        rows.append(Prose("", classes="wrong"))
        return [VerticalScroll(*rows, classes="form", can_focus=False)]

    def keys_line(self) -> str:
        if self._escape:
            return _("Tab: next · Enter: save · Escape: {what}").format(what=self._escape)
        return _("Tab: next · Enter or Ctrl+S: save · Escape: cancel")

    def on_mount(self) -> None:
        for area in self.query(TextArea):
            area.move_cursor(area.document.end)
        if self._fields:
            self._widgets[self._fields[0].name].focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._next_or_save(event.input)

    def on_choice_chosen(self, _: Choice.Chosen) -> None:
        self.focus_next()

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
            said = _("{field} is missing.").format(field=clean_line(missing.label))
            self._complain(missing, said)
            return
        for field in self._fields:
            wrong = field.check(self._value(field)) if isinstance(field, TextField) else ""
            if wrong:
                self._complain(field, wrong)
                return
        self.dismiss({field.name: self._value(field) for field in self._fields})

    def _complain(self, field: Field, wrong: str) -> None:
        self.query_one(".wrong", Prose).say(f"! {wrong}")
        self._widgets[field.name].focus()


def _widget(field: Field) -> Widget:
    if isinstance(field, ChoiceField):
        return Choice(field)
    if field.lines == 1:
        return Input(field.initial, placeholder=field.placeholder)
    area = TextArea(field.initial, soft_wrap=True, show_line_numbers=False)
    area.tab_behavior = "focus"
    area.styles.height = field.lines + 2
    return area

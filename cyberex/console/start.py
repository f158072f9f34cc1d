"""The start screen: play a kit, resume an exercise, or read a past one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from cyberex.console.leaving import LeftOnce, QuietApp
from cyberex.console.line_list import LineList
from cyberex.console.palette import GREEN, GREY, ORANGE, SKY, THEME, WHITE, YELLOW
from cyberex.console.services import (
    JournalChoice,
    KitChoice,
    StartAnswer,
    StartChoices,
    StartKind,
)
from cyberex.errors import UserError
from cyberex.i18n import _, ngettext
from cyberex.wording.clean import clean_line

Entry = KitChoice | JournalChoice


@dataclass(frozen=True, slots=True)
class Numbered:
    number: int
    line: str


class StartApp(QuietApp[StartAnswer], inherit_bindings=False):
    CSS_PATH = "console.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,ctrl+q,ctrl+c", "leave", show=False, priority=False),
        Binding("enter", "choose", show=False),
    ]

    def __init__(self, choices: StartChoices) -> None:
        super().__init__()
        self._choices = choices
        self._list: LineList[Entry] = LineList(
            _entry_line, _identity, empty=lambda: _("no kit and no exercise found"), id="choices"
        )
        self._message = Static("", id="message", markup=False)

    def compose(self) -> ComposeResult:
        yield Static(_("cyberex – cyber-crisis exercises"), id="title", markup=False)
        yield self._list
        yield self._message
        yield Static(_("↑ ↓ Enter: choose · q: quit"), id="footer", markup=False)

    def on_mount(self) -> None:
        self.register_theme(THEME)
        self.theme = THEME.name
        journals = sorted(self._choices.journals, key=lambda item: not item.open)
        self._list.show([*self._choices.kits, *journals])
        self._list.focus()
        self._remind()

    def on_line_list_moved(self, _: LineList.Moved) -> None:
        self._remind()

    def _remind(self) -> None:
        """What to erase of the exercise under the cursor; elsewhere, how many have something."""
        entry = self._list.selected
        due = [item for item in self._choices.journals if item.reminder]
        said = ""
        if isinstance(entry, JournalChoice) and entry.reminder:
            said = f"! {clean_line(entry.reminder)}"
        elif due:
            words = ngettext(
                "! {count} past exercise holds personal data to erase",
                "! {count} past exercises hold personal data to erase",
                len(due),
            )
            said = words.format(count=len(due))
        self._message.update(Text(said, YELLOW))

    def on_line_list_clicked(self, _: LineList.Clicked) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        match self._list.selected:
            case KitChoice() as kit:
                self.exit(StartAnswer(StartKind.PLAY, kit=kit))
            case JournalChoice(open=True) as journal:
                self.exit(StartAnswer(StartKind.RESUME, journal=journal.path))
            case JournalChoice() as journal:
                self._read(journal)
            case None:
                return

    def _read(self, journal: JournalChoice) -> None:
        try:
            lines = self._choices.read_log(journal.path)
        except UserError as error:
            self._message.update(Text(f"✗ {clean_line(str(error))}", ORANGE))
            return
        self.push_screen(ReadingScreen(journal.title, lines))

    def action_leave(self) -> None:
        self.exit(StartAnswer(StartKind.QUIT))


class ReadingScreen(LeftOnce[None]):
    """A past exercise's log, to be read only."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "back", show=False)]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = clean_line(title)
        self._lines = [Numbered(number, line) for number, line in enumerate(lines)]
        self._list: LineList[Numbered] = LineList(
            lambda line, _width: Text(clean_line(line.line), WHITE),
            lambda line: line.number,
            empty=lambda: _("the log is empty"),
            id="reading",
        )

    def compose(self) -> ComposeResult:
        reading = _("reading only")
        yield Static(f"{self._title} – {reading}", id="title", markup=False)
        yield self._list
        yield Static(_("↑ ↓ Page Up, Page Down · Escape: back"), id="footer", markup=False)

    def on_mount(self) -> None:
        self._list.show(self._lines)
        self._list.focus()

    def action_back(self) -> None:
        self.dismiss(None)


def _identity(entry: Entry) -> object:
    return (entry.argument, entry.sector) if isinstance(entry, KitChoice) else entry.path


def _entry_line(entry: Entry, _width: int) -> Text:
    if isinstance(entry, KitChoice):
        play = _("play")
        line = Text.assemble((f"▶ {play:<10} ", f"bold {GREEN}"))
        line.append(f"{clean_line(entry.argument)} {clean_line(entry.sector):<5} ", SKY)
        line.append(clean_line(entry.title), f"bold {WHITE}")
        return line.append(f"  {clean_line(entry.details)}", GREY)
    verb, symbol = (_("resume"), "‖") if entry.open else (_("read"), "≡")
    line = Text.assemble((f"{symbol} {verb:<10} ", f"bold {ORANGE if entry.open else GREY}"))
    line.append(f"{clean_line(entry.created)} ", SKY)
    line.append(clean_line(entry.title), WHITE)
    if entry.reminder:
        line.append("  ! " + _("personal data to erase"), f"bold {YELLOW}")
    return line.append(f"  {clean_line(entry.state)} · {clean_line(entry.path.name)}", GREY)

"""Every key and every symbol, in one window."""

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from cyberex.console.desk import Desk
from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.keys import KEYS, Group, group_title
from cyberex.console.palette import GREY, ORANGE, SKY, STATUS, WHITE
from cyberex.console.prose import Prose
from cyberex.i18n import _
from cyberex.views.rows import Status
from cyberex.wording import words
from cyberex.wording.clean import clean_line
from cyberex.wording.names import CHANNEL_SYMBOLS


class HelpDialog(Dialog[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,enter,q", "cancel", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Help"))
        self._desk = desk

    def body(self) -> list[Widget]:
        said = words_of_the_exercise(self._desk).append_text(help_text())
        return [VerticalScroll(Prose(said), classes="help")]

    def keys_line(self) -> str:
        return _("↑ ↓ Page Up, Page Down: read · Escape: close")


def words_of_the_exercise(desk: Desk) -> Text:
    """What is said in the rooms: it differs from one facility to another."""
    text = Text(_("Said in the rooms") + "\n", f"bold {SKY}")
    code_word = clean_line(desk.services.code_word) or _("exercise")
    opens = _("“{word}” opens every call and message").format(word=code_word)
    stops = _("“{words}”: all stops for real").format(words=desk.names.stop_words)
    return text.append(f"  {opens}\n  {stops}\n", WHITE)


def help_text() -> Text:
    """One line a key, by subject, then the symbols."""
    text = Text()
    for group in Group:
        text.append(f"{group_title(group)}\n", f"bold {SKY}")
        for key in KEYS:
            if key.group is group:
                text.append(f"  {key.shown():<8}", f"bold {ORANGE}")
                text.append(f"{key.help()}\n", WHITE)
    text.append(f"  {'Ctrl+P':<8}", f"bold {ORANGE}")
    text.append(_("command palette: every action by its name") + "\n", WHITE)
    text.append(_("Symbols") + "\n", f"bold {SKY}")
    for status, (symbol, colour) in STATUS.items():
        if status not in (Status.ACKNOWLEDGED, Status.DEALT_WITH, Status.DUE):
            text.append(f"  {symbol} ", f"bold {colour}")
            text.append(f"{words.status(status)}\n", WHITE)
    text.append("  ! " + _("essential") + "   ~ " + _("optional") + "\n", WHITE)
    text.append("  ~T+36 " + _("about that hour, if its condition comes") + "\n", WHITE)
    text.append("  ⌂ " + _("portal: ● and how many are connected, ✗ it stopped") + "\n", WHITE)
    text.append(
        "  ✉ " + _("mail: ● really leaves, ○ dry run, ‖ stopped, ✗ in trouble") + "\n", WHITE
    )
    text.append("  ⊙ " + _("a call that an animator took on the portal") + "\n", WHITE)
    text.append("  " + "  ".join(f"{symbol} {kind}" for kind, symbol in channel_words()), GREY)
    return text


def channel_words() -> list[tuple[str, str]]:
    said = {
        "phone": _("telephone"),
        "sms": _("text message"),
        "email": _("mail"),
        "visit": _("visit"),
        "document": _("document"),
        "media": _("media"),
        "radio": _("radio"),
    }
    return [(said[kind], symbol) for kind, symbol in CHANNEL_SYMBOLS.items()]

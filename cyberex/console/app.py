"""The console as an application: keys that work everywhere, the palette, leaving."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from cyberex.console.desk import Desk
from cyberex.console.dialogs.confirm import Confirm
from cyberex.console.keys import KEYS
from cyberex.console.leaving import QuietApp
from cyberex.console.main_screen import MainScreen
from cyberex.console.memory import Aside
from cyberex.console.palette import THEME
from cyberex.console.privacy import PrivacyScreen
from cyberex.console.services import ConsoleServices
from cyberex.console.typed_ahead import TypedAhead
from cyberex.exercise.running import Exercise
from cyberex.i18n import _
from cyberex.views.situation import State


class ConsoleApp(QuietApp[None], inherit_bindings=False):
    """Shows one exercise; the exercise is run and closed by whoever made this."""

    CSS_PATH = "console.tcss"
    TITLE = "cyberex"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key.keys, key.action, show=False, priority=True) for key in KEYS if key.priority),
        Binding("ctrl+q,ctrl+c", "leave", show=False, priority=True),
    ]

    def __init__(self, exercise: Exercise, services: ConsoleServices) -> None:
        super().__init__()
        self.desk = Desk(exercise, services)
        self.main = MainScreen(self.desk)
        self.typed_ahead = TypedAhead(self.post_message, services.clocks.monotonic_s)
        self._feed = exercise.feed()
        self._aside = Aside()

    def on_mount(self) -> None:
        self.register_theme(THEME)
        self.theme = THEME.name
        self.push_screen(self.main)
        self.run_worker(self._listen(), group="feed")
        if self.desk.board.situation.gap_ms is not None:
            self.main.action_do("pause")

    async def _listen(self) -> None:
        """Redraw soon after what was asked here; the rest waits for the next tick."""
        async for transaction in self._feed:
            self.desk.undoing.take(transaction)
            if transaction[-1].seq == self.desk.board.seq:
                self._aside.up_to(transaction[-1].seq)
            if transaction[0].request is not None:
                self.main.soon()

    async def on_unmount(self) -> None:
        self._feed.close()
        self._aside.back()

    # Keys typed ahead

    def on_key(self, event: events.Key) -> None:
        """Before any binding is looked for."""
        if self.typed_ahead.keeps(event):
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        self.typed_ahead.keeps(event)

    def on_dialog_ready(self) -> None:
        self.typed_ahead.let_go()

    # Keys that work everywhere

    def action_real_stop(self) -> None:
        """Even in a dialog, which stays as it is below the call-down list."""
        self.main.action_do("real_stop")

    def action_privacy(self) -> None:
        """Over everything; what is below stays as it is."""
        if isinstance(self.screen, PrivacyScreen):
            self.screen.dismiss(None)
        else:
            self.push_screen(PrivacyScreen(self.desk))

    def action_leave(self) -> None:
        self.run_worker(self._leave(), group="leave", exclusive=True)

    async def _leave(self) -> None:
        situation = self.desk.board.situation
        if isinstance(self.screen, Confirm):
            self.exit()
            return
        if situation.state in (State.BRIEFING, State.PLAY):
            details = [
                _("The exercise stops here, paused; nothing is lost. To go on:"),
                f"cyberex resume {self.desk.exercise.journal_path}{self._with_portal()}",
            ]
            if not await self.push_screen_wait(Confirm(_("Quit?"), details)):
                return
        self.exit()

    def _with_portal(self) -> str:
        """So that what its pages show stays there, at the address that devices know."""
        portal = self.desk.services.portal
        if portal is None or not portal.running:
            return ""
        return f" --portal {portal.elsewhere}".rstrip()

    def action_command_palette(self) -> None:
        """Only over the main screen: it has nothing to offer elsewhere, and is there only once."""
        if isinstance(self.screen, MainScreen):
            super().action_command_palette()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette offers every key of the main screen."""
        if isinstance(screen, MainScreen):
            for key in KEYS:
                yield SystemCommand(
                    f"{key.label()} ({key.shown()})",
                    key.help(),
                    lambda name=key.action: self.main.action_do(name),
                )

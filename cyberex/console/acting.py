"""A screen that starts actions and says what came of them, whatever happens in them."""

from typing import Protocol, runtime_checkable

from rich.text import Text
from textual.widgets import Static

from cyberex.console.desk import Desk, NotDone
from cyberex.console.leaving import LeftOnce
from cyberex.console.palette import GREEN, VERMILLION, YELLOW
from cyberex.console.stage import Action, Stage
from cyberex.console.tasks import Task
from cyberex.console.typed_ahead import TypedAhead
from cyberex.i18n import _
from cyberex.views.log_lines import LogLine
from cyberex.views.rows import Row
from cyberex.wording.clean import clean_line


@runtime_checkable
class HoldsKeys(Protocol):
    """The application, seen from a screen."""

    typed_ahead: TypedAhead


class ActingScreen(LeftOnce[None]):
    """Subclasses yield `message`, redraw, and say what is under their cursors."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.stage = Stage(desk, self)
        self._waiting = False
        self.message = Static("", id="message", markup=False)

    # What is under the cursors: nothing, unless a subclass says so

    def selected_row(self) -> Row | None:
        return None

    def selected_task(self) -> Task | None:
        return None

    def selected_line(self) -> LogLine | None:
        return None

    async def search(self) -> None:
        """Only where there is something to search in."""

    def to_present(self) -> None:
        """Only where there is a present."""

    def go_to(self, row: Row) -> None:
        """Only where there are rows."""

    def redraw(self) -> None:
        """Show what changed."""

    # Acting

    def tell_of_waiting(self) -> None:
        """Said by redraws: what was asked is not on the disk yet."""
        waiting = self.desk.asking > 0
        if waiting and not self._waiting:
            self.message.update(Text(_("… being written"), YELLOW))
        self._waiting = waiting

    def tell(self, text: str, *, refused: bool = False) -> None:
        colour = f"bold {VERMILLION}" if refused else GREEN
        said = f"{'✗' if refused else '✓'} {clean_line(text)}"
        self.message.update(Text(said, colour, no_wrap=True, overflow="ellipsis"))

    def hold(self) -> None:
        """Keys wait: a dialog may be coming."""
        if isinstance(self.app, HoldsKeys):
            self.app.typed_ahead.hold()

    def let_go(self) -> None:
        if isinstance(self.app, HoldsKeys):
            self.app.typed_ahead.let_go()

    def start(self, action: Action) -> None:
        """Several may be under way: a slow disk holds up none of the keys."""
        self.hold()
        self.run_worker(self.perform(action), group="actions", exit_on_error=False)

    async def perform(self, action: Action) -> None:
        """From its first question to what came of it. Nothing it does ends the game."""
        try:
            await action(self.stage)
        except NotDone as refusal:
            self.tell(str(refusal), refused=True)
        except Exception as fault:
            where = self.desk.services.log_bug(fault)
            said = _("Fault in the console: {what}. {where}").format(
                what=f"{type(fault).__name__} {fault}", where=where
            )
            self.tell(said, refused=True)
        finally:
            self.let_go()
        self.redraw()

"""What an action may do: read the desk, ask a person, submit, say what came of it.

Given to every action, so that none knows a screen or a widget.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from textual.app import App
from textual.screen import Screen

from cyberex.console.desk import Desk
from cyberex.console.dialogs.ask_line import AskLine
from cyberex.console.dialogs.confirm import Confirm
from cyberex.console.dialogs.dialog import Dialog
from cyberex.console.dialogs.form import Field, Form
from cyberex.console.dialogs.pick import DIGITS, LETTERS, Option, Pick
from cyberex.console.tasks import Task
from cyberex.facts.model import Command, Recorded
from cyberex.views.log_lines import LogLine
from cyberex.views.rows import Row

T = TypeVar("T")


class Selection(Protocol):
    """What is under the cursors of a screen, None where that panel has not the focus; its voice."""

    @property
    def app(self) -> App[Any]: ...
    def selected_row(self) -> Row | None: ...
    def selected_task(self) -> Task | None: ...
    def selected_line(self) -> LogLine | None: ...
    def search(self) -> Awaitable[None]: ...
    def to_present(self) -> None: ...
    def go_to(self, row: Row) -> None: ...
    def tell(self, text: str, *, refused: bool = False) -> None: ...
    def redraw(self) -> None: ...
    def hold(self) -> None: ...
    def let_go(self) -> None: ...


class Stage:
    def __init__(self, desk: Desk, screen: Selection) -> None:
        self.desk = desk
        self.screen = screen

    # Asking a person

    async def show(self, screen: Screen[T]) -> T | None:
        """Until that screen is left; must be awaited in a worker. What is typed until a dialog is
        drawn is given to it."""
        if not isinstance(screen, Dialog):
            self.screen.let_go()
        answer = await self.screen.app.push_screen_wait(screen)
        self.screen.hold()
        return answer

    async def pick(
        self,
        title: str,
        options: Sequence[Option[T]],
        *,
        digits: bool = False,
        first: int = 0,
        details: str = "",
        dense: bool = False,
    ) -> T | None:
        """One key chooses."""
        keys = DIGITS + LETTERS if digits else LETTERS
        return await self.show(
            Pick(
                title,
                options,
                letters=True,
                keys=keys,
                first=first,
                details=details,
                dense=dense,
            )
        )

    async def find(self, title: str, options: Sequence[Option[T]], first: int = 0) -> T | None:
        """Typing finds."""
        return await self.show(Pick(title, options, letters=False, first=first))

    async def line(
        self,
        title: str,
        *,
        details: str = "",
        initial: str = "",
        placeholder: str = "",
        check: Callable[[str], str] = lambda _: "",
        hint: Callable[[str], str] = lambda _: "",
    ) -> str | None:
        return await self.show(
            AskLine(
                title,
                details=details,
                initial=initial,
                placeholder=placeholder,
                check=check,
                hint=hint,
            )
        )

    async def form(
        self, title: str, fields: Sequence[Field], *, details: str = "", escape: str = ""
    ) -> Mapping[str, str] | None:
        return await self.show(Form(title, fields, details=details, escape=escape))

    async def confirm(self, title: str, details: Sequence[str] = (), *, word: str = "") -> bool:
        answer: bool | None = await self.show(Confirm(title, details, word=word))
        return answer is True

    # Submitting

    async def ask(
        self, command: Command, done: str = "", *, more: bool = False
    ) -> tuple[Recorded, ...]:
        """Submit and say `done`; `more`: a dialog follows, which takes what is typed meanwhile.
        Raises NotDone, which the main screen shows."""
        if not more:
            self.screen.let_go()
        recorded = await self.desk.ask(command)
        if done:
            self.screen.tell(done)
        self.screen.redraw()
        return recorded

    def tell(self, text: str, *, refused: bool = False) -> None:
        self.screen.tell(text, refused=refused)


Action = Callable[[Stage], Awaitable[Any]]

"""What is to be done now: the list, and the sheet of the one under the cursor."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from cyberex.console.desk import Desk
from cyberex.console.line_list import LineList
from cyberex.console.palette import YELLOW
from cyberex.console.prose import Prose
from cyberex.console.sheets import read_aloud, sheet_text
from cyberex.console.task_lines import task_line
from cyberex.console.tasks import Task, identity, is_now, tasks
from cyberex.console.voices import collision_words
from cyberex.i18n import _
from cyberex.times import MINUTE_MS

LIST_ROWS = 5


class TaskList(LineList[Task]):
    """Page Up and Page Down read the sheet, which is longer than the list."""

    def action_page(self, by: int) -> None:
        sheet = self.screen.query_one("#sheet", VerticalScroll)
        sheet.scroll_relative(y=by * max(1, sheet.size.height - 1), animate=False)


class ToDoPanel(Vertical):
    def __init__(self, desk: Desk) -> None:
        super().__init__(id="to_do")
        self._desk = desk
        self._tasks: tuple[Task, ...] = ()
        self._shown: object = None
        self._sheet: object = None
        self.list: TaskList = TaskList(
            lambda task, width: task_line(desk, task, width),
            identity,
            empty=lambda: _("nothing to do now"),
            id="tasks",
        )

    def compose(self) -> ComposeResult:
        yield self.list
        yield Prose(id="clash")
        yield VerticalScroll(Prose(), id="sheet", can_focus=False)

    @property
    def selected(self) -> Task | None:
        return self.list.selected

    def redraw(self) -> None:
        desk = self._desk
        found = tasks(desk)
        version = (desk.board.seq, desk.sim_ms() // 1000, desk.voice)
        if version != self._shown:
            self._shown = version
            self._tasks = found
            self.list.styles.height = max(1, min(len(found), LIST_ROWS))
            self.list.show(found, None if self._stays(found) else 0)
            self._show_clash()
        self._show_sheet()

    def _show_clash(self) -> None:
        """Somebody has two things to say at once: seen whatever the sheet in sight."""
        clash = self.query_one("#clash", Prose)
        found = self._desk.collisions()
        said = " ; ".join(collision_words(self._desk, item) for item in found[:2])
        said += _(" – W: give one to another voice")
        clash.display = bool(found)
        if found and clash.said != f"‼ {said}":
            clash.say(Text(f"‼ {said}", f"bold {YELLOW}"))

    def _stays(self, found: tuple[Task, ...]) -> bool:
        """Whether the sheet in sight is still to be done now: a new call never takes its place."""
        task = self.list.selected
        known = {identity(item): is_now(item) for item in found}
        if task is None or identity(task) not in known:
            self.list.follow = True
            return False
        return known[identity(task)] or not self.list.follow

    def _show_sheet(self) -> None:
        task = self.list.selected
        minute = self._desk.sim_ms() // MINUTE_MS  # the hours it says go on
        version = (self._desk.board.seq, None if task is None else identity(task), minute)
        if version == self._sheet:
            return
        moved = self._sheet is None or self._sheet[1] != version[1]  # type: ignore[index]
        self._sheet = version
        scroll = self.query_one("#sheet", VerticalScroll)
        scroll.query_one(Prose).say("" if task is None else self._sheet_of(task))
        if moved:
            scroll.scroll_home(animate=False)

    def _sheet_of(self, task: Task) -> Text:
        tabletop = self._desk.services.tabletop
        return read_aloud(self._desk, task) if tabletop else sheet_text(self._desk, task)

    def on_line_list_moved(self, _: LineList.Moved) -> None:
        self._show_sheet()

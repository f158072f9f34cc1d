"""The hot debrief: the floor to players first; notes, the basket and the played timeline."""

import asyncio
from datetime import datetime
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from cyberex.console.acting import ActingScreen
from cyberex.console.actions.log import undo
from cyberex.console.desk import Desk, NotDone
from cyberex.console.dialogs.form import ChoiceField, TextField
from cyberex.console.line_list import LineList
from cyberex.console.log_lines import log_text
from cyberex.console.main_screen import REDRAW_S, WIDE
from cyberex.console.palette import GREEN, GREY, ORANGE, SKY, VERMILLION, WHITE
from cyberex.console.panels.banner import Banner
from cyberex.console.panels.header import Header
from cyberex.console.stage import Stage
from cyberex.console.timeline import Item, key_of, timeline, timeline_line
from cyberex.facts.commands import AddDebriefNote, Close
from cyberex.facts.model import DebriefKind, Mark, Speaker
from cyberex.i18n import _, ngettext
from cyberex.times import format_duration
from cyberex.views.debrief import DebriefNote
from cyberex.views.log_lines import LogLine
from cyberex.views.rows import ChronogramRow
from cyberex.wording import words
from cyberex.wording.clean import clean_line

ORDER = (Speaker.PLAYER, Speaker.OBSERVER, Speaker.ANIMATOR, Speaker.DIRECTOR)
KIND_COLOURS = {
    DebriefKind.POSITIVE: GREEN,
    DebriefKind.IMPROVEMENT: VERMILLION,
    DebriefKind.ACTION: ORANGE,
}


class DebriefScreen(ActingScreen):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,p_plus,equals_sign", "note('positive')", show=False),
        Binding("minus,p_minus", "note('improvement')", show=False),
        Binding("a", "note('action')", show=False),
        Binding("n,enter", "note", show=False),
        Binding("p", "floor", show=False),
        Binding("u", "undo", show=False),
        Binding("r", "report", show=False),
        Binding("C", "close", show=False),
        Binding("escape,D", "back", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._header = Header(desk)
        self._banner = Banner(desk)
        self._floor = Static(id="floor", markup=False)
        self._notes: LineList[DebriefNote] = LineList(
            self._note_line, lambda note: note.note, empty=lambda: _("no note yet"), id="notes"
        )
        self._basket: LineList[LogLine] = LineList(
            lambda line, width: log_text(desk, line, width),
            lambda line: line.seq,
            empty=lambda: _("nothing was put in the basket during play"),
            id="basket",
        )
        self._timeline: LineList[Item] = LineList(
            lambda item, width: timeline_line(desk, item, width), key_of, id="timeline"
        )
        self._speaker = Speaker.PLAYER
        self._floor_since: datetime = desk.wall()
        self._seq = -1

    def compose(self) -> ComposeResult:
        yield self._header
        yield self._banner
        yield self._floor
        with Container(id="debrief_lists"):
            yield self._notes
            yield self._basket
            yield self._timeline
        yield self.message
        keys = Static(id="footer", markup=False)
        keys.update(_(" + strong - to improve a action p floor u undo r report C close Esc back"))
        yield keys

    def on_mount(self) -> None:
        self._notes.border_title = _("Notes")
        self._basket.border_title = _("Basket (Enter: note about this line)")
        self._timeline.border_title = _("Planned and played")
        self._banner.display = False
        self._notes.focus()
        self.set_class(self.size.width < WIDE, "narrow")
        self.redraw()
        self.set_interval(REDRAW_S, self.redraw)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < WIDE, "narrow")

    def redraw(self) -> None:
        self._header.redraw()
        self._floor.update(self._floor_line())
        board = self.desk.board
        if board.seq == self._seq:
            return
        self._seq = board.seq
        self._notes.show(board.debrief.notes())
        self._basket.show(board.log.marked)
        self._timeline.show(timeline(self.desk))

    def _floor_line(self) -> Text:
        """Who has the floor, for how long, and what each has said so far."""
        line = Text.assemble((_("Floor: "), GREY))
        for speaker in ORDER:
            count = len(self.desk.board.debrief.notes(speaker=speaker))
            style = f"bold reverse {SKY}" if speaker is self._speaker else WHITE
            line.append(f" {words.speaker(speaker)} ({count}) ", style)
        held_ms = (self.desk.wall() - self._floor_since).total_seconds() * 1000
        return line.append(f"  {format_duration(round(held_ms))}", GREY)

    def _note_line(self, note: DebriefNote, _width: int) -> Text:
        names = self.desk.names
        line = Text.assemble(
            (f"{words.debrief_symbol(note.kind)} ", f"bold {KIND_COLOURS[note.kind]}")
        )
        line.append(f"{words.speaker(note.speaker)} ", GREY)
        if note.cell:
            line.append(f"{names.short_cell(note.cell)} ", SKY)
        line.append(clean_line(self.desk.text(note.text)), WHITE)
        if note.stimulus:
            line.append(f" ({names.code(note.stimulus)})", GREY)
        if note.objective:
            line.append(f" [{names.objective(note.objective)}]", GREY)
        return line

    # Keys

    def action_floor(self) -> None:
        self._speaker = ORDER[(ORDER.index(self._speaker) + 1) % len(ORDER)]
        self._floor_since = self.desk.wall()
        self.redraw()

    def action_note(self, kind: str = "") -> None:
        """Without a kind: the one of the line of the basket under the cursor."""
        line = self._basket.selected if self._basket.has_focus else None
        marked_plus = line is not None and line.mark is Mark.PLUS
        proposed = DebriefKind.POSITIVE if marked_plus else DebriefKind.IMPROVEMENT

        async def note(stage: Stage) -> None:
            await self._note(stage, DebriefKind(kind) if kind else proposed)

        self.start(note)

    async def _note(self, stage: Stage, kind: DebriefKind) -> None:
        desk = self.desk
        link, cell, about = self._link()
        kinds = tuple((item.value, words.debrief_kind(item)) for item in DebriefKind)
        speakers = tuple((item.value, words.speaker(item)) for item in ORDER)
        answers = await stage.form(
            _("Debrief note"),
            [
                TextField("text", _("What was said"), required=True),
                ChoiceField("kind", _("Kind"), kinds, kind.value),
                ChoiceField("speaker", _("Said by"), speakers, self._speaker.value),
                ChoiceField("cell", _("About"), self._cells(), cell),
                ChoiceField("link", _("Linked to"), self._links(), link),
            ],
            details=about,
        )
        if answers is None:
            return
        what, _sep, name = answers["link"].partition(":")
        await stage.ask(
            AddDebriefNote(
                kind=DebriefKind(answers["kind"]),
                speaker=Speaker(answers["speaker"]),
                text=desk.exercise.say(answers["text"].strip()),
                cell=answers["cell"],
                stimulus=name if what == "stimulus" else "",
                objective=name if what == "objective" else "",
            ),
            _("Noted."),
        )

    def _link(self) -> tuple[str, str, str]:
        """The link, the cell and the words that the line under the cursor proposes."""
        line = self._basket.selected if self._basket.has_focus else None
        if line is not None:
            stimulus = f"stimulus:{line.stimulus}" if line.stimulus else ""
            return stimulus, line.cell, log_text(self.desk, line, 100).plain.strip()
        item = self._timeline.selected if self._timeline.has_focus else None
        if isinstance(item, ChronogramRow):
            return f"stimulus:{item.stimulus}", "", self.desk.title_of(item)
        return "", "", ""

    def _cells(self) -> tuple[tuple[str, str], ...]:
        names = self.desk.names
        cells = tuple((cell, names.cell(cell)) for cell in self.desk.plan.cells)
        return (("", _("everybody")), *cells)

    def _links(self) -> tuple[tuple[str, str], ...]:
        desk = self.desk
        objectives = tuple(
            (f"objective:{item}", desk.names.objective(item)) for item in desk.plan.objectives
        )
        rows = desk.board.chronogram.occurrences(desk.sim_ms())
        stimuli = {row.stimulus: desk.title_of(row) for row in rows}
        linked = tuple(
            (f"stimulus:{item}", f"{desk.names.code(item)} {title}")
            for item, title in stimuli.items()
        )
        return (("", _("nothing")), *objectives, *linked)

    def action_undo(self) -> None:
        self.start(undo)

    def action_report(self) -> None:
        self.start(self._report)

    async def _report(self, stage: Stage) -> None:
        """In a thread: writing may take its time."""
        services = self.desk.services
        try:
            files = await asyncio.to_thread(services.write_report, services.report_dir)
        except OSError as error:
            raise NotDone(_("The report could not be written: {why}").format(why=error)) from error
        said = ngettext("{count} file in {folder}", "{count} files in {folder}", len(files))
        stage.tell(said.format(count=len(files), folder=services.report_dir))

    def action_close(self) -> None:
        self.start(self._close)

    async def _close(self, stage: Stage) -> None:
        details = [_("Nothing more can be noted afterwards. This cannot be undone.")]
        if await stage.confirm(_("Close the exercise?"), details):
            await stage.ask(Close(), _("The exercise is closed. Ctrl+Q: quit."))

    def action_back(self) -> None:
        self.dismiss(None)

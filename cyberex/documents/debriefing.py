"""What was said right after the game: the basket, notes by theme with players first, proposals."""

from cyberex.documents.blocks import Block, Grid, Heading, Paragraph
from cyberex.documents.game import PastGame
from cyberex.documents.log import log_row
from cyberex.facts.model import DebriefKind, Mark
from cyberex.i18n import _
from cyberex.views.debrief import DebriefNote
from cyberex.wording import words
from cyberex.wording.clean import clean


def debriefing(game: PastGame) -> tuple[Block, ...]:
    return (
        Heading(_("What was said at the hot debrief")),
        Paragraph(_("Players first, then observers, animators and direction.")),
        Heading(_("Strong points"), 3),
        *_notes(game, DebriefKind.POSITIVE),
        Heading(_("To improve"), 3),
        *_notes(game, DebriefKind.IMPROVEMENT),
        Heading(_("Marked during play"), 3),
        *_basket(game),
        Heading(_("Proposed actions")),
        *_actions(game),
    )


def _notes(game: PastGame, kind: DebriefKind) -> tuple[Block, ...]:
    notes = game.board.debrief.notes(kind=kind)
    if not notes:
        return (Paragraph(_("Nothing was noted.")),)
    rows = tuple(
        (words.speaker(note.speaker), _cell(game, note), _said(game, note), _about(game, note))
        for note in notes
    )
    return (Grid("", (_("Who"), _("Cell"), _("Note"), _("About")), rows, narrow=(0,), whole=(1,)),)


def _actions(game: PastGame) -> tuple[Block, ...]:
    notes = game.board.debrief.notes(kind=DebriefKind.ACTION)
    if not notes:
        return (Paragraph(_("No action was proposed.")),)
    columns = (
        _("No."),
        _("Proposed action"),
        _("Proposed by"),
        _("About"),
        _("Owner"),
        _("Due date"),
    )
    rows = tuple(
        (
            str(number),
            _said(game, note),
            ", ".join(part for part in (words.speaker(note.speaker), _cell(game, note)) if part),
            _about(game, note),
            "",
            "",
        )
        for number, note in enumerate(notes, 1)
    )
    caption = _("Owner and due date are validated at the cold debrief.")
    return (Grid(caption, columns, rows, head=1, narrow=(0,), whole=(2,), to_fill=(4, 5)),)


def _basket(game: PastGame) -> tuple[Block, ...]:
    marked = game.board.log.marked
    if not marked:
        return (Paragraph(_("No line was marked.")),)
    sides = [line for line in marked if line.mark is Mark.PLUS]
    sides += [line for line in marked if line.mark is not Mark.PLUS]
    rows = []
    for line in sides:
        row = log_row(game, line)
        rows.append((words.mark_symbol(line.mark), row.hours, row.since, row.cell, row.sentence))
    columns = (_("+/−"), _("Hour"), _("T+"), _("Cell"), _("What happened"))
    return (Grid("", columns, tuple(rows), narrow=(0, 2), whole=(1, 3)),)


def _cell(game: PastGame, note: DebriefNote) -> str:
    return game.names.short_cell(note.cell) if note.cell else ""


def _said(game: PastGame, note: DebriefNote) -> str:
    """The whole note, its line breaks kept."""
    return clean(game.texts(note.text)).strip() if note.text else ""


def _about(game: PastGame, note: DebriefNote) -> str:
    stimulus = game.stimulus(note.stimulus) if note.stimulus else ""
    objective = game.names.objective(note.objective) if note.objective else ""
    return "\n".join(part for part in (stimulus, objective) if part)

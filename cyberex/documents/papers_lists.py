"""The lists of the papers around the game: who signs, who is rung, what is handed over."""

from cyberex.documents.blocks import Block, Grid, Heading, Paragraph
from cyberex.documents.sheets_contacts import going
from cyberex.documents.sheets_game import PaperGame
from cyberex.facts.people import Person
from cyberex.i18n import _
from cyberex.plan.model import PlannedStimulus
from cyberex.times import format_t
from cyberex.views.rows import LegRow, Status
from cyberex.wording.clean import clean_line

SPARE_LINES = 4
HANDED_OVER = ("document", "media")


def attendance(game: PaperGame) -> tuple[Block, ...]:
    """A table of players a cell, then the animation, observers and guests."""
    columns = (_("Name"), _("Function"), _("Part"), _("Arrived at"), _("Signature"))
    groups: list[tuple[str, list[Person]]] = []
    left = list(game.people)
    for cell in game.plan.cells.values():
        roles = {role.id for role in game.plan.roles.values() if role.cell == cell.id}
        held = [
            person
            for person in left
            if not person.task and (person.cell == cell.id or person.role in {*roles, cell.id})
        ]
        left = [person for person in left if person not in held]
        groups.append((game.names.cell(cell.id), held))
    groups.append((_("Animation and observation"), left))
    found: list[Block] = [
        Paragraph(_("Signing means: the rules were read, the notice on personal data was given."))
    ]
    for name, held in groups:
        rows = [_signature(game, person) for person in held]
        rows += [("", "", "", "", "")] * SPARE_LINES
        found += [Heading(name), Grid("", columns, tuple(rows), to_fill=(3, 4))]
    return tuple(found)


def _signature(game: PaperGame, person: Person) -> tuple[str, ...]:
    part = game.names.role(person.role) if person.role else task_words(person.task)
    return (clean_line(person.name), clean_line(person.function), part, "", "")


def task_words(task: str) -> str:
    return {
        "director": _("direction of the exercise"),
        "animation_head": _("head of the animation"),
        "animator": _("animation"),
        "observer": _("observation"),
        "secretary": _("secretary of the animation"),
        "": _("participant"),
    }.get(task, clean_line(task))


def phone_check(game: PaperGame) -> tuple[Block, ...]:
    """Room by room, then the animation, then every simulated line, rung in both directions."""
    columns = (_("Line"), _("Who answers"), _("Animation rings it"), _("It rings the animation"))
    found: list[Block] = [
        Paragraph(_("Ring every line from the animation, then have it ring back. Write the hour."))
    ]
    for cell in game.plan.cells.values():
        roles = {role.id for role in game.plan.roles.values() if role.cell == cell.id}
        held = [
            person
            for person in game.people
            if not person.task and (person.cell == cell.id or person.role in {*roles, cell.id})
        ]
        place = going(game, LegRow(cell.id, (), "", Status.PLANNED))
        rows = [row for person in held for row in _lines(game, person)]
        heading = game.names.cell(cell.id)
        caption = place if place != heading else ""
        found += [Heading(heading), _grid(caption, columns, rows)]
    staff = [row for person in game.people if person.task for row in _lines(game, person)]
    found += [Heading(_("Animation")), _grid("", columns, staff)]
    found += [Heading(_("Lines of the game directory")), _grid("", columns, _simulated(game))]
    return tuple(found)


def _grid(caption: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> Grid:
    return Grid(caption, columns, tuple(rows) or (("", "", "", ""),), narrow=(0,), to_fill=(2, 3))


def _lines(game: PaperGame, person: Person) -> list[tuple[str, ...]]:
    who = game.names.person(person)
    if person.function and person.name:
        who += f", {clean_line(person.function)}"
    numbers = [clean_line(number) for number in (person.phone, person.mobile) if number]
    return [(number, who, "", "") for number in numbers or ["____________"]]


def _simulated(game: PaperGame) -> list[tuple[str, ...]]:
    """Each number once, with the animators who answer it: naming actors would tell too much."""
    answered: dict[str, dict[str, None]] = {}
    for actor in game.plan.actors.values():
        if actor.phone:
            voices = answered.setdefault(clean_line(actor.phone), {})
            voices[game.voice_name(game.voice_of(actor.id))] = None
    return [(number, ", ".join(voices), "", "") for number, voices in answered.items()]


def handouts(game: PaperGame) -> tuple[Block, ...]:
    """Everything that is handed over, numbered ones first."""
    given = [item for item in game.plan.stimuli.values() if _is_handed_over(game, item)]
    if not given:
        return (Paragraph(_("The scenario has none.")),)
    given.sort(key=lambda item: (not item.handout, _number(item.handout), item.index))
    columns = (
        _("Handout no."),
        _("What"),
        _("T+"),
        _("Voice"),
        _("For"),
        _("Prepared"),
        _("Handed at"),
        _("Back"),
    )
    rows = tuple(
        (
            clean_line(item.handout) or "–",
            _what(game, item),
            _hour(item),
            clean_line(game.voice_of(item.sender)) or "?",
            game.names.receivers(item.to),
            "☐",
            "",
            "☐",
        )
        for item in given
    )
    return (
        Paragraph(_("Every sheet bears the word EXERCISE and its number; all come back at FINEX.")),
        Grid("", columns, rows, narrow=(0, 2, 5, 7), to_fill=(6,)),
    )


def _is_handed_over(game: PaperGame, item: PlannedStimulus) -> bool:
    channel = game.plan.channels.get(item.via)
    by_hand = channel is not None and channel.kind in HANDED_OVER
    return bool(item.handout or item.attachments) or by_hand


def _number(handout: str) -> tuple[int, str]:
    figures = "".join(char for char in handout if char.isascii() and char.isdigit())
    return (int(figures[:9]) if figures else 0, handout)


def _what(game: PaperGame, item: PlannedStimulus) -> str:
    title = f"{game.names.code(item.id)} {game.names.title(item.id)}"
    files = [clean_line(name) for name, _file in item.attachments]
    return "\n".join((title, *files))


def _hour(item: PlannedStimulus) -> str:
    if item.window is None:
        return _("reserve")
    return format_t(item.window.at_ms) if item.window.at_ms is not None else "–"

"""Who plays, where, whom may one call? Rules, roles, rooms, directories, badges and signs."""

from cyberex.documents.kit.edition import Edition, stop_words_of
from cyberex.documents.kit.nodes import (
    Entry,
    Frame,
    Grid,
    Heading,
    Listing,
    Node,
    Paragraph,
    Span,
    Text,
    Tile,
    Tiles,
    plain,
    to_complete,
)
from cyberex.documents.papers_lists import task_words
from cyberex.documents.sheets_contacts import call_down_places
from cyberex.facts.people import Person
from cyberex.i18n import _
from cyberex.plan.model import Actor, Plan
from cyberex.wording.clean import clean_line

Nodes = tuple[Node, ...]

ATTACKER = "attacker"
PRIVATE = frozenset(["family", "patient"])
STOP_WORDS = "RÉEL, RÉEL, RÉEL"
"""As the scenarios of the kits write them."""

SPARE_LINES = 3
TASKS = ("director", "animation_head", "animator", "observer", "secretary")


def rules(edition: Edition) -> Nodes:
    """The scenario's own; the facility's words for the real stop, if it has others."""
    words = stop_words_of(edition)
    said = (clean_line(rule).replace(STOP_WORDS, words) for rule in edition.plan.rules)
    return (Listing(tuple(Entry(plain(rule), "1") for rule in said)),)


def roles(edition: Edition) -> Nodes:
    """Who does what; who holds it where the facility said so."""
    named = _knows_people(edition)
    head = (_("Role"), _("Cell"), _("What this role does"), *((_("Held by"),) if named else ()))
    rows = []
    for role in edition.plan.roles.values():
        row: tuple[Text, ...] = (
            plain(clean_line(role.title), bold=True),
            plain(edition.game.names.cell(role.cell)),
            plain(clean_line(role.brief)),
        )
        rows.append((*row, _held(edition, role.id)) if named else row)
    return (Grid(head, tuple(rows), (22, 16, 44, 24)[: len(head)], name=_("Roles")),)


def _knows_people(edition: Edition) -> bool:
    """A kit's own people are invented: only a facility's are printed."""
    return edition.own


def _held(edition: Edition, role: str) -> Text:
    held = [person for person in edition.game.people if person.role == role]
    if not held:
        return (to_complete(),)
    spare = {person.stand_in for person in held}
    first, *others = sorted(held, key=lambda person: person.id in spare)
    named = edition.game.names.person(first)
    if not others:
        return plain(named)
    return plain(
        _("{name}; stand-in: {others}").format(
            name=named, others=", ".join(map(edition.game.names.person, others))
        )
    )


def cells(edition: Edition) -> Nodes:
    head = (_("Cell"), _("Room"), _("Roles"))
    rows = []
    for cell in edition.plan.cells.values():
        held = [role.title for role in edition.plan.roles.values() if role.cell == cell.id]
        rows.append(
            (
                plain(clean_line(cell.title), bold=True),
                _room(edition, cell.id),
                plain(", ".join(map(clean_line, held))),
            )
        )
    return (Grid(head, tuple(rows), (24, 26, 44), name=_("Cells")),)


def _room(edition: Edition, cell: str) -> Text:
    place = clean_line(edition.plan.cells[cell].place)
    return plain(place) if place and edition.own else (to_complete(_("room")),)


def in_directory(plan: Plan) -> list[Actor]:
    """Whom players may call, by name: the file's order would tell who comes first.

    Neither an attacker nor a private person: "a patient whose operation was put off" would tell
    the story. Somebody with a mailbox for their office, such as a council's president, is there.
    """
    shown = [actor for actor in plan.actors.values() if _reachable(actor)]
    return sorted(shown, key=lambda actor: clean_line(actor.title).casefold())


def _reachable(actor: Actor) -> bool:
    if actor.kind == ATTACKER or not (actor.phone or actor.email):
        return False
    return actor.kind not in PRIVATE or bool(actor.email)


def game_directory(edition: Edition) -> Nodes:
    """Actors with the lines that reach the animation; a kit's own numbers ring nowhere."""
    head = (_("Name and function"), _("Telephone"), _("Mailbox"))
    blank = (to_complete(),)
    rows = tuple(
        (
            plain(clean_line(actor.title)),
            plain(clean_line(actor.phone)) if edition.own else blank,
            plain(clean_line(actor.email)) if edition.own else blank,
        )
        for actor in in_directory(edition.plan)
    )
    return (Grid(head, rows, (46, 20, 34), name=_("Game directory")),)


def directory(edition: Edition) -> Nodes:
    """Everybody who takes part, with their numbers: for the animation."""
    head = (
        _("Name"), _("Function"), _("Part"), _("Cell, room"), _("Telephone"), _("Mobile"),
        _("Mail"), _("Stand-in"),
    )  # fmt: skip
    people = {person.id: person for person in edition.game.people}
    rows = [_person(edition, person, people) for person in edition.game.people]
    if not edition.own:
        rows = _unnamed(edition)
    rows += [((Span(""),) * 1,) * len(head)] * SPARE_LINES
    widths = (18, 22, 18, 20, 16, 16, 26, 18)
    return (Grid(head, tuple(rows), widths, wide=True, name=_("Directory")),)


def _person(edition: Edition, person: Person, people: dict[str, Person]) -> tuple[Text, ...]:
    names = edition.game.names
    part = names.role(person.role) if person.role else _part(task_words(person.task))
    cell = edition.plan.cells.get(person.cell)
    where = (
        " – ".join(filter(None, (clean_line(cell.title), clean_line(cell.place)))) if cell else ""
    )
    stand_in = people.get(person.stand_in)
    shown = (
        clean_line(person.name), clean_line(person.function), part, where,
        clean_line(person.phone), clean_line(person.mobile), clean_line(person.email),
        names.person(stand_in) if stand_in else "",
    )  # fmt: skip
    return tuple(plain(item) for item in shown)


def _unnamed(edition: Edition) -> list[tuple[Text, ...]]:
    """A line a role, then one a task, to be completed."""
    blank: Text = (to_complete(),)
    plan, names = edition.plan, edition.game.names
    parts = [(names.role(role.id), names.cell(role.cell)) for role in plan.roles.values()]
    parts += [(_("{role} (stand-in)").format(role=part), cell) for part, cell in list(parts)]
    parts += [(_part(task_words(task)), "") for task in _tasks(edition)]
    return [
        (blank, blank, plain(part), plain(cell), blank, blank, blank, plain(""))
        for part, cell in parts
    ]


def _tasks(edition: Edition) -> list[str]:
    """The tasks of the kit's own roster, one a person; at least one of each kind."""
    held = [person.task for person in edition.game.people if person.task]
    return held or list(TASKS)


def attendance(edition: Edition) -> Nodes:
    """A table to sign a cell, then the animation: name, function, part, hour, signature."""
    head = (_("Name"), _("Function"), _("Part"), _("Arrived at"), _("Signature"))
    names, found, left = edition.game.names, list[Node](), list(edition.game.people)
    groups: list[tuple[str, list[tuple[str, str, str]]]] = []
    for cell in edition.plan.cells.values():
        own = [role.id for role in edition.plan.roles.values() if role.cell == cell.id]
        held = [p for p in left if not p.task and (p.role in own or cell.id in (p.cell, p.role))]
        left = [person for person in left if person not in held]
        rows = [(p.name, p.function, names.role(p.role) if p.role else "") for p in held]
        if not edition.own:
            rows = [("", "", names.role(role)) for role in own]
        groups.append((names.cell(cell.id), rows))
    staff = [(p.name, p.function, _part(task_words(p.task))) for p in left]
    if not edition.own:
        staff = [("", "", _part(task_words(task))) for task in _tasks(edition)]
    groups.append((_("Animation and observation"), staff))
    for name, rows in groups:
        lines = [(*row, "", "") for row in rows] + [("",) * 5] * SPARE_LINES
        shown = tuple(tuple(plain(clean_line(cell)) for cell in line) for line in lines)
        found += [
            Heading(2, plain(name)),
            Grid(head, shown, (26, 28, 22, 14, 26), pen=True, name=name),
        ]
    return tuple(found)


def real_stop(edition: Edition) -> Nodes:
    """The card that every room has on its wall."""
    words = stop_words_of(edition)
    steps = (
        _("Anybody may say it; whoever hears it repeats it aloud."),
        _("Everything stops at once: hang up, put down, listen."),
        _("Care and the real event come first; a player who is needed goes without asking."),
        _("Only the director of the exercise lifts the stop, aloud, room by room."),
    )
    said = (
        Paragraph(plain(_("“{words}”").format(words=words), bold=True)),
        Listing(tuple(Entry(plain(step), "1") for step in steps)),
    )
    return (Frame(_("Real stop"), said, strong=True),)


def call_down(edition: Edition) -> Nodes:
    """Whom to ring for a real stop and at FINEX."""
    head = (_("Whom"), _("Number"), _("REAL STOP at"), _("Lifted at"), _("FINEX at"))
    places = call_down_places(edition.game) if edition.own else []
    rows = [(plain(place.who), plain(place.contact)) for place in places]
    if not edition.own:
        names = [clean_line(cell.title) for cell in edition.plan.cells.values()]
        names += [_part(task_words(task)) for task in _tasks(edition)]
        rows = [(plain(name), (to_complete(),)) for name in names]
    blank = plain("")
    shown = tuple((*row, blank, blank, blank) for row in rows)
    return (Grid(head, shown, (34, 32, 16, 14, 14), pen=True, name=_("Call-down")),)


def badges(edition: Edition) -> Nodes:
    """One a person of the facility; of a kit, one a role and one a task, to write a name on."""
    names, tiles = edition.game.names, list[Tile]()
    if edition.own:
        for person in edition.game.people:
            part = names.role(person.role) if person.role else task_words(person.task)
            cell = names.cell(person.cell) if person.cell else ""
            tiles.append(Tile(_part(part), plain(names.person(person)), plain(cell)))
    else:
        for role in edition.plan.roles.values():
            tiles.append(Tile(names.role(role.id), plain(""), plain(names.cell(role.cell))))
        tiles += [Tile(_part(task_words(task)), plain(""), plain("")) for task in _tasks(edition)]
    tiles += [Tile(_part(task_words(task)), plain(""), plain("")) for task in ("observer", "")]
    return (Tiles(tuple(tiles)),)


def _part(text: str) -> str:
    return text[:1].upper() + text[1:]


def door_signs(edition: Edition) -> Nodes:
    """One a room: the cells, the animation; nothing there says what is played."""
    tiles = [
        Tile(_("Exercise in progress"), plain(clean_line(cell.title)), _room(edition, cell.id))
        for cell in edition.plan.cells.values()
    ]
    tiles.append(
        Tile(_("Exercise in progress"), plain(_("Animation")), plain(_("Players do not enter.")))
    )
    return (Tiles(tuple(tiles), signs=True),)
